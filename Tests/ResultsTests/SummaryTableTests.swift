import SimulationKernel
import Testing

@testable import Results

@Suite("Summary table")
struct SummaryTableTests {
  static func results(
    _ calls: [CallRecords], failedLines: String = ""
  ) throws -> ResultSet {
    func rows<Row: CSVRow>(_ type: Row.Type, more: String = "") throws -> [Row] {
      let text = Row.file.header + calls.map(Row.file.lines).joined() + more
      return try CSVRowReader<Row>(CSVReader(name: Row.file.fileName, text: text)).all()
    }
    return try ResultSet(
      runs: rows(RunRow.self, more: failedLines), episodes: rows(EpisodeRow.self))
  }

  /// One call a seed and mechanism whose recovery times are given in milliseconds.
  static func calls(
    _ mechanisms: [(name: String, recovery: (Int, UInt64) -> Int64)], seeds: Int = 6,
    group: String = "rtt"
  ) -> [CallRecords] {
    var calls: [CallRecords] = []
    for (name, recovery) in mechanisms {
      for seed in 1...UInt64(seeds) {
        var conditions = FakeCampaign().conditions(group, name, rtt: 100, seed: seed)
        conditions.run = calls.count
        var totals = CallTotals()
        totals.duration = .seconds(60)
        totals.mediaOctets = 750_000
        totals.keyFrames = 3
        totals.brokenTime = .milliseconds(600)
        let episodes = (0..<12).map { number in
          let lost = SimTime.zero + .seconds(Int64(number) * 5)
          var episode = EpisodeRecord(episode: number, firstDamagedFrame: 0, lost: lost)
          episode.isCensored = false
          episode.causes[Cause.playout.rawValue] = .milliseconds(recovery(number, seed))
          episode.end = lost + episode.causes[Cause.playout.rawValue]
          episode.recovered = episode.end
          return episode
        }
        calls.append(
          CallRecords(
            conditions: conditions, totals: totals, episodes: episodes, frames: [], feedback: []))
      }
    }
    return calls
  }

  @Test("where the relay alone varies the tables go along it, and calls are paired by it")
  func relay() throws {
    var calls: [CallRecords] = []
    for (relay, factor) in [(nil, 1), (90, 2), (200, 3)] as [(Int64?, Int64)] {
      var more = Self.calls([
        ("sip-info", { number, _ in factor * 100 * Int64(number + 1) }),
        ("pli", { number, _ in factor * 50 * Int64(number + 1) }),
      ])
      for index in more.indices {
        more[index].conditions.run = calls.count + index
        more[index].conditions.relayRoundTrip = relay.map { .milliseconds($0) }
        more[index].conditions.relayLossRate = relay.map { _ in 0.02 }
      }
      calls += more
    }
    let summary = SummaryTable(try Self.results(calls))
    let medians = try #require(summary.byNetwork.first)
    #expect(medians.title.hasSuffix("by round-trip time through the relay"))
    #expect(medians.headings == ["mechanism", "no relay", "90 ms", "200 ms"])
    #expect(
      medians.rows.first { $0[0] == "pli" }?.dropFirst().map { $0.prefix(4) } == [
        "300 ", "600 ", "900 ",
      ])
    #expect(
      summary.byNetwork.last?.rows.first?.dropFirst().allSatisfy { $0.hasPrefix("0.50") } == true)
    #expect(
      summary.mechanisms?.title.contains("some media relayed (RTT 90–200 ms, loss 2 %)") == true)
  }

  @Test("groups that no table speaks of are named, and none where there is one group")
  func otherGroups() throws {
    let one = Self.calls([("pli", { _, _ in 100 }), ("sip-info", { _, _ in 200 })])
    #expect(SummaryTable(try Self.results(one)).otherGroupsSentence == nil)
    var more = Self.calls([("pli", { _, _ in 100 })], group: "packets")
    for index in more.indices { more[index].conditions.run += one.count }
    let summary = SummaryTable(try Self.results(one + more))
    #expect(summary.otherGroups == ["packets"])
    let sentence = try #require(summary.otherGroupsSentence)
    #expect(sentence.hasSuffix("they vary what a plot shows: packets."))
    // Wrapped on a terminal.
    let text = summary.text(usesColour: false).replacing("\n", with: " ")
    #expect(text.contains(sentence))
  }

  @Test("the summary of a whole campaign answers who, where and why")
  func whole() throws {
    let summary = SummaryTable(try Self.results(FakeCampaign(seeds: 5).calls()))
    #expect(summary.mechanisms?.rows.map(\.[0]) == FakeCampaign.mechanisms)
    #expect(summary.byNetwork.map(\.rows.count) == [6, 5])
    #expect(summary.byNetwork[0].headings == ["mechanism", "20 ms", "50 ms", "100 ms", "200 ms"])
    #expect(summary.headlines[0].hasPrefix("PLI repairs in 0."))
    #expect(summary.headlines[0].contains("of SIP INFO's time"))
    #expect(summary.causes?.rows.last?.first == "all")
    for line in summary.text(usesColour: false).split(separator: "\n") {
      #expect(line.count <= 120, "\(line)")
    }
  }

  /// Calls of a group at several loss rates, with episodes where any is given.
  static func calls(
    group: String, _ mechanisms: [(name: String, recovery: Int64)], losses: [Double],
    withEpisodes: (_ mechanism: String, _ loss: Double) -> Bool
  ) -> [CallRecords] {
    losses.flatMap { loss in
      calls(
        mechanisms.map { mechanism in
          (mechanism.name, { number, _ in mechanism.recovery * Int64(number + 1) })
        }, group: group
      ).map { call in
        var call = call
        call.conditions.lossRate = loss
        if !withEpisodes(call.conditions.mechanism, loss) { call.episodes = [] }
        return call
      }
    }
  }

  /// The calls of several groups with run numbers of their own.
  static func numbered(_ groups: [CallRecords]...) -> [CallRecords] {
    groups.joined().enumerated().map { number, call in
      var call = call
      call.conditions.run = number
      return call
    }
  }

  @Test("tables and sentences go along the values that have episodes")
  func valuesWithoutEpisodes() throws {
    let mechanisms = [("sip-info", Int64(100)), ("pli", 50), ("nack", 10)]
    let calls = Self.numbered(
      Self.calls(group: "loss", mechanisms, losses: [0, 0.02, 0.05]) { mechanism, loss in
        loss > 0 && mechanism != "nack"
      })
    let summary = SummaryTable(try Self.results(calls))
    #expect(summary.byNetwork[0].headings == ["mechanism", "2 %", "5 %"])
    #expect(
      summary.headlines.contains {
        $0.hasPrefix(
          "By loss rate, against SIP INFO's time PLI takes 0.50 [0.50, 0.50] of it at 2 %")
      })
    // No episode is not an episode of no length.
    #expect(summary.causes?.rows.last == ["all", "650.0", "325.0", "–"])
    let single = Self.numbered(
      Self.calls(group: "loss", mechanisms, losses: [0, 0.02]) { _, loss in loss > 0 })
    #expect(SummaryTable(try Self.results(single)).byNetwork.isEmpty)
  }

  @Test("headlines speak of a group with episodes rather than of one with more mechanisms")
  func headlineGroupWithEpisodes() throws {
    let two = [("sip-info", Int64(100)), ("pli", 50)]
    let calls = Self.numbered(
      Self.calls(group: "quiet", two + [("sli", 10)], losses: [0]) { _, _ in false },
      Self.calls(group: "lossy", two, losses: [0.02]) { _, _ in true })
    #expect(try Self.results(calls).headlineGroup == "lossy")
    let quiet = Self.numbered(
      Self.calls(group: "few", two, losses: [0]) { _, _ in false },
      Self.calls(group: "many", two + [("sli", 10)], losses: [0]) { _, _ in false })
    #expect(try Self.results(quiet).headlineGroup == "many")
  }

  @Test("the figures are those computed by hand")
  func figures() throws {
    let calls = Self.calls([
      ("sip-info", { number, _ in 100 * Int64(number + 1) }),
      ("pli", { number, _ in 50 * Int64(number + 1) }),
    ])
    let summary = SummaryTable(try Self.results(calls))
    // 6 calls with recoveries of 100 ... 1200 and 50 ... 600 ms each: no call differs.
    let sip = [
      "sip-info", "72", "0", "600 [600, 600]", "1200 [1200, 1200]", "41.7 %", "1.00 %", "3.0",
      "100", "1",
    ]
    let pli = [
      "pli", "72", "0", "300 [300, 300]", "600 [600, 600]", "83.3 %", "1.00 %", "3.0", "100",
      "0.50 [0.50, 0.50]",
    ]
    #expect(summary.mechanisms?.rows == [sip, pli])
    #expect(
      summary.headlines[0]
        == "PLI repairs in 0.50 [0.50, 0.50] of SIP INFO's time: "
        + "medians 300 [300, 300] against 600 [600, 600] ms.")
    #expect(summary.byNetwork.isEmpty)
    #expect(
      summary.causes?.rows == [["playout buffer", "650.0", "325.0"], ["all", "650.0", "325.0"]])
  }

  @Test("each situation has a row: SIP INFO beside PLI on the same network, by hand")
  func situations() throws {
    var calls: [CallRecords] = []
    func add(_ situation: String?, _ mechanism: String, _ recovery: Int64) {
      // 72 episodes: enough for p95.
      for var call in Self.calls(
        [(mechanism, { number, _ in recovery * Int64(number + 1) })], group: "roads")
      {
        call.conditions.run = calls.count
        call.conditions.situation = situation
        let cause = mechanism == "pli" ? Cause.playout : .tcp
        for index in call.episodes.indices {
          let span = call.episodes[index].causes[Cause.playout.rawValue]
          call.episodes[index].causes[Cause.playout.rawValue] = .zero
          call.episodes[index].causes[cause.rawValue] = span
        }
        calls.append(call)
      }
    }
    add("direct", "sip-info", 50)
    add("dead, or not", "sip-info", 200)
    // The calls that no situation touches are made once.
    add(nil, "pli", 50)
    // Another situation's own are nobody else's.
    add("slow", "pli", 5_000)
    let summary = SummaryTable(try Self.results(calls))
    let table = try #require(summary.situations)
    #expect(
      table.rows == [
        [
          "direct", "300", "300", "600", "600", "1.00 [1.00, 1.00]", "1.0 %",
          "1.0 %", "SIP transport 325 ms",
        ],
        [
          "dead, or not", "1200", "300", "2400", "600", "4.00 [4.00, 4.00]",
          "1.0 %", "1.0 %", "SIP transport 1300 ms",
        ],
      ])
    #expect(table.note.contains("roads, RTT 100 ms, loss 1 %, 6 seeds"))
    #expect(summary.text(usesColour: false).contains("Where SIP INFO loses"))
    #expect(summary.otherGroupsSentence == nil)
    let plain = Self.calls([("pli", { _, _ in 100 }), ("sip-info", { _, _ in 200 })])
    #expect(SummaryTable(try Self.results(plain)).situations == nil)
  }

  @Test("mechanisms that do not differ are not told apart")
  func undecided() throws {
    let calls = Self.calls([
      ("sip-info", { number, seed in 100 + 20 * Int64(seed) + 10 * Int64(number) }),
      ("pli", { number, seed in 100 + 20 * Int64(7 - seed) + 10 * Int64(number) }),
    ])
    let headline = SummaryTable(try Self.results(calls)).headlines[0]
    #expect(headline.hasPrefix("The data do not tell PLI from SIP INFO: the ratio"))
  }

  @Test("too few calls make no claim, and failed calls are told")
  func tooFew() throws {
    let calls = Self.calls([("sip-info", { _, _ in 300 }), ("pli", { _, _ in 100 })], seeds: 2)
    var conditions = calls[0].conditions
    conditions.run = 99
    let failed = CSVFile.failedLine(run: conditions, reason: "no codec")
    let summary = SummaryTable(try Self.results(calls, failedLines: failed))
    #expect(
      summary.headlines.first
        == "Too few data to tell PLI from SIP INFO (2 seeds, at least 5 needed).")
    #expect(summary.headlines.last == "1 call failed and is in no figure.")
    #expect(summary.mechanisms?.rows[1][3] == "too few")
  }

  @Test("a single call has a summary too")
  func singleCall() throws {
    let calls = Self.calls([("pli", { _, _ in Int64(100) })], seeds: 1, group: "run")
    let summary = SummaryTable(try Self.results(calls))
    #expect(summary.headlines[0].hasPrefix("PLI: 12 episodes, 0 open at the end; too few"))
    #expect(summary.mechanisms?.headings.last == "media\nkbit/s")
  }

  @Test("calls of one seed under several conditions are one cluster: their channel is the same")
  func sharedSeeds() throws {
    // Four seeds, each under three round-trip times: twelve calls, which tell no more of chance.
    func calls(seeds: Int) -> [CallRecords] {
      var calls: [CallRecords] = []
      for roundTrip: Int64 in [20, 50, 100] {
        for var call in Self.calls(
          [
            ("sip-info", { number, seed in 100 * Int64(number + 1) + 10 * Int64(seed) }),
            ("pli", { number, seed in 50 * Int64(number + 1) + 10 * Int64(seed) }),
          ], seeds: seeds)
        {
          call.conditions.run = calls.count
          call.conditions.roundTrip = .milliseconds(roundTrip)
          calls.append(call)
        }
      }
      return calls
    }
    let four = SummaryTable(try Self.results(calls(seeds: 4)))
    #expect(
      four.headlines[0] == "Too few data to tell PLI from SIP INFO (4 seeds, at least 5 needed).")
    let rows = try #require(four.mechanisms?.rows)
    #expect(rows[0][3] == "too few" && rows[0][6] == "too few")
    #expect(SummaryTable(try Self.results(calls(seeds: 5))).headlines[0].hasPrefix("PLI repairs"))
  }

  @Test("an episode of no known run, and a run twice, are refused")
  func unfitting() {
    let call = CallRecords.example
    let row = EpisodeRow(conditions: call.conditions, episode: call.episodes[0])
    let orphan = #expect(throws: CSVError.self) { try ResultSet(runs: [], episodes: [row]) }
    #expect(orphan?.found == "an episode of run 7")
    let twice = #expect(throws: CSVError.self) {
      try ResultSet(runs: [RunRow(call), RunRow(call)], episodes: [])
    }
    #expect(twice?.found == "run 7 twice")
  }

  @Test("columns line up, and only colour adds escape sequences")
  func textTable() {
    let table = TextTable(
      title: "Title", headings: ["name", "a\nlong heading"],
      rows: [["x", "1"], ["ever so", "∞"]],
      note: "Note.")
    #expect(
      table.text(usesColour: false) == """
        Title

                            a
        name     long heading
        ───────  ────────────
        x                   1
        ever so             ∞
        Note.

        """)
    let coloured = table.text(usesColour: true)
    #expect(coloured.hasPrefix("\u{1B}[1mTitle\u{1B}[0m\n"))
    #expect(
      coloured.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "")
        == table.text(usesColour: false))
  }

  @Test("lines break neither before a unit nor within an interval")
  func wrapping() {
    #expect(
      TextTable.wrapped("about 12 [10, 14] ms and 5 % more", width: 12)
        == ["about", "12 [10, 14] ms", "and 5 % more"])
  }
}
