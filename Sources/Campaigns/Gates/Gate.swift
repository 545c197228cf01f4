import Configuration
import Results

/// A bound that a metric must keep.
public struct Gate: Hashable, Sendable {
  public enum Comparison: String, CaseIterable, Sendable {
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"

    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atMost: value <= bound
      case .atLeast: value >= bound
      case .below: value < bound
      case .above: value > bound
      }
    }
  }

  public enum Verdict: String, Sendable { case pass, fail, inconclusive }

  /// As the file has it.
  public let text: String
  public let metric: Metric
  public let comparison: Comparison
  /// In the metric's unit: ms, a fraction, dB, kbit/s.
  public let bound: Double

  /// Passed where the whole interval keeps the bound, failed where none of it does.
  public func verdict(_ estimate: Estimate) -> Verdict {
    guard case .measured(let value, let interval) = estimate, value.isFinite else {
      return .inconclusive
    }
    switch (comparison.holds(interval.lower, bound), comparison.holds(interval.upper, bound)) {
    case (true, true): return .pass
    case (false, false): return .fail
    default: return .inconclusive
    }
  }
}

extension ConfigurationValue where Value == Gate {
  /// `recovery.p95 <= 400ms`.
  public static var gate: Self {
    let general = "a gate such as recovery.p95 <= 400ms or freeze.ratio <= 1%"
    return Self(expectation: general) { (text) throws(ConfigurationMismatch) in
      let signs: (Character) -> Bool = { $0 == "<" || $0 == ">" || $0 == "=" }
      guard let first = text.firstIndex(where: signs) else { throw ConfigurationMismatch(general) }
      let end = text[first...].firstIndex { !signs($0) } ?? text.endIndex
      guard let comparison = Gate.Comparison(rawValue: String(text[first..<end])) else {
        throw ConfigurationMismatch("one of the comparisons <=, >=, <, >")
      }
      let metric = try Metric.parse(trimmed(text[..<first]))
      let bound = try metric.parseBound(trimmed(text[end...]))
      return Gate(text: text, metric: metric, comparison: comparison, bound: bound)
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
