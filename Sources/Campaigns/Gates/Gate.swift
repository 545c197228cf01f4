import Configuration
import Results

/// A bound that a metric must keep.
public struct Gate: Hashable, Sendable {
  public enum Comparison: String, CaseIterable, Sendable {
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"

    /// Whether more of the metric is better.
    var isUpward: Bool { self == .atLeast || self == .above }

    /// Whether a metric that lies so far above its bound keeps it.
    func holds(_ difference: Double) -> Bool {
      switch self {
      case .atMost: difference <= 0
      case .atLeast: difference >= 0
      case .below: difference < 0
      case .above: difference > 0
      }
    }
  }

  public typealias Verdict = Verdicts.Verdict

  /// As the file has it.
  public let text: String
  public let metric: Metric
  /// The metric's name, as the file has it.
  public let metricName: String
  public let comparison: Comparison
  public let bound: GateBound

  /// Passed where the whole interval keeps the bound; failed where none of the wider interval does, which
  /// `GateLevels` says more of.
  func verdict(_ measured: GateMeasurement, levels: GateLevels) -> Verdict {
    guard case .measured(let figures) = measured else { return .inconclusive }
    let passing = figures.difference(tail: levels.passTail)
    let failing = figures.difference(tail: levels.failTail)
    if comparison.holds(passing.lower), comparison.holds(passing.upper) { return .pass }
    if !comparison.holds(failing.lower), !comparison.holds(failing.upper) { return .fail }
    return .inconclusive
  }
}

extension ConfigurationValue where Value == Gate {
  /// `recovery.p95 <= 400ms`.
  public static var gate: Self {
    let general = "a gate such as recovery.p95 <= 400ms or psnr.mean >= baseline - 1dB"
    return Self(expectation: general) { (text) throws(ConfigurationMismatch) in
      let signs: (Character) -> Bool = { "<>=≤≥".contains($0) }
      guard let first = text.firstIndex(where: signs) else { throw ConfigurationMismatch(general) }
      let end = text[first...].firstIndex { !signs($0) } ?? text.endIndex
      let name = trimmed(text[..<first])
      let metric = try Metric.parse(name)
      let sign = String(text[first..<end])
      guard let comparison = Gate.Comparison(rawValue: sign) else {
        throw ConfigurationMismatch("one of the comparisons <=, >=, <, >\(nearest(to: sign))")
      }
      let bound = try GateBound.parse(trimmed(text[end...]), of: metric)
      return Gate(
        text: text, metric: metric, metricName: name, comparison: comparison, bound: bound)
    }
  }

  private static func nearest(to sign: String) -> String {
    let known = ["=<": "<=", "≤": "<=", "=>": ">=", "≥": ">="]
    return known[sign].map { " (did you mean \($0)?)" } ?? ""
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
