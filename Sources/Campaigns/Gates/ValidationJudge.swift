import CallSimulation
import Results

/// Judges the gates on the calls that have been run so far, and says where more are needed.
///
/// A line is decided at the first look at which its verdict is certain, and keeps the figures of that look.
struct ValidationJudge {
  private let settings: ValidationSettings
  /// The calls of each network, and the same with the baseline's settings.
  private var calls: [[ResultSet.Call]]
  private var baseline: [[ResultSet.Call]]
  /// How many looks each network has had.
  private var looks: [Int]
  /// A row for each gate and line, nil before the first look.
  private var rows: [[GateReport.Row?]]
  private var slowHops = SlowHops()

  init(_ settings: ValidationSettings) {
    self.settings = settings
    let none = [[ResultSet.Call]](repeating: [], count: settings.cells.count)
    (calls, baseline) = (none, none)
    looks = [Int](repeating: 0, count: settings.cells.count)
    rows = settings.gates.map { _ in settings.lines.map { _ in nil } }
  }

  // MARK: What to run

  /// The networks that need calls, each with the look that these are for; empty where all is decided, or
  /// nothing more may be run.
  var next: [(network: Int, look: Int)] {
    // Where more calls would be more of the same, they are in vain.
    func isOpen(_ line: Int) -> Bool {
      looks.contains(0)
        || !isOneObservation(networks(of: line))
          && rows.contains { $0[line]?.verdict ?? .inconclusive == .inconclusive }
    }
    // All networks together are the last line.
    let isWholeOpen = settings.lines.count > looks.count && isOpen(looks.count)
    return looks.indices.filter {
      looks[$0] < settings.schedule.calls.count && (isWholeOpen || isOpen($0))
    }.map { ($0, looks[$0]) }
  }

  // MARK: What has been run

  /// Takes the calls of the networks that `next` names, and judges what is open.
  ///
  /// - Parameter feedback: the text of feedback.csv with the calls' messages, by which SIP hops are named.
  mutating func add(_ results: [ResultSet.Call], feedback: String) throws(CSVError) {
    try slowHops.add(results, feedback: feedback)
    add(results)
  }

  /// The same without messages: no hop is named.
  mutating func add(_ results: [ResultSet.Call]) {
    for (network, _) in next {
      let name = settings.cells[network].name
      for call in results where call.conditions.group == name {
        if call.conditions.situation == ValidationCell.baselineName {
          baseline[network].append(call)
        } else {
          calls[network].append(call)
        }
      }
      looks[network] += 1
    }
    for gate in rows.indices {
      for line in rows[gate].indices
      where rows[gate][line]?.verdict ?? .inconclusive == .inconclusive {
        rows[gate][line] = row(settings.gates[gate], line: line)
      }
    }
  }

  private func networks(of line: Int) -> [Int] {
    line < looks.count ? [line] : Array(looks.indices)
  }

  /// Whether one of these networks loses the same packets in each call.
  private func isOneObservation(_ networks: [Int]) -> Bool {
    networks.contains { settings.cells[$0].sameLosses != nil }
  }

  private static let oneObservation =
    "a trace loses the same in each call, which makes them one; network.trace-start: random lets them differ"

  private func row(_ gate: Gate, line: Int) -> GateReport.Row {
    let networks = networks(of: line)
    // Of all networks together, each has the same seeds: none counts for more.
    let count = settings.schedule.calls[(networks.map { looks[$0] }.min() ?? 1) - 1]
    var sample = GateSample(
      networks.flatMap { calls[$0] }, baseline: networks.flatMap { baseline[$0] },
      seeds: completeSeeds(count, networks))
    sample.isOfEquals = networks.allSatisfy { settings.cells[$0].isUnchanged }
    let measured =
      isOneObservation(networks)
      ? .tooFewToTell(Self.oneObservation)
      : gate.measure(sample, target: settings.target, seed: settings.seed)
    let verdict = gate.verdict(measured, levels: settings.levels)
    return GateReport.Row(
      gate: gate, network: settings.lines[line], measured: measured, verdict: verdict,
      calls: sample.members.count, levels: settings.levels,
      story: verdict == .pass ? nil : EpisodeStory(sample.members.map(\.call), slowHops))
  }

  /// Of the first seeds, those whose calls have all been simulated, with either settings: pairs are whole.
  private func completeSeeds(_ count: Int, _ networks: [Int]) -> [UInt64] {
    let done = networks.flatMap { network -> [Set<UInt64>] in
      let sides = settings.hasBaseline ? [calls[network], baseline[network]] : [calls[network]]
      return sides.map { Set($0.map(\.conditions.seed)) }
    }
    return settings.seeds(count).filter { seed in done.allSatisfy { $0.contains(seed) } }
  }

  /// The verdicts so far; every line has been judged once (checked).
  var report: GateReport {
    GateReport(
      settings,
      rows: rows.flatMap { $0 }.map { row in
        guard let row else { preconditionFailure("nothing has been judged yet") }
        return row
      }, calls: zip(calls, baseline).map { $0.count + $1.count })
  }
}
