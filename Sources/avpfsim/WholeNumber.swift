import ArgumentParser

/// Whole numbers among the arguments.
enum WholeNumber {
  /// - Throws: `ValidationError` that says what is expected.
  static func within(_ range: ClosedRange<Int>, _ text: String) throws -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw ValidationError(
        "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
