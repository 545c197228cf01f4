import Foundation
import Testing

@Suite("Command line: trace")
struct TraceCommandTests {
  @Test(
    "every command's help has an example",
    arguments: ["import", "stats", "fit", "list", "show", "plot", "generate"])
  func help(command: String) throws {
    let result = try Program.run(["trace", command, "--help"])
    #expect(result.code == 0 && result.output.contains("\nExample:\n  avpfsim trace \(command)"))
  }

  @Test("what is generated is listed, shown, fitted and drawn; the same seed gives the same file")
  func roundTrip() throws {
    try Program.withFolder { folder in
      let recipe = ["trace", "generate", "gilbert", "--loss", "4%", "--burst", "80ms", "-o"]
      for name in ["a.txt", "b.txt"] {
        let made = try Program.run(recipe + [name], in: folder)
        #expect(made.code == 0 && made.output.isEmpty && made.complaint.isEmpty)
      }
      let paths = ["a.txt", "b.txt"].map { "\(folder)/\($0)" }
      #expect(FileManager.default.contentsEqual(atPath: paths[0], andPath: paths[1]))
      for command in ["stats", "fit", "show"] {
        let result = try Program.run(["trace", command, "a.txt"], in: folder)
        #expect(result.code == 0 && result.complaint.isEmpty && result.output.contains("a.txt"))
      }
      let list = try Program.run(["trace", "list", "."], in: folder)
      #expect(list.code == 0 && list.output.contains("\na.txt  pattern  60.0"))
      guard Program.installed("gnuplot") != nil else { return }
      let plot = try Program.run(["trace", "plot", "a.txt", "-o", "a.svg"], in: folder)
      #expect(plot.code == 0 && plot.complaint.isEmpty)
      #expect(try String(contentsOfFile: "\(folder)/a.svg", encoding: .utf8).contains("<svg"))
      #expect(Program.names(folder) == ["a.svg", "a.txt", "b.txt"])
    }
  }

  @Test(
    "wrong usage ends with 2 and one sentence",
    arguments: [
      (["stats", "a.txt"], "a.txt: the file cannot be read: No such file or directory"),
      (
        ["stats", "bad.txt"],
        "bad.txt:2: found \"x\", expected one whole number of ms from 0 to 1000000000"
      ),
      (
        ["stats", "bad.txt", "--interval", "10"],
        "--interval: found \"10\", expected a duration such as 50ms or 2s"
      ),
      (
        ["plot", "bad.txt", "-o", "a.pdf"],
        "-o: found \"a.pdf\", expected a file that ends in .svg or .png"
      ),
      (["list", "nowhere"], "nowhere: the folder cannot be read, expected one with traces"),
    ])
  func usage(arguments: [String], sentence: String) throws {
    try Program.withFolder { folder in
      try "7\nx\n".write(toFile: "\(folder)/bad.txt", atomically: false, encoding: .utf8)
      let result = try Program.run(["trace"] + arguments, in: folder)
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.complaint == "avpfsim: \(sentence)\n")
    }
  }

  @Test("a file that is no trace is named beside the list of the others, and ends it with 2")
  func listWithFaults() throws {
    try Program.withFolder { folder in
      try "0101\n".write(toFile: "\(folder)/a.txt", atomically: false, encoding: .utf8)
      try "x\n".write(toFile: "\(folder)/b.txt", atomically: false, encoding: .utf8)
      let result = try Program.run(["trace", "list", "."], in: folder)
      #expect(result.code == 2 && result.output.contains("a.txt"))
      #expect(result.complaint.hasPrefix("avpfsim: ./b.txt:1: found \"x\""))
    }
  }

  private static let huge: [(name: String, shell: String, complaint: String)] = [
    ("ten gigabytes of nothing", "truncate -s 10G huge", "found the octet 0"),
    (
      "300 megabytes of received packets", "yes 0000000000000000 | head -c 300M >huge",
      "found more than 1500000 packets"
    ),
    (
      "300 megabytes without a line end", "yes '   ' | tr -d '\\n' | head -c 300M >huge",
      "found a line of more than"
    ),
    (
      "300 megabytes of opportunities", "(echo 7; yes 1000000 | head -c 300M) >huge",
      "found more than 4000000 lines"
    ),
    (
      "40 megabytes of comments", "yes '# nothing' | head -c 40M >huge", "found nothing, expected"
    ),
    (
      "300 megabytes of packets",
      "(echo time_ms,lost,delay_ms,octets; yes 5,0,12.5,1200 | head -c 300M) >huge",
      "found more than 1500000 packets"
    ),
  ]

  @Test("huge files are refused or read within 100 MiB", arguments: huge.indices)
  func memory(index: Int) throws {
    let (_, shell, complaint) = Self.huge[index]
    try Program.withFolder { folder in
      let prepared = try Program.run(executable: "/bin/sh", ["-c", shell], in: folder)
      #expect(prepared.code == 0)
      let (code, text, peak) = try run(["trace", "stats", "huge"], in: folder)
      #expect(code == 2 && text.contains(complaint), "\(text)")
      #expect(peak < 100 << 20, "\(peak >> 20) MiB")
    }
  }

  @Test(
    "the largest traces are read, fitted and shown within 100 MiB",
    arguments: ["stats", "fit", "show"])
  func largest(command: String) throws {
    try Program.withFolder { folder in
      let rows =
        "(echo time_ms,lost,delay_ms,octets; yes 5,0,12.5,1200 | head -n 1499998; "
        + "echo 6,1,,; echo 7,0,1,)>large"
      #expect(try Program.run(executable: "/bin/sh", ["-c", rows], in: folder).code == 0)
      let (code, text, peak) = try run(["trace", command, "large"], in: folder)
      #expect(code == 0 && text.isEmpty, "\(text)")
      #expect(peak < 100 << 20, "\(peak >> 20) MiB")
    }
  }

  /// Runs the program to its end; its exit code, what it complained of, and its largest resident
  /// memory in octets, as the kernel has it just before the end.
  private func run(
    _ arguments: [String], in folder: String
  ) throws -> (code: Int32, complaint: String, peak: Int) {
    let complaint = "\(folder)/complaint"
    try "".write(toFile: complaint, atomically: false, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: complaint)
    try process.run()
    var peak = 0
    while process.isRunning {
      let status = "/proc/\(process.processIdentifier)/status"
      let text = (try? String(contentsOfFile: status, encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      let words = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }) ?? []
      if words.count == 3, let kibibytes = Int(words[1]) { peak = max(peak, kibibytes << 10) }
      usleep(2_000)
    }
    process.waitUntilExit()
    return (
      process.terminationStatus, try String(contentsOfFile: complaint, encoding: .utf8), peak
    )
  }
}
