/// A comparison for other programs.
extension ResultComparison {
  /// Every line with its figures; what is not known, or infinite, is null.
  public var json: String {
    let sections = (overall.map { ("overall", $0) } + conditions.map { ("condition", $0) })
      .map { scope, section in
        """
            {"scope": "\(scope)", "name": \(Manifest.quoted(section.name)), \
        "of": "\(section.isOfProbes ? "probes" : "calls")", "count": \(section.count), \
        "seeds": \(section.seeds), "lines": [
        \(section.lines.map { "      \($0.json)" }.joined(separator: ",\n"))
            ]}
        """
      }
    return """
      {
        "paired": \(isPaired),
        "regressed": \(hasRegressed),
        "pairing": [\(pairing.map(Manifest.quoted).joined(separator: ", "))],
        "sections": [
      \(sections.joined(separator: ",\n"))
        ]
      }

      """
  }
}

extension ResultComparison.Line {
  fileprivate var json: String {
    func number(_ value: Double?) -> String {
      guard let value, value.isFinite else { return "null" }
      return FixedPoint.text(value, decimals: 6)
    }
    let members = [
      ("metric", Manifest.quoted(metric.rawValue)), ("a", number(first)), ("b", number(second)),
      ("change", Manifest.quoted(metric.isRatio ? "ratio" : "difference")),
      ("value", number(change.value)), ("lower", number(change.interval?.lower)),
      ("upper", number(change.interval?.upper)), ("p", number(p)),
      ("verdict", Manifest.quoted(verdict.rawValue)),
    ]
    return "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }
}
