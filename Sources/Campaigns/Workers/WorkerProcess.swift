import Foundation

/// How to start a worker.
public struct WorkerCommand: Sendable {
  /// The program's path.
  public var executable: String
  public var arguments: [String]

  public init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// This program itself, with its subcommand for workers.
  public static var ownWorker: WorkerCommand { ownWorker(following: .branching) }

  /// - Parameter follower: how the worker follows probes.
  public static func ownWorker(following follower: ProbeFollower) -> WorkerCommand {
    WorkerCommand(
      executable: "/proc/self/exe", arguments: ["worker", "--probes", follower.rawValue])
  }
}

/// A running worker and the pipes to it.
final class WorkerProcess {
  let processID: pid_t
  private let input: Int32
  let output: Int32
  private var frames = PipeFrameReader()
  /// The job it works on.
  private(set) var job: Int?

  /// Starts a worker and hands it the document.
  init(_ command: WorkerCommand, document: CampaignDocument) throws(CampaignError) {
    let toWorker = try Descriptor.pipe()
    let fromWorker: (read: Int32, write: Int32)
    do throws(CampaignError) {
      fromWorker = try Descriptor.pipe()
    } catch {
      close(toWorker.read)
      close(toWorker.write)
      throw error
    }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      close(toWorker.read)
      close(fromWorker.write)
    }
    posix_spawn_file_actions_adddup2(&actions, toWorker.read, 0)
    posix_spawn_file_actions_adddup2(&actions, fromWorker.write, 1)
    // A group of its own, so that a key pressed at the terminal reaches the parent alone.
    posix_spawnattr_setpgroup(&attributes, 0)
    // It must hear SIGTERM, whatever is blocked here.
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))

    var words = CStrings([command.executable] + command.arguments)
    var settings = CStrings(Self.environment)
    defer {
      words.free()
      settings.free()
    }
    var processID: pid_t = 0
    let code = posix_spawn(
      &processID, command.executable, &actions, &attributes, words.pointers, settings.pointers)
    input = toWorker.write
    output = fromWorker.read
    self.processID = processID
    guard code == 0 else {
      close(input)
      close(output)
      throw .environment("no worker process can be started: \(String(cString: strerror(code)))")
    }
    var greeting: [UInt8] = []
    PipeFrame.append(document.payload, to: &greeting)
    // Where it is gone already, its output's end tells.
    _ = Descriptor.write(greeting, to: input)
  }

  /// This process's variables. A crash is told in a sentence, so the runtime need not spend a second
  /// on a trace of it, unless the user asked for one.
  private static var environment: [String] {
    var variables = ProcessInfo.processInfo.environment
    if variables["SWIFT_BACKTRACE"] == nil { variables["SWIFT_BACKTRACE"] = "enable=no" }
    return variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  /// Hands the worker a job; it has none (checked).
  func start(_ number: Int) {
    precondition(job == nil, "a worker does one job at a time")
    job = number
    var payload: [UInt8] = []
    PipeFrame.append(UInt32(number), to: &payload)
    var octets: [UInt8] = []
    PipeFrame.append(payload, to: &octets)
    _ = Descriptor.write(octets, to: input)
  }

  enum Answer {
    /// Nothing whole yet.
    case none
    case report(JobReport)
    /// The worker has ended, or talks nonsense.
    case ended
  }

  /// Reads what the pipe holds; call it when the pipe is readable.
  func receive(into buffer: inout [UInt8]) -> Answer {
    let count = Descriptor.read(output, into: &buffer)
    guard count > 0 else { return .ended }
    frames.append(buffer[..<count])
    do throws(PipeError) {
      guard let payload = try frames.next() else { return .none }
      let report = try JobReport(payload: payload)
      guard report.number == job else { return .ended }
      job = nil
      return .report(report)
    } catch {
      return .ended
    }
  }

  /// Ends the process if it still runs, waits for it, and says how it ended.
  func end() -> String {
    close(input)
    close(output)
    kill(processID, SIGTERM)
    return Self.wait(for: processID)
  }

  /// Waits for a worker whose output has ended.
  func reap() -> String {
    close(input)
    close(output)
    // It may have closed its output and live on.
    var status: Int32 = 0
    for _ in 0..<50 {
      let result = waitpid(processID, &status, WNOHANG)
      if result == processID { return Self.words(for: status, of: "worker") }
      usleep(2_000)
    }
    kill(processID, SIGKILL)
    return Self.wait(for: processID)
  }

  /// Waits for a child to end and says how it did.
  static func wait(for processID: pid_t, named name: String = "worker") -> String {
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 {
      guard errno == EINTR else { return "\(name) ended" }
    }
    return words(for: status, of: name)
  }

  /// POSIX leaves the layout of `status` to macros, which Swift does not import.
  private static func words(for status: Int32, of name: String) -> String {
    let signal = status & 0x7F
    return signal == 0
      ? "\(name) ended with exit code \((status >> 8) & 0xFF)" : "\(name) ended by signal \(signal)"
  }
}

/// Texts as posix_spawn takes them: pointers that end with a null.
private struct CStrings {
  var pointers: [UnsafeMutablePointer<CChar>?]

  init(_ texts: [String]) {
    pointers = texts.map { strdup($0) }
    pointers.append(nil)
  }

  mutating func free() {
    for pointer in pointers { Foundation.free(pointer) }
    pointers.removeAll()
  }
}
