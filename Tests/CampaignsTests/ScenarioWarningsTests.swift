import CallSimulation
import Configuration
import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Warnings about a scenario")
struct ScenarioWarningsTests {
  private func warnings(_ text: String) throws -> [String] {
    let node = try ConfigurationFile.parse(text, file: "s.yaml")
    return ScenarioReader.warnings(try ScenarioReader.read(node), node)
  }

  @Test(
    "settings that work against each other are told with what they lead to",
    arguments: [
      (
        "mechanism: sli+rpsi\ncodec:\n  g_error_resilient: 0\n",
        "s.yaml:3: codec.g_error_resilient: found 0 beside mechanism sli+rpsi: after a loss the "
          + "repairing frame may decode to a wrong picture without an error"
      ),
      (
        "mechanism: rpsi\nrtp: {picture-id: none}\n",
        "s.yaml:2: rtp.picture-id: none beside mechanism rpsi: SLI and RPSI cannot name a picture"
      ),
      (
        "mechanism: none\nsender: {periodic-key-frames: never}\n",
        "s.yaml:2: sender.periodic-key-frames: never beside mechanism none, which cannot ask"
      ),
      (
        "mechanism: pli\nsender: {profile: linphone}\n",
        "s.yaml:2: sender.minimum-reference-distance: 4 of profile linphone beside mechanism pli: a request that comes "
          + "within so many frames after a key frame is ignored"
      ),
      (
        "mechanism: pli\nsender: {profile: freeswitch}\n",
        "s.yaml:2: sender.minimum-key-frame-interval: 1000ms, within which requests are dropped"
      ),
      (
        "codec: {VP8E_SET_MAX_INTRA_BITRATE_PCT: 120}\n",
        "a key frame may take little more than a mean frame"
      ),
      (
        "mechanism: nack\nsender: {profile: webrtc}\n",
        "s.yaml:2: sender.periodic-key-frame-interval: 100000ms in a call of 20000ms beside mechanism "
          + "nack"
      ),
      (
        "mechanism: nack\nsender: {periodic-key-frames: never}\n"
          + "codec: {kf_mode: auto, kf_max_dist: 500}\n",
        "s.yaml:2: sender.periodic-key-frames: never beside mechanism nack"
      ),
      (
        "mechanism: sip-info\nsender: {profile: freeswitch}\nreceiver: {profile: freeswitch}\n",
        "s.yaml:2: sender.minimum-key-frame-interval: 1000ms, within which requests are dropped"
      ),
      (
        "mechanism: pli\nnetwork: {rtt: 500ms}\nsender: {guard-round-trips: 2}\n",
        "s.yaml:3: sender.guard-round-trips: 2 round trips, which are 1000ms, within which requests"
      ),
      (
        "network: {rate: 315kbps}\n",
        "s.yaml:1: codec.rc_target_bitrate: 300 kbit/s, which with headers are 316, over a link of "
          + "315 kbit/s"
      ),
      (
        "network: {rate: 250kbps}\nvideo: {source: screen-share}\n"
          + "codec: {rc_target_bitrate: 200, max-intra-rate: 900}\n",
        "s.yaml:3: codec.max-intra-rate: found 900: a key frame of screen-share has about "
      ),
      (
        "network: {rate: 250kbps}\nvideo: {source: screen-share}\n"
          + "codec: {rc_target_bitrate: 200, max-intra-rate: 0}\n",
        "s.yaml:3: codec.max-intra-rate: found 0: a key frame of screen-share has about "
      ),
      (
        "network: {rate: 500kbps}\nvideo: {source: a.y4m}\n"
          + "codec: {rc_target_bitrate: 400, max-intra-rate: 900}\n",
        "s.yaml:3: codec.max-intra-rate: found 900: a key frame may take up to 288 ms at 500 kbit/s"
      ),
      (
        "mechanism: nack+pli\nsender: {key-frame-request: reference}\n",
        "s.yaml:2: sender.key-frame-request: reference beside mechanism nack+pli, with which the "
          + "receiver waits for a key frame"
      ),
      (
        "mechanism: rpsi\nreceiver: {wait-for: key-frame}\n",
        "s.yaml:2: receiver.wait-for: key-frame beside mechanism rpsi: what answers is predicted"
      ),
      (
        "mechanism: pli\nreceiver: {wait-for: reference-frame}\n",
        "s.yaml:2: receiver.wait-for: reference-frame beside a sender that does not mark N"
      ),
      (
        "mechanism: pli\nrtcp: {session-bandwidth: 16kbps}\n",
        "the receiver's part carries a packet every 2.2 s"
      ),
    ])
  func checks(text: String, expected: String) throws {
    let found = try warnings(text)
    #expect(found.count == 1)
    #expect(found.first?.contains(expected) == true, "\(found)")
  }

  @Test("the default scenario and each profile's own mechanism are told nothing about")
  func soundSettings() throws {
    #expect(try warnings("mechanism: pli\n").isEmpty)
    #expect(try warnings("mechanism: sli+rpsi\nsender: {profile: linphone}\n").isEmpty)
    #expect(try warnings("mechanism: nack+pli\nsender: {profile: webrtc}\n").isEmpty)
    for mechanism in ["pli", "sli+rpsi"] {
      let both = "mechanism: \(mechanism)\nsender: {profile: linphone, "
      #expect(
        try warnings(both + "guarded-requests: defer}\nreceiver: {profile: linphone}\n").isEmpty)
    }
  }

  @Test(
    "a short call, a link with room and key frames that come in time are told nothing about",
    arguments: [
      "mechanism: none\nduration: 5s\n", "mechanism: none\nduration: 20s\n",
      "mechanism: nack\nsender: {periodic-key-frames: never}\n"
        + "codec: {kf_mode: auto, kf_max_dist: 499}\n",
      "mechanism: sip-info\nsender: {profile: freeswitch, limit-fast-updates: false}\n",
      "mechanism: pli\nnetwork: {rtt: 490ms}\nsender: {guard-round-trips: 2}\n",
      "network: {rate: 316kbps}\n", "network: {rate: 256kbps}\ncodec: {rc_end_usage: q}\n",
      "network: {rate: 500kbps}\ncodec: {rc_target_bitrate: 400, max-intra-rate: 900}\n",
      "network: {rate: 500kbps}\ncodec: {preset: vpxenc-rt}\n",
      "network: {rate: 500kbps}\ncodec: {preset: ffmpeg}\n",
      "network: {rate: 500kbps}\nvideo: {source: a.y4m}\ncodec: {max-intra-rate: 0}\n",
      "mechanism: pli\nsender: {key-frame-request: reference, trust-silence: false}\n",
      "mechanism: fir\nsender: {key-frame-request: reference}\n",
      "mechanism: pli\nreceiver: {wait-for: reference-frame}\nsender: {mark-non-reference: true}\n",
    ])
  func sound(text: String) throws {
    let found = try warnings(text)
    #expect(found.isEmpty, "\(found)")
  }

  @Test("a call too short for a periodic key frame is told of where nobody can ask for one")
  func shortCall() throws {
    let found = try warnings("mechanism: nack\nduration: 8s\n")
    #expect(found.count == 1)
    #expect(
      found[0].hasSuffix(
        ":2: duration: a periodic key frame comes each 10000ms in a call of 8000ms beside mechanism nack, "
          + "which cannot ask for a key frame: the first loss that nothing else repairs stays on screen "
          + "until the call ends"), "\(found)")
  }

  @Test(
    "what a scenario says in vain is named with its place",
    arguments: [
      (
        "network:\n  loss: 0%\n  burst: 60ms\n",
        "s.yaml:3: network.burst: found 60ms beside a loss of 0%, which has no bursts"
      ),
      (
        "network: {loss: 1%, reverse: {loss: 0%, burst: 60ms}}\n",
        "s.yaml:1: network.reverse.burst: found 60ms beside a loss of 0%"
      ),
      (
        "network: {loss: 1%, relay: {rtt: 90ms, loss: 0%, burst: 60ms}}\n",
        "s.yaml:1: network.relay.burst: found 60ms beside a loss of 0%"
      ),
      (
        "mechanism: sip-info+pli\nsignalling: {policy: linphone}\n",
        "s.yaml:2: signalling.policy: found linphone beside mechanism sip-info+pli, though it sends "
          + "INFO only where AVPF is not in effect"
      ),
      (
        "mechanism: fir\nrtcp: {profile: avp}\n",
        "s.yaml:2: rtcp.profile: found avp beside mechanism fir, whose feedback needs avpf"
      ),
      (
        "mechanism: sli+rpsi\ncodec: {g_error_resilient: 0}\n",
        "s.yaml:2: codec.g_error_resilient: found 0 beside mechanism sli+rpsi"
      ),
      (
        "receiver: {repeat: frame, repeat-interval: 1s}\n",
        "s.yaml:1: receiver.repeat-interval: found 1s beside repeat frame"
      ),
      (
        "mechanism: sli\nreceiver: {pli-after-frames: 10}\n",
        "s.yaml:2: receiver.pli-after-frames: found 10 beside repeat interval"
      ),
      (
        "mechanism: nack+pli\nreceiver: {gap-takes-next-frame: true}\n",
        "s.yaml:2: receiver.gap-takes-next-frame: found true beside mechanism nack+pli"
      ),
      (
        "receiver: {playout: adaptive, ticker: 5ms}\n",
        "s.yaml:1: receiver.ticker: found 5ms beside playout adaptive"
      ),
      (
        "receiver: {start-lag: 50ms}\n",
        "s.yaml:1: receiver.start-lag: found 50ms beside playout fixed"
      ),
      (
        "receiver: {stop-at-drop: true}\n",
        "s.yaml:1: receiver.stop-at-drop: found true beside notice arrival"
      ),
      (
        "receiver: {playout: adaptive, playout-delay: 600ms}\n",
        "s.yaml:1: receiver.playout-delay: found 600ms above maximum-playout-delay, 500"
      ),
      (
        "receiver: {playout: least-squares, late-frames: drop}\n",
        "s.yaml:1: receiver.late-frames: found drop beside playout least-squares"
      ),
      (
        "sender: {encoding-time: 30ms}\n",
        "s.yaml:1: sender.encoding-time: found 30ms beside 25 frames a second: it is cut"
      ),
      (
        "network: {jitter: 2ms, reordering: true}\n",
        "s.yaml:1: network.reordering: found true beside receiver.reordering-tolerance 0ms"
      ),
      (
        "mechanism: sip-info+pli\nreceiver: {profile: freeswitch}\n",
        "s.yaml:2: receiver.profile: found freeswitch beside mechanism sip-info+pli"
      ),
      (
        "rtcp: {nack-at-once: true}\n",
        "s.yaml:1: rtcp.nack-at-once: found true beside mechanism pli, which has no NACK"
      ),
      (
        "receiver: {minimum-playout-delay: 10ms}\n",
        "s.yaml:1: receiver.minimum-playout-delay: found 10ms beside playout fixed"
      ),
      (
        "receiver: {profile: webrtc, playout: fixed, maximum-playout-delay: 1s}\n",
        "s.yaml:1: receiver.maximum-playout-delay: found 1s beside playout fixed"
      ),
      (
        "rtcp: {early-feedback: immediate, trr-interval: 5s}\n",
        "s.yaml:1: rtcp.trr-interval: found 5s beside early-feedback immediate"
      ),
      (
        "receiver: {profile: webrtc}\nrtcp: {max-feedback-delay: 1s}\n",
        "s.yaml:2: rtcp.max-feedback-delay: found 1s beside early-feedback immediate"
      ),
      (
        "codec: {ts_number_layers: 3}\nsender: {reference-interval: 1s}\n",
        "s.yaml:2: sender.reference-interval: found 1s beside temporal layers"
      ),
      (
        "codec: {cq-level: 20}\n", "s.yaml:1: codec.cq-level: found 20 beside rc_end_usage cbr"
      ),
      (
        "codec: {rc_end_usage: vbr, VP8E_SET_CQ_LEVEL: 20}\n",
        "s.yaml:1: codec.VP8E_SET_CQ_LEVEL: found 20 beside rc_end_usage vbr"
      ),
      (
        "codec: {kf_max_dist: 100}\n",
        "s.yaml:1: codec.kf_max_dist: found 100 beside kf_mode disabled"
      ),
      (
        "codec: {gf-cbr-boost: 100}\n",
        "s.yaml:1: codec.gf-cbr-boost: found 100 beside g_error_resilient 1"
      ),
      (
        "mechanism: sip-info\nsignalling: {transport: udp, connection: warm}\n",
        "s.yaml:2: signalling.connection: found warm beside transport udp, which has no connections"
      ),
      (
        "mechanism: sip-info\nsignalling: {transport: tcp, tls-processing: 1ms}\n",
        "s.yaml:2: signalling.tls-processing: found 1ms beside transport tcp, which has no TLS"
      ),
      (
        "mechanism: sip-info\nsignalling: {transport: udp, give-up: 5s}\n",
        "s.yaml:2: signalling.give-up: found 5s beside transport udp, which has no connections"
      ),
      (
        "mechanism: sip-info\nsignalling: {transport: udp, dns: 5ms}\n",
        "s.yaml:2: signalling.dns: found 5ms beside transport udp, which has no connections"
      ),
      (
        "mechanism: sip-info\nsignalling: {transport: udp, fragment-loss: 20%}\n",
        "s.yaml:2: signalling.fragment-loss: found 20% though all messages fit a packet"
      ),
      (
        "mechanism: sip-info\nduration: 8s\nsignalling: {connection: half-dead, nat-drop: 8s}\n",
        "s.yaml:3: signalling.nat-drop: found 8s at or after the end of the call"
      ),
      (
        "mechanism: sip-info\nduration: 8s\nsignalling: {network-switch: {at: 9s}}\n",
        "s.yaml:3: signalling.network-switch.at: found 9s at or after the end of the call"
      ),
      (
        "mechanism: sip-info\nsignalling: {proxies: 0, placement: detour}\n",
        "s.yaml:2: signalling.placement: found detour without proxies"
      ),
      (
        "mechanism: sip-info\nsignalling: {proxies: 0, proxy-processing: {mean: 1ms}}\n",
        "s.yaml:2: signalling.proxy-processing: found a mapping without proxies"
      ),
      (
        "mechanism: pli\nsignalling: {mobile: {awake: 1s}}\n",
        "s.yaml:2: signalling.mobile: found a mapping beside mechanism pli, which sends no SIP"
      ),
      (
        "mechanism: sip-info\nsignalling: {mobile: {awake: 1s, keep-alive: 25s}}\n",
        "s.yaml:2: signalling.mobile.awake: found 1s beside keep-alive"
      ),
      (
        "mechanism: sip-info\nsignalling: {mobile: {wake-up: 1s, keep-alive: 25s}}\n",
        "s.yaml:2: signalling.mobile.wake-up: found 1s beside keep-alive"
      ),
      (
        "mechanism: sip-info\nsignalling: {mobile: {binding: 60s}}\n",
        "s.yaml:2: signalling.mobile.binding: found 60s without keep-alive"
      ),
      // TCP's round trip, TLS 1.2's two, the INFO's own, and the look-up before.
      (
        "mechanism: sip-info\nnetwork: {rtt: 1s}\nsignalling: {transport: tls1.2, proxies: 0, "
          + "tls-processing: 0ms, give-up: 4049ms}\n",
        "s.yaml:3: signalling.give-up: found 4049ms though a response over a new connection takes "
          + "4050ms or more"
      ),
    ])
  func inVain(text: String, beginning: String) throws {
    let warnings = try warnings(text)
    #expect(warnings.count == 1)
    #expect(warnings.first?.hasPrefix(beginning) == true, "\(warnings)")
  }

  @Test(
    "the same is no matter where it has an effect or is not used",
    arguments: [
      "network: {loss: 1%, burst: 60ms}\n", "network: {loss: 0%, burst: none}\n",
      "network: {loss: 1%, burst: 60ms, reverse: {loss: 0%}}\n",
      "network: {loss: 0%, relay: {rtt: 90ms, loss: 1%, burst: 60ms}}\n",
      "mechanism: sip-info+pli\nsignalling: {policy: pjsip}\n",
      "mechanism: sip-info\nsignalling: {policy: freeswitch}\n",
      "receiver: {profile: linphone, wait-for: mechanism}\n", "receiver: {repeat-interval: 1s}\n",
      "mechanism: sli\nreceiver: {repeat: frame, pli-after-frames: 10}\n",
      "receiver: {pli-after-frames: none, gap-takes-next-frame: true}\n",
      "mechanism: nack+pli\nreceiver: {gap-takes-next-frame: false}\n",
      "receiver: {playout: adaptive, minimum-playout-delay: 10ms}\n",
      "receiver: {playout: least-squares, minimum-playout-delay: 10ms, ticker: 5ms}\n",
      "receiver: {profile: linphone, wait-for: mechanism, start-lag: 50ms}\n",
      "receiver: {ticker: 10ms, start-lag: 0ms}\n", "rtcp: {nack-at-once: false}\n",
      "mechanism: nack+pli\nrtcp: {nack-at-once: true}\n",
      "mechanism: nack\nsender: {profile: linphone}\n",
      "network: {jitter: 2ms, reordering: true}\nreceiver: {reordering-tolerance: 5ms}\n",
      "network: {jitter: 2ms, reordering: true}\nreceiver: {playout: least-squares}\n",
      "mechanism: nack+pli\nnetwork: {jitter: 2ms, reordering: true}\n",
      "mechanism: sip-info+pli\nreceiver: {profile: pjsip}\n",
      "rtcp: {trr-interval: 5s, max-feedback-delay: 1s}\n",
      "mechanism: sli+rpsi\nrtcp: {early-feedback: immediate, max-feedback-delay: 1s}\n",
      "mechanism: sli+rpsi\nsender: {reference-interval: 1s}\n",
      "codec: {rc_end_usage: cq, cq-level: 20}\n", "codec: {kf_mode: auto, kf_max_dist: 100}\n",
      "codec: {preset: linphone}\n",
      "codec: {gf-cbr-boost: 100, g_error_resilient: 0}\n", "codec: {gf-cbr-boost: 0}\n",
      "mechanism: none\nrtcp: {profile: avp}\n", "mechanism: sip-info\nrtcp: {profile: avp}\n",
      "mechanism: pli\ncodec: {g_error_resilient: 0}\n",
      "mechanism: pli\nsignalling: {transport: udp, connection: warm, tls-processing: 1ms}\n",
      "mechanism: sip-info\nsignalling: {transport: tls1.2, connection: cold, tls-processing: 1ms}\n",
      "mechanism: sip-info\nsignalling: {transport: tcp, give-up: 5s, dns: 5ms}\n",
      "mechanism: sip-info\nsignalling: {transport: udp, fragment-loss: 20%, extra-octets: 1200}\n",
      "mechanism: sip-info\nsignalling: {transport: udp, fragment-loss: 0%}\n",
      "mechanism: sip-info\nsignalling: {transport: udp, fragment-loss: 20%, load: {interval: 1s}}\n",
      "mechanism: sip-info\nduration: 8s\nsignalling: {connection: half-dead, nat-drop: 7s}\n",
      "mechanism: sip-info\nduration: 8s\nsignalling: {network-switch: {at: 7s}}\n",
      "mechanism: sip-info\nsignalling: {proxies: 1, placement: detour, proxy-processing: 1ms}\n",
      "mechanism: sip-info\nsignalling: {mobile: {wake-up: 1s, awake: 1s}}\n",
      "mechanism: sip-info\nsignalling: {mobile: {keep-alive: 25s, binding: 60s}}\n",
      "mechanism: sip-info\nnetwork: {rtt: 1s}\nsignalling: {transport: tls1.2, proxies: 0, "
        + "tls-processing: 0ms, give-up: 4050ms}\n",
    ])
  func inEffect(text: String) throws {
    #expect(try warnings(text).isEmpty)
  }

  @Test("the example has nothing to warn of")
  func example() throws {
    #expect(try warnings(Example.scenario.text).isEmpty)
  }

  @Test("a packet that was to be lost and was never sent is named with its line")
  func scriptedLosses() throws {
    let node = try ConfigurationFile.parse(
      "network:\n  lose:\n    - {frame: 0}\n    - {frame: 1, packet: 7}\n", file: "s.yaml")
    var frame = FrameRecord(frame: 0, captured: .zero)
    frame.packets = 2
    #expect(
      ScenarioReader.scriptedLossWarnings(
        try ScenarioReader.read(node), node, frames: [frame, frame]) == [
          "s.yaml:4: network.lose[1]: frame 1, packet 7 was not lost: that frame has 2 packets"
        ])
  }

  @Test("settings to be validated are warned of once for all networks")
  func settings() throws {
    let text = """
      settings: {mechanism: pli, rtcp: {profile: avp}}
      networks: [{name: a, loss: 1%}, {name: b, loss: 2%}]
      gates: [recovery.p95 <= 1s]
      """
    let settings = try ValidationSettings(ConfigurationFile.parse(text, file: "v.yaml"))
    #expect(settings.warnings.count == 1)
    #expect(settings.warnings.first?.hasPrefix("v.yaml:1: rtcp.profile: found avp") == true)
  }
}
