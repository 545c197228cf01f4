import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Calls over networks that do more than lose")
struct NetworkTests {
  @Test("PLI and SIP INFO meet the same channel at the same times")
  func sameChannel() throws {
    let losses: [LossModel] = [
      .independent(rate: 0.2), .gilbertElliott(rate: 0.2, meanBurst: .milliseconds(60)),
      .twoState(
        TwoStateLoss(
          meanGood: .milliseconds(300), meanBad: .milliseconds(100), lossInGood: 0.05,
          lossInBad: 0.6)),
      .fourState(
        FourStateLoss(
          step: .milliseconds(10), p13: 0.05, p31: 0.3, p32: 0.1, p23: 0.5, p14: 0.05)),
    ]
    for loss in losses {
      var calls: [CallRecords] = []
      for mechanism in [Mechanism.pli, .sipInfo] {
        var scenario = smallScenario(mechanism, seconds: 6)
        scenario.media.forward.loss = loss
        calls.append(try scenario.simulated())
      }
      // Without a bottleneck a packet passes when it is sent: those of frames of one packet in both
      // calls, and the first ones of those of more, pass at the same time.
      let pairs = zip(calls[0].frames, calls[1].frames).filter {
        $0.packets == 1 && $1.packets == 1
      }
      #expect(pairs.count > 80)
      #expect(pairs.allSatisfy { $0.packetsLost == $1.packetsLost })
      #expect(pairs.contains { $0.0.packetsLost == 1 })
    }
  }

  @Test(
    "packets that arrive twice change nothing but what RTCP counts", arguments: Mechanism.allCases)
  func duplicates(mechanism: Mechanism) throws {
    var scenario = smallScenario(mechanism, losing: [(30, 0), (60, 0)])
    let plain = try scenario.simulated()
    scenario.media.forward.delay.duplicates = 1
    scenario.media.reverse.delay.duplicates = 1
    let doubled = try scenario.simulated()
    #expect(doubled.episodes.map(\.lost) == plain.episodes.map(\.lost))
    #expect(doubled.totals.framesLate == 0)
    for (one, other) in zip(doubled.episodes, plain.episodes) {
      // A request that comes twice may bring a second repair, not a later one.
      #expect((one.recovered ?? one.end) <= (other.recovered ?? other.end))
    }
  }

  @Test("a packet that is overtaken is lost without tolerance, and is not with enough of it")
  func reordering() throws {
    var scenario = smallScenario(.pli, seconds: 4)
    scenario.codec.targetBitrate = 1_500
    scenario.media.forward.delay.jitter = Jitter(
      mean: .milliseconds(4), distribution: .gamma(shape: 1))
    scenario.media.forward.delay.reorders = true
    let strict = try scenario.simulated()
    #expect(strict.totals.mediaPacketsLost == 0)
    #expect(strict.totals.framesLate > 0 && !strict.episodes.isEmpty)
    scenario.receiver.reorderingTolerance = .milliseconds(50)
    let tolerant = try scenario.simulated()
    #expect(tolerant.totals.framesLate == 0 && tolerant.episodes.isEmpty)
    #expect(tolerant.totals.brokenTime == .zero)
  }

  @Test("an outage breaks the picture until a repair comes after it")
  func outage() throws {
    var scenario = smallScenario(.pli)
    let outage = SimTime.zero + .seconds(1)..<(.zero + .milliseconds(1_500))
    scenario.media.forward.outages = [outage]
    let records = try scenario.simulated()
    #expect(records.episodes.count == 1)
    #expect(records.episodes[0].recovered! > outage.upperBound)
    for frame in records.frames {
      let isOut = outage.contains(frame.captured)
      #expect((frame.packetsLost == frame.packets) == isOut)
    }
  }

  @Test("on shared access links the answer to an INFO waits behind the media")
  func sharedAccessLinks() throws {
    var scenario = smallScenario(.sipInfo, losing: [(30, 0)])
    scenario.codec.targetBitrate = 400
    scenario.signalling.transport = .tcp
    scenario.signalling.proxies = 0
    scenario.media.forward.rate = .kilobitsPerSecond(450)
    scenario.media.forward.queueLimit = .seconds(2)
    func answered(_ shares: Bool) throws -> SimTime {
      scenario.signalling.sharesAccessLinks = shares
      let records = try scenario.simulated()
      let response = records.feedback.first { $0.kind == "200" }
      return try #require(response?.received)
    }
    #expect(try answered(true) > answered(false))
  }
}
