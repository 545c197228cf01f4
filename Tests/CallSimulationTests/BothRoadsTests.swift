import MediaSession
import Results
import Signalling
import SimulationKernel
import Testing

@testable import CallSimulation

/// Times as in `SimulateCallTests`: the loss at 1,200 ms is noticed at 1,265. PLI is at the sender at
/// 1,290; INFO, through two proxies elsewhere, at 1,340.74.
@Suite("A call that asks by SIP INFO and PLI")
struct BothRoadsTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private func scenario(
    losing losses: [(frame: Int, packet: Int)] = [(30, 0)], losingPLI numbers: [Int] = []
  ) -> Scenario {
    var scenario = smallScenario(.sipInfoPli, losing: losses)
    scenario.signalling.proxies = 2
    scenario.signalling.placement = .detour
    scenario.signalling.transport = .tcp
    scenario.media.scriptedFeedbackLosses = numbers.map { .init(message: .pli, number: $0) }
    return scenario
  }

  @Test("the first to arrive brings the repair; the other one meets the guard")
  func pliIsFaster() throws {
    let records = try scenario().simulated()
    let episode = try #require(records.episodes.first)
    #expect(episode.feedbackReceived == time(1290))
    #expect(episode.recovered == time(1405))
    #expect(episode.requests == 2)
    #expect(
      episode.causesInMilliseconds == [
        .notNoticed: 65, .requestOnNetwork: 25, .encoderWait: 30, .repairOnNetwork: 25,
        .playout: 60,
      ])
    let messages = records.feedback.filter { ["info", "pli"].contains($0.kind) }
    #expect(messages.map(\.kind) == ["info", "info", "info", "pli"])
    #expect(messages.map(\.outcome) == ["forwarded", "forwarded", "guarded", "answered"])
    #expect(records.conditions.proxies == 2 && records.conditions.mechanism == "sip-info+pli")
  }

  @Test("where PLI is lost the repair, and the time until then, are INFO's")
  func pliIsLost() throws {
    let records = try scenario(losingPLI: [0]).simulated()
    let episode = try #require(records.episodes.first)
    #expect(episode.feedbackReady == time(1265) && episode.feedbackSent == time(1265))
    #expect(episode.feedbackReceived == SimTime(nanoseconds: 1_340_740_000))
    #expect(episode.recovered == time(1445))
    #expect(
      episode.causesInMilliseconds == [
        .notNoticed: 65, .requestOnNetwork: 75, .proxy: 0.74, .encoderWait: 19.26,
        .repairOnNetwork: 25, .playout: 60,
      ])
  }

  @Test("where INFO is refused and the first PLI lost, the second PLI's repair is RTCP's alone")
  func infoIsRefused() throws {
    var scenario = scenario(losingPLI: [0])
    scenario.signalling.answers = [.callDoesNotExist]
    let records = try scenario.simulated()
    let episode = try #require(records.episodes.first)
    #expect(episode.feedbackReady == time(1465))
    let causes = episode.causesInMilliseconds
    #expect(causes[.notNoticed] == 65 && causes[.requestLost] == 200)
    #expect(causes[.requestLimit] == nil && causes[.proxy] == nil && causes[.tcp] == nil)
    #expect(!episode.isCensored)
    #expect(records.feedback.count { $0.kind == "info" && $0.hop == 0 } == 1)
  }

  @Test("INFO that waits for its interval is waited for only where it brings the repair")
  func infoIsLate() throws {
    // The second loss comes within the interval after the first one's INFO, and its PLIs are lost.
    var scenario = scenario(losing: [(30, 0), (40, 0)], losingPLI: Array(1...20))
    scenario.signalling.minimumRequestInterval = .seconds(1)
    scenario.signalling.keyFrameClearsInterval = false
    let records = try scenario.simulated()
    #expect(records.episodes.count == 2)
    let late = try #require(records.episodes.last)
    // Frame 40, captured at 1,600, is missed at 1,665; the INFO of 1,265 forbids one until 2,265.
    #expect(late.noticed == time(1665) && late.feedbackReady == time(1665))
    #expect(late.feedbackSent == time(2265))
    let causes = late.causesInMilliseconds
    #expect(causes[.requestLimit] == 600 && causes[.requestOnNetwork] == 75)
    #expect(causes[.requestLost] == nil && causes[.rtcpTick] == nil)
  }

  @Test("each road repeats by its own rules while nothing repairs")
  func repetition() throws {
    var scenario = scenario(losingPLI: Array(0...50))
    scenario.signalling.answers = [.requestPending]
    scenario.signalling.retryAfter491 = nil
    scenario.signalling.minimumRequestInterval = .seconds(1)
    let records = try scenario.simulated()
    let infos = records.feedback.filter { $0.kind == "info" && $0.hop == 0 }
    #expect(infos.map(\.sent) == [time(1265), time(2265), time(3265)])
    #expect(records.feedback.count { $0.kind == "pli" && $0.outcome == "lost" } > 8)
    #expect(records.episodes.map(\.isCensored) == [true])
    let causes = try #require(records.episodes.first).causesInMilliseconds
    #expect(causes[.requestLost] != nil && causes[.requestLimit] == nil && causes[.proxy] == nil)
  }

  private func damagedRepair(
    _ repetition: SignallingSettings.Repetition, guardInterval: SimDuration
  ) throws -> (sent: [SimTime], isCensored: [Bool]) {
    var scenario = smallScenario(.sipInfo, losing: [(30, 0), (33, 0)])
    scenario.signalling.proxies = 0
    scenario.signalling.transport = .tcp
    scenario.signalling.minimumRequestInterval = .milliseconds(30)
    scenario.signalling.repetition = repetition
    scenario.encoderControl.minimumKeyFrameInterval = guardInterval
    let records = try scenario.simulated()
    let infos = records.feedback.filter { $0.kind == "info" }
    return (infos.compactMap(\.sent), records.episodes.map(\.isCensored))
  }

  @Test("one that asks once asks again where the repair is damaged, and not before")
  func once() throws {
    // The key frame of 1,320 lacks its first packet; the others, there at 1,345, show the gap.
    let once = try damagedRepair(.once, guardInterval: .zero)
    #expect(once.sent == [time(1265), time(1345)])
    #expect(once.isCensored == [false])
    let again = try damagedRepair(.untilRepaired, guardInterval: .zero)
    #expect(again.sent.starts(with: [time(1265), time(1295), time(1325)]))
    #expect(again.isCensored == [false])
  }

  @Test("the guard drops the second request of one that asks once, and nothing repairs any more")
  func onceMeetsTheGuard() throws {
    let once = try damagedRepair(.once, guardInterval: .milliseconds(300))
    #expect(once.sent == [time(1265), time(1345)])
    #expect(once.isCensored == [true])
    #expect(
      try damagedRepair(.untilRepaired, guardInterval: .milliseconds(300)).isCensored == [false])
  }
}
