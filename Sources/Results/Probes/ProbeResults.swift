import SimulationKernel

/// The rows of probes.csv, held as small as tables and plots allow: a file may have many thousands.
public struct ProbeResults: Sendable {
  /// A probe whose future was followed.
  public struct Followed: Sendable, Equatable {
    public var probe: Probe
    /// The kind of the frame that was hit, as in frames.csv.
    public var kind: String
    /// From the loss to the repair, or to the horizon where censored.
    public var duration: SimDuration
    public var isCensored: Bool
  }

  /// The probes of one call under one mechanism and its conditions.
  public struct Call: Sendable {
    public var conditions: CallConditions
    /// By number.
    public var followed: [Followed] = []
    /// Sums over these, indexed by `Cause.rawValue`.
    public var causes = [SimDuration](repeating: .zero, count: Cause.allCases.count)
  }

  /// A probe whose future was not followed to its end.
  public struct Failure: Sendable, Equatable {
    public var conditions: CallConditions
    public var probe: Probe
    /// One sentence.
    public var reason: String
  }

  /// In the order of their run numbers.
  public private(set) var calls: [Call] = []
  /// In the order of the file.
  public private(set) var failures: [Failure] = []

  /// No probes.
  public init() {}

  /// - Throws: `CSVError` as `init(_:)`.
  public init(rows: [ProbeRow]) throws(CSVError) {
    var collector = Collector(name: CSVFile.probes.fileName)
    for row in rows { try collector.add(row) }
    (calls, failures) = try collector.finished()
  }

  /// Reads the rows one by one.
  ///
  /// - Throws: `CSVError` where a row is malformed, rows of one run differ in their conditions, or a
  ///   run has a probe twice.
  public init(_ reader: CSVRowReader<ProbeRow>, name: String) throws(CSVError) {
    var collector = Collector(name: name)
    while let row = try reader.next() { try collector.add(row) }
    (calls, failures) = try collector.finished()
  }

  /// How many probes were followed.
  public var count: Int { calls.reduce(0) { $0 + $1.followed.count } }

  /// The groups in the order in which the plan names them, those without a followed probe left out.
  var groups: [String] {
    ResultSet.distinct(calls.filter { !$0.followed.isEmpty }.map(\.conditions.group))
  }

  private struct Collector {
    let name: String
    private var calls: [Call] = []
    private var positions: [Int: Int] = [:]
    private var failures: [Failure] = []

    init(name: String) { self.name = name }

    mutating func add(_ row: ProbeRow) throws(CSVError) {
      let position = positions[row.conditions.run] ?? calls.count
      if position == calls.count {
        positions[row.conditions.run] = position
        calls.append(Call(conditions: row.conditions))
      } else if calls[position].conditions != row.conditions {
        throw error(
          "run", "run \(row.conditions.run) under two conditions", "the same in all of its rows")
      }
      switch row.outcome {
      case .failed(let reason):
        failures.append(Failure(conditions: row.conditions, probe: row.probe, reason: reason))
      case .followed(let course):
        calls[position].followed.append(
          Followed(
            probe: row.probe, kind: course.kind, duration: course.episode.duration,
            isCensored: course.episode.isCensored))
        for (cause, span) in course.episode.causes.enumerated() {
          calls[position].causes[cause] += span
        }
      }
    }

    func finished() throws(CSVError) -> ([Call], [Failure]) {
      var calls = calls.sorted { $0.conditions.run < $1.conditions.run }
      for index in calls.indices {
        calls[index].followed.sort { $0.probe.number < $1.probe.number }
        let numbers = calls[index].followed.map(\.probe.number)
        if let twice = zip(numbers, numbers.dropFirst()).first(where: { $0 == $1 }) {
          throw error(
            "probe", "probe \(twice.0) of run \(calls[index].conditions.run) twice",
            "each probe once")
        }
      }
      return (calls, failures)
    }

    private func error(_ column: String, _ found: String, _ expected: String) -> CSVError {
      CSVError(file: name, line: nil, column: column, found: found, expected: expected)
    }
  }
}
