import FuzzSupport
import Results

/// The first octet tells which of the files the text behind it is, and whether its header line is
/// put before it or is part of the text.
@main
enum CSVFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let first = octets.first else { return }
    let file = CSVFile.allCases[Int(first & 7) % CSVFile.allCases.count]
    let header = first & 8 == 0 ? file.header : ""
    let text = header + String(decoding: octets[1...], as: UTF8.self)
    switch file {
    case .episodes:
      check(text) { (row: EpisodeRow) in
        CallRecords(conditions: row.conditions, episodes: [row.episode])
      }
    case .frames:
      check(text) { (row: FrameRow) in
        CallRecords(
          conditions: CallConditions(run: row.run, mechanism: row.mechanism), frames: [row.frame])
      }
    case .feedback:
      check(text) { (row: FeedbackRow) in
        CallRecords(
          conditions: CallConditions(run: row.run, mechanism: row.mechanism),
          feedback: [row.message])
      }
    case .runs:
      // Of a call that failed the row is all there is; that of another is derived from its episodes.
      for row in rows(RunRow.self, of: text) {
        guard let failure = row.failure else { continue }
        let line = CSVFile.failedLine(run: row.conditions, reason: failure)
        check(rows(RunRow.self, of: CSVFile.runs.header + line) == [row], "not read again: \(line)")
      }
    case .probes:
      for row in rows(ProbeRow.self, of: text) {
        let line = CSVFile.line(for: row)
        check(
          rows(ProbeRow.self, of: CSVFile.probes.header + line) == [row], "not read again: \(line)")
      }
    }
  }
}

/// The rows up to the first that is refused.
private func rows<Row: CSVRow>(_ type: Row.Type, of text: String) -> [Row] {
  var rows: [Row] = []
  guard let reader = try? CSVRowReader<Row>(CSVReader(name: Row.file.fileName, text: text)) else {
    return rows
  }
  while let row = try? reader.next() { rows.append(row) }
  return rows
}

/// Checks that the rows that are taken read as themselves when they are written again.
private func check<Row: CSVRow & Equatable>(
  _ text: String, writtenAs records: (Row) -> CallRecords
) {
  let taken = rows(Row.self, of: text)
  guard !taken.isEmpty else { return }
  let lines = taken.map { Row.file.lines(for: records($0)) }.joined()
  let again = rows(Row.self, of: Row.file.header + lines)
  check(again == taken, "\(taken) is written as \(lines) and read as \(again)")
}

extension CallRecords {
  fileprivate init(
    conditions: CallConditions, episodes: [EpisodeRecord] = [], frames: [FrameRecord] = [],
    feedback: [FeedbackRecord] = []
  ) {
    self.init(
      conditions: conditions, totals: CallTotals(), episodes: episodes, frames: frames,
      feedback: feedback)
  }
}

extension CallConditions {
  /// Of the conditions these rows tell no more.
  fileprivate init(run: Int, mechanism: String) {
    self.init(
      run: run, group: "", mechanism: mechanism, roundTrip: .zero, lossRate: 0, meanBurst: nil,
      proxies: nil, transport: nil, placement: nil, requestInterval: nil, source: "", seed: 0)
  }
}
