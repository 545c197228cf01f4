/// Commented files to begin with, one of each kind; each is read by its own reader in the tests.
public enum Example: String, CaseIterable, Sendable {
  case scenario
  case plan
  case settings
  /// A session description, whose grammar knows no comments.
  case sdp
  /// A job-array script for Slurm.
  case slurm

  /// The file's text.
  public var text: String {
    switch self {
    case .scenario: Self.scenarioText
    case .plan: Plan.builtInText
    case .settings: Self.settingsText
    case .sdp: Self.sdpText
    case .slurm: Self.slurmText
    }
  }

  private static let scenarioText = """
    # One call. Run it:  avpfsim run scenario.yaml -o results/call
    # What is left out keeps the value shown here.
    name: call
    seed: 1
    duration: 20s                       # from one frame to 24h
    mechanism: pli                      # none, sip-info, pli, sli, rpsi, sli+rpsi, fir, nack, nack+pli,
                                        # sip-info+pli
    # In its place, what an offer and its answer leave in effect (avpfsim sdp explains it):
    # sdp: {offer: offer.sdp, answer: answer.sdp, sender: caller}

    video:
      source: talking-head              # screen-share, sports, or a file: clip.y4m, clip.mkv, -
      size: 320x180                     # built-in content only: leave size and rate out with a file
      rate: 25fps                       # or 25; 1fps to 60fps, also 29.97fps or 30000/1001

    codec:                              # libvpx's own names: avpfsim settings lists them
      preset: none                      # linphone, webrtc, ffmpeg, vpxenc-rt; keys override it
      rc_target_bitrate: 300            # kbit/s
      g_error_resilient: 1              # 0 breaks repair without key frames
      cpu-used: -8                      # -1 slow and good ... -16 fast

    network:
      profile: none                     # dsl, cable, wifi, wifi-lossy, wifi-congested, 3g, lte,
                                        # lte-driving, 5g, satellite, transcontinental, call-drop,
                                        # or a cell of RFC 8868's grid: rfc8868-50ms-1%-300ms is its
                                        # one-way delay, its loss and its queue
      rtt: 50ms                         # half of it each way
      loss: 1%                          # 0% if left out
      burst: none                       # mean length of a loss burst, such as 60ms
      # In place of these two, a loss rate in each of two states, or the chain of netem:
      # loss-model: {two-state: {good: 2s, bad: 60ms, loss-in-good: 0%, loss-in-bad: 100%}}
      # loss-model: {four-state: {step: 10ms, p13: 1%, p31: 20%, p32: 0%, p23: 100%, p14: 0%}}
      outages: []                       # nothing passes: [{at: 5s, for: 300ms}]
      jitter: none                      # the mean, such as 5ms, of an exponential delay; or {mean: 5ms,
                                        # distribution: gamma, shape: 2, correlation: 50ms}; uniform,
                                        # normal with a deviation, pareto with a shape
      reordering: false                 # true: what jitters less overtakes what jitters more
      slot: 0ms                         # packets arrive at its multiples, as a radio schedules them
      route-changes: []                 # one-way delays from then on: [{at: 8s, delay: 60ms}]
      duplicates: 0%                    # packets that arrive twice
      rate: unlimited                   # bottleneck, such as 2Mbps
      queue: 300ms                      # longest wait before it
      # Played back from files, over and over; the way back has its own under `reverse`:
      # trace: traces/wifi-bursts.txt   # losses, and delays where the trace has them
      # rate-trace: traces/mobile-walk.csv
      # trace-start: random             # each seed begins elsewhere in its traces; or 20s
      # Of a bottleneck with a rate:
      # queue-octets: 30000             # the longest queue, in octets
      # burst-octets: 5000              # what may leave at once after a pause
      # codel: true                     # or {target: 5ms, interval: 100ms} (RFC 8289)
      # cross-traffic: {rate: 500kbps, octets: 1200}   # Poisson; with on: 1s, off: 2s in spells
      reverse:                          # feedback's way; loses and jitters like the forward way
        rate: unlimited
        lose: []                        # scripted: [{message: rpsi, number: 3}], the fourth RPSI
      relay: none                       # media through TURN: {rtt: 90ms, loss: 1%, burst: 60ms,
                                        # rate: 1Mbps, queue: 300ms}; the above is then SIP's alone
      lose: []                          # scripted: [{frame: 80, packet: 0}]; packet -1 is the last

    receiver:
      profile: none                     # linphone, webrtc, rfc7741, pjsip, freeswitch, gstreamer:
                                        # sets what follows, rtcp and signalling.policy
      playout: fixed                    # adaptive: as the network needs; least-squares: as Linphone
      playout-delay: 60ms               # of an adaptive buffer: to begin with
      minimum-playout-delay: 40ms       # of an adaptive buffer
      maximum-playout-delay: 500ms
      late-frames: auto                 # wait: shown once they are whole; drop: lost when not whole in
                                        # time; drop-gaps: lost then only where packets are missing;
                                        # auto: wait, drop, drop-gaps with the three kinds of playout
      ticker: 10ms                      # of least-squares: packets are read so often
      start-lag: 0ms                    # of least-squares: reading begins so long after the first came
      reordering-tolerance: 0ms         # a gap is a loss so long after a packet from behind it
      damage: freeze                    # on screen until repair: the last good picture; skip: what
                                        # follows, drift and all; partial: incomplete frames too
      repeat: interval                  # frame: asks with each picture that is dropped
      repeat-interval: 200ms            # asks again while the picture waits for repair
      minimum-request-interval: 0ms     # the least time between two requests over RTCP
      notice: arrival                   # playout: when the damaged picture is due
      gap-takes-next-frame: false       # true: a frame with a gap in front of it is dropped too
      stop-at-drop: false               # true: the decoder stops at each frame it drops, until the next
                                        # packets come (Linphone)
      wait-for: mechanism               # key-frame; reference-frame: any frame without the N bit
      pli-after-frames: none            # repeat: frame; a PLI after so many dropped pictures
      start-request: mechanism          # fir+pli: both, before the first key frame

    sender:
      profile: none                     # as above: sets what follows, rtp and parts of codec
      key-frame-request: key-frame      # what a PLI brings; reference: a frame from golden or altref
      minimum-key-frame-interval: 300ms
      guard-from: key-frame             # request: it counts from the last one let through
      guard-round-trips: 0              # the same in round trips; the longer one holds
      minimum-reference-distance: 0     # frames after golden and altref were written, likewise
      guarded-requests: drop            # defer: the key frame comes when it may
      limit-fast-updates: true          # false: SIP INFO is obeyed always
      periodic-key-frames: unasked      # mechanisms none and nack; always, never
      periodic-key-frame-interval: 10s
      start-key-frames: []              # such as [2s, 4s] after the first one
      reference-interval: 3s            # a fresh golden or altref this often
      reference-refresh: references     # with sli, rpsi, sli+rpsi; feedback: with all over RTCP
      first-renewed: altref             # after a key frame; or golden
      unacknowledged-refresh: renew     # key-frame: where neither is acknowledged
      trust-silence: true               # established until reported damaged, without RPSI
      repair-references: newest         # all: of those that are established
      stale-reports: repair             # reference: those before a fresh golden or altref too
      doubt-dependent-references: false # true: believes no acknowledgement soon after damage
      independent-refresh: none         # after so many renewals one is predicted from nothing
      mark-non-reference: false         # true: N on frames that neither renew nor repair
      encoding-time: 0ms                # a frame leaves so long after its capture; 0ms..3ms is drawn
      feedback-delay: 0ms               # RTCP feedback moves the encoder so long after its arrival
      maximum-payload: 1200             # octets; a whole packet has at most 1500

    rtp:                                # RFC 7741
      packetization: fill               # partitions: each begins a packet; balanced: equal packets
      picture-id: 15                    # bits; or 7, or none
      srtp: false                       # true: counts the octets that SRTP adds

    retransmission:                     # mechanisms nack and nack+pli
      give-up: auto                     # how long a missing packet is waited for; auto: as history
      max-requests: 100                 # for one packet
      max-outstanding: 1000             # packets asked for at one time
      history: auto                     # how long the sender keeps packets; auto: 1s, or 3 round trips
      history-packets: 1024             # and how many

    rtcp:                               # RFC 4585 section 3
      bandwidth-share: 5%               # of the target bitrate, or of session-bandwidth: 500kbps
      profile: avpf                     # avp: no early feedback, 5 s between reports
      early-feedback: rfc4585           # once: one early packet a call (Linphone); off: none;
                                        # immediate: no timing rule (libwebrtc)
      max-feedback-delay: 500ms         # feedback that would wait longer is dropped
      trr-interval: 0ms                 # least time between regular reports; Linphone has 5s
      participants: 2                   # with more, feedback is dithered and the share divided
      reduced-size: false               # true: feedback goes without a report (RFC 5506)
      timer-granularity: 0ms            # regular times fall on multiples of it
      tool: none                        # SDES TOOL, a text that makes reports longer
      nack-at-once: false               # true: NACK waits for no RTCP time, whatever other feedback does

    signalling:                         # the road of SIP INFO
      transport: tls1.3                 # udp, tcp, tls1.2
      proxies: 1                        # 0 is direct
      placement: on-path                # detour: every hop has the whole round trip
      proxy-processing: 370us           # or {mean: 2ms, distribution: exponential}, or constant
      policy: none                      # linphone, pjsip, freeswitch: sets the next six
      minimum-request-interval: 500ms
      request-delay: 0ms                # an INFO leaves so long after the notice; Linphone has 4ms
      key-frame-clears-interval: true
      repeat: until-repaired            # once: for each loss that is noticed
      outstanding: any                  # one: the next INFO waits for the last one's response
      retry-after-491: 0s..1s           # none: as if it had been answered
      opposite-requests: none           # video both ways: the mean time between the other side's
                                        # INFOs, such as 5s; one that crosses another gets a 491
      answers: [200]                    # to the first INFOs, the last to all others: 200, 481, 491
      certificate: ecdsa                # TLS: rsa, ecdsa-chain, rsa-chain; not with udp, tcp
      resumption: false                 # true: TLS handshakes resume an earlier session
      tls-processing: auto              # at each end; auto: as measured, 0.9ms with TLS 1.3
      # Of each connection; profile: linux, or rfc; single keys as in the documentation of the model
      # tcp: {profile: linux, nagle: false, initial-window: 10}
      connection: warm                  # cold: opened by the first request; half-dead: see nat-drop
      # nat-drop: 0s                    # half-dead: when the NAT forgets the receiver's connection
      give-up: 32s                      # no answer for so long: the user agent opens another one
      dns: 50ms                         # the look-up before that
      # The receiver's address changes; record-route: name, or an address that is out of reach then
      # network-switch: {at: 8s, record-route: name}
      # In place of what derives from `network`: one for all hops, or one each from the receiver on
      # hops: [{rtt: 40ms, loss: 1%, burst: 60ms, rate: 2Mbps, queue: 300ms}]
      # Other signalling on each hop; `interval` is the mean time between two messages
      # load: {interval: 20ms, sizes: [register, notify, 3kB], burst: 20kB, burst-interval: 10s}
      share-access-links: false         # true: signalling waits behind media and RTCP in one queue
      extra-octets: 0                   # of another header of the INFO
      fragment-loss: 0%                 # udp: fragments that routers drop, beside the loss
      alg: 0%                           # udp, tcp: requests that a SIP-aware NAT router breaks
      # The sender's user agent sleeps after `awake` without signalling, and a push wakes it up; or it
      # does not sleep: {keep-alive: 25s, binding: 120s}, the time that a NAT keeps its connection
      # mobile: {wake-up: 2s, awake: 10s}

    """

  private static let settingsText = """
    # Settings before a rollout, and what they must hold.
    # Check them:  avpfsim validate settings.yaml
    # or beside what runs today:  avpfsim validate settings.yaml --against today.yaml
    name: PLI at 300 kbit/s
    seed: 1
    calls: 20                           # on each network
    max-calls: 80                       # until a verdict that stays open is left open
    duration: 15s
    settings:                           # keys of a scenario
      mechanism: pli
      video: {source: talking-head, size: 320x180, rate: 25fps}
      codec:
        rc_target_bitrate: 300
        g_error_resilient: 1
    networks:                           # keys of a scenario's `network`, and `signalling` and `video`;
                                        # or a network's name alone, such as lte
      - name: wifi
        rtt: 40ms
        loss: 1%
      - name: poor 4G
        rtt: 200ms
        loss: 5%
        burst: 60ms
    gates:
      - recovery.p95 <= 1s              # also p50, p90, p99, median, mean; with --against
                                        # 0.8 * baseline, or baseline + 50ms
      - repaired_within(500ms) >= 60%
      - freeze.ratio <= 30%
      - broken.ratio <= 40%
      - psnr.mean >= 25dB
      - bitrate.mean <= 500kbps
      - bitrate.p99 <= 2 * target       # of the codec's bitrate, over seconds

    """

  private static let sdpText = """
    v=0
    o=caller 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 5004 RTP/AVPF 111
    a=rtpmap:111 opus/48000/2
    m=video 5006 RTP/AVPF 96 97
    b=AS:300
    a=rtpmap:96 VP8/90000
    a=rtpmap:97 rtx/90000
    a=fmtp:97 apt=96
    a=rtcp-fb:* trr-int 5000
    a=rtcp-fb:96 nack
    a=rtcp-fb:96 nack pli
    a=rtcp-fb:96 nack sli
    a=rtcp-fb:96 ack rpsi
    a=rtcp-fb:96 ccm fir

    """
}
