import CallSimulation
import NetworkModels
import SimulationKernel

/// Networks as they are met, by name. Where each figure comes from: the documentation's page Networks.
enum NetworkProfile: String, CaseIterable, Sendable {
  case dsl
  case cable
  case wifi
  case wifiLossy = "wifi-lossy"
  case wifiCongested = "wifi-congested"
  case threeG = "3g"
  case lte
  case lteDriving = "lte-driving"
  case fiveG = "5g"
  case satellite
  case transcontinental
  case callDrop = "call-drop"

  var settings: MediaPathSettings {
    var media = MediaPathSettings()
    let link = link
    (media.forward, media.reverse) = (link, link)
    return media
  }

  private var link: LinkSettings {
    switch self {
    case .dsl: access(8_000, delay: 20, loss: 0.005)
    case .cable: access(20_000, delay: 15, loss: 0.002, jitter: 2)
    case .wifi: access(30_000, delay: 20, loss: 0.002, burst: 40, jitter: 3)
    case .wifiLossy: access(30_000, delay: 20, loss: 0.05, burst: 40, jitter: 8)
    case .wifiCongested: congested
    case .threeG: access(750, delay: 125, loss: 0.015, burst: 40, jitter: 20, queue: 1_000)
    case .lte: access(4_000, delay: 25, loss: 0.02, burst: 40, jitter: 8, slot: 1)
    case .lteDriving: driving
    case .fiveG: access(50_000, delay: 10, loss: 0.002, burst: 40, jitter: 3)
    case .satellite: access(5_000, delay: 300, loss: 0.03, burst: 60, jitter: 10, queue: 1_000)
    case .transcontinental: access(20_000, delay: 75, loss: 0.005, jitter: 5)
    case .callDrop: dropping
    }
  }

  private func access(
    _ kilobits: Int64, delay: Int64, loss: Double, burst: Int64? = nil, jitter: Int64 = 0,
    slot: Int64 = 0, queue: Int64 = 300
  ) -> LinkSettings {
    var link = LinkSettings(
      oneWayDelay: .milliseconds(delay),
      loss: burst.map { .gilbertElliott(rate: loss, meanBurst: .milliseconds($0)) }
        ?? .independent(rate: loss),
      rate: .kilobitsPerSecond(kilobits), queueLimit: .milliseconds(queue))
    if jitter > 0 {
      link.delay.jitter = Jitter(
        mean: .milliseconds(jitter), distribution: .gamma(shape: 2),
        correlationTime: .milliseconds(50))
    }
    link.delay.slot = .milliseconds(slot)
    return link
  }

  /// Others have the air most of the time, and come in spells.
  private var congested: LinkSettings {
    var link = access(6_000, delay: 20, loss: 0.09, burst: 40, jitter: 15)
    link.queue.crossTraffic = .init(
      rate: .kilobitsPerSecond(7_000),
      pattern: .onOff(meanOn: .milliseconds(500), meanOff: .seconds(1)))
    return link
  }

  /// Handovers: half a second without anything every half minute, on a poor cell.
  private var driving: LinkSettings {
    var link = access(4_000, delay: 60, loss: 0.02, burst: 60, jitter: 15, slot: 1, queue: 1_000)
    link.loss = .twoState(
      TwoStateLoss(
        meanGood: .seconds(30), meanBad: .milliseconds(500), lossInGood: 0.02, lossInBad: 1))
    return link
  }

  /// A good network that is gone for three seconds, and comes back another way.
  private var dropping: LinkSettings {
    var link = access(4_000, delay: 25, loss: 0.005, jitter: 5)
    link.outages = [.zero + .seconds(8)..<(.zero + .seconds(11))]
    link.delay.routeChanges = [.init(time: .zero + .seconds(11), oneWayDelay: .milliseconds(60))]
    return link
  }
}
