import Configuration
import SimulationKernel

extension ValueRange {
  /// Significant digits of a value between the ends, where they tell neighbours well apart.
  private static let usualDigits = 3
  /// So many are written where no value needs to be rounded then.
  private static let exactDigits = 4
  private static let mostDigits = 12

  /// The values as texts in the finer of the ends' units, in rising order.
  ///
  /// Between the ends they are rounded to three significant digits; to four where that makes them
  /// exact, to more where rounding would shift a value by over a twentieth of the way to its
  /// neighbour. Numbers without a unit and a decimal point are rounded to whole ones.
  ///
  /// - Throws: where there are no steps and the numbers are not whole ones, or where two values are
  ///   rounded to one.
  func texts() throws(ValueRangeFault) -> [String] {
    if let steps {
      if let values = rounded(points(steps)) { return values.map(text) }
      let fewer = (2..<steps).last { rounded(points($0)) != nil }
      throw ValueRangeFault(
        "of which \(steps) steps are not \(steps) different values, expected "
          + "\(fewer.map { "at most \($0) steps" } ?? "ends that are further apart")")
    }
    guard isWhole, lower.unitName.isEmpty, upper.unitName.isEmpty else {
      throw ValueRangeFault("expected the number of steps too, such as \(Self.example)")
    }
    let count = upper.digits - lower.digits + 1
    guard count <= Self.stepCounts.upperBound else {
      throw ValueRangeFault(
        "which is \(count) numbers, expected at most \(Self.stepCounts.upperBound), or a number of "
          + "steps")
    }
    return (lower.digits...upper.digits).map { "\($0)" }
  }

  private var isWhole: Bool {
    lower.unit.kind == .number && lower.decimals == 0 && upper.decimals == 0
  }

  /// The end whose unit the values have.
  private var finer: Quantity {
    if lower.unit.scale == upper.unit.scale { return lower.unitName.isEmpty ? upper : lower }
    return lower.unit.scale < upper.unit.scale ? lower : upper
  }

  /// Decimals that a value may have.
  private var decimals: Int { isWhole ? 0 : min(finer.unit.decimals ?? 12, 12) }

  /// An end in the finer unit, which divides the other.
  private func fraction(_ end: Quantity) -> Fraction {
    Fraction(
      numerator: Int128(end.digits) * Int128(end.unit.scale / finer.unit.scale),
      denominator: powerOfTen(end.decimals))
  }

  /// The values before they are rounded.
  private func points(_ count: Int) -> [Fraction] {
    let (first, last) = (fraction(lower), fraction(upper))
    let inner = (1..<count - 1).map { index in
      switch spacing {
      case .even: first.towards(last, index, of: count - 1)
      case .logarithmic: first.towardsByRatio(last, index, of: count - 1)
      }
    }
    return [first] + inner + [last]
  }

  /// The values rounded alike and the ends as they are, or nil where two of them become one.
  private func rounded(_ points: [Fraction]) -> [DecimalNumber]? {
    func values(_ digits: Int) -> [DecimalNumber] {
      let inner = points.dropFirst().dropLast().map { $0.rounded(to: digits, decimals: decimals) }
      return [exact(lower)] + inner + [exact(upper)]
    }
    for digits in Self.usualDigits...Self.exactDigits {
      let rounded = values(digits)
      if zip(rounded, points).allSatisfy({ $1.equals($0) }) { return rounded }
    }
    for digits in Self.usualDigits...Self.mostDigits {
      let rounded = values(digits)
      if Self.isFaithful(rounded, to: points) { return rounded }
    }
    let rounded = values(Self.mostDigits)
    return zip(rounded, rounded.dropFirst()).allSatisfy { $0.number < $1.number } ? rounded : nil
  }

  private func exact(_ end: Quantity) -> DecimalNumber {
    DecimalNumber(mantissa: fraction(end).numerator, decimals: end.decimals)
  }

  /// Whether no value is off by over a twentieth of the way to its nearer neighbour.
  private static func isFaithful(_ values: [DecimalNumber], to points: [Fraction]) -> Bool {
    let numbers = points.map(\.number)
    return values.indices.dropFirst().dropLast().allSatisfy { index in
      let gap = min(
        numbers[index] - numbers[index - 1], numbers[index + 1] - numbers[index])
      return (values[index].number - numbers[index]).magnitude * 20 <= gap
    }
  }

  private func text(_ value: DecimalNumber) -> String { value.text + finer.unitName }
}
