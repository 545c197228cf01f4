import CallSimulation
import Foundation
import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import Campaigns

@Suite("Captures of simulated calls, imported")
struct SimulatedCaptureTests {
  private static let shelf = ClipOfTests()
  /// More than can be under way at the end, with the bottleneck's queue full.
  private static let lastFrames = 10

  private func scenario(_ seed: UInt64, _ loss: LossModel) -> Scenario {
    var scenario = Scenario()
    scenario.seed = seed
    scenario.mechanism = .pli
    scenario.duration = .seconds(12)
    scenario.video.width = 160
    scenario.video.height = 120
    // Several packets a frame.
    scenario.codec.targetBitrate = 600
    scenario.media.forward = LinkSettings(oneWayDelay: .milliseconds(40), loss: loss)
    scenario.media.reverse = LinkSettings(oneWayDelay: .milliseconds(40))
    return scenario
  }

  /// Simulates a call, imports its capture, and compares frame by frame.
  private func expectSameLosses(
    _ scenario: Scenario, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ImportedCapture {
    let path = NSTemporaryDirectory() + "simulated-\(UUID().uuidString).pcapng"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let records = try simulateCall(
      scenario, clip: Self.shelf.clip(scenario.video), outputs: CallOutputs(capture: path))
    let imported = try ImportedCapture(path: path)
    let sent = records.frames.filter { $0.packets > 0 }
    #expect(
      imported.losses.count { $0 } == sent.reduce(0) { $0 + $1.packetsLost },
      sourceLocation: sourceLocation)
    // Packets under way when the call ends have no rows.
    var losses = imported.losses[...]
    for frame in sent.dropLast(Self.lastFrames) {
      #expect(
        losses.prefix(frame.packets).count { $0 } == frame.packetsLost, "frame \(frame.frame)",
        sourceLocation: sourceLocation)
      losses = losses.dropFirst(frame.packets)
    }
    let last = sent.suffix(Self.lastFrames).reduce(0) { $0 + $1.packets }
    #expect(losses.count <= last && losses.count > 0, sourceLocation: sourceLocation)
    return imported
  }

  static let models: [LossModel] = [
    .none, .independent(rate: 0.05),
    .gilbertElliott(rate: 0.05, meanBurst: .milliseconds(60)),
    .gilbertElliott(rate: 0.2, meanBurst: .milliseconds(300)),
  ]

  @Test(
    "a capture imports back to just the losses that were simulated, frame by frame",
    arguments: [1, 2, 3, 4, 5], models)
  func losses(seed: UInt64, loss: LossModel) throws {
    _ = try expectSameLosses(scenario(seed, loss))
  }

  @Test("a bottleneck's drops are losses too, and its queue is delay", arguments: [1, 2])
  func bottleneck(seed: UInt64) throws {
    var scenario = scenario(seed, .none)
    scenario.media.forward.rate = .kilobitsPerSecond(500)
    scenario.media.forward.queueLimit = .milliseconds(200)
    let imported = try expectSameLosses(scenario)
    let summary = imported.result.summary
    #expect(summary.lost > 0)
    #expect(summary.longestDelay > 150_000_000 && summary.longestDelay < 260_000_000)
  }

  @Test(
    "retransmissions, a stream of their own, take nothing from the losses", arguments: [1, 2, 3])
  func retransmissions(seed: UInt64) throws {
    var scenario = scenario(seed, .gilbertElliott(rate: 0.1, meanBurst: .milliseconds(100)))
    scenario.mechanism = .nack
    let imported = try expectSameLosses(scenario)
    #expect(imported.result.streams.count == 2)
  }
}

/// One clip for all tests of the suite, which run on several threads.
private final class ClipOfTests: @unchecked Sendable {
  private let lock = NSLock()
  private var clip: Clip?

  func clip(_ settings: VideoSettings) throws -> Clip {
    try lock.withLock {
      if let clip { return clip }
      let clip = try Clip.load(settings, frames: 100)
      for index in 0..<clip.frameCount { _ = clip.picture(at: index) }
      self.clip = clip
      return clip
    }
  }
}
