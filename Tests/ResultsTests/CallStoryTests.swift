import Foundation
import SimulationKernel
import Testing

@testable import Results

@Suite("Call story")
struct CallStoryTests {
  private func at(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private func call(_ episodes: [EpisodeRecord], _ feedback: [FeedbackRecord] = []) -> CallRecords {
    var totals = CallTotals()
    totals.duration = .seconds(5)
    return CallRecords(
      conditions: CallConditions(
        run: 0, group: "run", mechanism: "pli", roundTrip: .milliseconds(50), lossRate: 0.01,
        meanBurst: nil, proxies: nil, transport: nil, requestInterval: nil,
        source: "talking-head", seed: 1),
      totals: totals, episodes: episodes, frames: [], feedback: feedback)
  }

  private func repaired() -> EpisodeRecord {
    var episode = EpisodeRecord(episode: 0, firstDamagedFrame: 30, lost: at(1_200))
    episode.lostPackets = 1
    episode.damagedFrames = 3
    episode.noticed = at(1_240)
    episode.recoveryCaptured = at(1_320)
    episode.recoveryArrived = at(1_350)
    episode.recovered = at(1_405)
    episode.end = at(1_405)
    episode.isCensored = false
    episode.repairFrame = 33
    episode.repairKind = "key"
    episode.repairOctets = 6_100
    episode.causes[Cause.notNoticed.rawValue] = .milliseconds(40)
    episode.causes[Cause.encoderWait.rawValue] = .milliseconds(80)
    episode.causes[Cause.playout.rawValue] = .milliseconds(85)
    return episode
  }

  private func pli(_ number: Int, ready: Int64, received: Int64?) -> FeedbackRecord {
    FeedbackRecord(
      message: number, kind: "pli", hop: 0, octets: 96, frame: nil, ready: at(ready),
      sent: at(ready + 2), received: received.map(at),
      outcome: received == nil ? "lost" : "answered"
    )
  }

  @Test("a chain has every step in order, lined up, with times since the loss")
  func chain() {
    let text = CallStory(call([repaired()], [pli(0, ready: 1_240, received: 1_267)])).text()
    #expect(
      text.contains(
        """
        Episode 1, frame 30: repaired after 205.0 ms
              1.2000 s       +0.0 ms  lost      frame 30; in all 1 packet, 3 frames damaged
              1.2400 s      +40.0 ms  noticed   by the receiver
              1.2400 s      +40.0 ms  asked     pli #0
              1.2420 s      +42.0 ms  sent      pli #0, 96 octets
              1.2670 s      +67.0 ms  received  pli #0: answered
              1.3200 s     +120.0 ms  captured  frame 33, which repairs: key, 6100 octets
              1.3500 s     +150.0 ms  arrived   its last packet
              1.4050 s     +205.0 ms  shown     exact again
          Where the time went: not noticed 40.0 ms, encoder 80.0 ms, playout buffer 85.0 ms

        """))
  }

  @Test("the copies of an INFO over UDP are told with their times")
  func copies() {
    var call = call(
      [repaired()],
      [
        FeedbackRecord(
          message: 4, kind: "info", hop: 0, octets: 587, frame: nil, ready: at(1_240),
          sent: at(1_240), received: at(2_752), outcome: "answered")
      ])
    call.episodes[0].end = at(2_000)
    #expect(!CallStory(call).text().contains("sent again"))
    call.conditions.transport = "udp"
    let told = CallStory(call).text()
    #expect(told.contains("1.7400 s     +540.0 ms  sent again  info #4 on hop 1, copy 1\n"))
    // The next one left after the episode.
    #expect(!told.contains("copy 2"))
  }

  @Test("an episode open at the end is said to be censored, and its lost request to be lost")
  func censored() {
    var episode = EpisodeRecord(episode: 0, firstDamagedFrame: 100, lost: at(4_000))
    episode.end = at(5_000)
    episode.causes[Cause.requestLost.rawValue] = .seconds(1)
    let text = CallStory(call([episode], [pli(7, ready: 4_040, received: nil)])).text()
    #expect(text.contains("frame 100: still broken at the call's end, 1000.0 ms later (censored)"))
    #expect(text.contains("+42.0 ms  request lost  pli #7"))
    #expect(text.contains("1 of them open at the call's end"))
  }

  @Test("of many requests the first and last are told, of many episodes the first")
  func limits() {
    var episode = repaired()
    episode.end = at(4_000)
    episode.recovered = at(4_000)
    let many = (0..<30).map { pli($0, ready: 1_240 + Int64($0) * 20, received: nil) }
    let text = CallStory(call([episode], many)).text()
    #expect(text.contains("21 more requests"))
    #expect(text.contains("pli #5,") && !text.contains("pli #6,") && text.contains("pli #29,"))
    let episodes = [EpisodeRecord](repeating: repaired(), count: 50)
    let short = CallStory(call(episodes)).text(episodes: 40)
    #expect(short.contains("... and 10 more episodes.\n"))
    #expect(short.components(separatedBy: "Episode ").count == 41)
    #expect(CallStory(call(episodes)).text().components(separatedBy: "Episode ").count == 51)
  }

  @Test("a call without loss says so")
  func exact() {
    #expect(CallStory(call([])).text().contains("the picture stayed exact"))
  }
}
