import SimulationKernel
import Testing

@testable import Results

@Suite("Probe tables")
struct ProbeTablesTests {
  private func table(_ summary: SummaryTable, _ begin: String) throws -> TextTable {
    try #require(summary.probes.first?.tables.first { $0.title.hasPrefix(begin) })
  }

  @Test("the figures are those computed by hand")
  func figures() throws {
    // 6 calls with 10 probes each: 100 ... 1000 ms under INFO, half of that under PLI.
    let summary = SummaryTable(try FakeProbes().results())
    #expect(
      summary.headlines
        == [
          "PLI repairs in 0.50 [0.50, 0.50] of SIP INFO's time at 2 hops, RTT 100 ms: means 275 against "
            + "550 ms (60 pairs of the same loss, 6 seeds).",
          "SIP INFO's mean probe of 550 ms goes to: 100 % playout buffer.",
          "PLI's mean probe of 275 ms goes to: 100 % playout buffer.",
          "All of this from group probes, RTT 100 ms, loss 1 %, SIP through 1 proxy (on-path) over TLS "
            + "1.3, INFO: , talking-head, 6 seeds, probes of 1 packet, followed for 5 s.",
        ].map { $0.replacing("INFO: , ", with: "") })
    #expect(
      try table(summary, "Recovery by mechanism").rows == [
        [
          "sip-info", "60", "0", "500 [500, 500]", "900 [900, 900]", "1000 [1000, 1000]",
          "550 [550, 550]",
        ],
        ["pli", "60", "0", "250 [250, 250]", "450 [450, 450]", "500 [500, 500]", "275 [275, 275]"],
      ])
    #expect(
      try table(summary, "Share repaired").rows == [
        [
          "sip-info", "10.0 [10.0, 10.0]", "20.0 [20.0, 20.0]", "50.0 [50.0, 50.0]",
          "100.0 [54.1, 100.0]",
        ],
        [
          "pli", "20.0 [20.0, 20.0]", "50.0 [50.0, 50.0]", "100.0 [54.1, 100.0]",
          "100.0 [54.1, 100.0]",
        ],
      ])
    #expect(
      try table(summary, "The same loss").rows == [
        [
          "pli", "60", "0.50 [0.50, 0.50]", "0.50 [0.50, 0.50]", "-275 [-275, -275]",
          "100.0 [54.1, 100.0]", "0.0 [0.0, 45.9]",
        ]
      ])
    #expect(summary.mechanisms == nil && summary.causes == nil && summary.byNetwork.isEmpty)
  }

  @Test("ratios stand by round-trip time and proxies, and effects by all that varies")
  func conditions() throws {
    let summary = SummaryTable(try FakeProbes.plausible.results())
    let ratios = try table(summary, "Mean recovery over that of SIP INFO")
    #expect(ratios.headings == ["mechanism", "20 ms", "50 ms", "100 ms", "200 ms"])
    #expect(ratios.rows.map(\.[0]) == ["none", "pli", "sli", "rpsi", "sli+rpsi", "nack", "fir"])
    let road = try table(summary, "PLI's mean recovery over that of SIP INFO")
    #expect(road.rows.map(\.[0]) == ["0 proxies", "1 proxy", "3 proxies"])
    // (80 + 200) / (90 + 200 * 1.9), hardness being the same on both sides.
    #expect(road.rows[2][4] == "0.60 [0.60, 0.60]")
    #expect(
      try table(summary, "PLI over SIP INFO by condition").rows.map(\.[0]) == [
        "RTT 20 ms", "RTT 50 ms", "RTT 100 ms", "RTT 200 ms", "0 proxies", "1 proxy", "3 proxies",
        "1 packet lost", "4 packets lost", "frame golden", "frame last",
      ])
    #expect(
      summary.headlines[0].hasPrefix(
        "PLI repairs in 0.82 [0.82, 0.82] of SIP INFO's time at 2 hops, RTT 100 ms: means "))
    #expect(
      summary.headlines.contains(
        "At 2 hops, against SIP INFO's time PLI takes 0.86 [0.86, 0.86] of it at RTT 20 ms and 0.80 "
          + "[0.80, 0.80] of it at RTT 200 ms."))
    #expect(
      summary.headlines.contains(
        "At RTT 100 ms, against SIP INFO's time PLI takes 0.95 [0.95, 0.95] of it at 1 hop and 0.64 "
          + "[0.64, 0.64] of it at 4 hops."))
    for line in summary.text(usesColour: false).split(separator: "\n") {
      #expect(line.count <= 120, "\(line)")
    }
  }

  @Test("open probes are counted, quantiles beyond the horizon are not reached, and means are cut")
  func open() throws {
    var fake = FakeProbes(seeds: 6, probesPerCall: 12)
    fake.horizon = .milliseconds(705)
    let summary = SummaryTable(try fake.results())
    let row = try table(summary, "Recovery by mechanism").rows[0]
    // 100 ... 700 ms repaired, five of twelve open.
    #expect(Array(row[1...3]) == ["72", "30", "600 [600, 600]"])
    #expect(row[4] == "not reached")
    // (2800 + 5 * 700) / 12.
    #expect(row[6] == "525 [525, 525]")
    #expect(try table(summary, "Recovery by mechanism").note.contains("cut at 0.7 s"))
    #expect(try table(summary, "Share repaired").rows[0][4] == "–")
  }

  @Test("probes that cannot be told apart are said to be so, and few seeds make no claim")
  func undecided() throws {
    var same = FakeProbes()
    same.recovery = { conditions, number in
      let sign = (conditions.seed + UInt64(number)) % 2 == 0 ? 1.0 : -1.0
      return 300 + (conditions.mechanism == "pli" ? sign : -sign) * 20 * Double(conditions.seed)
    }
    #expect(
      SummaryTable(try same.results()).headlines[0].hasPrefix(
        "The data do not tell PLI from SIP INFO at 2 hops, RTT 100 ms: the ratio"))
    let few = SummaryTable(try FakeProbes(seeds: 4).results())
    #expect(
      few.headlines[0]
        == "Too few data to tell PLI from SIP INFO at 2 hops, RTT 100 ms (4 seeds, at least 5 needed)."
    )
    #expect(try table(few, "The same loss").rows[0][2] == "too few")
  }

  @Test("one mechanism alone has its figures, and failed probes are counted and named")
  func alone() throws {
    var rows = FakeProbes(mechanisms: ["pli"]).rows
    for index in [3, 4] { rows[index].outcome = .failed("process ended by signal 11") }
    let results = try ResultSet(runs: [], episodes: [], probes: ProbeResults(rows: rows))
    let summary = SummaryTable(results)
    #expect(summary.headlines[0].hasPrefix("PLI repairs within 300 [250, 300] ms"))
    #expect(summary.headlines.last == "2 probes failed and are in no figure.")
    #expect(
      ProbeFailureText.lines(results.probes.failures)
        == ["probes, pli, 2 probes: process ended by signal 11 (first: run 0, probe 3, frame 71)"])
  }

  @Test("with whole calls beside them probes speak of recovery, and calls of sustained loss")
  func both() throws {
    let calls = SummaryTableTests.calls([("sip-info", { _, _ in 300 }), ("pli", { _, _ in 200 })])
    let summary = SummaryTable(try FakeProbes().results(calls: calls))
    #expect(
      summary.headlines[0].hasPrefix(
        "PLI repairs in 0.50 [0.50, 0.50] of SIP INFO's time at 2 hops"))
    #expect(
      summary.headlines.contains {
        $0.hasPrefix(
          "In whole calls, where losses follow one another, the picture is broken for this share of the "
            + "time: SIP INFO 1.0 [1.0, 1.0] %, PLI 1.0 [1.0, 1.0] % (group rtt")
      })
    #expect(!summary.headlines.contains { $0.contains("medians 200") })
    #expect(summary.mechanisms?.rows.count == 2)
    let text = summary.text(usesColour: false)
    #expect(text.contains("from probes") && text.contains("Control, A against A"))
  }

  @Test("each group with probes is told, the one with most mechanisms first")
  func groups() throws {
    var rows = FakeProbes(group: "few").rows
    let more = FakeProbes(group: "many", mechanisms: ["sip-info", "pli", "fir"]).rows
    rows += more.map { row in
      var row = row
      row.conditions.run += 100
      return row
    }
    let summary = SummaryTable(
      try ResultSet(runs: [], episodes: [], probes: ProbeResults(rows: rows)))
    #expect(summary.probes.map(\.group) == ["many", "few"])
    #expect(summary.headlines.contains { $0.hasPrefix("Group few: PLI repairs in 0.50") })
  }
}
