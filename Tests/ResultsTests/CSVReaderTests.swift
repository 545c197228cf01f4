import Foundation
import Testing

@testable import Results

@Suite("CSV reader")
struct CSVReaderTests {
  private func records(_ text: String) throws -> [[String]] {
    let reader = CSVReader(name: "t.csv", text: text)
    var records: [[String]] = []
    while try reader.next() {
      records.append(
        (0..<reader.fieldCount).map { String(decoding: reader.field($0), as: UTF8.self) })
    }
    return records
  }

  @Test(
    "RFC 4180's forms are understood",
    arguments: [
      ("", []), ("a,b\n", [["a", "b"]]), ("a,b", [["a", "b"]]), ("a,\n", [["a", ""]]),
      ("a,", [["a", ""]]), (",\n", [["", ""]]), ("a\r\nb\r\n", [["a"], ["b"]]),
      ("\"a,b\",c\n", [["a,b", "c"]]), ("\"a\"\"b\"\n", [["a\"b"]]), ("\"\"\n", [[""]]),
      ("\"a\nb\",c\r\nd,e", [["a\nb", "c"], ["d", "e"]]), ("\"a\"", [["a"]]),
    ] as [(String, [[String]])])
  func forms(text: String, expected: [[String]]) throws {
    #expect(try records(text) == expected)
  }

  @Test(
    "what RFC 4180 does not allow is refused with its line",
    arguments: [
      ("a\n\"b", 2, "the end of the file within quotes"),
      ("a\n\"b\"c\n", 2, "text behind a closing quote"),
      ("a\nb\"c\n", 2, "a quote within an unquoted field"),
      ("\"x\ny\"\na\rb\n", 3, "a carriage return alone"),
    ])
  func malformed(text: String, line: Int, found: String) {
    let error = #expect(throws: CSVError.self) { try records(text) }
    #expect(error?.line == line)
    #expect(error?.found == found)
  }

  @Test("a file longer than the reader's memory is read whole")
  func longFile() throws {
    let path = NSTemporaryDirectory() + "csv-reader-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let call = FakeCampaign().call(FakeCampaign().conditions("g", "pli", rtt: 50, seed: 1))
    let count = 400
    let text =
      CSVFile.episodes.header
      + String(repeating: CSVFile.episodes.lines(for: call), count: count)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try #require(text.utf8.count > 300_000)
    let rows = try CSVRowReader<EpisodeRow>(path: path).all()
    #expect(rows.count == count * call.episodes.count)
    #expect(rows.first == rows[call.episodes.count])
  }

  @Test("a missing file is named")
  func missingFile() {
    let error = #expect(throws: CSVError.self) {
      try CSVRowReader<RunRow>(path: "no/such/runs.csv")
    }
    #expect(
      error?.description
        == "no/such/runs.csv: found no such file or directory, expected a readable file")
  }

  /// The example's episodes with one field replaced.
  private func episodes(replacing column: String, by value: String) throws -> [EpisodeRow] {
    let file = CSVFile.episodes
    let reader = CSVReader(name: "episodes.csv", text: file.lines(for: .example))
    _ = try reader.next()
    var fields = (0..<reader.fieldCount).map {
      String(decoding: reader.field($0), as: UTF8.self).replacing("\"", with: "").replacing(
        ",", with: "")
    }
    let index = try #require(file.columns.firstIndex { $0.name == column })
    fields[index] = value
    let text = file.header + fields.joined(separator: ",") + "\n"
    return try CSVRowReader<EpisodeRow>(CSVReader(name: "episodes.csv", text: text)).all()
  }

  @Test(
    "a field that cannot be is refused with file, line, column, found and expected",
    arguments: [
      (
        "rtt_ms", "fast", "\"fast\"",
        "milliseconds with at most 3 decimals and below 9 million seconds"
      ),
      ("rtt_ms", "", "nothing", "milliseconds"),
      (
        "rtt_ms", "1.2345", "\"1.2345\"",
        "milliseconds with at most 3 decimals and below 9 million seconds"
      ),
      (
        "end_ms", "9999999999999", "\"9999999999999\"",
        "milliseconds with at most 3 decimals and below 9 million seconds"
      ),
      ("run", "1.5", "\"1.5\"", "a whole number"),
      ("run", "", "nothing", "a whole number"),
      ("mechanism", "", "nothing", "a name"),
      ("seed", "-1", "\"-1\"", "a whole number within 64 bits"),
      ("censored", "yes", "\"yes\"", "a whole number"),
      ("censored", "2", "\"2\"", "0 or 1"),
      ("loss_pct", "1%", "\"1%\"", "a number with at most 4 decimals and 15 digits"),
      // These were taken once, and stopped the program where they were written again.
      ("loss_pct", "100.0001", "\"100.0001\"", "a percentage from 0 to 100"),
      ("loss_pct", "-0.0001", "\"-0.0001\"", "a percentage from 0 to 100"),
      (
        "lowest_psnr_db", "9223372036854775.807", "\"9223372036854775.807\"",
        "a number with at most 3 decimals and 15 digits"
      ),
      (
        "lowest_psnr_db", "-1000000000000", "\"-1000000000000\"",
        "a number with at most 3 decimals and 15 digits"
      ),
      ("duration_ms", "100.003", "\"100.003\"", "end_ms - lost_ms, not below 0"),
    ])
  func badField(column: String, value: String, found: String, expected: String) {
    let error = #expect(throws: CSVError.self) { try episodes(replacing: column, by: value) }
    #expect(
      error
        == CSVError(
          file: "episodes.csv", line: 2, column: column, found: found, expected: expected))
    #expect(
      error?.description
        == "episodes.csv, line 2, column \(column): found \(found), expected \(expected)")
  }

  @Test("causes that do not add up are refused")
  func causesThatDoNotAddUp() {
    let error = #expect(throws: CSVError.self) {
      try episodes(replacing: "cause_tcp_ms", by: "0.001")
    }
    #expect(error?.expected == "causes that add up to duration_ms")
  }

  @Test("columns are found by name, in any order and among others")
  func columnOrder() throws {
    let file = CSVFile.feedback
    let names = ["note"] + file.columns.map(\.name).reversed()
    let values =
      ["x"] + ["7", "pli", "0", "pli", "0", "64", "", "1.000", "", "", "lost"].reversed()
    let text = names.joined(separator: ",") + "\n" + values.joined(separator: ",") + "\n"
    let rows = try CSVRowReader<FeedbackRow>(CSVReader(name: "f", text: text)).all()
    #expect(rows.map(\.run) == [7])
    #expect(rows.map(\.message.octets) == [64])
  }

  @Test("a header without a column, or with one twice, is refused")
  func badHeader() {
    let file = CSVFile.feedback
    for (text, found) in [
      (file.header.replacing(",hop", with: ""), "no such column"),
      ("hop," + file.header, "2 columns of that name"),
    ] {
      let error = #expect(throws: CSVError.self) {
        try CSVRowReader<FeedbackRow>(CSVReader(name: "f", text: text))
      }
      #expect(error?.column == "hop")
      #expect(error?.found == found)
    }
    let error = #expect(throws: CSVError.self) {
      try CSVRowReader<FeedbackRow>(CSVReader(name: "f", text: ""))
    }
    #expect(error?.found == "an empty file")
  }

  @Test("a row of another length than the header is refused")
  func rowLength() {
    let text = CSVFile.feedback.header + "1,2\n"
    let error = #expect(throws: CSVError.self) {
      try CSVRowReader<FeedbackRow>(CSVReader(name: "f", text: text)).all()
    }
    #expect(error?.description == "f, line 2: found 2 fields, expected 11 as in the header line")
  }

  @Test("rows of runs that are not wanted are passed over unread")
  func wantedRuns() throws {
    let text =
      CSVFile.feedback.header + "1,not,a,row,,,,,,,\n"
      + CSVFile.feedback.lines(for: .example)
    let reader = try CSVRowReader<FeedbackRow>(CSVReader(name: "f", text: text))
    #expect(try reader.next { $0 == 7 }?.run == 7)
    #expect(try reader.next { $0 == 7 } == nil)
  }
}
