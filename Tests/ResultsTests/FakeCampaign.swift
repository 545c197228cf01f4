import SimulationKernel

@testable import Results

/// Plausible records that no simulation made, for looking at tables, plots and the report.
struct FakeCampaign {
  var seeds = 6
  var episodesPerCall = 12
  var seed: UInt64 = 1

  static let mechanisms = ["none", "sip-info", "pli", "sli", "rpsi", "sli+rpsi"]

  /// The groups of the built-in plan.
  func calls() -> [CallRecords] {
    var calls: [CallRecords] = []
    func add(_ conditions: CallConditions, keepsFrames: Bool = false) {
      var conditions = conditions
      conditions.run = calls.count
      calls.append(call(conditions, keepsFrames: keepsFrames))
    }
    for seed in 1...UInt64(seeds) {
      for mechanism in Self.mechanisms {
        for rtt: Int64 in [20, 50, 100, 200] {
          add(conditions("rtt", mechanism, rtt: rtt, seed: seed))
        }
        for loss in [0.01, 0.05, 0.10] {
          add(conditions("loss", mechanism, rtt: 100, loss: loss, seed: seed))
          add(conditions("loss", mechanism, rtt: 100, loss: loss, burst: 60, seed: seed))
        }
      }
      for proxies in 0...3 {
        for transport in ["tcp", "tls1.3"] {
          for rtt: Int64 in [50, 200] {
            for connection in ["warm", "cold"] {
              add(
                conditions(
                  "proxies", "sip-info", rtt: rtt, proxies: proxies, transport: transport,
                  connection: connection, seed: seed))
            }
          }
        }
      }
      for interval: Int64 in [500, 3_000, 5_000] {
        add(conditions("limit", "sip-info", rtt: 100, interval: interval, seed: seed))
      }
    }
    for mechanism in Self.mechanisms {
      add(conditions("one-loss", mechanism, rtt: 100, loss: 0, seed: 1), keepsFrames: true)
    }
    return calls
  }

  func conditions(
    _ group: String, _ mechanism: String, rtt: Int64, loss: Double = 0.01, burst: Int64? = nil,
    proxies: Int = 1, transport: String = "tls1.3", connection: String = "warm",
    interval: Int64 = 500, seed: UInt64
  ) -> CallConditions {
    let isSIP = mechanism.hasPrefix("sip-info")
    return CallConditions(
      run: 0, group: group, mechanism: mechanism, roundTrip: .milliseconds(rtt), lossRate: loss,
      meanBurst: burst.map { .milliseconds($0) }, proxies: isSIP ? proxies : nil,
      transport: isSIP ? transport : nil, placement: isSIP ? "on-path" : nil,
      connection: isSIP ? connection : nil,
      requestInterval: isSIP ? .milliseconds(interval) : nil,
      policy: isSIP && interval == 5_000 ? "linphone" : nil,
      repetition: isSIP ? "until-repaired" : nil,
      outstanding: isSIP ? (interval == 5_000 ? "one" : "any") : nil, source: "talking-head",
      seed: seed)
  }

  func call(_ conditions: CallConditions, keepsFrames: Bool = false) -> CallRecords {
    var stream = RandomStream(seed: conditions.seed &+ seed, name: "\(conditions)")
    var totals = CallTotals()
    totals.duration = .seconds(60)
    totals.frames = 1_800
    totals.mediaPackets = 5_400
    totals.mediaPacketsLost = Int(5_400 * conditions.lossRate)
    totals.mediaOctets = 4_500_000 + Int(stream.next(below: 200_000))
    totals.encodedOctets = 4_200_000
    totals.rtcpOctets = 20_000
    totals.meanShownPSNR = 33 + stream.nextUnit()
    totals.meanEncodedPSNR = 36 + stream.nextUnit()
    var episodes: [EpisodeRecord] = []
    let count = conditions.group == "one-loss" ? 1 : episodesPerCall
    for number in 0..<count {
      let lost = SimTime.zero + .milliseconds(Int64(number) * 4_500 + 1_000)
      let episode = episode(
        number, lost: lost, isLast: number == count - 1 && count > 1, conditions, &stream)
      totals.brokenTime += episode.duration
      totals.freezeTime += episode.frozen
      totals.freezes += 1
      totals.keyFrames += episode.repairKind == "key" ? 1 : 0
      totals.goldenAltrefRecoveryFrames += episode.repairKind == "golden" ? 1 : 0
      totals.feedbackMessages += episode.requests
      episodes.append(episode)
    }
    return CallRecords(
      conditions: conditions, totals: totals, episodes: episodes,
      frames: keepsFrames ? frames(around: episodes[0], &stream) : [],
      feedback: feedback(episodes, conditions))
  }

  private func episode(
    _ number: Int, lost: SimTime, isLast: Bool, _ conditions: CallConditions,
    _ stream: inout RandomStream
  ) -> EpisodeRecord {
    var episode = EpisodeRecord(
      episode: number, firstDamagedFrame: Int(lost.nanoseconds / 33_333_333), lost: lost)
    func span(_ milliseconds: Double, _ stream: inout RandomStream) -> SimDuration {
      SimDuration(nanoseconds: Int64(milliseconds * (0.5 + stream.nextUnit()) * 1e6))
    }
    let rtt = conditions.roundTrip.inMilliseconds
    func set(_ cause: Cause, _ milliseconds: Double) {
      episode.causes[cause.rawValue] = span(milliseconds, &stream)
    }
    set(.notNoticed, 25)
    switch conditions.mechanism {
    case "none":
      set(.periodicKeyFrame, 4_000)
    case "sip-info":
      let hops = Double((conditions.proxies ?? 0) + 1)
      set(.requestLimit, (conditions.requestInterval?.inMilliseconds ?? 0) / 5)
      set(.requestOnNetwork, rtt / 2 + 3 * hops)
      set(.tcp, rtt * (conditions.transport == "tcp" ? 0.3 : 0.7) * conditions.lossRate * 20)
      set(.proxy, 0.4 * (hops - 1))
      set(.encoderWait, 17)
    default:
      set(.rtcpTick, 30)
      set(.requestOnNetwork, rtt / 2)
      set(.requestLost, rtt * conditions.lossRate * 2)
      set(.encoderWait, conditions.mechanism == "pli" ? 40 : 17)
    }
    let isByReference = ["sli", "rpsi", "sli+rpsi"].contains(conditions.mechanism)
    set(.repairOnNetwork, rtt / 2 + (isByReference ? 5 : 40))
    set(.repairDamaged, (isByReference ? 100 : 300) * conditions.lossRate * 10)
    set(.playout, 40)
    episode.end = lost + episode.causes.reduce(.zero, +)
    episode.isCensored = isLast && stream.next(below: 3) == 0
    episode.noticed = lost + episode.causes[0]
    episode.lostPackets = 1 + Int(stream.next(below: 3))
    episode.damagedFrames = Int(episode.duration.inMilliseconds / 33)
    episode.requests = conditions.mechanism == "none" ? 0 : 1
    episode.frozen = episode.duration - .milliseconds(10)
    episode.lowestPSNR = 24 + stream.nextUnit()
    if !episode.isCensored {
      episode.recovered = episode.end
      episode.repairFrame = episode.firstDamagedFrame + episode.damagedFrames
      episode.repairKind = isByReference ? "golden" : "key"
      episode.repairOctets = isByReference ? 3_000 : 15_000
    }
    return episode
  }

  private func frames(
    around episode: EpisodeRecord, _ stream: inout RandomStream
  ) -> [FrameRecord] {
    (0..<240).map { number in
      let captured = SimTime(nanoseconds: Int64(number) * 33_333_333)
      var frame = FrameRecord(frame: number, captured: captured)
      frame.kind = number == 0 ? .key : .last
      frame.octets = 2_000
      frame.packets = 2
      frame.referencesAllowed = number == 0 ? "" : "last+golden"
      frame.referencesUsed = frame.referencesAllowed
      frame.referencesUpdated = number == 0 ? "last+golden+altref" : "last"
      frame.quantizer = 30
      frame.encodedPSNR = 36 + stream.nextUnit()
      frame.arrived = captured + .milliseconds(50)
      frame.displayed = captured + .milliseconds(100)
      let due = captured + .milliseconds(100)
      let isBroken = due >= episode.lost + .milliseconds(60) && due < episode.end
      frame.shown = isBroken ? .frozen : .exact
      frame.shownPSNR = isBroken ? 25 + stream.nextUnit() : frame.encodedPSNR
      frame.shownAgainstReconstructionPSNR = isBroken ? 26 : nil
      frame.onScreen = isBroken ? episode.firstDamagedFrame - 1 : number
      return frame
    }
  }

  private func feedback(
    _ episodes: [EpisodeRecord], _ conditions: CallConditions
  ) -> [FeedbackRecord] {
    guard conditions.mechanism != "none" else { return [] }
    return episodes.map { episode in
      let noticed = episode.noticed ?? episode.lost
      return FeedbackRecord(
        message: episode.episode, kind: conditions.mechanism == "sip-info" ? "info" : "pli",
        hop: 0, octets: 64, frame: nil, ready: noticed, sent: noticed + .milliseconds(1),
        received: noticed + .milliseconds(1) + conditions.roundTrip / 2, outcome: "answered")
    }
  }
}

extension CallRecords {
  /// A small call whose figures can be checked by hand.
  static var example: CallRecords {
    let conditions = CallConditions(
      run: 7, group: "rtt", mechanism: "sip-info", roundTrip: .milliseconds(100), lossRate: 0.01,
      meanBurst: nil, relayRoundTrip: .milliseconds(90), relayLossRate: 0.005, proxies: 1,
      transport: "tls1.3", connection: "cold", requestInterval: .milliseconds(500), policy: "pjsip",
      repetition: "once", outstanding: "one",
      source: "clip, \"two\".y4m", seed: .max)
    var first = EpisodeRecord(
      episode: 0, firstDamagedFrame: 30, lost: SimTime(nanoseconds: 1_000_000_400))
    first.end = SimTime(nanoseconds: 1_100_001_900)
    first.recovered = first.end
    first.isCensored = false
    first.causes[Cause.notNoticed.rawValue] = SimDuration(nanoseconds: 33_333_333)
    first.causes[Cause.requestOnNetwork.rawValue] = SimDuration(nanoseconds: 33_333_333)
    first.causes[Cause.playout.rawValue] = SimDuration(nanoseconds: 33_334_834)
    first.lowestPSNR = 24.0005
    var second = EpisodeRecord(
      episode: 1, firstDamagedFrame: 60, lost: SimTime(nanoseconds: 2_000_000_000))
    second.end = SimTime(nanoseconds: 2_500_000_000)
    second.causes[Cause.requestLost.rawValue] = .milliseconds(500)
    var totals = CallTotals()
    totals.duration = .milliseconds(2_500)
    totals.frames = 75
    totals.keyFrames = 2
    totals.mediaPackets = 300
    totals.mediaPacketsLost = 3
    totals.mediaOctets = 100_000
    totals.usualMediaRate = 300_500
    totals.encodedOctets = 90_000
    totals.freezes = 2
    totals.freezeTime = .milliseconds(550)
    totals.brokenTime = .milliseconds(600)
    totals.meanShownPSNR = 33.25
    totals.meanEncodedPSNR = 35.5
    totals.feedbackMessages = 3
    var frame = FrameRecord(frame: 30, captured: SimTime(nanoseconds: 999_999_990))
    frame.kind = .key
    frame.octets = 12_345
    frame.referencesUsed = ""
    frame.referencesUpdated = "last+golden+altref"
    frame.encodedPSNR = 35.1234567
    frame.shown = .exact
    let message = FeedbackRecord(
      message: 0, kind: "info", hop: 1, octets: 812, frame: nil,
      ready: SimTime(nanoseconds: 1_033_333_733), sent: SimTime(nanoseconds: 1_033_333_733),
      received: nil, outcome: "lost")
    return CallRecords(
      conditions: conditions, totals: totals, episodes: [first, second], frames: [frame],
      feedback: [message])
  }
}
