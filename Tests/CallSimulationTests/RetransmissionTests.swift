import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

/// Times are computed by hand, as in `SimulateCallTests`: frame 30 is captured at 1,200 ms and its
/// packet lost at once; frame 31 shows the gap at 1,265, and a request is there at 1,290.
@Suite("A call with retransmission")
struct RetransmissionTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private func onlyEpisode(_ scenario: Scenario) throws -> EpisodeRecord {
    let records = try scenario.simulated()
    #expect(records.episodes.count == 1)
    return try #require(records.episodes.first)
  }

  @Test(
    "NACK brings the lost packet itself again, and PLI beside it changes nothing",
    arguments: [Mechanism.nack, .nackPli])
  func retransmission(mechanism: Mechanism) throws {
    let scenario = smallScenario(mechanism, losing: [(30, 0)])
    let episode = try onlyEpisode(scenario)
    #expect(episode.noticed == time(1265))
    #expect(episode.feedbackSent == time(1265))
    #expect(episode.feedbackReceived == time(1290))
    // It leaves at once, and what was due at 1,285 is shown when it is there.
    #expect(episode.recoveryCaptured == time(1290))
    #expect(episode.recoveryArrived == time(1315))
    #expect(episode.recovered == time(1315))
    #expect(episode.repairFrame == 30 && episode.repairKind == "retransmission")
    #expect(
      episode.causesInMilliseconds == [
        .notNoticed: 65, .requestOnNetwork: 25, .repairOnNetwork: 25,
      ]
    )
    let records = try scenario.simulated()
    #expect(records.totals.retransmittedPackets == 1 && records.totals.keyFrames == 1)
    #expect(records.feedback.map(\.kind) == ["nack"])
  }

  @Test("a retransmission that comes before the playout leaves nothing broken on screen")
  func inTime() throws {
    var scenario = smallScenario(.nack, losing: [(30, 0)])
    scenario.receiver.playoutDelay = .milliseconds(200)
    let episode = try onlyEpisode(scenario)
    // Captured at 1,200, there at 1,225 but for the loss, due 200 ms later.
    #expect(episode.recovered == time(1425))
    #expect(episode.frozen == .zero)
    #expect(episode.causesInMilliseconds[.playout] == 110)
    #expect(try scenario.simulated().totals.brokenTime == .zero)
  }

  @Test("what is given up waits for a periodic key frame")
  func givenUp() throws {
    var scenario = smallScenario(.nack, seconds: 11, losing: [(30, 0)])
    // Nothing that the receiver says arrives.
    scenario.media.scriptedFeedbackLosses = (0..<40).map { .init(message: .nack, number: $0) }
    scenario.retransmission.giveUpAge = .milliseconds(300)
    let episode = try onlyEpisode(scenario)
    #expect(episode.repairKind == "key" && episode.repairFrame == 250)
    // Given up at 1,565; the key frame is captured at 10,000.
    #expect(episode.causesInMilliseconds[.periodicKeyFrame] == 8435)
    let causes = episode.causesInMilliseconds
    #expect(causes[.requestLost]! + (causes[.rtcpTick] ?? 0) == 300)
  }

  @Test("what is given up is asked for by PLI where that stands beside NACK")
  func givenUpAndAsked() throws {
    var scenario = smallScenario(.nackPli, losing: [(30, 0)])
    // The sender has forgotten the packet.
    scenario.retransmission.historyAge = .milliseconds(1)
    scenario.retransmission.giveUpAge = .milliseconds(300)
    scenario.retransmission.maximumRequests = 1
    let episode = try onlyEpisode(scenario)
    // Given up at 1,565; nothing keeps the PLI from leaving then.
    #expect(episode.feedbackReady == time(1565))
    #expect(episode.repairKind == "key")
    #expect(try #require(episode.causesInMilliseconds[.requestLost]) == 275)
  }

  @Test("a key frame that is there and due ends the wait for packets before it")
  func keyFrameEndsTheWait() throws {
    // Frame 30 is given up at 1,565, and PLI makes a key frame some frames later. Frame 37, captured
    // at 1,480, is lost too, and would be given up at 1,845.
    var scenario = smallScenario(.nackPli, losing: [(30, 0), (37, 0)])
    scenario.media.scriptedFeedbackLosses = (0..<40).map { .init(message: .nack, number: $0) }
    scenario.retransmission.giveUpAge = .milliseconds(300)
    let episode = try onlyEpisode(scenario)
    #expect(episode.repairKind == "key")
    let key = try #require(episode.repairFrame)
    #expect(key * 40 + 85 < 1845)
    #expect(episode.recovered == time(Int64(key) * 40 + 25 + 60))
    #expect(try #require(episode.causesInMilliseconds[.playout]) <= 60)
  }

  @Test("a repair is told by the request that brought it, not by a later copy")
  func copies() throws {
    var scenario = smallScenario(.nack, losing: [(30, 0)])
    // The answer takes longer than the 120 ms after which the request is made again.
    scenario.media.forward.oneWayDelay = .milliseconds(100)
    scenario.media.reverse.oneWayDelay = .milliseconds(100)
    let records = try scenario.simulated()
    #expect(records.totals.retransmittedPackets == 2)
    let episode = try #require(records.episodes.first)
    // Noticed at 1,340, answered at 1,440, there at 1,540.
    #expect(episode.feedbackSent == time(1340))
    #expect(episode.recoveryArrived == time(1540) && episode.recovered == time(1540))
    #expect(episode.causesInMilliseconds[.rtcpTick] == nil)
  }

  @Test("a request for what has come in the meantime is withdrawn")
  func withdrawn() throws {
    var scenario = smallScenario(.nack, seconds: 8, losing: [(30, 0), (60, 0), (90, 0)])
    // Feedback waits for regular packets, some hundred milliseconds apart.
    scenario.rtcp.bandwidthPerMille = 8
    scenario.media.forward.oneWayDelay = .milliseconds(100)
    scenario.media.reverse.oneWayDelay = .milliseconds(100)
    let records = try scenario.simulated()
    let outcomes = records.feedback.map(\.outcome)
    #expect(outcomes.contains("withdrawn"))
    #expect(records.feedback.filter { $0.outcome == "withdrawn" }.allSatisfy { $0.sent == nil })
  }

  @Test("of a damaged frame the records tell what it lacked")
  func damagedFrame() throws {
    var scenario = smallScenario(.pli, losing: [(30, 1)])
    scenario.codec.tokenPartitions = 2
    scenario.rtp.packetization = .partitions
    let records = try scenario.simulated()
    let frame = records.frames[30]
    #expect(frame.packets >= 3 && frame.packetsLost == 1)
    #expect(frame.missingPartitions == "1")
    #expect(try #require(frame.receivedOctets) < frame.octets)
    #expect(records.frames.filter { $0.missingPartitions != nil }.count == 1)
  }

  @Test(
    "7 bits of PictureID repair as 15 do, by a shorter descriptor", arguments: Mechanism.allCases)
  func shortPictureID(mechanism: Mechanism) throws {
    var scenario = smallScenario(mechanism, seconds: 8, losing: [(30, 0), (150, 0)])
    let long = try scenario.simulated()
    scenario.rtp.pictureIDWidth = .sevenBits
    let short = try scenario.simulated()
    #expect(short.episodes.map(\.recovered) == long.episodes.map(\.recovered))
    #expect(short.totals.mediaOctets < long.totals.mediaOctets)
  }

  @Test("SRTP adds its octets to every packet, and nothing else changes")
  func secure() throws {
    var scenario = smallScenario(.pli, losing: [(30, 0)])
    let plain = try scenario.simulated()
    scenario.rtp.usesSRTP = true
    let secure = try scenario.simulated()
    #expect(secure.totals.mediaOctets == plain.totals.mediaOctets + 10 * plain.totals.mediaPackets)
    #expect(secure.episodes.map(\.recovered) == plain.episodes.map(\.recovered))
  }

  @Test("no report speaks of a source that has not been heard")
  func unheardSource() throws {
    var scenario = smallScenario(.pli, seconds: 2)
    let near = try scenario.simulated()
    scenario.media.forward.oneWayDelay = .milliseconds(1500)
    let far = try scenario.simulated()
    // Reports without a block are 24 octets shorter.
    #expect(far.totals.rtcpOctets < near.totals.rtcpOctets)
  }
}
