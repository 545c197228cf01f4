import NetworkModels
import SimulationKernel
import Testing
import WireFormats

@testable import Signalling

@Suite("Large messages, gateways and hops of their own")
struct RoadObstacleTests {
  private func large(fragmentLoss: Double, proxies: Int = 0) -> SignallingSettings {
    var settings = SignallingSettings.test(.udp, proxies: proxies)
    settings.extraOctets = 1_200
    settings.fragmentLoss = fragmentLoss
    return settings
  }

  @Test("another header makes the INFO larger by its octets, and real messages have them")
  func extraOctets() {
    let plain = SignallingSettings.test(.udp, proxies: 2)
    let settings = large(fragmentLoss: 0, proxies: 2)
    for hop in 0..<3 {
      let (small, great) = (SIPMessageSizes(plain), SIPMessageSizes(settings))
      #expect(great.request(0, hop: hop) == small.request(0, hop: hop) + 1_200)
      #expect(great.response(0, status: 200, hop: hop) == small.response(0, status: 200, hop: hop))
      let message = SIPMessageSizes.message(settings, request: 7, status: nil, hop: hop)
      #expect(message.octets().count == great.request(7, hop: hop))
    }
  }

  @Test("routers drop fragments at their rate: a message of two gets through where both do")
  func fragments() {
    var run = PathRun(large(fragmentLoss: 0.2))
    run.at(0, .repairWanted)
    run.at(200_000, .repairDone(byKeyFrame: false))
    run.run()
    let late = run.hops.count { !$0.isResponse && $0.delivered! > $0.written! + .milliseconds(400) }
    // 1 - 0.8^2 of 400.
    #expect((115...175).contains(late))
    #expect(run.finished.count == 400)
  }

  @Test("of messages that leave at the same instant each has its own fate")
  func burst() {
    var run = PathRun(large(fragmentLoss: 0.5))
    let message = SignallingHopRecord(load: 3_000, hop: 0, end: 0, now: .zero)
    var whole = 0
    for _ in 0..<800 {
      let (outcome, _) = run.path.putDatagram(message, end: 0, now: .zero)
      if case .delivered = outcome { whole += 1 }
    }
    // Of three fragments all get through in 1 of 8: 100, with a deviation of 9.4.
    #expect((62...138).contains(whole))
  }

  @Test("where all fragments are dropped nothing arrives; what fits a packet is no fragment")
  func whole() {
    var run = PathRun(large(fragmentLoss: 1))
    run.ask(at: 0)
    run.run()
    #expect(run.received.isEmpty && run.finished.map(\.status) == [408])
    var settings = large(fragmentLoss: 1)
    settings.extraOctets = 0
    var small = PathRun(settings)
    small.ask(at: 0)
    small.run()
    #expect(small.received == [25])
  }

  @Test(
    "only the first and the last hop drop fragments", arguments: [(0, true), (1, false), (2, true)])
  func middle(hop: Int, drops: Bool) {
    var run = PathRun(large(fragmentLoss: 1, proxies: 2))
    let fragment = SignallingHopRecord(load: 3_000, hop: hop, end: 0, now: .zero)
    let (outcome, _) = run.path.putDatagram(fragment, end: 0, now: .zero)
    #expect(outcome == (drops ? .lost(at: .zero) : .delivered(at: .zero + .milliseconds(25))))
  }

  @Test("a gateway breaks requests at its rate, the same ones over UDP and TCP, and none over TLS")
  func gateway() {
    func broken(_ transport: SignallingSettings.Transport) -> Set<Int> {
      var settings = SignallingSettings.test(transport, proxies: 1)
      settings.gatewayBreakage = 0.3
      var run = PathRun(settings)
      run.at(0, .repairWanted)
      run.at(200_000, .repairDone(byKeyFrame: false))
      run.run()
      #expect(run.received.count + Set(run.lost).count == 400)
      #expect(Set(run.lost).count == run.lost.count)
      #expect(
        run.hops.filter { $0.lost != nil }.allSatisfy { $0.lost == $0.delivered && $0.hop == 0 })
      return Set(run.lost)
    }
    let tcp = broken(.tcp)
    #expect((90...150).contains(tcp.count))
    #expect(broken(.udp) == tcp)
    #expect(broken(.tls12).isEmpty && broken(.tls13).isEmpty)
  }

  @Test("a hop's own settings take the place of what derives from the media path")
  func hopOverrides() {
    var settings = SignallingSettings.test(.tcp, proxies: 1)
    var own = SignallingSettings.HopOverride()
    own.roundTrip = .milliseconds(41)
    own.rate = .some(.kilobitsPerSecond(2_000))
    settings.hops = [SignallingSettings.HopOverride(), own]
    let media = LinkSettings(loss: .independent(rate: 0.1), rate: .kilobitsPerSecond(500))
    func links() -> [HopLinks] {
      SignallingPath.hopLinks(settings, mediaForward: media, mediaReverse: media)
    }
    #expect(links()[0].towardsSender.rate == .kilobitsPerSecond(500))
    #expect(links()[1].towardsSender.rate == .kilobitsPerSecond(2_000))
    #expect(
      links()[1].towardsSender.oneWayDelay + links()[1].towardsReceiver.oneWayDelay
        == .milliseconds(41))
    #expect(links()[1].towardsSender.loss == .independent(rate: 0.05))
    // One for all.
    own.loss = LossModel.none
    own.rate = .some(nil)
    settings.hops = [own]
    #expect(links().allSatisfy { $0.towardsSender.loss == .none && $0.towardsReceiver.rate == nil })
  }
}
