import Results

/// What a results folder says of a call that is simulated again.
public struct ExpectedCall: Sendable {
  /// The call's row of runs.csv.
  public var run: RunRow
  /// Its rows of episodes.csv that are compared, at least one.
  public var episodes: [EpisodeRow]
  /// Whether these are all of them, so that no other one may come out.
  public var isWhole: Bool

  /// The first difference of a call's records from it, a sentence; nil where there is none.
  func difference(from records: CallRecords) throws -> String? {
    for row in episodes {
      let number = row.episode.episode
      guard let own = records.episodes.first(where: { $0.episode == number }) else {
        return "found \(records.episodes.count) episodes, expected one of number \(number)"
      }
      let line = CSVFile.line(for: EpisodeRow(conditions: records.conditions, episode: own))
      if let difference = try CSVFile.episodes.difference(
        between: CSVFile.line(for: row), and: line)
      {
        return "episode \(number): \(difference)"
      }
    }
    if isWhole, records.episodes.count != episodes.count {
      return "found \(records.episodes.count) episodes, expected the \(episodes.count) of "
        + CSVFile.episodes.fileName
    }
    let difference = try CSVFile.runs.difference(
      between: CSVFile.line(for: run), and: CSVFile.line(for: RunRow(records)))
    return difference.map { "\(CSVFile.runs.fileName): \($0)" }
  }
}
