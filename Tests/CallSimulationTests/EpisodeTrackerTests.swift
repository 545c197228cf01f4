import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Recovery oracle")
struct EpisodeTrackerTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  @Test("an episode lasts from the first loss to the first exact picture after it")
  func oneEpisode() throws {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(400))
    tracker.displayed(9, isExact: true, now: time(410))
    tracker.damageNoticed(now: time(440))
    tracker.displayed(13, isExact: true, now: time(600))
    let episode = try #require(tracker.episodes.first)
    #expect(tracker.episodes.count == 1)
    #expect(episode.begin == time(400))
    #expect(episode.noticed == time(440))
    #expect(episode.repair?.displayed == time(600))
    #expect(!episode.falseRepair)
  }

  @Test("a damaged picture that the receiver knows to be damaged is no false repair")
  func knownDamage() throws {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(400))
    tracker.displayed(11, isExact: false, isBelieved: false, now: time(500))
    #expect(tracker.episodes.first?.falseRepair == false)
    tracker.displayed(12, isExact: false, isBelieved: true, now: time(540))
    #expect(tracker.episodes.first?.falseRepair == true)
  }

  @Test("a loss before the repair is on screen belongs to the same episode")
  func merging() throws {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(400))
    tracker.packetLost(14, at: time(590))
    tracker.displayed(13, isExact: true, now: time(600))
    tracker.displayed(17, isExact: true, now: time(800))
    #expect(tracker.episodes.count == 1)
    let episode = try #require(tracker.episodes.first)
    #expect(episode.repair?.picture == 17)
    #expect(episode.losses.count == 2)
  }

  @Test("a loss after the repair begins another episode")
  func twoEpisodes() {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(400))
    tracker.displayed(13, isExact: true, now: time(600))
    tracker.packetLost(16, at: time(640))
    tracker.displayed(20, isExact: true, now: time(800))
    #expect(tracker.episodes.map(\.begin) == [time(400), time(640)])
    #expect(tracker.episodes.map { $0.repair?.picture } == [13, 20])
  }

  @Test("a picture that is not exact is no repair, and is remembered as a false one")
  func falseRepair() throws {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(400))
    tracker.displayed(13, isExact: false, now: time(600))
    tracker.displayed(20, isExact: true, now: time(900))
    let episode = try #require(tracker.episodes.first)
    #expect(episode.falseRepair)
    #expect(episode.repair?.displayed == time(900))
  }

  @Test("a repair that does not hold was none")
  func repairDoesNotHold() throws {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(400))
    tracker.displayed(13, isExact: true, now: time(600))
    tracker.displayed(14, isExact: false, now: time(640))
    tracker.displayed(15, isExact: true, now: time(680))
    let episode = try #require(tracker.episodes.first)
    #expect(tracker.episodes.count == 1)
    #expect(episode.repair?.displayed == time(680))
    #expect(episode.falseRepair)
  }

  @Test("without a repair the episode stays open")
  func open() throws {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(400))
    tracker.advance(to: time(1000))
    let episode = try #require(tracker.episodes.first)
    #expect(episode.repair == nil && episode.noticed == nil)
  }

  @Test("losses are taken in the order of their times, not of their sending")
  func lossOrder() {
    var tracker = EpisodeTracker()
    tracker.packetLost(10, at: time(420))  // by the channel, behind the queue
    tracker.packetLost(11, at: time(405))  // by the full queue
    tracker.advance(to: time(500))
    #expect(tracker.episodes.map(\.begin) == [time(405)])
    #expect(tracker.losses.map(\.time) == [time(405), time(420)])
  }
}
