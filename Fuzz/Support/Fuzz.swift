import CLibFuzzer
import Glibc

/// What a target does with the octets of one input, which are valid during the call.
public typealias Attack = @Sendable (UnsafeRawBufferPointer) -> Void

// libFuzzer takes a C function, which carries no closure; set once, before it starts.
nonisolated(unsafe) private var attack: Attack = { _ in }

/// Hands the program over to libFuzzer with the program's own arguments, and ends it.
///
/// Targets start it so, rather than by the function that libFuzzer's own `main` looks for, because
/// the package manager gives every executable a `main` of its own.
public func fuzz(_ target: @escaping Attack) -> Never {
  attack = target
  var count = CommandLine.argc
  var arguments = Optional(CommandLine.unsafeArgv)
  exit(LLVMFuzzerRunDriver(&count, &arguments) { testOneInput($0, $1) })
}

/// What libFuzzer calls for each input, by the name that its own `main`, which is linked and never
/// runs, wants to find.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  attack(UnsafeRawBufferPointer(start: octets, count: count))
  return 0
}

/// Stops the program where `condition` does not hold, which libFuzzer takes for a crash: it saves the
/// input and shows the message.
///
/// Unlike `precondition`, its message is there in release builds too.
public func check(_ condition: Bool, _ message: @autoclosure () -> String) {
  guard !condition else { return }
  fatalError(message())
}
