import Foundation
import Testing

/// What ends a command while its plots are drawn: all rows are there by then.
@Suite("Command line: drawing that is cut off", .serialized)
struct DrawingTests {
  private static let plan = """
    seeds: 2
    base: {duration: 2s, video: {size: 160x120, rate: 10fps}, network: {loss: 10%}}
    groups: [{name: g, vary: {mechanism: [pli, sip-info]}}]

    """

  /// Draws half a picture and then takes its time.
  private static let slow = "eval \"$2\"; echo half > \"$svg\"; touch ../../at-work; exec sleep 60"
  private static let broken = "echo no ink >&2; exit 1"
  /// Of a shell in front of the program: another gnuplot comes first.
  private static let path = "PATH=\"$PWD/bin:$PATH\""

  private func withPlan(gnuplot script: String, _ body: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      try Self.plan.write(toFile: folder + "/p.yaml", atomically: false, encoding: .utf8)
      let bin = folder + "/bin"
      try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
      try "#!/bin/sh\n\(script)\n".write(
        toFile: bin + "/gnuplot", atomically: false, encoding: .utf8)
      chmod(bin + "/gnuplot", 0o755)
      try body(folder)
    }
  }

  /// Starts the program with the slow gnuplot, and sends the signal once that is at work.
  private func interrupt(
    _ arguments: [String], by signal: Int32, in folder: String
  ) throws -> Program.Result {
    let process = Process()
    let messages = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", Self.path + "; exec \"$0\" \"$@\"", Program.path] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = messages
    try process.run()
    let mark = folder + "/at-work"
    for _ in 0..<3_000 where !FileManager.default.fileExists(atPath: mark) { usleep(10_000) }
    let children = Program.children(of: process.processIdentifier)
    #expect(children.count == 1)
    let began = ContinuousClock.now
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(ContinuousClock.now - began < .seconds(30))
    // Gone, not merely left behind.
    for child in children { #expect(kill(child, 0) != 0) }
    try FileManager.default.removeItem(atPath: mark)
    return Program.Result(
      code: process.terminationReason == .exit ? process.terminationStatus : -1, output: "",
      complaint: String(
        decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
  }

  private func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
    }
    return files
  }

  @Test(
    "a signal ends gnuplot, leaves no half picture, keeps the journal, and says that rows are complete",
    arguments: [SIGINT, SIGTERM])
  func signals(signal: Int32) throws {
    try withPlan(gnuplot: Self.slow) { folder in
      let suite = ["suite", "p.yaml", "-o", "out"]
      let ended = try interrupt(suite, by: signal, in: folder)
      #expect(ended.code == 128 + signal)
      #expect(
        ended.complaint
          == "avpfsim: interrupted by signal \(signal); the CSV files in out are complete, and the same "
          + "command with --resume, or avpfsim plot out, draws what is missing\n")
      #expect(Program.names(folder + "/out/plots").isEmpty)
      let rows = try files(folder + "/out")
      #expect(rows["journal.avpf"] != nil && rows["runs.csv"] != nil && rows["report.html"] == nil)
      let refused = try Program.run(suite, in: folder)
      #expect(refused.code == 2 && refused.complaint.contains("found 4 of 4 jobs"))
      let resumed = try Program.run(suite + ["--resume"], in: folder)
      #expect(resumed.code == 0, "\(resumed.complaint)")
      let found = try files(folder + "/out")
      #expect(found["journal.avpf"] == nil && found["report.html"] != nil)
      for (name, data) in rows where name.hasSuffix(".csv") { #expect(found[name] == data) }
    }
  }

  @Test("a gnuplot that fails ends it with 3, its reason, and the same way on")
  func failure() throws {
    try withPlan(gnuplot: Self.broken) { folder in
      let suite = ["suite", "p.yaml", "-o", "out"]
      let failed = try Program.run(after: Self.path, suite, in: folder)
      #expect(failed.code == 3)
      #expect(failed.complaint.hasPrefix("avpfsim: gnuplot ended with status 1 at "))
      #expect(
        failed.complaint.hasSuffix(
          ", expected 0: no ink; the CSV files in out are complete, and the same command with --resume, "
            + "or avpfsim plot out, draws what is missing\n"))
      #expect(Program.names(folder + "/out").contains("journal.avpf"))
      let resumed = try Program.run(suite + ["--resume"], in: folder)
      #expect(resumed.code == 0, "\(resumed.complaint)")
      #expect(!Program.names(folder + "/out").contains("journal.avpf"))
    }
  }

  @Test("merge and plot end likewise, and plot draws what is missing")
  func others() throws {
    try withPlan(gnuplot: Self.slow) { folder in
      let shard = ["suite", "p.yaml", "-o", "shards", "--shard", "1/1"]
      #expect(try Program.run(shard, in: folder).code == 0)
      let merge = try interrupt(["merge", "shards", "-o", "out"], by: SIGINT, in: folder)
      #expect(merge.code == 130)
      #expect(
        merge.complaint
          == "avpfsim: interrupted by signal 2; the CSV files in out are complete, and avpfsim plot out "
          + "draws what is missing\n")
      let plot = try interrupt(["plot", "out"], by: SIGINT, in: folder)
      #expect(plot.code == 130 && plot.complaint == "avpfsim: interrupted by signal 2\n")
      #expect(Program.names(folder + "/out/plots").isEmpty)
      #expect(try Program.run(["plot", "out"], in: folder).code == 0)
      #expect(Program.names(folder + "/out").contains("report.html"))
    }
  }
}
