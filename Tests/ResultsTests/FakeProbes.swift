import SimulationKernel

@testable import Results

/// Rows of probes.csv that no simulation made.
struct FakeProbes {
  var seeds = 6
  var probesPerCall = 10
  var packets = [1]
  var group = "probes"
  var roundTrips: [Int64] = [100]
  var proxies = [1]
  var mechanisms = ["sip-info", "pli"]
  var kinds = ["last"]
  var horizon = SimDuration.seconds(5)
  /// The time from a loss to its repair in ms, by conditions and the probe's number.
  var recovery: (CallConditions, Int) -> Double = { conditions, number in
    Double(conditions.mechanism == "pli" ? 50 : 100) * Double(number + 1)
  }

  /// As a plan has them: calls that a road does not touch are made once.
  var calls: [CallConditions] {
    var calls: [CallConditions] = []
    for roundTrip in roundTrips {
      for mechanism in mechanisms {
        for proxies in mechanism.hasPrefix("sip-info") ? proxies : [0] {
          for seed in 1...UInt64(seeds) {
            var conditions = FakeCampaign().conditions(
              group, mechanism, rtt: roundTrip, proxies: proxies, seed: seed)
            conditions.run = calls.count
            calls.append(conditions)
          }
        }
      }
    }
    return calls
  }

  var rows: [ProbeRow] { calls.flatMap(rows) }

  func rows(of conditions: CallConditions) -> [ProbeRow] {
    (0..<probesPerCall * packets.count).map { number in
      row(conditions, number, kind: kinds[number % kinds.count], recovery(conditions, number))
    }
  }

  func row(
    _ conditions: CallConditions, _ number: Int, kind: String = "last", _ milliseconds: Double
  ) -> ProbeRow {
    let frame = 50 + 7 * (number / packets.count)
    let lost = SimTime.zero + .milliseconds(Int64(frame) * 40)
    var episode = EpisodeRecord(episode: 0, firstDamagedFrame: frame, lost: lost)
    let time = SimDuration.microseconds(Int64((milliseconds * 1_000).rounded()))
    episode.isCensored = time >= horizon
    episode.causes[Cause.playout.rawValue] = min(time, horizon)
    episode.end = lost + min(time, horizon)
    if !episode.isCensored { episode.recovered = episode.end }
    let probe = Probe(
      number: number, frame: frame, position: .first, packets: packets[number % packets.count],
      horizon: horizon)
    return ProbeRow(
      conditions: conditions, probe: probe,
      outcome: .followed(ProbeRow.Course(kind: kind, renewed: "", episode: episode)))
  }

  func results(calls: [CallRecords] = []) throws -> ResultSet {
    let runs = calls.map(RunRow.init)
    let episodes = calls.flatMap { call in
      call.episodes.map {
        EpisodeRow(conditions: call.conditions, episode: $0.roundedToMicroseconds())
      }
    }
    return try ResultSet(runs: runs, episodes: episodes, probes: ProbeResults(rows: rows))
  }

  /// The group's analysis.
  func analysed() throws -> ProbeGroup? {
    ProbeGroup(try ProbeResults(rows: rows), group: group, seed: 1)
  }

  /// A campaign with chance in it: some calls and losses are harder than others for every mechanism,
  /// and INFO pays for its proxies.
  static var plausible: FakeProbes {
    var fake = FakeProbes()
    fake.seeds = 12
    fake.probesPerCall = 6
    fake.packets = [1, 4]
    fake.roundTrips = [20, 50, 100, 200]
    fake.proxies = [0, 1, 3]
    fake.mechanisms = ["none"] + FakeCampaign.mechanisms.dropFirst() + ["nack", "fir"]
    fake.kinds = ["last", "last", "golden"]
    fake.recovery = { conditions, number in
      var stream = RandomStream(seed: conditions.seed, name: "loss.\(number)")
      let hardness = 0.6 + stream.nextUnit()
      let trip = conditions.roundTrip.inMilliseconds
      switch conditions.mechanism {
      case "none": return 9_000 * stream.nextUnit()
      case "sip-info":
        return hardness * (90 + trip * (1 + 0.3 * Double(conditions.proxies ?? 0)))
      case "pli": return hardness * (80 + trip)
      default:
        var own = RandomStream(seed: conditions.seed, name: "\(conditions.mechanism).\(number)")
        return hardness * (70 + trip) * (0.9 + 0.2 * own.nextUnit())
      }
    }
    return fake
  }
}

/// How often intervals hold a true value, over many data sets.
struct CoverageCount {
  private(set) var holding = 0
  private(set) var told = 0

  mutating func add(_ estimate: Estimate, truth: Double) {
    guard let interval = estimate.interval else { return }
    told += 1
    if interval.lower <= truth, interval.upper >= truth { holding += 1 }
  }

  var share: Double { Double(holding) / Double(max(1, told)) }
}

extension RandomStream {
  /// A draw from the exponential distribution.
  mutating func nextExponential(mean: Double) -> Double {
    -mean * DeterministicMath.ln(1 - nextUnit())
  }
}
