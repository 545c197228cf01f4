import SimulationKernel
import Testing

@testable import Results

@Suite("Summary table")
struct SummaryTableTests {
  static func results(_ calls: [CallRecords]) throws -> ResultSet {
    func rows<Row: CSVRow>(_ type: Row.Type) throws -> [Row] {
      let text = Row.file.header + calls.map(Row.file.lines).joined()
      return try CSVRowReader<Row>(CSVReader(name: Row.file.fileName, text: text)).all()
    }
    return try ResultSet(runs: rows(RunRow.self), episodes: rows(EpisodeRow.self))
  }

  @Test("the summary of a whole campaign answers who, where and why")
  func whole() throws {
    let summary = SummaryTable(try Self.results(FakeCampaign(seeds: 5).calls()))
    print(summary.text(usesColour: false))
    #expect(summary.mechanisms.rows.map(\.[0]) == FakeCampaign.mechanisms)
    #expect(summary.byNetwork.map(\.rows.count) == [6, 5])
    #expect(summary.byNetwork[0].headings == ["mechanism", "20 ms", "50 ms", "100 ms", "200 ms"])
    #expect(summary.headlines[0].hasPrefix("PLI repairs in 0."))
    #expect(summary.headlines[0].contains("of SIP INFO's time"))
    #expect(summary.causes.rows.last?.first == "all")
  }
}
