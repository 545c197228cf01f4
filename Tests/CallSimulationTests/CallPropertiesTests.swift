import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

@Suite("What holds in every call")
struct CallPropertiesTests {
  /// A call with random loss in both directions, bursty or not by the seed, at 5 %.
  private func lossy(_ mechanism: Mechanism, seed: UInt64) -> Scenario {
    var scenario = smallScenario(mechanism, seconds: 12)
    scenario.seed = seed
    let loss: LossModel =
      seed % 2 == 0
      ? .independent(rate: 0.05) : .gilbertElliott(rate: 0.05, meanBurst: .milliseconds(60))
    scenario.media.forward.loss = loss
    scenario.media.reverse.loss = loss
    scenario.codec.targetBitrate = 250
    if seed % 3 == 0 {
      scenario.media.forward.rate = .kilobitsPerSecond(600)
      scenario.media.forward.queueLimit = .milliseconds(200)
    }
    return scenario
  }

  @Test(
    "causes add up, episodes do not overlap, losses are all counted", arguments: Mechanism.allCases)
  func bookkeeping(mechanism: Mechanism) throws {
    for seed in UInt64(1)...6 {
      let records = try lossy(mechanism, seed: seed).simulated()
      #expect(!records.episodes.isEmpty)
      var last = SimTime.zero
      for episode in records.episodes {
        #expect(episode.causes.reduce(.zero, +) == episode.duration)
        #expect(episode.causes.allSatisfy { $0 >= .zero })
        #expect(episode.lost >= last)
        #expect(episode.isCensored == (episode.recovered == nil))
        last = episode.end
      }
      #expect(records.episodes.dropLast().allSatisfy { !$0.isCensored })
      let lost = records.episodes.reduce(0) { $0 + $1.lostPackets }
      #expect(lost == records.totals.mediaPacketsLost)
    }
  }

  @Test("the chain of every repair is in order", arguments: Mechanism.allCases)
  func chains(mechanism: Mechanism) throws {
    for seed in UInt64(1)...6 {
      for episode in try lossy(mechanism, seed: seed).simulated().episodes where !episode.isCensored
      {
        let chain = [
          episode.feedbackReady, episode.feedbackSent, episode.feedbackReceived,
          episode.recoveryCaptured, episode.recoveryArrived, episode.recovered,
        ].compactMap { $0 }
        #expect(chain == chain.sorted())
        #expect(try #require(episode.noticed) > episode.lost)
      }
    }
  }

  @Test(
    "outside of episodes the viewer sees the sender's picture bit for bit",
    arguments: Mechanism.allCases)
  func exactOutsideEpisodes(mechanism: Mechanism) throws {
    for seed in UInt64(1)...2 {
      let records = try lossy(mechanism, seed: seed).simulated()
      for frame in records.frames where frame.displayed != nil && frame.shown == .drifted {
        let shown = frame.displayed!
        #expect(records.episodes.contains { $0.lost <= shown && shown <= $0.end })
      }
      #expect(records.frames.contains { $0.shown == .exact })
    }
  }

  @Test("the same scenario gives the same records", arguments: Mechanism.allCases)
  func determinism(mechanism: Mechanism) throws {
    let scenario = lossy(mechanism, seed: 3)
    #expect(try scenario.simulated() == scenario.simulated())
  }

  @Test("another seed gives another call")
  func seeds() throws {
    #expect(
      try lossy(.pli, seed: 2).simulated().episodes != lossy(.pli, seed: 4).simulated().episodes)
  }

  @Test("PLI and SIP INFO meet the same channel at the same times")
  func sameChannel() throws {
    // A bad spell takes all packets of a frame, which leave at one instant.
    func fates(_ mechanism: Mechanism) throws -> [Bool] {
      try lossy(mechanism, seed: 5).simulated().frames.map { $0.packetsLost > 0 }
    }
    let pli = try fates(.pli)
    #expect(try fates(.sipInfo) == pli)
    #expect(try fates(.sli) == pli)
    #expect(pli.contains(true))
  }

  @Test("600 undamaged frames are shown bit for bit")
  func undamaged() throws {
    let records = try smallScenario(.pli, seconds: 25).simulated()
    #expect(records.episodes.isEmpty)
    let due = records.frames.filter { $0.shown != .pending }
    #expect(due.count >= 600)
    #expect(due.allSatisfy { $0.shown == .exact })
    #expect(records.totals.freezes == 0 && records.totals.brokenTime == .zero)
  }
}
