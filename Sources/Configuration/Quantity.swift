/// A number with its unit as a file writes it, exact: `digits * 10^-decimals` of the unit.
public struct Quantity: Sendable {
  public let digits: Int64
  /// 0...18.
  public let decimals: Int
  public let unit: QuantityUnit
  /// The unit as it is written.
  public let unitName: String

  /// Parses `20ms`, `0.5%`, `1.5Mbps`, `3`, `-8`; nil where it is anything else, or a unit is unknown.
  ///
  /// Only numbers without a unit have a sign.
  public init?(_ text: some StringProtocol) {
    let isNegative = text.hasPrefix("-")
    guard let decimal = DecimalQuantity(String(isNegative ? text.dropFirst() : text[...])),
      let unit = QuantityUnit(decimal.unit), !isNegative || decimal.unit.isEmpty
    else { return nil }
    digits = isNegative ? -decimal.digits : decimal.digits
    decimals = decimal.decimals
    self.unit = unit
    unitName = String(decimal.unit)
  }

  /// Whether it stands for the same as another: `20ms` and `0.02s`.
  public func means(_ other: Quantity) -> Bool {
    unit.kind == other.unit.kind && compared(with: other) == 0
  }

  /// Whether it is less than another of its kind (checked).
  public func isLess(than other: Quantity) -> Bool { compared(with: other) < 0 }

  /// Below 0, 0 or above 0.
  private func compared(with other: Quantity) -> Int {
    precondition(unit.kind == other.unit.kind, "kinds have no order among them")
    // Below 10^18 * 10^13 each; the one with fewer decimals is raised to the other's.
    let (mine, its) = (inSmallestUnits, other.inSmallestUnits)
    let (left, leftOverflow) = mine.multipliedReportingOverflow(
      by: powerOfTen(max(0, other.decimals - decimals)))
    let (right, rightOverflow) = its.multipliedReportingOverflow(
      by: powerOfTen(max(0, decimals - other.decimals)))
    // At most one is raised, and one too large for the type is the larger by far.
    if leftOverflow { return mine < 0 ? -1 : 1 }
    if rightOverflow { return its < 0 ? 1 : -1 }
    return left < right ? -1 : left > right ? 1 : 0
  }

  private var inSmallestUnits: Int128 { Int128(digits) * Int128(unit.scale) }
}

/// 10 to a power within 0...38.
public func powerOfTen(_ power: Int) -> Int128 {
  (0..<power).reduce(1) { value, _ in value * 10 }
}

extension ConfigurationNode {
  /// Whether it stands for the same as another: quantities in any unit, lists element by element,
  /// mappings key by key in any order, and all else by its text.
  public func means(_ other: ConfigurationNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let mine), .scalar(let its)):
      if mine == its { return true }
      guard let left = Quantity(mine), let right = Quantity(its) else { return false }
      return left.means(right)
    case (.list(let mine), .list(let its)):
      return mine.count == its.count && zip(mine, its).allSatisfy { $0.means($1) }
    case (.mapping(let mine), .mapping(let its)):
      return mine.count == its.count
        && mine.allSatisfy { entry in other[entry.key]?.means(entry.value) ?? false }
    default: return false
    }
  }

  /// The value at a path of keys; nil where there is none.
  public func value(at path: [String]) -> ConfigurationNode? {
    var node: ConfigurationNode? = self
    for key in path { node = node?[key] }
    return node
  }
}
