import CallSimulation
import Configuration
import Foundation
import NetworkModels
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Traces in a scenario")
struct TracePlaybackTests {
  private func read(_ network: String, files: [String: String]) throws -> Scenario {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "trace-playback-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
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

  @Test(
    "traces that cannot be played back are refused",
    arguments: [
      ("trace: p.txt, loss: 1%", "network.loss: found beside trace"),
      ("rate-trace: p.txt", "found a trace of packets, expected one of a rate"),
      ("rate-trace: r.csv, rate: 1Mbps", "network.rate: found beside rate-trace"),
      ("trace: r.csv", "found a trace of a rate"),
      ("trace: none.csv", "the file cannot be read"),
      ("rate-trace: zero.csv", "zero.csv"),
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
