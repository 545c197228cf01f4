import Campaigns
import Foundation
import Results
import Testing

@Suite("Command line: calls, workers and files", .serialized)
struct CallsTests {
  private static let plan = """
    seeds: 3
    base: {duration: 1s, video: {size: 160x120, rate: 10fps}, network: {loss: 5%}}
    groups:
      - {name: rtt, vary: {network.rtt: [20ms, 80ms], mechanism: [pli, sip-info]}}
      - {name: one, frames: true, set: {network: {loss: 0%, lose: [{frame: 3}]}}}

    """

  /// Far more than the test waits for.
  private static let endlessPlan = """
    seeds: 100000
    base: {duration: 60s, video: {size: 160x120, rate: 10fps}, network: {loss: 5%}}
    groups: [{name: rtt}]

    """

  private func write(_ text: String, _ name: String, in folder: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  private func csv(_ folder: String) throws -> [Data] {
    try CSVFile.allCases.map {
      try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0.fileName)"))
    }
  }

  @Test("the same plan and seed give the same files, whatever the number of jobs")
  func determinism() throws {
    try Program.withFolder { folder in
      try write(Self.plan, "p.yaml", in: folder)
      for (name, jobs, seed) in [
        ("a", "1", "9"), ("b", "2", "9"), ("c", "5", "9"), ("d", "2", "8"),
      ] {
        let result = try Program.run(
          ["suite", "p.yaml", "-o", name, "--jobs", jobs, "--seed", seed], in: folder)
        #expect(result.code == 0, "\(result.complaint)")
        #expect(!result.complaint.contains("calls,"))
        #expect(!result.output.contains("\u{1B}"))
      }
      let first = try csv(folder + "/a")
      #expect(try csv(folder + "/b") == first)
      #expect(try csv(folder + "/c") == first)
      #expect(try csv(folder + "/d") != first)
      let runs = String(decoding: first[3], as: UTF8.self).split(separator: "\n")
      #expect(runs.count == 1 + 15)
      #expect(Program.names(folder + "/a").allSatisfy { !$0.hasPrefix(".") })
    }
  }

  @Test("calls at the ends of the ranges are simulated")
  func extremes() throws {
    let plan = """
      base: {duration: 1s, video: {size: 160x120, rate: 10fps}, network: {loss: 20%}}
      groups:
        - name: network
          vary:
            network.rtt: [0ms, 1ns, 10s]
            network.rate: [8kbps, 100Gbps]
            network.queue: [0ms, 60s]
            mechanism: [sip-info, sli+rpsi]
        - name: loss
          vary: {network.loss: [0%, 99.99%], network.burst: [1us, 60s], mechanism: [none, pli]}
        - name: receiver
          vary:
            receiver.playout-delay: [0ms, 10s]
            receiver.repeat-interval: [1ms, 1h]
            mechanism: [pli, sli+rpsi]
        - name: sender
          vary:
            sender.minimum-key-frame-interval: [0ms, 1h]
            sender.periodic-key-frame-interval: [1ms, 24h]
            sender.reference-interval: [1ms, 24h]
            sender.maximum-payload: [100, 1460]
            mechanism: [none, rpsi]
        - name: rtcp
          vary:
            rtcp.session-bandwidth: [8kbps, 100Mbps]
            rtcp.bandwidth-share: [0.1%, 50%]
            rtcp.trr-interval: [0ms, 1h]
        - name: sip
          set: {mechanism: sip-info}
          vary:
            signalling.transport: [tcp, tls1.2, tls1.3]
            signalling.proxies: [0, 8]
            signalling.minimum-request-interval: [1ms, 1h]
            signalling.connection: [warm, cold]
        - name: duration
          vary: {duration: [100ms, 101ms], mechanism: [none, sip-info, sli+rpsi]}
      """
    try Program.withFolder { folder in
      try write(plan, "p.yaml", in: folder)
      let result = try Program.run(["suite", "p.yaml", "-o", "out"], in: folder)
      #expect(result.code == 0, "\(result.complaint)")
    }
  }

  @Test("a call's story is printed and kept beside its files")
  func run() throws {
    try Program.withFolder { folder in
      try write("duration: 2s\nnetwork: {lose: [{frame: 5}]}\n", "s.yaml", in: folder)
      let result = try Program.run(["run", "s.yaml", "-o", "out"], in: folder)
      #expect(result.code == 0 && result.complaint.isEmpty)
      let story = try String(contentsOfFile: folder + "/out/story.txt", encoding: .utf8)
      #expect(result.output == story + "The call's timeline is in out/call.html\n")
      #expect(story.hasPrefix("2.00 s of talking-head, mechanism pli\n"))
      #expect(story.contains("\nEpisode 1, frame ") && story.contains("\nTotals\n"))
      #expect(
        Program.names(folder + "/out")
          == [
            "call.html", "episodes.csv", "feedback.csv", "frames.csv", "manifest.json", "runs.csv",
            "story.txt",
          ])
    }
  }

  @Test(
    "a wrong file ends with 2, its place, and nothing written",
    arguments: [
      (["run", "f.yaml", "-o", "out"], "a: 1\n", "f.yaml:1: unknown key \"a\""),
      (
        ["run", "f.yaml", "-o", "out"], "network: {rtt: 5}\n", "f.yaml:1: network.rtt: found \"5\""
      ),
      (
        ["run", "f.yaml", "-o", "out", "--source", "sprots"], "name: x\n",
        "--source: found \"sprots\""
      ),
      (
        ["run", "f.yaml", "-o", "out", "--source", "none.y4m"], "name: x\n",
        "none.y4m: cannot be read: No such file or directory"
      ),
      (["suite", "f.yaml", "-o", "out"], "groups: 5\n", "f.yaml:1: groups: found \"5\""),
      (["validate", "f.yaml", "-o", "out"], "gates: []\n", "f.yaml:1: gates: found no gate"),
      (["validate", "f.yaml"], "", "f.yaml: the file is empty"),
    ])
  func badFiles(arguments: [String], text: String, expected: String) throws {
    try Program.withFolder { folder in
      try write(text, "f.yaml", in: folder)
      let result = try Program.run(arguments, in: folder)
      #expect(result.code == 2)
      #expect(result.complaint.hasPrefix("avpfsim: ") && result.complaint.contains(expected))
      #expect(result.complaint.filter { $0 == "\n" }.count == 1)
      #expect(Program.names(folder) == ["f.yaml"])
    }
  }

  @Test("an output that is a file ends with 2")
  func outputIsFile() throws {
    try Program.withFolder { folder in
      try write(Self.plan, "p.yaml", in: folder)
      let result = try Program.run(["suite", "p.yaml", "-o", "p.yaml"], in: folder)
      #expect(result.code == 2)
      #expect(result.complaint == "avpfsim: -o p.yaml: found a file, expected a folder\n")
    }
  }

  @Test("an output folder that cannot be made ends with 3, and says why")
  func outputCannotBeMade() throws {
    try Program.withFolder { folder in
      try write(Self.plan, "p.yaml", in: folder)
      let result = try Program.run(["suite", "p.yaml", "-o", "/proc/avpfsim"], in: folder)
      #expect(result.code == 3)
      #expect(result.complaint.contains("-o /proc/avpfsim: the folder cannot be made: "))
    }
  }

  @Test("a disk that takes no more ends with 3, and nothing is left behind")
  func diskFull() throws {
    try Program.withFolder { folder in
      try write(Self.plan, "p.yaml", in: folder)
      let result = try Program.run(
        after: "exec >/dev/null; ulimit -f 0; exec 2>/dev/null", ["suite", "p.yaml", "-o", "out"],
        in: folder)
      #expect(result.code == 3)
      #expect(Program.names(folder + "/out").isEmpty)
    }
  }

  @Test(
    "SIGINT and SIGTERM before the first result end the workers and leave nothing behind",
    arguments: [SIGINT, SIGTERM])
  func interruption(signal: Int32) throws {
    try Program.withFolder { folder in
      let plan = Self.endlessPlan.replacingOccurrences(of: "60s", with: "24h")
      try write(plan, "p.yaml", in: folder)
      let process = try Program.start(["suite", "p.yaml", "-o", "out", "--jobs", "2"], in: folder)
      let id = process.processIdentifier
      var workers: [Int32] = []
      for _ in 0..<1_000 where workers.count < 2 {
        usleep(10_000)
        workers = Program.children(of: id)
      }
      #expect(workers.count == 2)
      kill(id, signal)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 128 + signal)
      #expect(Program.names(folder) == ["p.yaml"])
      for worker in workers { #expect(kill(worker, 0) != 0) }
    }
  }

  @Test("SIGINT and SIGTERM end a call and leave nothing behind", arguments: [SIGINT, SIGTERM])
  func interruptedCall(signal: Int32) throws {
    try Program.withFolder { folder in
      try write("duration: 24h\nvideo: {size: 160x120, rate: 10fps}\n", "s.yaml", in: folder)
      let process = try Program.start(
        [
          "run", "s.yaml", "-o", "out", "--capture", "c.pcapng", "--ivf", "c.ivf", "--y4m", "c.y4m",
        ],
        in: folder)
      for _ in 0..<1_000 where Program.names(folder).count < 5 { usleep(10_000) }
      #expect(Program.names(folder).count == 5)
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 128 + signal)
      #expect(Program.names(folder) == ["s.yaml"])
    }
  }

  private func rows(_ number: Int, _ result: JobResult) -> String {
    switch result {
    case .rows(let rows): "\(number) " + rows.joined()
    case .failed(let reason): "\(number) failed: \(reason)"
    }
  }

  @Test("only the jobs that are named are done")
  func someJobs() throws {
    let document = CampaignDocument(kind: .plan, file: "p.yaml", text: Self.plan)
    var found: [Int] = []
    let command = WorkerCommand(executable: Program.path, arguments: ["worker"])
    try WorkerPool(command: command, workers: 2).run(document, jobs: [9, 3, 4]) {
      found.append($0.number)
    }
    #expect(found.sorted() == [3, 4, 9])
    try WorkerPool(command: command, workers: 2).run(document, jobs: []) { _ in
      Issue.record("there was no job")
    }
  }

  @Test("a worker that dies fails its one job, and another goes on")
  func crash() throws {
    try Program.withFolder { folder in
      let document = CampaignDocument(kind: .plan, file: "p.yaml", text: Self.plan)
      let jobs = try document.jobs()
      func run(_ script: String, workers: Int) throws -> [String] {
        let command = WorkerCommand(
          executable: "/bin/sh", arguments: ["-c", script, Program.path, folder])
        var found = [String](repeating: "", count: jobs.count)
        try WorkerPool(command: command, workers: workers).run(
          document, jobs: Array(jobs.indices)
        ) { report in
          #expect(found[report.number].isEmpty)
          #expect(report.isDisturbed == (report.result.reason != nil))
          found[report.number] = rows(report.number, report.result)
        }
        return found
      }
      let sound = try run("exec \"$0\" worker", workers: 2)
      #expect(sound.count == 15 && sound.allSatisfy { !$0.contains("failed") })
      // The first worker dies with its first job, which the second one's must not wait for.
      let crashed = try run(
        "mkdir \"$1/lock\" 2>/dev/null && kill -SEGV $$; exec \"$0\" worker", workers: 1)
      #expect(crashed[0] == "0 failed: worker ended by signal 11")
      #expect(Array(crashed[1...]) == Array(sound[1...]))
      let all = try run("exit 7", workers: 3)
      #expect(all == (0..<15).map { "\($0) failed: worker ended with exit code 7" })
      let nonsense = try run("exec cat", workers: 1)
      #expect(nonsense.allSatisfy { $0.contains("failed: worker ended") })
    }
  }

  @Test("a worker killed under way costs its call and the exit code 3, not the others' rows")
  func killedWorker() throws {
    try Program.withFolder { folder in
      let plan = Self.endlessPlan.replacingOccurrences(of: "100000", with: "12")
        .replacingOccurrences(of: "60s", with: "24h")
      try write(plan, "p.yaml", in: folder)
      let process = try Program.start(["suite", "p.yaml", "-o", "out", "--jobs", "1"], in: folder)
      let id = process.processIdentifier
      defer {
        kill(id, SIGTERM)
        process.waitUntilExit()
      }
      var killed: [Int32] = []
      for _ in 0..<3_000 where killed.count < 12 && process.isRunning {
        usleep(5_000)
        for worker in Program.children(of: id) where !killed.contains(worker) {
          guard kill(worker, SIGKILL) == 0 else { continue }
          killed.append(worker)
        }
      }
      process.waitUntilExit()
      #expect(process.terminationStatus == 3)
      let runs = try CSVRowReader<RunRow>(path: folder + "/out/runs.csv").all()
      #expect(runs.map(\.conditions.run) == Array(0..<12))
      #expect(runs.contains { $0.failure?.contains("worker ended by signal 9") == true })
    }
  }
}

extension JobResult {
  /// Of a failure.
  fileprivate var reason: String? {
    if case .failed(let reason) = self { reason } else { nil }
  }
}
