import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing

@testable import CallSimulation

/// Times are computed by hand. Media takes 45 ms each way through the relay, signalling 25 ms. Frame
/// 30 is captured at 1,200 ms and lost; frame 31 shows the gap on its arrival at 1,285. What is
/// captured at t is due at t + 45 + 60.
@Suite("A call whose media is relayed")
struct RelayTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private func relayed(
    _ mechanism: Mechanism, losing losses: [(frame: Int, packet: Int)] = [(30, 0)],
    by link: LinkSettings = LinkSettings(oneWayDelay: .milliseconds(45))
  ) -> Scenario {
    var scenario = smallScenario(mechanism, losing: losses)
    scenario.media.relay = .init(forward: link, reverse: link)
    scenario.signalling.transport = .tcp
    scenario.signalling.proxies = 0
    return scenario
  }

  @Test("feedback and media both take the relay's way")
  func feedback() throws {
    let episode = try #require(relayed(.pli).simulated().episodes.first)
    #expect(episode.noticed == time(1285))
    #expect(episode.feedbackReceived == time(1330))
    #expect(episode.recoveryCaptured == time(1360))
    #expect(episode.recoveryArrived == time(1405))
    #expect(episode.recovered == time(1465))
  }

  @Test("signalling keeps to the direct path, so that INFO may be there before PLI")
  func signalling() throws {
    let episode = try #require(relayed(.sipInfo).simulated().episodes.first)
    #expect(episode.noticed == time(1285))
    #expect(episode.feedbackReceived == time(1310))
    #expect(episode.recoveryCaptured == time(1320))
    #expect(episode.recovered == time(1425))
  }

  @Test("the relay's losses are media's, the direct path's are signalling's")
  func losses() throws {
    let lossy = LinkSettings(loss: .independent(rate: 0.2))
    let clean = LinkSettings()
    let throughLoss = try relayed(.pli, losing: [], by: lossy).simulated().totals
    #expect(throughLoss.mediaPacketsLost > 0)
    var besideLoss = relayed(.sipInfo, by: clean)
    besideLoss.media.forward.loss = .independent(rate: 1)
    besideLoss.media.reverse.loss = .independent(rate: 1)
    let records = try besideLoss.simulated()
    #expect(records.totals.mediaPacketsLost == 1)
    let infos = records.feedback.filter { $0.kind == "info" }
    #expect(!infos.isEmpty && infos.allSatisfy { $0.received == nil })
  }

  @Test("each media packet has 4 octets more, retransmissions too, and the frames fare alike")
  func octets() throws {
    for mechanism in [Mechanism.pli, .nack] {
      let direct = try smallScenario(mechanism, losing: [(30, 0)]).simulated()
      let relayed = try relayed(mechanism, by: LinkSettings()).simulated()
      let packets = direct.totals.mediaPackets + direct.totals.retransmittedPackets
      #expect(relayed.totals.mediaPackets == direct.totals.mediaPackets)
      #expect(relayed.totals.mediaOctets == direct.totals.mediaOctets + 4 * packets)
      #expect(relayed.frames == direct.frames)
    }
  }

  @Test("a bottleneck carries the 4 octets: each packet is 32 us longer in one of 1 Mbit/s")
  func bottleneck() throws {
    let link = LinkSettings(rate: .kilobitsPerSecond(1_000))
    var direct = smallScenario(.pli)
    direct.media.forward = link
    direct.media.reverse = link
    let records = try zip(
      direct.simulated().frames, relayed(.pli, losing: [], by: link).simulated().frames)
    var count = 0
    for (direct, relayed) in records where direct.packets == 1 {
      let (arrival, later) = (try #require(direct.arrived), try #require(relayed.arrived))
      #expect(later - arrival == .microseconds(32))
      count += 1
    }
    #expect(count > 50)
  }

  @Test("the results tell both paths")
  func conditions() {
    var scenario = relayed(.pli)
    scenario.media.relay?.forward.loss = .independent(rate: 0.02)
    let relayed = scenario.conditions(run: 0, group: "g")
    #expect(relayed.roundTrip == .milliseconds(50) && relayed.lossRate == 0)
    #expect(relayed.relayRoundTrip == .milliseconds(90) && relayed.relayLossRate == 0.02)
    scenario.media.relay = nil
    let direct = scenario.conditions(run: 0, group: "g")
    #expect(direct.relayRoundTrip == nil && direct.relayLossRate == nil)
  }
}
