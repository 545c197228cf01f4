import SimulationKernel

/// Where SIP INFO loses to PLI, and where it does not: a row for each situation of a plan.
struct SituationTable {
  /// INFO's calls in a situation, and PLI's on the same network.
  private struct Row {
    var situation: String
    var info: CallSample
    var pli: CallSample
  }

  private let rows: [Row]
  private let seed: UInt64

  /// nil where no situation has calls with SIP INFO that some with PLI stand beside.
  init?(_ results: ResultSet, seed: UInt64) {
    var rows: [Row] = []
    for group in results.groups {
      let calls = results.calls(in: group)
      for situation in ResultSet.distinct(calls.compactMap(\.conditions.situation)) {
        let info = calls.filter {
          $0.conditions.situation == situation && $0.conditions.mechanism == "sip-info"
        }
        let pli = Self.counterparts(of: info, in: calls, situation: situation)
        guard !info.isEmpty, !pli.isEmpty else { continue }
        rows.append(
          Row(situation: situation, info: CallSample(info), pli: CallSample(pli)))
      }
    }
    guard !rows.isEmpty else { return nil }
    self.rows = rows
    self.seed = seed
  }

  /// PLI's calls of the same situation, or those of none: a plan makes the calls that a situation does
  /// not touch, since it changes the road of SIP alone, once for all.
  private static func counterparts(
    of info: [ResultSet.Call], in calls: [ResultSet.Call], situation: String
  ) -> [ResultSet.Call] {
    let pli = calls.filter { $0.conditions.mechanism == "pli" }
    let own = pli.filter { $0.conditions.situation == situation }
    let networks = Set(info.map(Network.init))
    return own.isEmpty
      ? pli.filter { $0.conditions.situation == nil && networks.contains(Network($0)) } : own
  }

  private struct Network: Hashable {
    var roundTrip: SimDuration
    var lossRate: Double
    var meanBurst: SimDuration?
    var source: String
    var duration: SimDuration?

    init(_ call: ResultSet.Call) {
      roundTrip = call.conditions.roundTrip
      lossRate = call.conditions.lossRate
      meanBurst = call.conditions.meanBurst
      source = call.conditions.source
      duration = call.run.outcome?.totals.duration
    }
  }

  var table: TextTable {
    TextTable(
      title: "Where SIP INFO loses, and where it does not: recovery ms",
      headings: [
        "situation", "INFO\np50", "PLI\np50", "INFO\np95", "PLI\np95",
        "INFO over PLI\np95 [95 % CI]", "broken\nINFO", "broken\nPLI",
        "what INFO waits\nlonger for",
      ],
      rows: rows.map(cells),
      note: "Each row has SIP INFO and PLI on the same network and seeds, in a group of its plan: "
        + "\(conditions). The last column is the cause of which INFO's mean episode has most more "
        + "than PLI's. \"too few\": not enough calls or episodes to tell; long episodes swallow "
        + "others, and then broken time tells them apart.")
  }

  private var conditions: String {
    let calls = rows.flatMap { $0.info.calls + $0.pli.calls }
    let groups = ResultSet.distinct(calls.map(\.conditions.group)).joined(separator: ", ")
    let seeds = ResultSet.distinct(calls.map(\.conditions.seed)).count
    let trips = calls.compactMap { NetworkAxis.roundTrip.value(of: $0.conditions) }
    let losses = calls.compactMap { NetworkAxis.loss.value(of: $0.conditions) }
    return "\(groups), RTT \(FigureText.range(trips)) ms, loss \(FigureText.range(losses)) %, "
      + (seeds == 1 ? "1 seed" : "\(seeds) seeds")
  }

  private func cells(_ row: Row) -> [String] {
    func quantile(_ sample: CallSample, _ p: Double) -> String {
      switch sample.recovery(p, seed: seed) {
      case .tooFewToTell: "too few"
      case .measured(let value, _):
        value.isFinite ? FigureText.milliseconds(value) : "not reached"
      }
    }
    func ratio(_ p: Double) -> String {
      FigureText.estimate(
        row.info.ratio(to: row.pli, quantile: p, seed: seed), FigureText.ratio)
    }
    func broken(_ sample: CallSample) -> String {
      sample.brokenShare(seed: seed).value.map { FigureText.percent($0) + " %" } ?? "too few"
    }
    return [
      row.situation, quantile(row.info, 0.5), quantile(row.pli, 0.5), quantile(row.info, 0.95),
      quantile(row.pli, 0.95), ratio(0.95), broken(row.info), broken(row.pli), excess(row),
    ]
  }

  /// The cause with the greatest difference in the mean episode, "SIP transport 110 ms"; a dash where
  /// none is above a millisecond.
  private func excess(_ row: Row) -> String {
    let differences = zip(row.info.meanCauses, row.pli.meanCauses).map { $0 - $1 }
    guard
      let greatest = Cause.allCases.max(by: {
        (differences[$0.rawValue], $1.rawValue) < (differences[$1.rawValue], $0.rawValue)
      }), differences[greatest.rawValue] >= 1
    else { return "–" }
    return
      "\(greatest.title) \(FigureText.milliseconds(differences[greatest.rawValue])) ms"
  }
}
