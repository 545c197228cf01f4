import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Calls with an adaptive playout buffer, late frames and reordering tolerance")
struct AdaptivePlayoutTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// Key frames take far longer through the bottleneck than the frames between them.
  private func bottleneck(_ mechanism: Mechanism) -> Scenario {
    var scenario = smallScenario(mechanism)
    scenario.duration = .seconds(10)
    scenario.media.forward.rate = .kilobitsPerSecond(400)
    scenario.media.forward.queueLimit = .seconds(2)
    scenario.encoderControl.startKeyFrames = [.seconds(4), .seconds(6)]
    scenario.receiver.playoutDelay = .milliseconds(5)
    return scenario
  }

  @Test("frames that are not whole when due are lost, or waited for, as the receiver's rule says")
  func lateFrames() throws {
    var scenario = bottleneck(.pli)
    let waiting = try scenario.simulated()
    #expect(waiting.totals.framesLate == 0 && waiting.episodes.isEmpty)
    scenario.receiver.lateFrames = .drop
    let dropping = try scenario.simulated()
    #expect(dropping.totals.mediaPacketsLost == 0)
    #expect(dropping.totals.framesLate > 0)
    #expect(!dropping.episodes.isEmpty)
    #expect(dropping.feedback.contains { $0.kind == "pli" })
    #expect(dropping.frames.allSatisfy { $0.shown != .drifted })
    for episode in dropping.episodes {
      #expect(episode.causes.reduce(.zero, +) == episode.end - episode.lost)
    }
  }

  @Test("an adaptive buffer grows with what comes late, and loses fewer frames than a fixed one")
  func grows() throws {
    var scenario = bottleneck(.pli)
    scenario.receiver.lateFrames = .drop
    let fixed = try scenario.simulated()
    scenario.receiver.playout = .adaptive
    scenario.receiver.minimumPlayoutDelay = .milliseconds(5)
    let adaptive = try scenario.simulated()
    #expect(adaptive.totals.framesLate < fixed.totals.framesLate)
    #expect(adaptive.totals.meanLatency > fixed.totals.meanLatency)
  }

  @Test("a quiet path lets an adaptive buffer fall to its least delay")
  func falls() throws {
    var scenario = smallScenario(.pli)
    scenario.duration = .seconds(8)
    scenario.receiver.playout = .adaptive
    scenario.receiver.playoutDelay = .milliseconds(100)
    let records = try scenario.simulated()
    let waits = records.frames.compactMap { frame in frame.displayed.map { $0 - frame.captured } }
    // With the second frame, which is here before the first is due, the fall begins.
    #expect(waits.first! > .milliseconds(124) && waits.first! <= .milliseconds(125))
    #expect(waits.last == .milliseconds(65))
    #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(records.totals.framesLate == 0)
    #expect(records.totals.brokenTime == .zero)
  }

  @Test(
    "NACK lengthens an adaptive buffer: the first packet sent again is late, later ones are not")
  func negativeAcknowledgement() throws {
    var scenario = smallScenario(.nack, losing: [(30, 0), (90, 0), (110, 0)])
    scenario.duration = .seconds(6)
    scenario.media.forward.oneWayDelay = .milliseconds(60)
    scenario.media.reverse.oneWayDelay = .milliseconds(60)
    scenario.encoderControl.periodicKeyFrameInterval = .seconds(2)
    scenario.receiver.playout = .adaptive
    let records = try scenario.simulated()
    #expect(records.totals.retransmittedPackets == 3)
    #expect(records.totals.framesLate == 1)
    #expect(records.frames[30].displayed == nil)
    #expect(records.frames[90].displayed != nil && records.frames[110].displayed != nil)
    let (before, after) = (records.frames[29], records.frames[91])
    #expect(after.displayed! - after.captured > before.displayed! - before.captured)
  }

  @Test("a gap counts as a loss once the reordering tolerance has passed")
  func reordering() throws {
    var scenario = smallScenario(.pli, losing: [(30, 0)])
    scenario.receiver.reorderingTolerance = .milliseconds(30)
    let episode = try #require(try scenario.simulated().episodes.first)
    #expect(episode.noticed == time(1265 + 30))
    #expect(episode.recovered != nil)
    scenario.mechanism = .nack
    let records = try scenario.simulated()
    #expect(records.feedback.first { $0.kind == "nack" }?.ready == time(1265 + 30))
  }
}
