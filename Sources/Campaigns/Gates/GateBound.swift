import Configuration

/// What a gate's metric is compared with.
public enum GateBound: Hashable, Sendable {
  /// In the metric's unit.
  case fixed(Double)
  /// `factor * baseline + offset`: the same metric with the settings of another file.
  case baseline(factor: Double, offset: Double)
  /// `factor * target + offset`: the codec's target bitrate.
  case target(factor: Double, offset: Double)

  public var needsBaseline: Bool { if case .baseline = self { true } else { false } }

  private static let names = ["baseline", "target"]

  /// Reads what follows the comparison: `400ms`, `0.5 * baseline`, `baseline - 1dB`, `1.2 * target`.
  static func parse(_ text: String, of metric: Metric) throws(ConfigurationMismatch) -> GateBound {
    let tokens = tokens(text)
    let isLevel =
      tokens.count == 2 && tokens[0].first?.isNumber ?? false && !names.contains(tokens[1])
    guard !isLevel, let position = tokens.firstIndex(where: { $0.first?.isLetter ?? false }) else {
      return .fixed(try metric.unit.parse(text))
    }
    let name = tokens[position]
    guard names.contains(name) else {
      let nearest = nearestName(to: name, among: names)
      throw ConfigurationMismatch(
        "a level in the metric's unit, baseline or target"
          + (nearest.map { " (did you mean \($0)?)" } ?? ""))
    }
    var (front, rest) = (Array(tokens[..<position]), Array(tokens[(position + 1)...]))
    // The factor may stand on either side.
    if front.isEmpty, rest.count >= 2, rest[0] == "*" {
      front = [rest[1], "*"]
      rest.removeFirst(2)
    }
    let factor = try factor(front)
    let offset = try offset(rest, of: metric)
    guard name == "target" else { return .baseline(factor: factor, offset: offset) }
    guard metric.unit == .kilobitsPerSecond else {
      throw ConfigurationMismatch(
        "another bound: target is the codec's bitrate, for bitrate.mean and bitrate.p99")
    }
    return .target(factor: factor, offset: offset)
  }

  private static let general =
    "a bound such as 400ms, 0.5 * baseline, baseline - 1dB or 1.2 * target"

  private static func factor(_ tokens: [String]) throws(ConfigurationMismatch) -> Double {
    if tokens.isEmpty { return 1 }
    guard tokens.count == 2, tokens[1] == "*", let quantity = Quantity(tokens[0]),
      quantity.unit.kind == .number, quantity.unitName.isEmpty, let factor = Double(tokens[0]),
      factor > 0, factor <= 1_000
    else { throw ConfigurationMismatch("\(general); a factor is a number up to 1000") }
    return factor
  }

  private static func offset(
    _ tokens: [String], of metric: Metric
  ) throws(ConfigurationMismatch) -> Double {
    if tokens.isEmpty { return 0 }
    guard let sign = tokens.first, sign == "+" || sign == "-", tokens.count > 1 else {
      throw ConfigurationMismatch(general)
    }
    let level = try metric.unit.parse(tokens[1...].joined(separator: " "))
    return sign == "+" ? level : -level
  }

  /// Words, numbers with their units, and the signs between them.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    func end() {
      if !token.isEmpty { tokens.append(token) }
      token = ""
    }
    for character in text {
      switch character {
      case " ": end()
      case "*", "+", "-":
        end()
        tokens.append(String(character))
      default: token.append(character)
      }
    }
    end()
    return tokens
  }
}
