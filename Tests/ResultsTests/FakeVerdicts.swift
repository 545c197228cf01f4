@testable import Results

/// Verdicts of a validation that nobody ran, and calls to go with them.
enum FakeVerdicts {
  /// The object of `validate --json`, by its lines.
  static func json(
    _ lines: [String], networks: [String] = ["wifi", "3g"], baseline: Bool = false,
    verdict: String = "fail"
  ) -> String {
    let places = networks.map {
      """
      {"name": "\($0)", "calls": 6, "findings": [{"severity": "warning", "text": "v.yaml:4: <slow>"}]}
      """
    }
    return """
      {"version": "0.1", "name": "new & <bold>", "verdict": "\(verdict)", "seed": 1,
       "compared": "\(baseline ? "with baseline" : "alone")", "looks": [6], "pass_tail": 0.025,
       "fail_tail": 0.01, "networks": [\(places.joined(separator: ", "))],
       "gates": [\(lines.joined(separator: ",\n"))]}
      """
  }

  static func line(
    _ gate: String, _ network: String, _ verdict: String, unit: String = "ms",
    _ figures: (measured: String, bound: String, lower: String, upper: String),
    worst: String? = nil, reasons: [String] = [], run: Int? = nil
  ) -> String {
    let episodes = (run.map { [$0] } ?? []).flatMap { run in
      ["median", "longest"].map {
        """
        {"rank": "\($0)", "network": "\(network)", "seed": 1, "run": \(run), "episode": 0,
         "duration_ms": 1, "sentence": "Of it.", "chain": "Lost.", "replay": null}
        """
      }
    }
    return """
      {"gate": "\(gate)", "metric": "m", "comparison": "<=", "network": "\(network)",
       "verdict": "\(verdict)", "unit": "\(unit)", "measured": \(figures.measured),
       "bound": \(figures.bound), "baseline": null, "lower": \(figures.lower),
       "upper": \(figures.upper), "calls": 6,
       "worst_network": \(worst.map { "\"\($0)\"" } ?? "null"),
       "reasons": [\(reasons.map { "\"\($0)\"" }.joined(separator: ", "))],
       "episodes": [\(episodes.joined(separator: ", "))]}
      """
  }

  /// Of each verdict one gate on two networks and on all.
  static var lines: [String] {
    let recovery = "recovery.p95 <= 400ms"
    let told = ["measured 900 ms, expected <= 400 ms", "the longest episode (x): Of it. Lost."]
    return [
      line(recovery, "wifi", "pass", ("300", "400", "200", "390")),
      line(recovery, "3g", "fail", ("900", "400", "700", "null"), reasons: told, run: 6),
      line(
        recovery, "all", "fail", ("800", "400", "600", "950"), worst: "3g", reasons: told, run: 6),
      line("freeze.ratio <= 5%", "wifi", "pass", unit: "share", ("0", "0.05", "0", "0.04")),
      line("freeze.ratio <= 5%", "3g", "pass", unit: "share", ("0.01", "0.05", "0", "0.04")),
      line("freeze.ratio <= 5%", "all", "pass", unit: "share", ("0.005", "0.05", "0", "0.03")),
      line(
        "recovery.p99 <= 1s", "wifi", "inconclusive", ("null", "null", "null", "null"),
        reasons: ["12 episodes, at least 300 needed"]),
      line(
        "recovery.p99 <= 1s", "3g", "inconclusive", ("null", "1000", "900", "null"),
        reasons: ["the interval straddles the bound after 6 calls"]),
      line("recovery.p99 <= 1s", "all", "pass", ("700", "1000", "600", "900")),
    ]
  }

  /// Six calls on each network, and as many with the baseline's settings behind each.
  static func calls(baseline: Bool = false) -> [CallRecords] {
    let fake = FakeCampaign()
    var calls: [CallRecords] = []
    for network in ["wifi", "3g"] {
      for seed in 1...6 as ClosedRange<UInt64> {
        for side in baseline ? ["candidate", "baseline"] : [nil] {
          var conditions = fake.conditions(
            network, side == "baseline" ? "sip-info" : "pli", rtt: network == "3g" ? 200 : 50,
            seed: seed)
          conditions.run = calls.count
          conditions.situation = side
          calls.append(fake.call(conditions))
        }
      }
    }
    return calls
  }
}
