import Foundation
import Results
import Testing

@Suite("Command line: journals, resuming, shards", .serialized)
struct ResumeTests {
  private static let plan = """
    name: pieces
    seeds: 3
    base: {duration: 2s, video: {size: 160x120, rate: 10fps}, network: {loss: 5%}}
    groups:
      - {name: rtt, vary: {network.rtt: [20ms, 80ms], mechanism: [pli, sip-info]}}
      - {name: one, frames: true, set: {network: {loss: 0%, lose: [{frame: 3}]}}}
      - name: probes
        set: {duration: 5s}
        vary: {mechanism: [none, sip-info, pli]}
        probes: {count: 4, from: 500ms, horizon: 2s}

    """

  private func write(_ text: String = plan, _ name: String = "p.yaml", in folder: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  /// All that a suite writes, by its place in the folder.
  private func contents(_ folder: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      contents[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
    }
    return contents
  }

  private func expectSame(_ found: String, _ expected: String) throws {
    let found = try contents(found)
    let expected = try contents(expected)
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (name, data) in expected { #expect(found[name] == data, "\(name) differs") }
  }

  /// Runs the plan undisturbed, in a folder of its own so that the command is the same.
  private func undisturbed(in folder: String) throws -> String {
    let place = folder + "/undisturbed"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try write(in: place)
    let result = try Program.run(["suite", "p.yaml", "-o", "out", "--jobs", "2"], in: place)
    #expect(result.code == 0, "\(result.complaint)")
    return place + "/out"
  }

  private func octets(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The processes that were started by a process, and by those.
  private func descendants(of process: Int32) -> [Int32] {
    Program.children(of: process).flatMap { [$0] + descendants(of: $0) }
  }

  /// Waits until none of them runs any more; a zombie does not.
  private func allEnd(_ processes: [Int32]) -> Bool {
    func runs(_ process: Int32) -> Bool {
      let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      guard let state = text?.split(separator: ")").last?.split(separator: " ").first else {
        return false
      }
      return state != "Z" && state != "X"
    }
    for _ in 0..<500 where processes.contains(where: runs) { usleep(10_000) }
    return !processes.contains(where: runs)
  }

  @Test(
    "killed again and again at any moment, and resumed, it gives the octets of an undisturbed run")
  func killedParent() throws {
    try Program.withFolder { folder in
      let expected = try undisturbed(in: folder)
      try write(in: folder)
      var kills = 0
      var process = try Program.start(["suite", "p.yaml", "-o", "out", "--jobs", "2"], in: folder)
      // Each time a little later, so that every stage is met once.
      for delay in stride(from: 20_000, through: 600_000, by: 45_000) where process.isRunning {
        usleep(useconds_t(delay))
        let others = descendants(of: process.processIdentifier)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal { kills += 1 }
        #expect(allEnd(others))
        process = try Program.start(
          ["suite", "p.yaml", "-o", "out", "--resume", "--jobs", "1"], in: folder)
      }
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 0)
      #expect(kills > 3)
      try expectSame(folder + "/out", expected)
    }
  }

  @Test("workers and futures that are killed cost their rows, which --resume brings back")
  func killedChildren() throws {
    try Program.withFolder { folder in
      let expected = try undisturbed(in: folder)
      try write(in: folder)
      let process = try Program.start(["suite", "p.yaml", "-o", "out", "--jobs", "2"], in: folder)
      var killed: Set<Int32> = []
      while process.isRunning && killed.count < 6 {
        usleep(15_000)
        // Futures first: of two deep, the deepest is the last.
        for child in descendants(of: process.processIdentifier).reversed().prefix(1)
        where kill(child, SIGKILL) == 0 { killed.insert(child) }
      }
      process.waitUntilExit()
      #expect(process.terminationStatus == 3 && !killed.isEmpty)
      #expect(Program.names(folder + "/out").contains("journal.avpf"))
      let refused = try Program.run(["suite", "p.yaml", "-o", "out"], in: folder)
      #expect(refused.code == 2 && refused.complaint.contains("expected --resume to go on"))
      let resumed = try Program.run(["suite", "p.yaml", "-o", "out", "--resume"], in: folder)
      #expect(resumed.code == 0, "\(resumed.complaint)")
      try expectSame(folder + "/out", expected)
    }
  }

  /// Far more than a test waits for, in many jobs.
  private static let longPlan = """
    seeds: 1000
    base: {duration: 5s, video: {size: 160x120, rate: 10fps}, network: {loss: 5%}}
    groups:
      - {name: calls, seeds: 2}
      - {name: probes, vary: {mechanism: [none, pli]}, probes: {count: 20, from: 1s, horizon: 2s}}

    """

  @Test(
    "SIGINT and SIGTERM keep the journal, say how to go on, and leave no process",
    arguments: [SIGINT, SIGTERM])
  func interruption(signal: Int32) throws {
    try Program.withFolder { folder in
      try write(Self.longPlan, in: folder)
      let pipe = Pipe()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = ["suite", "p.yaml", "-o", "out", "--jobs", "2"]
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      process.standardError = pipe
      try process.run()
      for _ in 0..<2_000 where octets(folder + "/out/journal.avpf") < 4_000 { usleep(10_000) }
      let others = descendants(of: process.processIdentifier)
      #expect(others.count >= 2)
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      #expect(process.terminationStatus == 128 + signal)
      let complaint = String(
        decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(complaint.hasPrefix("avpfsim: interrupted by signal \(signal); "))
      #expect(
        complaint.hasSuffix(
          " of 2002 jobs are kept in out/journal.avpf; the same command with --resume goes on from "
            + "there\n"))
      #expect(allEnd(others))
      #expect(Program.names(folder + "/out") == ["journal.avpf"])
    }
  }

  @Test("a journal of another plan or seed is refused and stays as it is; --restart begins anew")
  func refusals() throws {
    try Program.withFolder { folder in
      try write(in: folder)
      try write(Self.plan.replacingOccurrences(of: "5%", with: "6%"), "q.yaml", in: folder)
      let first = try Program.run(
        ["suite", "p.yaml", "-o", "out", "--shard", "1/3", "--seed", "4"], in: folder)
      #expect(first.code == 0 && first.output == "Shard 1/3: 7 jobs in out/shard-1-of-3.avpf\n")
      let file = "out/shard-1-of-3.avpf"
      let before = FileManager.default.contents(atPath: "\(folder)/\(file)")
      for (arguments, sentence) in [
        (
          ["p.yaml", "--seed", "4"],
          "\(file): found 7 of 7 jobs of an earlier run, expected --resume to go on from them or "
            + "--restart to begin anew"
        ),
        (
          ["p.yaml", "--seed", "5", "--resume"],
          "--resume: \(file): found results of seed 4, expected seed 5"
        ),
        (
          ["q.yaml", "--seed", "4", "--resume"],
          "--resume: \(file): found results of another plan, expected the same text (they differ from "
            + "line 3 on)"
        ),
      ] {
        let result = try Program.run(
          ["suite", "-o", "out", "--shard", "1/3"] + arguments, in: folder)
        #expect(result.code == 2 && result.complaint == "avpfsim: \(sentence)\n")
        #expect(FileManager.default.contents(atPath: "\(folder)/\(file)") == before)
      }
      let again = try Program.run(
        ["suite", "p.yaml", "--seed", "4", "-o", "out", "--shard", "1/3", "--resume"], in: folder)
      #expect(again.code == 0 && again.output == first.output)
      #expect(FileManager.default.contents(atPath: "\(folder)/\(file)") == before)
      let restarted = try Program.run(
        ["suite", "q.yaml", "-o", "out", "--shard", "1/3", "--restart"], in: folder)
      #expect(restarted.code == 0)
      #expect(FileManager.default.contents(atPath: "\(folder)/\(file)") != before)
    }
  }

  @Test("a disk that becomes full stops with 3 and a journal that can be resumed")
  func diskFull() throws {
    try Program.withFolder { folder in
      let expected = try undisturbed(in: folder)
      try write(in: folder)
      // In blocks of 512 octets: some results fit.
      let full = try Program.run(
        after: "ulimit -f 10; exec 2>/dev/null >/dev/null",
        ["suite", "p.yaml", "-o", "out", "--jobs", "1"], in: folder)
      #expect(full.code == 3)
      #expect(Program.names(folder + "/out") == ["journal.avpf"])
      let kept = octets(folder + "/out/journal.avpf")
      #expect(kept > 2_000 && kept <= 10 * 1_024)
      let resumed = try Program.run(["suite", "p.yaml", "-o", "out", "--resume"], in: folder)
      #expect(resumed.code == 0, "\(resumed.complaint)")
      try expectSame(folder + "/out", expected)
    }
  }

  @Test(
    "a finished shard that is damaged is not thrown away unasked; --resume does what is damaged again"
  )
  func damagedShard() throws {
    try Program.withFolder { folder in
      let expected = try undisturbed(in: folder)
      try write(in: folder)
      let shard = ["suite", "p.yaml", "-o", "shards", "--shard", "1/1", "--jobs", "2"]
      #expect(try Program.run(shard, in: folder).code == 0)
      let file = URL(fileURLWithPath: folder + "/shards/shard-1-of-1.avpf")
      var octets = try Data(contentsOf: file)
      func number(at place: Int) -> Int {
        octets[place..<place + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
      }
      // The first result is behind the mark, the version, and the header in its frame.
      let first = 12 + 8 + number(at: 12)
      let count = 8 + number(at: first)
      octets[first + 20] ^= 1
      try octets.write(to: file)
      let refused = try Program.run(shard, in: folder)
      #expect(refused.code == 2)
      #expect(
        refused.complaint
          == "avpfsim: shards/shard-1-of-1.avpf: found 20 of 21 jobs of an earlier run and \(count) octets "
          + "that are damaged or cut off, expected --resume to go on from them or --restart to begin anew\n"
      )
      #expect(try Data(contentsOf: file) == octets)
      let merged = try Program.run(["merge", "shards", "-o", "out"], in: folder)
      #expect(merged.code == 2 && merged.complaint.contains("found 20 of the 21 jobs of shard 1/1"))
      let resumed = try Program.run(shard + ["--resume"], in: folder)
      #expect(resumed.code == 0)
      #expect(
        resumed.complaint
          == "avpfsim: shards/shard-1-of-1.avpf: found \(count) damaged octets from octet \(first) on, "
          + "expected results; those before and behind are sound, and 1 of 21 jobs are done again or "
          + "still to be done\n")
      let again = try Program.run(["merge", "shards", "-o", "out"], in: folder)
      #expect(again.code == 0, "\(again.complaint)")
      try expectSame(folder + "/out", expected)
    }
  }

  @Test("a folder that vanishes stops it with 3 and a sentence")
  func vanishedFolder() throws {
    try Program.withFolder { folder in
      try write(Self.longPlan, in: folder)
      let script =
        "\"$0\" suite p.yaml -o out --jobs 2 & id=$!; "
        + "until [ $(stat -c %s out/journal.avpf 2>/dev/null || echo 0) -gt 3000 ]; do sleep 0.05; done; "
        + "rm -r out; wait $id"
      let result = try Program.run(executable: "/bin/sh", ["-c", script, Program.path], in: folder)
      #expect(result.code == 3)
      #expect(
        result.complaint
          == "avpfsim: out/journal.avpf has vanished, expected it to stay until all calls "
          + "are done\n")
      #expect(Program.names(folder) == ["p.yaml"])
    }
  }

  @Test("shards of any number, in any order, are merged into what one machine writes")
  func sharded() throws {
    try Program.withFolder { folder in
      let expected = try undisturbed(in: folder)
      try write(in: folder)
      // More shards than jobs leave some empty.
      for count in [1, 2, 40] {
        for number in (1...count).reversed() {
          let result = try Program.run(
            [
              "suite", "p.yaml", "-o", "shards\(count)", "--shard", "\(number)/\(count)", "--jobs",
              "1",
            ],
            in: folder)
          #expect(result.code == 0, "\(result.complaint)")
        }
        try? FileManager.default.removeItem(atPath: folder + "/out")
        let merged = try Program.run(["merge", "shards\(count)", "-o", "out"], in: folder)
        #expect(merged.code == 0, "\(merged.complaint)")
        try expectSame(folder + "/out", expected)
      }
      let lacking = try Program.run(
        ["merge", "shards2/shard-2-of-2.avpf", "-o", "none"], in: folder)
      #expect(lacking.code == 2)
      #expect(
        lacking.complaint == "avpfsim: found 1 of 2 shards, expected all: 1/2 is missing\n")
      #expect(!Program.names(folder).contains("none"))
    }
  }
}
