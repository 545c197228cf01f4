import Foundation
import SimulationKernel

/// The calls of a results folder as its CSV files tell them.
public struct ResultSet: Sendable {
  /// One call and its episodes.
  public struct Call: Sendable {
    public var run: RunRow
    public var episodes: [EpisodeRecord]

    public var conditions: CallConditions { run.conditions }
  }

  /// In the order of their run numbers, failed calls left out.
  public let calls: [Call]
  /// The calls that could not be simulated.
  public let failures: [RunRow]
  public let probes: ProbeResults

  /// Reads runs.csv, episodes.csv and, where there is one, probes.csv of a folder.
  ///
  /// - Throws: `CSVError` where a file is missing or malformed, or the two of calls do not fit together.
  public init(folder: String) throws(CSVError) {
    let runs = try CSVRowReader<RunRow>(path: "\(folder)/\(CSVFile.runs.fileName)").all()
    let path = "\(folder)/\(CSVFile.episodes.fileName)"
    let episodes = try CSVRowReader<EpisodeRow>(path: path).all()
    let probesPath = "\(folder)/\(CSVFile.probes.fileName)"
    let probes =
      access(probesPath, F_OK) == 0
      ? try ProbeResults(CSVRowReader(path: probesPath), name: probesPath) : ProbeResults()
    try self.init(runs: runs, episodes: episodes, episodesName: path, probes: probes)
  }

  /// - Throws: `CSVError` where two runs share a number or an episode's run is not among `runs`.
  public init(
    runs: [RunRow], episodes: [EpisodeRow], episodesName: String = CSVFile.episodes.fileName,
    probes: ProbeResults = ProbeResults()
  ) throws(CSVError) {
    var calls: [Call] = []
    var positions: [Int: Int] = [:]
    for run in runs.sorted(by: { $0.conditions.run < $1.conditions.run }) where run.outcome != nil {
      guard positions.updateValue(calls.count, forKey: run.conditions.run) == nil else {
        throw CSVError(
          file: CSVFile.runs.fileName, line: nil, column: "run",
          found: "run \(run.conditions.run) twice", expected: "each run once")
      }
      calls.append(Call(run: run, episodes: []))
    }
    for row in episodes {
      guard let position = positions[row.conditions.run] else {
        throw CSVError(
          file: episodesName, line: nil, column: "run",
          found: "an episode of run \(row.conditions.run)",
          expected: "a run with status ok in \(CSVFile.runs.fileName)")
      }
      calls[position].episodes.append(row.episode)
    }
    self.calls = calls
    failures = runs.filter { $0.outcome == nil }
    self.probes = probes
  }

  /// The groups in the order in which the plan names them.
  public var groups: [String] { Self.distinct(calls.map(\.conditions.group)) }

  /// The group that headlines and the main table of whole calls speak of: `rtt` or `loss` where there
  /// is one, otherwise the one in which most mechanisms have episodes, of equals the one with most
  /// mechanisms; nil without calls.
  public var headlineGroup: String? {
    let groups = groups
    return ["rtt", "loss"].first(where: groups.contains)
      ?? Self.richest(groups) { counts(calls(in: $0)) }
  }

  /// The mechanisms that have something to show, and all.
  private func counts(_ calls: [Call]) -> (Int, Int) {
    (mechanisms(of: Self.damaged(calls)).count, mechanisms(of: calls).count)
  }

  /// The first of those with the greatest counts.
  private static func richest<Value>(_ values: [Value], by counts: (Value) -> (Int, Int)) -> Value?
  {
    let all = values.map(counts)
    guard let most = all.max(by: <) else { return nil }
    return all.firstIndex { $0 == most }.map { values[$0] }
  }

  /// The group along which a condition varies most usefully: the headline group if it has episodes
  /// at several values there, otherwise the one in which most mechanisms have them, the first of
  /// equals.
  ///
  /// - Returns: its calls, but those at values without any episode: such a value has no figure.
  func group(varying value: (CallConditions) -> Double?) -> [Call]? {
    let candidates = groups.compactMap { group -> [Call]? in
      let calls = calls(in: group)
      let values = Set(Self.damaged(calls).compactMap { value($0.conditions) })
      guard values.count > 1 else { return nil }
      return calls.filter { call in value(call.conditions).map(values.contains) ?? true }
    }
    if let headline = candidates.first(where: { $0[0].conditions.group == headlineGroup }) {
      return headline
    }
    return Self.richest(candidates, by: counts)
  }

  func calls(in group: String) -> [Call] { calls.filter { $0.conditions.group == group } }

  /// The mechanisms of some calls: the known ones in their order, others behind.
  func mechanisms(of calls: [Call]) -> [MechanismStyle] {
    MechanismStyle.ordered(calls.map(\.conditions.mechanism))
  }

  /// The calls with an episode. Which mechanisms and values of a condition have figures goes by these;
  /// the figures themselves go by all calls of such a mechanism or value, as calls are what intervals
  /// draw from.
  static func damaged(_ calls: [Call]) -> [Call] { calls.filter { !$0.episodes.isEmpty } }

  /// The different values in the order of their first appearance.
  static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}

/// How a mechanism is named and drawn.
struct MechanismStyle: Equatable, Sendable {
  /// As in the files.
  var name: String
  /// As in sentences and legends.
  var title: String
  /// Colours from Okabe and Ito's set, told apart by colour-blind readers.
  var colour: String
  /// gnuplot's dash pattern, a second way to tell lines apart.
  var dash: String
  /// gnuplot's point type, a third one.
  var point: Int

  static let known = [
    MechanismStyle(name: "none", title: "no requests", colour: "#6b6b6b", dash: "(2,3)", point: 12),
    MechanismStyle(
      name: "sip-info", title: "SIP INFO", colour: "#d55e00", dash: "(12,4)", point: 7),
    MechanismStyle(name: "pli", title: "PLI", colour: "#0072b2", dash: "solid", point: 5),
    MechanismStyle(name: "sli", title: "SLI", colour: "#e69f00", dash: "(6,3)", point: 9),
    MechanismStyle(name: "rpsi", title: "RPSI", colour: "#009e73", dash: "(10,3,2,3)", point: 11),
    MechanismStyle(
      name: "sli+rpsi", title: "SLI+RPSI", colour: "#a6478b", dash: "(4,2,1,2)", point: 13),
    MechanismStyle(name: "nack", title: "NACK", colour: "#56b4e9", dash: "(8,2)", point: 4),
    MechanismStyle(
      name: "nack+pli", title: "NACK+PLI", colour: "#000000", dash: "(8,2,2,2)", point: 6),
    MechanismStyle(name: "fir", title: "FIR", colour: "#882255", dash: "(3,3)", point: 8),
    MechanismStyle(
      name: "sip-info+pli", title: "SIP INFO+PLI", colour: "#332288", dash: "(12,3,3,3)", point: 10),
  ]

  /// The known ones in their order, others behind, each once.
  static func ordered(_ names: [String]) -> [MechanismStyle] {
    let names = ResultSet.distinct(names)
    let known = known.filter { names.contains($0.name) }
    let others = names.filter { name in !known.contains { $0.name == name } }
    return known + others.enumerated().map { MechanismStyle(unknown: $1, position: $0) }
  }

  /// A mechanism as in sentences and legends; as in the files where it is not known.
  static func title(of name: String) -> String {
    known.first { $0.name == name }?.title ?? name
  }

  init(name: String, title: String, colour: String, dash: String, point: Int) {
    self.name = name
    self.title = title
    self.colour = colour
    self.dash = dash
    self.point = point
  }

  init(unknown name: String, position: Int) {
    let colours = ["#aa4499", "#117733", "#f0e442", "#999933"]
    self.init(
      name: name, title: name, colour: colours[position % colours.count], dash: "solid",
      point: [1, 3, 4, 6][position % 4])
  }
}
