import CallSimulation
import Configuration
import Foundation
import Results

/// A results folder from which single calls are simulated again.
public struct ReplaySource: Sendable {
  /// A call, and what the folder says of it.
  public struct Choice: Sendable {
    public var group: String
    public var run: Int
    public var scenario: Scenario
    /// The rows that are to come out the same, as the folder has them; at least one.
    public var expected: Expected
  }
  public enum Expected: Sendable {
    case call(ExpectedCall)
    /// - settings: how it was followed.
    case probe(ProbeRow, ProbeSettings)
  }

  public let path: String
  public let manifest: Manifest
  private let kind: CampaignDocument.Kind
  private let jobs: [Job]

  /// Reads manifest.json, and makes the list of jobs that the results come from.
  ///
  /// - Throws: `CampaignError.usage` for a folder that is none of `suite` or `validate`,
  ///   `ConfigurationError` where files that the plan names are not as they were.
  public init(path: String) throws {
    self.path = path
    let file = "\(path)/\(Manifest.fileName)"
    guard FileManager.default.fileExists(atPath: file) else {
      throw CampaignError.usage(
        "\(path): found no \(Manifest.fileName), expected a results folder of avpfsim suite or validate"
      )
    }
    let manifest = try Manifest(json: String(contentsOfFile: file, encoding: .utf8), path: file)
    // Paths in the text count from where it was.
    let name = manifest.file ?? file
    let document = CampaignDocument(
      kind: try Self.kind(manifest, path: path, name: name), file: name, text: manifest.plan,
      seed: manifest.seed,
      validation: ValidationPart(
        baseline: manifest.baseline.map {
          ValidationPart.Baseline(file: manifest.baselineFile ?? file, text: $0)
        }))
    self.manifest = manifest
    kind = document.kind
    jobs = try document.jobs()
  }

  /// Folders of earlier versions do not say what their text is; its keys do.
  private static func kind(
    _ manifest: Manifest, path: String, name: String
  ) throws -> CampaignDocument.Kind {
    if let kind = manifest.kind.flatMap(CampaignDocument.Kind.init(rawValue:)) { return kind }
    let node = try ConfigurationFile.parse(manifest.plan, file: name)
    if manifest.kind == nil, node["groups"] != nil { return .plan }
    if manifest.kind == nil, node["gates"] != nil { return .settings }
    throw CampaignError.usage(
      "\(path): found results of a single call, expected those of avpfsim suite or validate; avpfsim run "
        + "with --capture and --filmstrip makes the call again")
  }

  /// Finds a call and its rows.
  ///
  /// - Throws: `CampaignError.usage` where there is none of that number, with those that there are;
  ///   `CSVError` for malformed files.
  public func choice(_ wanted: ReplayIdentifier) throws -> Choice {
    if kind == .settings { return try validated(wanted) }
    for job in jobs {
      guard let call = job.calls.first(where: { $0.run == wanted.run }) else { continue }
      switch (job.work, wanted.part) {
      case (.call, .call), (.call, .episode):
        return Choice(
          group: job.group, run: wanted.run, scenario: call.scenario,
          expected: .call(try expectedCall(wanted)))
      case (.probes(let set), .probe(let number)):
        return Choice(
          group: job.group, run: wanted.run, scenario: call.scenario,
          expected: .probe(try probe(wanted, number), set.settings))
      case (.call, .probe):
        throw CampaignError.usage(
          "--probe: run \(wanted.run) is a whole call of group \(job.group), expected a call with probes; "
            + "--episode \(wanted.run) makes it again")
      case (.probes, _):
        throw CampaignError.usage(
          "--episode: run \(wanted.run) of group \(job.group) has probes only, expected a whole call; "
            + "--probe \(wanted.run)/0 makes its first probe again")
      }
    }
    let last = jobs.flatMap { $0.calls.map(\.run) }.max() ?? 0
    throw CampaignError.usage(
      "\(wanted.flag): found run \(wanted.run), expected one of 0 to \(last) in \(path)")
  }

  /// A call of a validation. How many calls its gates needed, and so the order of the runs, is its
  /// results' matter: runs.csv says on which network a run was, and with which seed. Against a baseline
  /// every second run is the baseline's.
  private func validated(_ wanted: ReplayIdentifier) throws -> Choice {
    if case .probe = wanted.part {
      throw CampaignError.usage("--probe: \(path) is of avpfsim validate, expected --episode")
    }
    let file = "\(path)/\(CSVFile.runs.fileName)"
    let row = try runRow(wanted)
    let sides = manifest.baseline == nil ? 1 : 2
    let group = row.conditions.group
    guard
      let job = jobs.first(where: { $0.group == group && $0.run % sides == wanted.run % sides })
    else {
      throw CampaignError.usage(
        "\(file): found network \(group) at run \(wanted.run), expected one of the settings in "
          + Manifest.fileName)
    }
    var scenario = job.scenario
    scenario.seed = row.conditions.seed
    return Choice(
      group: group, run: wanted.run, scenario: scenario,
      expected: .call(try expectedCall(wanted)))
  }

  private func expectedCall(_ wanted: ReplayIdentifier) throws -> ExpectedCall {
    let rows = try episodes(wanted)
    let run = try runRow(wanted)
    guard case .episode(let number) = wanted.part else {
      return ExpectedCall(run: run, episodes: rows, isWhole: true)
    }
    let chosen = rows.filter { $0.episode.episode == number }
    guard !chosen.isEmpty else {
      throw CampaignError.usage(
        "--episode: found episode \(number), expected one of 0 to "
          + "\(rows.map(\.episode.episode).max() ?? 0), which run \(wanted.run) has in "
          + "\(path)/\(CSVFile.episodes.fileName)")
    }
    return ExpectedCall(run: run, episodes: chosen, isWhole: false)
  }

  private func runRow(_ wanted: ReplayIdentifier) throws -> RunRow {
    let rows = try CSVRowReader<RunRow>(path: "\(path)/\(CSVFile.runs.fileName)").all()
    guard let row = rows.first(where: { $0.conditions.run == wanted.run }) else {
      let last = rows.map(\.conditions.run).max() ?? 0
      throw CampaignError.usage(
        "--episode: found run \(wanted.run), expected one of 0 to \(last) in \(path)")
    }
    return row
  }

  /// All of the call's.
  private func episodes(_ wanted: ReplayIdentifier) throws -> [EpisodeRow] {
    let file = "\(path)/\(CSVFile.episodes.fileName)"
    let reader = try CSVRowReader<EpisodeRow>(path: file)
    var rows: [EpisodeRow] = []
    while let row = try reader.next(whereRun: { $0 == wanted.run }) { rows.append(row) }
    guard !rows.isEmpty else {
      throw CampaignError.usage(
        "--episode: run \(wanted.run) has no episode in \(file), expected a run with one")
    }
    return rows
  }

  private func probe(_ wanted: ReplayIdentifier, _ number: Int) throws -> ProbeRow {
    let file = "\(path)/\(CSVFile.probes.fileName)"
    let reader = try CSVRowReader<ProbeRow>(path: file)
    var numbers: [Int] = []
    while let row = try reader.next(whereRun: { $0 == wanted.run }) {
      if row.probe.number == number { return row }
      numbers.append(row.probe.number)
    }
    throw CampaignError.usage(
      "--probe: found probe \(number), expected one of "
        + "\(numbers.min() ?? 0) to \(numbers.max() ?? 0), which run \(wanted.run) has in \(file)")
  }
}
