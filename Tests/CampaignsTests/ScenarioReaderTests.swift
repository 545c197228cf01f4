import CallSimulation
import Configuration
import MediaSession
import NetworkModels
import Signalling
import SimulationKernel
import Testing
import VP8Codec

@testable import Campaigns

@Suite("Scenario reader")
struct ScenarioReaderTests {
  private func scenario(_ text: String) throws(ConfigurationError) -> Scenario {
    try ScenarioReader.read(ConfigurationFile.parse(text, file: "s.yaml"))
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try scenario(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "frame rates need not be whole numbers",
    arguments: [
      ("29.97fps", 30_000, 1_001), ("12.5fps", 25, 2), ("30000/1001fps", 30_000, 1_001),
      ("60", 60, 1),
    ])
  func frameRates(text: String, frames: Int, seconds: Int) throws {
    let read = try scenario("video: {rate: \(text)}\nduration: 10s\n")
    #expect(read.video.frameRate == FrameRate(frames, per: seconds))
    #expect(read.clipFrames == (10 * frames + seconds - 1) / seconds)
  }

  @Test(
    "all that a network does to packets is read, and the way back does the same unless it says else"
  )
  func network() throws {
    let read = try scenario(
      """
      network:
        rtt: 80ms
        loss-model: {two-state: {good: 2s, bad: 60ms, loss-in-good: 1%}}
        outages: [{at: 5s, for: 200ms}]
        jitter: {mean: 5ms, distribution: pareto, shape: 4, correlation: 50ms}
        reordering: true
        slot: 1ms
        route-changes: [{at: 9s, delay: 70ms}]
        duplicates: 0.5%
        rate: 2Mbps
        queue-octets: 30000
        burst-octets: 5000
        codel: true
        cross-traffic: {rate: 500kbps, octets: 1000, on: 1s, off: 2s}
        reverse: {jitter: none, loss: 3%, burst: none}
      """
    ).media
    var forward = LinkSettings(oneWayDelay: .milliseconds(40), rate: .kilobitsPerSecond(2_000))
    forward.loss = .twoState(
      TwoStateLoss(meanGood: .seconds(2), meanBad: .milliseconds(60), lossInGood: 0.01))
    forward.outages = [.zero + .seconds(5)..<(.zero + .milliseconds(5_200))]
    forward.delay.jitter = Jitter(
      mean: .milliseconds(5), distribution: .pareto(shape: 4), correlationTime: .milliseconds(50))
    forward.delay.reorders = true
    forward.delay.slot = .milliseconds(1)
    forward.delay.routeChanges = [.init(time: .zero + .seconds(9), oneWayDelay: .milliseconds(70))]
    forward.delay.duplicates = 0.005
    var reverse = forward
    forward.queue.octetLimit = 30_000
    forward.queue.burst = 5_000
    forward.queue.discipline = .coDel(target: .milliseconds(5), interval: .milliseconds(100))
    forward.queue.crossTraffic = .init(
      rate: .kilobitsPerSecond(500), octets: 1_000,
      pattern: .onOff(meanOn: .seconds(1), meanOff: .seconds(2)))
    #expect(read.forward == forward)
    reverse.queue = QueueSettings(rate: nil, limit: .milliseconds(300))
    reverse.loss = .independent(rate: 0.03)
    reverse.delay.jitter = nil
    #expect(read.reverse == reverse)
  }

  @Test("a named network is taken, and single keys change it")
  func networkProfiles() throws {
    for profile in NetworkProfile.allCases {
      let read = try scenario("network: {profile: \(profile.rawValue)}\n").media
      #expect(read == profile.settings)
      #expect(read.forward.rate != nil && read.forward.loss.rate > 0)
    }
    let read = try scenario("network: {profile: wifi, rtt: 10ms, burst: none}\n").media
    #expect(read.forward.oneWayDelay == .milliseconds(5))
    #expect(read.forward.loss == .independent(rate: 0.002))
    #expect(read.forward.rate == .kilobitsPerSecond(30_000))
  }

  @Test("each cell of RFC 8868's grid is a network, and its name says the same as keys would")
  func gridNetworks() throws {
    #expect(RFC8868Network.all.count == 4 * 5 * 3)
    #expect(Set(RFC8868Network.all.map(\.name)).count == 60)
    for network in RFC8868Network.all {
      let named = try scenario("network: {profile: \(network.name)}\n").media
      let keys = try scenario(
        """
        network: {rtt: \(2 * network.delay)ms, loss: \(network.loss)%, rate: 1Mbps,
          queue: \(network.queue)ms, reverse: {rate: 1Mbps, queue: \(network.queue)ms}}

        """
      ).media
      #expect(named == keys, "\(network.name)")
    }
    let changed = try scenario("network: {profile: rfc8868-150ms-5%-70ms, rate: 2Mbps}\n").media
    #expect(changed.forward.rate == .kilobitsPerSecond(2_000))
    #expect(changed.forward.oneWayDelay == .milliseconds(150))
  }

  @Test(
    "networks that cannot be are refused",
    arguments: [
      (
        "loss: 1%, loss-model: {two-state: {good: 1s, bad: 1s}}",
        "network.loss: found beside loss-model"
      ),
      ("loss-model: {}", "expected one of two-state and four-state"),
      (
        "loss-model: {four-state: {step: 10ms, p13: 60%, p31: 10%, p14: 50%}}",
        "p14: makes more than 100%"
      ),
      ("loss-model: {four-state: {step: 10ms, p13: 60%, p31: 0%}}", "p31: found 0%"),
      ("outages: [{at: 5s, for: 2s}, {at: 6s, for: 1s}]", "outages[1].at: found within"),
      (
        "jitter: {mean: 5ms, distribution: uniform, shape: 2}",
        "shape: found with distribution uniform"
      ),
      ("jitter: {mean: 5ms, distribution: pareto, shape: 1}", "expected a number from 1.1 to 100"),
      ("jitter: {mean: 5ms, distribution: normal}", "deviation: missing"),
      (
        "route-changes: [{at: 5s, delay: 2s}, {at: 5s, delay: 1s}]",
        "found not after the last change"
      ),
      ("codel: true", "network.codel: given without rate"),
      ("rate: 1Mbps, cross-traffic: {rate: 1Mbps, on: 1s}", "cross-traffic.on: given without off"),
      ("profile: wlan", "network.profile: found \"wlan\", expected one of dsl, cable"),
      (
        "profile: rfc8868-50ms-2%-300ms",
        "network.profile: found \"rfc8868-50ms-2%-300ms\", expected rfc8868-DELAY-LOSS-QUEUE of "
          + "0ms|50ms|150ms|300ms, 0%|1%|5%|10%|20% and 70ms|300ms|1000ms, or none"
      ),
    ])
  func refusedNetworks(text: String, complaint: String) throws {
    let found = try #require(refusal("network: {\(text)}\n"))
    #expect(found.contains(complaint), "\(found)")
  }

  @Test("what a file leaves out keeps its default")
  func defaults() throws {
    var expected = Scenario()
    expected.name = "x"
    #expect(try scenario("name: x\n") == expected)
  }

  @Test("every key lands in its place")
  func everyKey() throws {
    let text = """
      name: all
      seed: 7
      duration: 12s
      mechanism: sli+rpsi
      video: {source: sports, size: 640x360, rate: 30fps}
      network:
        rtt: 120ms
        loss: 5%
        burst: 40ms
        rate: 2Mbps
        queue: 200ms
        reverse: {delay: 20ms, loss: 1%, burst: none, rate: 300kbps, queue: 50ms,
                  lose: [{message: rpsi, number: 3}, {message: pli}]}
        relay: {rtt: 90ms, loss: 2%, burst: 30ms, rate: 1Mbps, queue: 100ms}
        lose: [{frame: 3, packet: -1}, {frame: 9}]
      receiver: {playout-delay: 40ms, repeat-interval: 100ms, playout: least-squares, ticker: 5ms,
        start-lag: 70ms, late-frames: drop-gaps, stop-at-drop: true}
      sender:
        encoding-time: 2ms..9ms
        feedback-delay: 11ms
        minimum-key-frame-interval: 1s
        periodic-key-frame-interval: 4s
        reference-interval: 2s
        maximum-payload: 900
      rtcp:
        session-bandwidth: 500kbps
        bandwidth-share: 2.5%
        profile: avp
        early-feedback: once
        max-feedback-delay: 250ms
        trr-interval: 5s
        nack-at-once: true
        participants: 7
        reduced-size: true
      signalling:
        transport: tcp
        proxies: 3
        placement: detour
        proxy-processing: 1ms
        policy: linphone
        minimum-request-interval: 3s
        request-delay: 7ms
        key-frame-clears-interval: false
        repeat: once
        outstanding: any
        retry-after-491: 2.1s..4s
        answers: [491, 200]
        connection: half-dead
        nat-drop: 8s
        give-up: 10s
        dns: 20ms
        network-switch: {at: 9s, record-route: address}
        hops: [{rtt: 40ms, loss: 1%, burst: 60ms, rate: 2Mbps, queue: 100ms}, {}, {loss: 0%}, {}]
        load: {interval: 20ms, sizes: [register, 2kB], burst: 20kB, burst-interval: 5s}
        extra-octets: 1200
        alg: 30%
        mobile: {wake-up: 1s, awake: 5s, keep-alive: 25s, binding: 40s}
        tls-processing: 2ms
      """
    let read = try scenario(text)
    #expect(read.name == "all" && read.seed == 7 && read.duration == .seconds(12))
    #expect(read.mechanism == .sliRpsi)
    #expect(read.video.source == .sports && read.video.width == 640 && read.video.height == 360)
    #expect(read.video.frameRate == FrameRate(30))
    #expect(read.media.forward.oneWayDelay == .milliseconds(100))
    #expect(read.media.reverse.oneWayDelay == .milliseconds(20))
    #expect(
      read.media.forward.loss == .gilbertElliott(rate: 0.05, meanBurst: .milliseconds(40)))
    #expect(read.media.reverse.loss == .independent(rate: 0.01))
    #expect(read.media.forward.rate == .kilobitsPerSecond(2_000))
    #expect(read.media.reverse.rate == .kilobitsPerSecond(300))
    #expect(read.media.forward.queueLimit == .milliseconds(200))
    #expect(read.media.reverse.queueLimit == .milliseconds(50))
    let relayed = LinkSettings(
      oneWayDelay: .milliseconds(45),
      loss: .gilbertElliott(rate: 0.02, meanBurst: .milliseconds(30)),
      rate: .kilobitsPerSecond(1_000), queueLimit: .milliseconds(100))
    #expect(read.media.relay == .init(forward: relayed, reverse: relayed))
    #expect(read.media.scriptedLosses.map(\.frame) == [3, 9])
    #expect(read.media.scriptedLosses.map(\.packet) == [-1, 0])
    #expect(
      read.media.scriptedFeedbackLosses == [
        .init(message: .rpsi, number: 3), .init(message: .pli, number: 0),
      ])
    #expect(read.receiver.playoutDelay == .milliseconds(40))
    #expect(read.receiver.repeatInterval == .milliseconds(100))
    #expect(read.receiver.playout == .leastSquares && read.receiver.lateFrames == .dropGaps)
    #expect(read.receiver.tickerInterval == .milliseconds(5) && read.receiver.stopsAtDrop)
    #expect(read.receiver.startLag == .milliseconds(70))
    #expect(read.encoderControl.minimumKeyFrameInterval == .seconds(1))
    #expect(read.encoderControl.periodicKeyFrameInterval == .seconds(4))
    #expect(read.encoderControl.referenceInterval == .seconds(2))
    #expect(read.encoderControl.maximumPayload == 900)
    #expect(read.rtcp.sessionBandwidth == .kilobitsPerSecond(500))
    #expect(read.rtcp.bandwidthPerMille == 25 && read.rtcp.trrInterval == .seconds(5))
    #expect(read.rtcp.profile == .avp && read.rtcp.earlyFeedback == .once)
    #expect(read.rtcp.maximumFeedbackDelay == .milliseconds(250))
    #expect(read.rtcp.sendsNACKAtOnce && read.signalling.requestDelay == .milliseconds(7))
    #expect(read.encoderControl.encodingTime == .milliseconds(2) ... .milliseconds(9))
    #expect(read.encoderControl.feedbackDelay == .milliseconds(11))
    #expect(read.rtcp.participants == 7 && read.rtcp.isReducedSize)
    let signalling = read.signalling
    #expect(signalling.transport == .tcp && signalling.proxies == 3)
    #expect(signalling.placement == .detour && signalling.proxyProcessing == .milliseconds(1))
    #expect(signalling.minimumRequestInterval == .seconds(3))
    #expect(!signalling.keyFrameClearsInterval && signalling.connection == .halfDead)
    #expect(signalling.natDrop == .seconds(8) && signalling.giveUp == .seconds(10))
    #expect(signalling.nameLookUp == .milliseconds(20))
    #expect(signalling.networkSwitch == .init(time: .seconds(9), recordRoute: .address))
    #expect(signalling.hops.map(\.roundTrip) == [.milliseconds(40), nil, nil, nil])
    let burst = LossModel.gilbertElliott(rate: 0.01, meanBurst: .milliseconds(60))
    #expect(signalling.hops.map(\.loss) == [burst, nil, LossModel.none, nil])
    #expect(signalling.hops[0].rate == .some(.kilobitsPerSecond(2_000)))
    #expect(signalling.hops[0].queueLimit == .milliseconds(100))
    #expect(signalling.load?.interval == .milliseconds(20))
    #expect(signalling.load?.sizes == [700, 2_000] && signalling.load?.burst == 20_000)
    #expect(signalling.load?.burstInterval == .seconds(5))
    #expect(signalling.extraOctets == 1_200 && signalling.gatewayBreakage == 0.3)
    #expect(
      signalling.mobile
        == MobileSettings(
          wakeUp: .seconds(1), awake: .seconds(5), keepAlive: .seconds(25), binding: .seconds(40)))
    #expect(signalling.policy == .linphone && signalling.repetition == .once)
    #expect(signalling.outstanding == .any)
    #expect(signalling.retryAfter491 == .milliseconds(2_100) ... .seconds(4))
    #expect(signalling.tlsProcessing == .milliseconds(2))
    #expect(signalling.answers == [.requestPending, .ok])
  }

  @Test("the certificate and resumption of TLS are read")
  func tls() throws {
    let read = try scenario(
      "signalling: {transport: tls1.2, certificate: rsa-chain, resumption: true, tls-processing: auto}\n"
    ).signalling
    #expect(read.certificate == .rsaChain && read.resumesSessions && read.tlsProcessing == nil)
    let profile = TLSProfile(version: .tls12, certificate: .rsaChain, isResumed: true)
    #expect(read.tlsProfile == profile)
    #expect(try scenario("signalling: {transport: tcp}\n").signalling.tlsProfile == nil)
    #expect(
      try !scenario("signalling: {transport: udp, resumption: false}\n").signalling.resumesSessions)
  }

  @Test("codec settings are known by every name libvpx has for them")
  func libvpxNames() throws {
    let field = "rc_target_bitrate: 250, kf_mode: auto, kf_min_dist: 0"
    let options = try scenario(
      "codec: {\(field), cpu-used: -6, token-parts: 2, max-intra-rate: 300}\n")
    let controls = try scenario(
      """
      codec:
        {\(field), VP8E_SET_CPUUSED: -6, VP8E_SET_TOKEN_PARTITIONS: 2,
        VP8E_SET_MAX_INTRA_BITRATE_PCT: 300, VPX_CODEC_USE_OUTPUT_PARTITION: 1}

      """)
    #expect(options == controls && options.codec.tokenPartitions == 2)
    let read = try scenario("codec: {VPX_CODEC_USE_OUTPUT_PARTITION: 0}\n")
    #expect(read.codec.outputPartitions == 0)
  }

  @Test("the reverse direction loses like the forward one unless told otherwise")
  func reverseInheritsLoss() throws {
    let both = try scenario("network: {loss: 2%, burst: 30ms}\n").media
    #expect(both.reverse.loss == both.forward.loss)
    let own = try scenario("network: {loss: 2%, burst: 30ms, reverse: {loss: 0%}}\n").media
    #expect(own.reverse.loss == .none)
    #expect(own.forward.loss == .gilbertElliott(rate: 0.02, meanBurst: .milliseconds(30)))
  }

  @Test("media goes through a relay only where there is one, with nothing of the direct path")
  func relay() throws {
    let direct = "network: {rtt: 40ms, loss: 5%, burst: 40ms, rate: 1Mbps, queue: 10ms"
    #expect(try scenario("\(direct)}\n").media.relay == nil)
    #expect(try scenario("\(direct), relay: none}\n").media.relay == nil)
    let media = try scenario("\(direct), relay: {rtt: 91ns}}\n").media
    let relay = try #require(media.relay)
    #expect(
      relay.forward.oneWayDelay + relay.reverse.oneWayDelay == SimDuration(nanoseconds: 91))
    #expect(relay.forward.loss == .none && relay.reverse.loss == .none)
    #expect(relay.forward.rate == nil && relay.forward.queueLimit == LinkSettings().queueLimit)
    #expect(media.effectiveForward == relay.forward && media.effectiveReverse == relay.reverse)
    #expect(media.forward.oneWayDelay == .milliseconds(20) && media.forward.loss.rate == 0.05)
  }

  @Test("an endpoint's policy sets its rules, which single keys override wherever they stand")
  func policies() throws {
    let plain = try scenario("mechanism: sip-info\nsignalling: {policy: none}\n")
    #expect(plain.signalling == SignallingSettings())
    for policy in SignallingSettings.Policy.allCases {
      var expected = SignallingSettings()
      expected.adopt(policy)
      let read = try scenario("signalling: {policy: \(policy.rawValue)}\n").signalling
      #expect(read == expected)
    }
    let own = try scenario(
      "signalling: {retry-after-491: 300ms, outstanding: any, policy: linphone}\n"
    ).signalling
    #expect(own.minimumRequestInterval == .seconds(5) && own.outstanding == .any)
    #expect(own.retryAfter491 == .milliseconds(300) ... .milliseconds(300))
    let none = try scenario("signalling: {policy: linphone, retry-after-491: none}\n").signalling
    #expect(none.retryAfter491 == nil)
  }

  @Test(
    "PJSIP's encoder makes a key frame a second, where its INFO is used and nothing else is said",
    arguments: [
      ("mechanism: sip-info\nsignalling: {policy: pjsip}\n", 1_000),
      ("mechanism: sip-info+pli\nsignalling: {policy: pjsip}\n", 1_000),
      ("mechanism: pli\nsignalling: {policy: pjsip}\n", 300),
      ("mechanism: sip-info\nsignalling: {policy: linphone}\n", 300),
      (
        "mechanism: sip-info\nsignalling: {policy: pjsip}\n"
          + "sender: {minimum-key-frame-interval: 200ms}\n", 200
      ),
    ])
  func encoderLimit(text: String, milliseconds: Int64) throws {
    #expect(
      try scenario(text).encoderControl.minimumKeyFrameInterval == .milliseconds(milliseconds))
  }

  @Test("an odd number of nanoseconds of round trip loses none of them")
  func oddRoundTrip() throws {
    let media = try scenario("network: {rtt: 51ns}\n").media
    #expect(media.forward.oneWayDelay + media.reverse.oneWayDelay == SimDuration(nanoseconds: 51))
  }

  @Test("the connections' constants are a profile's, and single keys on top of it")
  func tcp() throws {
    #expect(try scenario("signalling: {proxies: 1}\n").signalling.tcp == .linux)
    let tcp = try scenario(
      "signalling: {tcp: {nagle: true, profile: rfc, initial-window: 4, minimum-timeout: 500ms}}\n"
    ).signalling.tcp
    var expected = TCPProfile.rfc
    expected.nagle = true
    expected.initialWindow = 4
    expected.minimumTimeout = .milliseconds(500)
    #expect(tcp == expected)
  }

  @Test("a proxy's time is a duration, or a mean and how it is distributed")
  func proxyProcessing() throws {
    let plain = try scenario("signalling: {proxy-processing: 1ms}\n").signalling
    #expect(plain.proxyProcessing == .milliseconds(1))
    #expect(plain.proxyProcessingDistribution == .constant)
    let spread = try scenario("signalling: {proxy-processing: {mean: 2ms}}\n").signalling
    #expect(spread.proxyProcessing == .milliseconds(2))
    #expect(spread.proxyProcessingDistribution == .exponential)
  }

  @Test(
    "what contradicts itself on the road of SIP is refused where it stands",
    arguments: [
      ("{alg: 5%}", "signalling.alg: found with transport tls1.3, expected udp or tcp"),
      (
        "{transport: tls1.2, fragment-loss: 5%}",
        "signalling.fragment-loss: found with transport tls1.2, expected udp"
      ),
      ("{nat-drop: 5s}", "signalling.nat-drop: found with connection warm, expected half-dead"),
      (
        "{transport: udp, connection: half-dead}",
        "signalling.connection: found half-dead with transport udp, expected tcp or TLS"
      ),
      ("{transport: udp, tcp: {nagle: true}}", "signalling.tcp: given beside transport udp"),
      ("{tcp: {initial-window: 0}}", "signalling.tcp.initial-window: found \"0\""),
      ("{tcp: {profile: bsd}}", "expected one of linux, rfc"),
      ("{connection: lukewarm}", "expected one of warm, cold, half-dead"),
      ("{warm: false}", "unknown key \"warm\""),
      ("{give-up: 33s}", "signalling.give-up: found \"33s\", expected a duration from 1ms to 32s"),
      (
        "{proxies: 0, network-switch: {at: 5s, record-route: address}}",
        "signalling.network-switch.record-route: found address without proxies, expected name"
      ),
      (
        "{transport: udp, network-switch: {at: 5s}}",
        "signalling.network-switch.record-route: found name with transport udp, expected address"
      ),
      ("{network-switch: {record-route: name}}", "signalling.network-switch.at: missing"),
      ("{hops: [{}, {}, {}]}", "signalling.hops: found 3, expected 1 for all, or 2: one more"),
      ("{hops: []}", "signalling.hops: found 0"),
      ("{hops: [{rate: 0kbps}]}", "signalling.hops[0].rate: found \"0kbps\""),
      ("{hops: [{burst: 5ms}]}", "signalling.hops[0].burst: given without loss"),
      ("{hops: [{rtt: -5ms}]}", "signalling.hops[0].rtt: found \"-5ms\", expected a duration"),
      ("{load: {sizes: [700B]}}", "signalling.load.interval: missing"),
      ("{load: {interval: 0ms}}", "signalling.load.interval: found \"0ms\""),
      (
        "{load: {interval: 1s, sizes: [options]}}",
        "expected register, notify, invite, or a size such as 600B"
      ),
      ("{load: {interval: 1s, sizes: []}}", "signalling.load.sizes: found no message"),
      (
        "{load: {interval: 1s, burst: 20}}",
        "signalling.load.burst: found \"20\", expected a size such as 600B"
      ),
      ("{load: {interval: 1s, burst-interval: 2s}}", "found without burst, expected both"),
      (
        "{connection: cold, load: {interval: 1s}}", "signalling.load: found beside connection: cold"
      ),
      ("{extra-octets: 12}", "signalling.extra-octets: found 12, expected 0 or at least 13"),
      ("{proxies: 0, mobile: {}}", "signalling.mobile: found without proxies, expected one"),
      ("{mobile: {keep-alive: 0s}}", "signalling.mobile.keep-alive: found \"0s\""),
      (
        "{mobile: {keep-alive: 3600s}}",
        "signalling.mobile.keep-alive: found an interval above binding (120s unless given)"
      ),
      (
        "{mobile: {keep-alive: 25s, binding: 24s}}",
        "signalling.mobile.keep-alive: found an interval above binding"
      ),
      ("{mobile: {binding: 0s}}", "signalling.mobile.binding: found \"0s\""),
      ("{proxy-processing: {distribution: constant}}", "proxy-processing.mean: missing"),
    ])
  func roadRefusals(text: String, expected: String) throws {
    let message = try #require(refusal("seed: 1\nsignalling: \(text)\n"))
    #expect(message.hasPrefix("s.yaml:2: "))
    #expect(message.contains(expected), "\(message)")
  }

  @Test(
    "what is out of range, misspelt or of the wrong kind is refused where it stands",
    arguments: [
      (
        "name: a\nnetwork:\n  rtt: 50\n", "s.yaml:3: network.rtt: found \"50\", expected a duration"
      ),
      ("network: {rtt: 11s}\n", "network.rtt: found \"11s\", expected a duration from 0ms to 10s"),
      (
        "network: {los: 5%}\n",
        "s.yaml:1: network: unknown key \"los\", did you mean loss?"
      ),
      ("network: {loss: 100%}\n", "expected a percentage at least 0% and below 100%"),
      ("network: {loss: 0.05}\n", "network.loss: found \"0.05\", expected a percentage"),
      ("network: {burst: 0ms}\n", "network.burst: found \"0ms\""),
      ("network: {rate: 0kbps}\n", "network.rate: found \"0kbps\""),
      ("network: {rtt: 50ms, reverse: {delay: 60ms}}\n", "expected at most the round trip's 50ms"),
      ("network: {lose: [{packet: 1}]}\n", "network.lose[0].frame: missing"),
      ("network: {lose: [{frame: -1}]}\n", "network.lose[0].frame: found \"-1\""),
      (
        "duration: 2s\nnetwork:\n  lose:\n    - {frame: 50}\n",
        "s.yaml:4: network.lose[0].frame: found 50, expected less than 50, the frames of the call"
      ),
      (
        "network:\n  relay:\n    burst: 40ms\n    rtt: 90ms\n",
        "s.yaml:3: network.relay.burst: given without loss, expected the loss rate"
      ),
      ("network: {relay: {loss: 1%}}\n", "s.yaml:1: network.relay.rtt: missing, expected a dur"),
      ("network: {relay: {}}\n", "s.yaml:1: network.relay.rtt: missing, expected a duration"),
      ("network: {relay: turn}\n", "network.relay: found \"turn\", expected a mapping"),
      ("network: {relay: {rtt: 90ms, delay: 5ms}}\n", "network.relay: unknown key \"delay\""),
      ("signalling: {policy: linfone}\n", "signalling.policy: found \"linfone\", expected one of"),
      ("signalling: {policy: linfone}\n", "(did you mean linphone?), or none"),
      ("signalling: {repeat: twice}\n", "expected one of until-repaired, once"),
      ("signalling: {outstanding: 1}\n", "signalling.outstanding: found \"1\", expected one of"),
      (
        "signalling:\n  retry-after-491: 2s..1s\n",
        "s.yaml:2: signalling.retry-after-491: found \"2s..1s\", expected a range of durations "
          + "whose first is not above its second, or none"
      ),
      ("signalling: {retry-after-491: 1s..61s}\n", "a duration from 0ms to 60s, or none"),
      ("network: {burst: 40ms}\n", "network.burst: given without loss, expected the loss rate"),
      (
        "codec: {cpu-used: -6, VP8E_SET_CPUUSED: -8}\n",
        "codec.VP8E_SET_CPUUSED: given beside cpu-used, expected one of the two"
      ),
      (
        "codec: {VP8E_SET_CPUUSED: 4}\n", "codec.VP8E_SET_CPUUSED: found 4, expected -16...-1: from"
      ),
      (
        "network: {reverse: {lose: [{message: rpi}]}}\n",
        "network.reverse.lose[0].message: found \"rpi\""
      ),
      ("network: {lose: 5}\n", "network.lose: found \"5\", expected a list"),
      ("mechanism: plli\n", "(did you mean pli?)"),
      ("video: {size: 321x180}\n", "video.size: found \"321x180\", expected a size such as"),
      ("video: {size: 158x120}\n", "even numbers from 160x120 to 1280x720"),
      ("video: {rate: 61}\n", "video.rate: found \"61\""),
      ("video: {source: sport}\n", "(did you mean sports?)"),
      (
        "video: {source: a.y4m, rate: 30}\n",
        "video.rate: given beside a source that is a file and has its own, expected no rate: remove"
      ),
      (
        "network: {rate: 25}\n", "network.rate: found \"25\", expected a rate with its unit such as"
      ),
      ("duration: 39ms\n", "duration: found \"39ms\", expected a duration from 40ms to 24h"),
      ("duration: 25h\n", "duration: found \"25h\""),
      ("signalling: {proxies: 9}\n", "expected a whole number from 0 to 8"),
      ("signalling: {transport: tls}\n", "expected one of udp, tcp, tls1.2, tls1.3"),
      (
        "signalling: {certificate: dsa}\n",
        "signalling.certificate: found \"dsa\", expected one of ecdsa, rsa, ecdsa-chain, rsa-chain"
      ),
      (
        "signalling: {transport: tcp, certificate: rsa}\n",
        "s.yaml:1: signalling.certificate: given beside transport tcp, which has no certificates, "
          + "expected only with tls1.2 or tls1.3"
      ),
      (
        "signalling: {transport: udp, resumption: true}\n",
        "s.yaml:1: signalling.resumption: found true beside transport udp, which has no sessions to "
          + "resume, expected tls1.2 or tls1.3"
      ),
      ("signalling: {tls-processing: 11s}\n", "or auto"),
      ("signalling: {answers: []}\n", "expected a list such as [491, 200]"),
      ("signalling: {answers: 200}\n", "signalling.answers: found \"200\", expected a list"),
      ("signalling: {answers: [200, 404]}\n", "expected one of 200, 481, 491"),
      ("rtcp: {bandwidth-share: 60%}\n", "expected a percentage from 0.1% to 50% in steps of 0.1%"),
      ("rtcp: {bandwidth-share: 2.55%}\n", "in steps of 0.1%"),
      ("rtcp: {profile: savpf}\n", "rtcp.profile: found \"savpf\", expected one of avpf, avp"),
      ("rtcp: {early-feedback: on}\n", "expected one of rfc4585, once, immediate, off"),
      ("rtcp: {participants: 1}\n", "expected a whole number from 2 to 1000"),
      ("sender: {maximum-payload: 50}\n", "expected a whole number from 100 to 1460"),
      (
        "mechanism: nack\nrtp: {srtp: true}\nsender: {maximum-payload: 1460}\n",
        "s.yaml:3: sender.maximum-payload: found 1460, which with 40 of headers, 2 of RTX, "
          + "10 of SRTP makes packets above 1500 octets, expected at most 1448"
      ),
      (
        "network: {relay: {rtt: 90ms}}\nsender: {maximum-payload: 1457}\n",
        "s.yaml:2: sender.maximum-payload: found 1457, which with 40 of headers, 4 of TURN makes "
          + "packets above 1500 octets, expected at most 1456"
      ),
      ("signalling: {minimum-request-interval: 0ms}\n", "a duration from 1ms to 1h"),
      ("seed: -1\n", "seed: found \"-1\""),
      ("- 1\n", "s.yaml:1: found a list, expected a mapping"),
    ])
  func refusals(text: String, expected: String) throws {
    #expect(try #require(refusal(text)).contains(expected))
  }

  @Test(
    "the largest payload is what headers, retransmission, SRTP and TURN leave of 1500 octets",
    arguments: [
      ("pli", false, "none", 1_460), ("nack", false, "none", 1_458),
      ("nack+pli", false, "none", 1_458), ("sip-info", true, "none", 1_450),
      ("nack+pli", true, "none", 1_448), ("sip-info+pli", false, "{rtt: 90ms}", 1_456),
      ("nack+pli", true, "{rtt: 90ms}", 1_444),
    ])
  func largestPayload(mechanism: String, isSecure: Bool, relay: String, octets: Int) throws {
    func text(_ octets: Int) -> String {
      "mechanism: \(mechanism)\nrtp: {srtp: \(isSecure)}\nnetwork: {relay: \(relay)}\n"
        + "sender: {maximum-payload: \(octets)}\n"
    }
    #expect(try scenario(text(octets)).encoderControl.maximumPayload == octets)
    #expect(refusal(text(octets + 1)) != nil)
  }

  @Test("mutated scenarios are read or refused, never a trap")
  func mutations() {
    let sound = """
      seed: 7
      duration: 12s
      mechanism: pli
      video: {source: sports, size: 640x360, rate: 30fps}
      network: {rtt: 120ms, loss: 5%, burst: 40ms, reverse: {delay: 20ms}, lose: [{frame: 3}],
                relay: {rtt: 90ms, loss: 1%}}
      rtcp: {bandwidth-share: 2.5%, trr-interval: 5s}
      signalling: {transport: tls1.3, proxies: 3, connection: cold, policy: pjsip,
                   retry-after-491: 0s..1s, repeat: once}
      """
    let letters = Array("0123456789-+.%:msx,{}[]'\" \nE".utf8)
    var stream = RandomStream(seed: 9, name: "scenario.mutation")
    var readCount = 0
    for _ in 0..<5_000 {
      var octets = Array(sound.utf8)
      for _ in 0...stream.next(below: 3) {
        let at = Int(stream.next(below: UInt64(octets.count)))
        let new = letters[Int(stream.next(below: UInt64(letters.count)))]
        switch stream.next(below: 3) {
        case 0: octets[at] = new
        case 1: octets.insert(new, at: at)
        default: octets.remove(at: at)
        }
      }
      if refusal(String(decoding: octets, as: UTF8.self)) == nil { readCount += 1 }
    }
    #expect(readCount > 50 && readCount < 4_900, "\(readCount)")
  }
}
