import NetworkModels
import Signalling
import SimulationKernel
import Testing

@Suite("Hops derived from the media path")
struct HopLinksTests {
  private let forward = LinkSettings(
    oneWayDelay: .milliseconds(50), loss: .independent(rate: 0.04), rate: .kilobitsPerSecond(500))
  private let reverse = LinkSettings(
    oneWayDelay: .milliseconds(40),
    loss: .gilbertElliott(rate: 0.02, meanBurst: .milliseconds(30)))

  private func hops(_ proxies: Int, _ placement: SignallingSettings.Placement) -> [HopLinks] {
    var settings = SignallingSettings()
    settings.proxies = proxies
    settings.placement = placement
    return SignallingPath.hopLinks(settings, mediaForward: forward, mediaReverse: reverse)
  }

  @Test("one hop is the media path")
  func direct() {
    for placement in SignallingSettings.Placement.allCases {
      #expect(
        hops(0, placement) == [HopLinks(towardsSender: reverse, towardsReceiver: forward)])
    }
  }

  @Test("on the media's way the hops share its delay; on a detour each has all of it")
  func delay() {
    let onPath = hops(2, .onPath)
    #expect(onPath.map(\.towardsSender.oneWayDelay).reduce(.zero, +) == .milliseconds(40))
    #expect(onPath.map(\.towardsReceiver.oneWayDelay).reduce(.zero, +) == .milliseconds(50))
    #expect(onPath[1].towardsSender.oneWayDelay == .milliseconds(40) / 3)
    let detour = hops(2, .detour)
    #expect(detour.allSatisfy { $0.towardsSender.oneWayDelay == .milliseconds(40) })
    #expect(detour.allSatisfy { $0.towardsReceiver.oneWayDelay == .milliseconds(50) })
  }

  @Test("the access links have half the loss each and the rate, the middle neither")
  func loss() {
    let hops = hops(2, .onPath)
    let burst = SimDuration.milliseconds(30)
    #expect(
      hops.map(\.towardsSender.loss) == [
        .gilbertElliott(rate: 0.01, meanBurst: burst), .none,
        .gilbertElliott(rate: 0.01, meanBurst: burst),
      ])
    #expect(hops.map(\.towardsReceiver.loss.rate) == [0.02, 0, 0.02])
    #expect(
      hops.map(\.towardsReceiver.rate) == [
        .kilobitsPerSecond(500), nil, .kilobitsPerSecond(500),
      ])
  }
}
