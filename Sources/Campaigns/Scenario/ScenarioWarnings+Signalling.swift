import CallSimulation
import Configuration
import Signalling
import SimulationKernel

/// What `signalling` says in vain.
extension WarningCollector {
  mutating func collectSignalling(_ scenario: Scenario) {
    let mechanism = scenario.mechanism
    guard mechanism.usesSIP else {
      return warn("mobile") { _ in
        "beside mechanism \(mechanism.rawValue), which sends no SIP to the device: remove it"
      }
    }
    let policy = scenario.signalling.policy
    if mechanism == .sipInfoPli, policy == .linphone || policy == .freeswitch {
      let problem =
        "beside mechanism sip-info+pli, though it sends INFO only where AVPF is not in effect; "
        + "expected pjsip, or mechanism sip-info"
      warn("policy") { _ in problem }
      // The receiver's profile sets it too.
      if node["signalling"]?["policy"] == nil {
        warn(["receiver", "profile"]) { _ in problem }
      }
    }
    collectTransport(scenario.signalling)
    collectConnection(scenario)
    collectProxies(scenario.signalling)
  }

  private mutating func collectTransport(_ settings: SignallingSettings) {
    let transport = settings.transport
    if transport == .udp {
      for key in ["connection", "give-up", "dns"] {
        warn(key) { _ in "beside transport udp, which has no connections: remove it" }
      }
    }
    if transport.tlsVersion == nil {
      warn("tls-processing") { _ in
        "beside transport \(transport.rawValue), which has no TLS: remove it"
      }
    }
    if settings.fragmentLoss > 0, !settings.sendsFragments {
      warn("fragment-loss") { _ in
        "though all messages fit a packet: an INFO needs extra-octets to become fragments"
      }
    }
  }

  private mutating func collectConnection(_ scenario: Scenario) {
    let settings = scenario.signalling
    if settings.natDrop >= scenario.duration {
      warn("nat-drop") { _ in "at or after the end of the call, see duration" }
    }
    if let change = settings.networkSwitch, change.time >= scenario.duration {
      warn("network-switch", "at") { _ in "at or after the end of the call, see duration" }
    }
    let hops = SignallingPath.hopLinks(
      settings, mediaForward: scenario.media.forward, mediaReverse: scenario.media.reverse)
    let least = settings.leastAnswerTime(over: hops)
    if settings.transport != .udp, settings.giveUp < least {
      let milliseconds = (least.nanoseconds + 999_999) / 1_000_000
      warn("give-up") { _ in
        "though a response over a new connection takes \(milliseconds)ms or more: connections that "
          + "are whole are given up, and what is under way on them is lost"
      }
    }
  }

  private mutating func collectProxies(_ settings: SignallingSettings) {
    if settings.proxies == 0 {
      for key in ["placement", "proxy-processing"] {
        warn(key) { _ in "without proxies: remove it" }
      }
    }
    guard let mobile = settings.mobile else { return }
    if mobile.keepAlive == nil {
      warn("mobile", "binding") { _ in "without keep-alive: the device sleeps before that matters" }
    } else {
      for key in ["wake-up", "awake"] {
        warn("mobile", key) { _ in "beside keep-alive, with which the device does not sleep" }
      }
    }
  }

  private mutating func warn(_ keys: String..., problem: (String) -> String?) {
    warn(["signalling"] + keys, problem)
  }
}
