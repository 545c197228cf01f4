/// The files that a campaign writes, and their rows.
public enum CSVFile: String, CaseIterable, Sendable {
  /// A row a damage episode.
  case episodes
  /// A row a captured frame.
  case frames
  /// A row a feedback message and hop.
  case feedback
  /// A row a call, failed calls included.
  case runs
  /// A row a probe and mechanism, failed ones included.
  case probes

  /// The files of whole calls.
  public static let ofCalls: [CSVFile] = [.episodes, .frames, .feedback, .runs]

  /// The file's name within a results folder.
  public var fileName: String { "\(rawValue).csv" }

  /// The columns in their order; see `ColumnDictionary`.
  public var columns: [CSVColumn] { ColumnDictionary.columns(of: self) }

  /// The first line, newline-ended.
  public var header: String { columns.map(\.name).joined(separator: ",") + "\n" }

  /// The file's rows for one call, each newline-ended; none of probes.csv.
  ///
  /// The causes of each episode must add up to its duration, and every number be finite (checked).
  public func lines(for call: CallRecords) -> String {
    var text = CSVText()
    let conditions = call.conditions
    switch self {
    case .episodes:
      text.reserve(octets: call.episodes.count * 400)
      for episode in call.episodes {
        text.row(EpisodeRow(conditions: conditions, episode: episode.roundedToMicroseconds()))
      }
    case .frames:
      text.reserve(octets: call.frames.count * 140)
      for frame in call.frames {
        text.row(FrameRow(run: conditions.run, mechanism: conditions.mechanism, frame: frame))
      }
    case .feedback:
      text.reserve(octets: call.feedback.count * 80)
      for message in call.feedback {
        text.row(
          FeedbackRow(run: conditions.run, mechanism: conditions.mechanism, message: message))
      }
    case .runs:
      text.row(RunRow(call))
    case .probes: break  // those of a call are followed apart from it
    }
    return text.text
  }

  /// The row of runs.csv for a call that could not be simulated.
  ///
  /// - Parameter reason: one sentence; its line ends are kept, quoted.
  public static func failedLine(run conditions: CallConditions, reason: String) -> String {
    var text = CSVText()
    text.row(RunRow(conditions: conditions, failure: reason))
    return text.text
  }

  /// The row of runs.csv for one call, newline-ended.
  public static func line(for row: RunRow) -> String {
    var text = CSVText()
    text.row(row)
    return text.text
  }

  /// The row of episodes.csv for one episode, newline-ended.
  public static func line(for row: EpisodeRow) -> String {
    var text = CSVText()
    text.row(
      EpisodeRow(conditions: row.conditions, episode: row.episode.roundedToMicroseconds()))
    return text.text
  }

  /// The columns in which two rows of this file differ, as a sentence; nil where they are the same.
  ///
  /// - Throws: `CSVError` for a row that is none.
  public func difference(between expected: String, and found: String) throws(CSVError) -> String? {
    let (old, new) = (try fields(expected), try fields(found))
    let parts = columns.indices.filter { old[$0] != new[$0] }.map { index in
      "\(columns[index].name) is \(new[index].isEmpty ? "empty" : new[index]), expected "
        + (old[index].isEmpty ? "nothing" : old[index])
    }
    guard !parts.isEmpty else { return nil }
    let more = parts.count > 4 ? " and \(parts.count - 4) more columns" : ""
    return parts.prefix(4).joined(separator: "; ") + more
  }

  private func fields(_ row: String) throws(CSVError) -> [String] {
    let reader = CSVReader(name: fileName, text: row)
    guard try reader.next(), reader.fieldCount == columns.count else {
      throw CSVError(
        file: fileName, line: 1, column: nil, found: "\(reader.fieldCount) fields",
        expected: "\(columns.count)")
    }
    return (0..<reader.fieldCount).map { String(decoding: reader.field($0), as: UTF8.self) }
  }

  /// The row of probes.csv for one probe and mechanism, newline-ended.
  public static func line(for probe: ProbeRow) -> String {
    var text = CSVText()
    var probe = probe
    if case .followed(var course) = probe.outcome {
      course.episode = course.episode.roundedToMicroseconds()
      probe.outcome = .followed(course)
    }
    text.row(probe)
    return text.text
  }
}
