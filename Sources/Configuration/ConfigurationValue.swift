import SimulationKernel

/// Why a text was refused: what would have been right.
public struct ConfigurationMismatch: Error {
  public var expectation: String

  public init(_ expectation: String) { self.expectation = expectation }
}

/// How the text of one scalar becomes a value: a type, a grammar and a range.
public struct ConfigurationValue<Value: Sendable>: Sendable {
  public typealias Mismatch = ConfigurationMismatch

  /// What is expected, in words that follow "expected".
  public let expectation: String
  private let parse: @Sendable (String) throws(Mismatch) -> Value

  public init(
    expectation: String, parse: @escaping @Sendable (String) throws(Mismatch) -> Value
  ) {
    self.expectation = expectation
    self.parse = parse
  }

  /// The value that a text stands for.
  public func value(of text: String) throws(ConfigurationMismatch) -> Value { try parse(text) }

  /// Reads a node that must be a scalar.
  public func read(
    _ node: ConfigurationNode, path: String
  ) throws(ConfigurationError) -> Value {
    var expected = expectation
    if case .scalar(let text) = node.content, !text.isEmpty {
      do throws(ConfigurationMismatch) {
        return try parse(text)
      } catch {
        expected = error.expectation
      }
    }
    throw ConfigurationError(
      place: node.place, key: path.isEmpty ? nil : path,
      problem: "found \(node.finding), expected \(expected)")
  }

  /// The same, where one word stands for the absence of a value.
  public func or(_ word: String) -> ConfigurationValue<Value?> {
    ConfigurationValue<Value?>(expectation: "\(expectation), or \(word)") {
      (text) throws(ConfigurationMismatch) in
      if text == word { return nil }
      do throws(ConfigurationMismatch) {
        return try parse(text)
      } catch {
        throw ConfigurationMismatch("\(error.expectation), or \(word)")
      }
    }
  }
}

extension ConfigurationValue where Value == SimDuration {
  /// `370us`, `50ms`, `2s`, `1.5min`, `24h`: exact to the nanosecond.
  public static func duration(_ range: ClosedRange<SimDuration>) -> Self {
    let general = "a duration such as 50ms or 2s"
    return Self(expectation: general) { (text) throws(Mismatch) in
      guard let (quantity, scale) = DecimalQuantity.with(.duration, text) else {
        throw Mismatch(general)
      }
      let bounds =
        "a duration from \(durationText(range.lowerBound)) to "
        + durationText(range.upperBound)
      guard let nanoseconds = quantity.wholeUnits(of: scale) else { throw Mismatch(bounds) }
      let duration = SimDuration(nanoseconds: nanoseconds)
      guard range.contains(duration) else { throw Mismatch(bounds) }
      return duration
    }
  }
}

extension ConfigurationValue where Value == Bitrate {
  /// `64kbps`, `1.5Mbps`: decimal multiples of a bit per second.
  public static func bitrate(_ range: ClosedRange<Bitrate>) -> Self {
    let general = "a rate with its unit such as 300kbps or 2Mbps"
    return Self(expectation: general) { (text) throws(Mismatch) in
      guard let (quantity, scale) = DecimalQuantity.with(.bitrate, text) else {
        throw Mismatch(general)
      }
      let bounds =
        "a rate from \(bitrateText(range.lowerBound)) to "
        + bitrateText(range.upperBound)
      guard let bits = quantity.wholeUnits(of: scale) else { throw Mismatch(bounds) }
      let rate = Bitrate(bitsPerSecond: bits)
      guard range.contains(rate) else { throw Mismatch(bounds) }
      return rate
    }
  }
}

extension ConfigurationValue where Value == Double {
  /// `1%`, `0.5%`: the value is the fraction, 0.01 and 0.005. The bounds are in percent.
  public static func percent(_ range: Range<Double>) -> Self {
    percent(
      general: "at least \(decimalText(range.lowerBound))% and below "
        + "\(decimalText(range.upperBound))%"
    ) { range.contains($0) }
  }

  /// The same with both bounds allowed.
  public static func percent(_ range: ClosedRange<Double>) -> Self {
    percent(
      general: "from \(decimalText(range.lowerBound))% to "
        + "\(decimalText(range.upperBound))%"
    ) { range.contains($0) }
  }

  private static func percent(
    general: String, _ isWithin: @escaping @Sendable (Double) -> Bool
  ) -> Self {
    Self(expectation: "a percentage such as 1% or 0.5%") { (text) throws(Mismatch) in
      guard let quantity = DecimalQuantity(text), quantity.unit == "%" else {
        throw Mismatch("a percentage such as 1% or 0.5%")
      }
      guard isWithin(quantity.number) else { throw Mismatch("a percentage \(general)") }
      return quantity.number / 100
    }
  }
}

extension ConfigurationValue where Value == Int {
  /// A whole number, with a sign where the range has negative numbers.
  public static func integer(_ range: ClosedRange<Int>) -> Self {
    let expectation = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return Self(expectation: expectation) { (text) throws(Mismatch) in
      guard let number = Int(text), range.contains(number) else { throw Mismatch(expectation) }
      return number
    }
  }

}

extension ConfigurationValue where Value == Int {
  /// `600B`, `20kB`, `1.5MB`: decimal multiples of an octet.
  public static func octets(_ range: ClosedRange<Int>) -> Self {
    let general = "a size such as 600B or 20kB"
    return Self(expectation: general) { (text) throws(Mismatch) in
      guard let (quantity, scale) = DecimalQuantity.with(.octets, text) else {
        throw Mismatch(general)
      }
      guard let octets = quantity.wholeUnits(of: scale), range.contains(Int(octets)) else {
        throw Mismatch("a size from \(range.lowerBound)B to \(range.upperBound)B")
      }
      return Int(octets)
    }
  }
}

extension ConfigurationValue where Value == UInt64 {
  /// The seed of all chance, 0 to 2^64 - 1.
  public static var seed: Self {
    let expectation = "a whole number from 0 to \(UInt64.max)"
    return Self(expectation: expectation) { (text) throws(Mismatch) in
      guard let number = UInt64(text) else { throw Mismatch(expectation) }
      return number
    }
  }
}

extension ConfigurationValue where Value == Bool {
  /// `true` or `false`.
  public static var boolean: Self {
    Self(expectation: "true or false") { (text) throws(Mismatch) in
      switch text {
      case "true": return true
      case "false": return false
      default: throw Mismatch("true or false")
      }
    }
  }
}

extension ConfigurationValue where Value == String {
  /// Any text on one line, up to 200 characters.
  public static var text: Self {
    let expectation = "a text on one line of up to 200 characters"
    return Self(expectation: expectation) { (text) throws(Mismatch) in
      guard text.count <= 200, !text.unicodeScalars.contains(where: breaksLine) else {
        throw Mismatch(expectation)
      }
      return text
    }
  }
}

extension ConfigurationValue
where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of an enumeration's raw values.
  public static var oneOf: Self {
    let names = Value.allCases.map(\.rawValue)
    let expectation = "one of \(names.joined(separator: ", "))"
    return Self(expectation: expectation) { (text) throws(Mismatch) in
      guard let value = Value(rawValue: text) else {
        throw Mismatch(
          expectation + (nearestName(to: text, among: names).map { " (did you mean \($0)?)" } ?? "")
        )
      }
      return value
    }
  }
}

/// A picture's width and height.
public struct PictureSize: Hashable, Sendable {
  public var width: Int
  public var height: Int
}

extension ConfigurationValue where Value == PictureSize {
  /// `320x180`: both even, as 4:2:0 needs.
  public static func size(width: ClosedRange<Int>, height: ClosedRange<Int>) -> Self {
    let bounds =
      "even numbers from \(width.lowerBound)x\(height.lowerBound) to "
      + "\(width.upperBound)x\(height.upperBound)"
    let expectation = "a size such as 320x180, \(bounds)"
    return Self(expectation: expectation) { (text) throws(Mismatch) in
      let parts = text.split(separator: "x", omittingEmptySubsequences: false)
      guard parts.count == 2, let w = DecimalQuantity(String(parts[0])),
        let h = DecimalQuantity(String(parts[1])), w.decimals == 0, h.decimals == 0,
        w.unit.isEmpty, h.unit.isEmpty
      else { throw Mismatch(expectation) }
      let size = PictureSize(width: Int(w.digits), height: Int(h.digits))
      guard width.contains(size.width), height.contains(size.height),
        size.width % 2 == 0, size.height % 2 == 0
      else { throw Mismatch(expectation) }
      return size
    }
  }
}
