import Configuration
import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Gates")
struct GateTests {
  private func gate(_ text: String) throws(ConfigurationMismatch) -> Gate {
    try ConfigurationValue<Gate>.gate.value(of: text)
  }

  @Test("every metric is read with a bound in its unit")
  func reading() throws {
    #expect(try gate("recovery.p95 <= 400ms").metric == .recoveryQuantile(0.95))
    #expect(try gate("recovery.p95 <= 0.4s").bound == 400)
    #expect(try gate("recovery.median<1s").comparison == .below)
    #expect(try gate("freeze.ratio <= 1%").bound == 0.01)
    #expect(try gate("broken.ratio > 0.5%").comparison == .above)
    #expect(try gate("psnr.mean >= 33.5dB").bound == 33.5)
    #expect(try gate("bitrate.mean <= 1.2Mbps").bound == 1_200)
    let within = try gate("repaired_within(500ms) >= 95%")
    #expect(within.metric == .repairedWithin(.milliseconds(500)))
    #expect(within.comparison == .atLeast && within.bound == 0.95)
  }

  @Test(
    "mistakes are refused with what would be right",
    arguments: [
      ("recovery.p95", "a gate such as"),
      ("recovery.p95 = 400ms", "one of the comparisons <=, >=, <, >"),
      ("recovery.p95 =< 400ms", "one of the comparisons"),
      ("recovery.p95 <= 400", "a duration such as"),
      ("recovery.p95 <= ", "a duration such as"),
      ("recovery.p59 <= 400ms", "(did you mean recovery.p50?)"),
      ("recovry.p95 <= 400ms", "(did you mean recovery.p95?)"),
      ("freeze.ratio <= 0.01", "a percentage such as"),
      ("freeze.ratio <= 101%", "a percentage from 0% to 100%"),
      ("psnr.mean >= 33", "a level from 0dB to 100dB"),
      ("psnr.mean >= -1dB", "a level from 0dB to 100dB"),
      ("bitrate.mean <= 300", "a rate with its unit such as"),
      ("repaired_within >= 95%", "(did you mean repaired_within(500ms)?)"),
      ("repaired_within(500) >= 95%", "a duration such as 50ms or 2s between the parentheses"),
      ("repaired_within(500ms >= 95%", "one of the metrics"),
    ])
  func refusals(text: String, expected: String) throws {
    let mismatch = #expect(throws: ConfigurationMismatch.self) { try gate(text) }
    #expect(try #require(mismatch).expectation.contains(expected))
  }

  @Test("a gate passes or fails with its whole interval, and is open otherwise")
  func verdicts() throws {
    let atMost = try gate("recovery.p95 <= 400ms")
    func measured(_ lower: Double, _ upper: Double) -> Estimate {
      .measured((lower + upper) / 2, Interval(lower: lower, upper: upper))
    }
    #expect(atMost.verdict(measured(300, 400)) == .pass)
    #expect(atMost.verdict(measured(401, 500)) == .fail)
    #expect(atMost.verdict(measured(399, 401)) == .inconclusive)
    let below = try gate("recovery.p95 < 400ms")
    #expect(below.verdict(measured(400, 400)) == .fail)
    let atLeast = try gate("psnr.mean >= 33dB")
    #expect(atLeast.verdict(measured(33, 34)) == .pass)
    #expect(atLeast.verdict(measured(31, 32.9)) == .fail)
    #expect(atMost.verdict(.tooFewToTell("no episodes")) == .inconclusive)
    #expect(
      atMost.verdict(.measured(.infinity, Interval(lower: 500, upper: .infinity)))
        == .inconclusive)
    #expect(
      atMost.verdict(.measured(300, Interval(lower: 200, upper: .infinity))) == .inconclusive)
  }

  private func call(_ number: Int, milliseconds: [Int64], open: Int = 0) -> CallRecords {
    var totals = CallTotals()
    totals.duration = .seconds(10)
    totals.frames = 250
    totals.freezeTime = .milliseconds(100)
    totals.brokenTime = .milliseconds(500)
    totals.meanShownPSNR = 34
    totals.mediaOctets = 375_000
    var episodes: [EpisodeRecord] = []
    for (index, length) in milliseconds.enumerated() {
      var episode = EpisodeRecord(episode: index, firstDamagedFrame: 0, lost: .zero)
      episode.end = .zero + .milliseconds(length)
      episode.isCensored = index < open
      episode.recovered = episode.isCensored ? nil : episode.end
      episode.causes[0] = episode.duration
      episodes.append(episode)
    }
    return CallRecords(
      conditions: CallConditions(
        run: number, group: "wifi", mechanism: "pli", roundTrip: .milliseconds(50),
        lossRate: 0.01, meanBurst: nil, proxies: nil, transport: nil, requestInterval: nil,
        source: "talking-head", seed: UInt64(number)),
      totals: totals, episodes: episodes, frames: [], feedback: [])
  }

  private func results(_ calls: [CallRecords]) throws -> ResultSet {
    try ResultSet(
      runs: calls.map(RunRow.init),
      episodes: calls.flatMap { call in
        call.episodes.map { EpisodeRow(conditions: call.conditions, episode: $0) }
      })
  }

  @Test("metrics measure what their names say")
  func estimates() throws {
    let calls = try results((0..<20).map { call($0, milliseconds: [100, 200, 300, 400]) }).calls
    func value(_ text: String) throws -> Double? {
      try gate(text).metric.estimate(calls, seed: 1).value
    }
    #expect(try value("recovery.p50 <= 1s") == 200)
    #expect(try value("recovery.p95 <= 1s") == 400)
    #expect(try value("recovery.mean <= 1s") == 250)
    #expect(try value("repaired_within(300ms) >= 1%") == 0.75)
    #expect(try value("freeze.ratio <= 1%") == 0.01)
    #expect(try value("broken.ratio <= 1%") == 0.05)
    #expect(try value("psnr.mean >= 1dB") == 34)
    #expect(try value("bitrate.mean >= 1kbps") == 300)
  }

  @Test("a quantile that open episodes keep out of reach is inconclusive, never passed")
  func censored() throws {
    let calls = (0..<20).map { call($0, milliseconds: [300, 300, 300, 300], open: 4) }
    let results = try results(calls)
    for text in ["recovery.p95 <= 24h", "recovery.p95 >= 0ms", "recovery.mean <= 24h"] {
      let gate = try gate(text)
      #expect(gate.verdict(gate.metric.estimate(results.calls, seed: 1)) == .inconclusive)
    }
  }

  @Test("a gate does not pass for want of data, though all that was seen keeps it")
  func fewCalls() throws {
    func verdict(_ text: String, calls: Int) throws -> Gate.Verdict {
      let results = try results(
        (0..<calls).map { number in
          var call = call(number, milliseconds: [100, 100, 100])
          call.totals.freezeTime = .zero
          return call
        })
      let gate = try gate(text)
      return gate.verdict(gate.metric.estimate(results.calls, seed: 1))
    }
    #expect(try verdict("repaired_within(500ms) >= 100%", calls: 200) == .inconclusive)
    #expect(try verdict("repaired_within(500ms) >= 95%", calls: 71) == .inconclusive)
    #expect(try verdict("repaired_within(500ms) >= 95%", calls: 72) == .pass)
    #expect(try verdict("repaired_within(50ms) >= 95%", calls: 5) == .fail)
    #expect(try verdict("freeze.ratio <= 5%", calls: 71) == .inconclusive)
    #expect(try verdict("freeze.ratio <= 5%", calls: 72) == .pass)
  }

  @Test("without an episode there is nothing to pass")
  func noEpisodes() throws {
    let results = try results((0..<20).map { call($0, milliseconds: []) })
    for text in ["recovery.p95 <= 24h", "repaired_within(1s) >= 0%", "recovery.mean <= 24h"] {
      let gate = try gate(text)
      #expect(gate.verdict(gate.metric.estimate(results.calls, seed: 1)) == .inconclusive)
    }
  }

  private let settingsText = """
    calls: 6
    settings: {mechanism: pli, network: {rtt: 70ms}}
    networks:
      - {name: wifi, loss: 1%}
      - {name: slow, rtt: 200ms, loss: 5%, burst: 60ms, signalling: {proxies: 2}}
    gates: ["psnr.mean >= 33dB", "freeze.ratio <= 0.5%", "recovery.p99 <= 400ms"]
    """

  @Test("networks lie over the settings, and every network meets the same seeds")
  func settings() throws {
    let settings = try ValidationSettings(ConfigurationFile.parse(settingsText, file: "v.yaml"))
    #expect(settings.networks == ["wifi", "slow"])
    #expect(
      settings.jobs.map(\.group) == Array(repeating: "wifi", count: 6)
        + Array(repeating: "slow", count: 6))
    #expect(settings.jobs[0].scenario.media.forward.oneWayDelay == .milliseconds(35))
    #expect(settings.jobs[6].scenario.media.forward.oneWayDelay == .milliseconds(100))
    #expect(settings.jobs[6].scenario.signalling.proxies == 2)
    #expect(
      settings.jobs[..<6].map(\.scenario.seed) == settings.jobs[6...].map(\.scenario.seed))
  }

  @Test("the report has every gate on every network and over all, lined up, the worst deciding")
  func report() throws {
    let settings = try ValidationSettings(ConfigurationFile.parse(settingsText, file: "v.yaml"))
    let calls =
      (0..<6).map { call($0, milliseconds: [100]) }
      + (6..<12).map { number -> CallRecords in
        var call = call(number, milliseconds: [100])
        call.conditions.group = "slow"
        return call
      }
    let report = GateReport(settings, results: try results(calls))
    #expect(
      report.rows.map(\.network) == [
        "wifi", "slow", "all", "wifi", "slow", "all", "wifi", "slow", "all",
      ])
    #expect(
      report.rows.map(\.verdict) == [
        .pass, .pass, .pass, .fail, .fail, .fail, .inconclusive, .inconclusive, .inconclusive,
      ])
    #expect(report.verdict == .fail)
    let lines = report.text(usesColour: false).split(separator: "\n").map(String.init)
    #expect(lines.count == 10)
    #expect(
      lines[1] == "psnr.mean >= 33dB      wifi     34.00 dB  34.00 dB to 34.00 dB  pass")
    #expect(lines[9].hasSuffix("inconclusive (12 episodes, at least 300 needed)"))
  }

  @Test(
    "mistakes in a settings file are refused where they stand",
    arguments: [
      ("gates: [psnr.mean >= 1dB]\n", "networks: found no network"),
      ("networks: [{name: a}]\n", "gates: found no gate"),
      ("networks: [{name: all}]\ngates: [psnr.mean >= 1dB]\n", "\"all\" is taken"),
      ("networks: [{name: a, los: 1%}]\ngates: [psnr.mean >= 1dB]\n", "unknown key \"los\""),
      (
        "networks: [{name: a, loss: 1}]\ngates: [psnr.mean >= 1dB]\n",
        "v.yaml:1: network.loss: found \"1\""
      ),
      ("networks: [{name: a}]\ngates:\n  - psnr.meen >= 1dB\n", "v.yaml:3: gates[0]: found"),
      (
        "settings: {duration: 5s}\nnetworks: [{name: a}]\ngates: [psnr.mean >= 1dB]\n",
        "settings: unknown key \"duration\""
      ),
      (
        "settings: {codec: {cpu-used: 4}}\nnetworks: [{name: a}]\ngates: [psnr.mean >= 1dB]\n",
        "codec.cpu-used: found 4, expected -16...-1"
      ),
    ])
  func settingsRefusals(text: String, expected: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try ValidationSettings(ConfigurationFile.parse(text, file: "v.yaml"))
    }
    #expect(try #require(error).description.contains(expected))
  }
}
