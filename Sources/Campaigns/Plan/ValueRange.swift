import Configuration

/// Values from one to another, both included: `20ms..200ms in 5 steps`, `0.5%..10% in 8 steps log`,
/// and `0..3`, which is every whole number.
struct ValueRange {
  enum Spacing { case even, logarithmic }

  static let example = "20ms..200ms in 5 steps"
  static let stepCounts = 2...1_000
  /// Digits of an end, which leave room for exact arithmetic.
  private static let maximumDigits = 9

  let lower: Quantity
  let upper: Quantity
  /// The number of values; nil where the text gives none.
  let steps: Int?
  let spacing: Spacing

  /// Whether a text is meant as a range. What begins with a number and has two dots is; a path of a
  /// file, which may have them too, is not.
  static func isMeant(by text: String) -> Bool {
    guard let dots = text.firstRange(of: ".."), !text.contains("/") else { return false }
    let number = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let beginsWithNumber = number.first.map { "0123456789".contains($0) } ?? false
    return beginsWithNumber || text[dots.upperBound...].contains(" in ")
  }

  /// Parses a text that is meant as a range.
  ///
  /// - Throws: what is wrong with it and what was expected, to follow what was found.
  init(_ text: String) throws(ValueRangeFault) {
    let (ends, rest) = Self.split(text, at: " in ")
    let (first, second) = Self.split(ends, at: "..")
    lower = try Self.end(first, "first")
    upper = try Self.end(second ?? "", "second")
    guard lower.unit.kind == upper.unit.kind else {
      throw ValueRangeFault(
        "whose ends have no unit in common, expected two durations, rates, sizes, percentages or plain numbers"
      )
    }
    guard lower.isLess(than: upper) else {
      throw ValueRangeFault("whose first end is not below its second, expected the lower one first")
    }
    guard let rest else {
      (steps, spacing) = (nil, .even)
      return
    }
    (steps, spacing) = try Self.steps(rest)
    guard spacing == .even || lower.digits > 0 else {
      throw ValueRangeFault(
        "which cannot begin at \(lower.digits == 0 ? "0" : "a negative number") with log, expected a "
          + "first end above 0")
    }
  }

  private static func end(
    _ text: some StringProtocol, _ which: String
  ) throws(ValueRangeFault) -> Quantity {
    var trimmed = Substring(text)
    while trimmed.last == " " { trimmed = trimmed.dropLast() }
    while trimmed.first == " " { trimmed = trimmed.dropFirst() }
    guard !trimmed.isEmpty else {
      throw ValueRangeFault("which has no \(which) end, expected a range such as \(example)")
    }
    guard let quantity = Quantity(trimmed) else {
      throw ValueRangeFault(
        "whose \(which) end is no number with a known unit, expected a range such as \(example)")
    }
    guard quantity.digits.magnitude < powerOfTen(maximumDigits), quantity.decimals <= maximumDigits
    else {
      throw ValueRangeFault(
        "whose \(which) end has over \(maximumDigits) digits, expected fewer")
    }
    return quantity
  }

  /// `5 steps` or `8 steps log`.
  private static func steps(
    _ text: Substring
  ) throws(ValueRangeFault) -> (count: Int, spacing: Spacing) {
    let words = text.split(separator: " ")
    guard words.count == 2 || words.count == 3, words[1] == "steps",
      words.count == 2 || words[2] == "log"
    else {
      throw ValueRangeFault(
        "expected after its ends nothing, \"in 5 steps\" or \"in 5 steps log\"")
    }
    guard let count = Int(words[0]), stepCounts.contains(count) else {
      throw ValueRangeFault(
        "expected a whole number of steps from \(stepCounts.lowerBound) to "
          + "\(stepCounts.upperBound)")
    }
    return (count, words.count == 3 ? .logarithmic : .even)
  }

  /// What is before a separator, and behind it where there is one.
  private static func split(
    _ text: some StringProtocol, at separator: String
  ) -> (Substring, Substring?) {
    let whole = Substring(text)
    guard let range = whole.firstRange(of: separator) else { return (whole, nil) }
    return (whole[..<range.lowerBound], whole[range.upperBound...])
  }

  /// Whether a value is of the ends' kind, and neither below the lower nor above the upper one.
  func contains(_ value: Quantity) -> Bool {
    value.unit.kind == lower.unit.kind && !value.isLess(than: lower) && !upper.isLess(than: value)
  }
}

/// What is wrong with a range, and what was expected.
struct ValueRangeFault: Error {
  var problem: String

  init(_ problem: String) { self.problem = problem }
}
