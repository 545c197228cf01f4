import Foundation

/// The built program, as a user starts it.
enum Program {
  struct Result {
    var code: Int32
    var output: String
    var complaint: String
  }

  /// Beside the test bundle.
  static let path: String = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0])
    for _ in 0..<8 {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("avpfsim").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return Bundle.main.bundleURL.appendingPathComponent("avpfsim").path
  }()

  /// Runs the program to its end, its output in pipes.
  static func run(_ arguments: [String], input: String = "", in folder: String? = nil) throws
    -> Result
  {
    try run(executable: path, arguments, input: input, in: folder)
  }

  /// Runs the program from a shell that prepares something first.
  static func run(after shell: String, _ arguments: [String], in folder: String) throws -> Result {
    try run(
      executable: "/bin/sh", ["-c", "\(shell); exec \"$0\" \"$@\"", path] + arguments, input: "",
      in: folder)
  }

  /// Starts the program and leaves it running.
  static func start(_ arguments: [String], in folder: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs another program to its end.
  static func run(
    executable: String, _ arguments: [String], input: String = "", in folder: String? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    // Files rather than pipes: a pipe that nobody empties would stop the program.
    let base = NSTemporaryDirectory() + "avpfsim-test-\(UUID().uuidString)"
    let paths = ["in", "out", "err"].map { "\(base).\($0)" }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    try input.write(toFile: paths[0], atomically: false, encoding: .utf8)
    for path in paths[1...] { try "".write(toFile: path, atomically: false, encoding: .utf8) }
    process.standardInput = FileHandle(forReadingAtPath: paths[0])
    process.standardOutput = FileHandle(forWritingAtPath: paths[1])
    process.standardError = FileHandle(forWritingAtPath: paths[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      code: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      output: try String(contentsOfFile: paths[1], encoding: .utf8),
      complaint: try String(contentsOfFile: paths[2], encoding: .utf8))
  }

  /// Runs a body with a folder of its own, which is removed afterwards.
  static func withFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "avpfsim-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  /// Where a program stands on PATH; nil where it is not installed.
  static func installed(_ name: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The names in a folder, hidden ones included.
  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The processes that a process has started and that still run.
  static func children(of process: Int32) -> [Int32] {
    let path = "/proc/\(process)/task/\(process)/children"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { Int32($0) }
  }
}
