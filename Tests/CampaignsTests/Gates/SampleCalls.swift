import Configuration
import Results
import SimulationKernel

@testable import Campaigns

/// Calls as they might have been simulated.
enum SampleCalls {
  /// A call of 10 s with episodes of given lengths, the first `open` of them open at its end.
  static func call(
    _ number: Int, milliseconds: [Int64], open: Int = 0, network: String = "wifi"
  ) -> CallRecords {
    var totals = CallTotals()
    totals.duration = .seconds(10)
    totals.frames = 250
    totals.freezeTime = .milliseconds(100)
    totals.brokenTime = .milliseconds(500)
    totals.largestRenderInterval = .milliseconds(300 + Int64(number % 10))
    totals.meanLatency = .milliseconds(120)
    totals.meanShownPSNR = 34
    totals.meanShownSSIM = 0.9
    totals.mediaOctets = 375_000
    totals.usualMediaRate = 450_000
    var episodes: [EpisodeRecord] = []
    for (index, length) in milliseconds.enumerated() {
      var episode = EpisodeRecord(episode: index, firstDamagedFrame: 0, lost: .zero)
      episode.end = .zero + .milliseconds(length)
      episode.isCensored = index < open
      episode.recovered = episode.isCensored ? nil : episode.end
      episode.causes[0] = episode.duration
      episodes.append(episode)
    }
    return CallRecords(
      conditions: conditions(number, network: network), totals: totals, episodes: episodes,
      frames: [], feedback: [])
  }

  static func conditions(_ number: Int, network: String) -> CallConditions {
    CallConditions(
      run: number, group: network, mechanism: "pli", roundTrip: .milliseconds(50),
      lossRate: 0.01, meanBurst: nil, proxies: nil, transport: nil, requestInterval: nil,
      source: "talking-head", seed: UInt64(number))
  }

  /// As files would tell them.
  static func results(_ calls: [CallRecords]) throws -> [ResultSet.Call] {
    try ResultSet(
      runs: calls.map(RunRow.init),
      episodes: calls.flatMap { call in
        call.episodes.map { EpisodeRow(conditions: call.conditions, episode: $0) }
      }
    ).calls
  }

  static func gate(_ text: String) throws(ConfigurationMismatch) -> Gate {
    try ConfigurationValue<Gate>.gate.value(of: text)
  }

  static func settings(
    _ text: String, against baseline: String? = nil, file: String = "v.yaml"
  ) throws -> ValidationSettings {
    try ValidationSettings(
      ConfigurationFile.parse(text, file: file),
      baseline: baseline.map { try ConfigurationFile.parse($0, file: "b.yaml") }, checks: false)
  }

  /// Measures a gate over calls, each a seed of its own, with a baseline's calls of the same seeds.
  static func measure(
    _ gate: Gate, _ calls: [CallRecords], against baseline: [CallRecords] = [],
    target: Double = 300, ofEquals: Bool = false
  ) throws -> GateMeasurement {
    var sample = GateSample(
      try results(calls), baseline: try results(baseline), seeds: calls.map(\.conditions.seed))
    sample.isOfEquals = ofEquals
    return gate.measure(sample, target: target, seed: 1)
  }

  /// The verdict at a single look at a single line.
  static func verdict(
    _ text: String, _ calls: [CallRecords], against baseline: [CallRecords] = [],
    ofEquals: Bool = false
  ) throws -> Gate.Verdict {
    let gate = try gate(text)
    return gate.verdict(
      try measure(gate, calls, against: baseline, ofEquals: ofEquals),
      levels: GateLevels(looks: 1, lines: 1))
  }
}

/// Draws calls whose chance is their own: what a network does to one differs from what it does to the next.
struct RandomCalls {
  private var stream: RandomStream

  init(seed: UInt64) { stream = RandomStream(seed: seed, name: "test.calls") }

  /// - Parameter slowness: a factor of the recovery times.
  mutating func call(
    _ number: Int, network: String, slowness: Double = 1
  ) -> CallRecords {
    // A call has its own luck, which all its episodes share.
    let luck = 0.6 + 0.8 * stream.nextUnit()
    let lengths = (0..<Int(2 + stream.next(below: 4))).map { _ in
      let draw = max(1e-6, 1 - stream.nextUnit())
      return Int64((60 - 250 * DeterministicMath.ln(draw)) * luck * slowness)
    }
    var call = SampleCalls.call(number, milliseconds: lengths, network: network)
    call.totals.brokenTime = .milliseconds(lengths.reduce(0, +))
    call.totals.meanShownPSNR = 35 + 2 * stream.nextUnit() - luck
    call.totals.mediaOctets += Int(stream.next(below: 40_000))
    return call
  }
}
