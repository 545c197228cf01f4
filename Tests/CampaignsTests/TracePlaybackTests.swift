import CallSimulation
import Configuration
import Foundation
import NetworkModels
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Traces in a scenario")
struct TracePlaybackTests {
  private static func folder(_ files: [String: String]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "trace-playback-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
    return folder
  }

  private func read(_ network: String, files: [String: String]) throws -> Scenario {
    let folder = try Self.folder(files)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try ScenarioReader.read(
      ConfigurationFile.parse("network: {\(network)}\n", file: folder.path + "/s.yaml"))
  }

  @Test("losses and delays of one direction come from its trace, the rate from another")
  func playback() throws {
    let read = try read(
      "trace: packets.csv, rate-trace: rate.csv, reverse: {loss: 3%}",
      files: [
        "packets.csv": "time_ms,lost,delay_ms,octets\n0,0,0,1000\n20,1,,1000\n40,0,5,1000\n",
        "rate.csv": "time_ms,kbps\n0,1000\n500,250\n1000,\n",
      ]
    ).media
    let time = { (milliseconds: Int64) in SimTime.zero + .milliseconds(milliseconds) }
    #expect(
      read.forward.loss
        == .timeline(LossTimeline(spells: [time(10)..<time(30)], period: .milliseconds(60))))
    #expect(
      read.forward.delay.timeline
        == DelayTimeline(
          steps: [
            .init(from: .zero, delay: .zero), .init(from: time(40), delay: .milliseconds(5)),
          ], period: .milliseconds(60)))
    #expect(
      read.forward.queue.timeline
        == .steps(
          [
            .init(from: .zero, rate: .kilobitsPerSecond(1_000)),
            .init(from: time(500), rate: .kilobitsPerSecond(250)),
          ], period: .seconds(1)))
    #expect(read.reverse.loss == .independent(rate: 0.03))
    #expect(read.reverse.queue.timeline == nil)
  }

  @Test("a start holds for both directions unless the way back has its own")
  func start() throws {
    let files = ["p.txt": "0001000\n"]
    let both = try read("trace: p.txt, trace-start: 20ms, reverse: {trace: p.txt}", files: files)
    #expect(both.media.forward.traceStart == .at(.milliseconds(20)))
    #expect(both.media.reverse.traceStart == .at(.milliseconds(20)))
    let own = try read(
      "trace: p.txt, trace-start: 20ms, reverse: {trace: p.txt, trace-start: random}", files: files)
    #expect(own.media.reverse.traceStart == .random)
    #expect(try read("trace: p.txt", files: files).media.forward.traceStart == .at(.zero))
  }

  @Test("calls that all meet the same losses are warned of, and decide no gate")
  func oneChannel() throws {
    let folder = try Self.folder(["p.txt": "0001000\n"])
    defer { try? FileManager.default.removeItem(at: folder) }
    func settings(_ network: String, calls: Int = 10) throws -> ValidationSettings {
      try SampleCalls.settings(
        """
        calls: \(calls)
        max-calls: 40
        networks: [{name: wifi, \(network)}]
        gates: [recovery.median <= 200ms]
        """, file: folder.path + "/v.yaml")
    }
    let fixed = try settings("trace: p.txt")
    #expect(fixed.warnings.count == 1)
    #expect(
      fixed.warnings[0].hasSuffix(
        "v.yaml:3: network.trace: begins at the same moment in each of 10 calls, which meet the same "
          + "losses and count as one; expected trace-start: random beside it"), "\(fixed.warnings)")
    #expect(try settings("trace: p.txt, trace-start: random").warnings.isEmpty)
    #expect(try settings("trace: p.txt", calls: 1).warnings.isEmpty)

    func judged(_ settings: ValidationSettings) throws -> ValidationJudge {
      var judge = ValidationJudge(settings)
      judge.add(
        try SampleCalls.results(
          (0..<10).map { number in
            var call = SampleCalls.call(number, milliseconds: [100, 100])
            call.conditions.seed = settings.seeds(number + 1)[number]
            return call
          }))
      return judge
    }
    let open = try judged(fixed)
    #expect(open.report.verdict == .inconclusive && open.next.isEmpty)
    #expect(open.report.text(usesColour: false).contains("network.trace-start: random"))
    #expect(try judged(settings("trace: p.txt, trace-start: random")).report.verdict == .pass)
  }

  @Test("a plan says so of a trace that several seeds share")
  func plan() throws {
    let folder = try Self.folder(["p.txt": "0001000\n"])
    defer { try? FileManager.default.removeItem(at: folder) }
    func warnings(_ seeds: Int, _ network: String) throws -> [String] {
      try Plan(
        ConfigurationFile.parse(
          "groups: [{name: a, seeds: \(seeds), set: {network: {\(network)}}}]\n",
          file: folder.path + "/p.yaml")
      ).warnings
    }
    #expect(try warnings(3, "trace: p.txt").count == 1)
    #expect(try warnings(3, "trace: p.txt, trace-start: random").isEmpty)
    #expect(try warnings(1, "trace: p.txt").isEmpty)
  }

  @Test(
    "traces that cannot be played back are refused",
    arguments: [
      ("trace: p.txt, loss: 1%", "network.loss: found beside trace"),
      ("rate-trace: p.txt", "found a trace of packets, expected one of a rate"),
      ("rate-trace: r.csv, rate: 1Mbps", "network.rate: found beside rate-trace"),
      ("trace: r.csv", "found a trace of a rate"),
      ("trace: none.csv", "the file cannot be read"),
      ("rate-trace: zero.csv", "zero.csv"),
      ("trace-start: random", "network.trace-start: given without a trace"),
      ("trace: p.txt, trace-start: anywhere", "found \"anywhere\", expected"),
      ("trace: p.txt, trace-start: -1s", "or random"),
    ])
  func refused(network: String, complaint: String) throws {
    let files = [
      "p.txt": "0001000\n", "r.csv": "time_ms,kbps\n0,1000\n100,\n",
      "zero.csv": "time_ms,kbps\n0,0\n100,\n",
    ]
    let error = #expect(throws: ConfigurationError.self) { try read(network, files: files) }
    #expect(error?.description.contains(complaint) == true, "\(String(describing: error))")
  }
}
