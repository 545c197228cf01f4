/// Pictures in a number of seconds: `numerator` in `denominator`, without a common divisor.
public struct PictureRate: Hashable, Sendable {
  public var numerator: Int
  public var denominator: Int

  /// Parses `25`, `12.5fps`, `30000/1001`; nil where it is anything else.
  init?(_ text: String) {
    var number = Substring(text)
    if number.hasSuffix("fps") { number = number.dropLast(3) }
    if number.last == " " { number = number.dropLast() }
    let parts = number.split(separator: "/", omittingEmptySubsequences: false)
    let quantities = parts.map { DecimalQuantity(String($0)) }
    guard let first = quantities[0], first.unit.isEmpty, first.decimals <= 6,
      first.digits < 1_000_000_000
    else { return nil }
    switch quantities.count {
    case 1: self.init(first)
    case 2:
      guard let second = quantities[1], second.unit.isEmpty, first.decimals == 0,
        second.decimals == 0, (1...1_000_000).contains(second.digits)
      else { return nil }
      self.init(reducing: Int(first.digits), Int(second.digits))
    default: return nil
    }
  }

  private init(_ quantity: DecimalQuantity) {
    let digits = Int(quantity.digits)
    let scale = (0..<quantity.decimals).reduce(1) { power, _ in power * 10 }
    // The rates of NTSC television are written rounded: 29.97 stands for 30000/1001.
    let television = [24_000, 30_000, 60_000].first {
      quantity.decimals >= 2 && ($0 * scale * 2 + 1_001) / 2_002 == digits
    }
    if let television {
      self.init(reducing: television, 1_001)
    } else {
      self.init(reducing: digits, scale)
    }
  }

  private init(reducing numerator: Int, _ denominator: Int) {
    var (divisor, rest) = (denominator, numerator)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }
}

extension ConfigurationValue where Value == PictureRate {
  /// Frames a second: `25`, `12.5fps`, `29.97fps` (which means 30000/1001), `30000/1001`.
  public static func frameRate(_ range: ClosedRange<Int>) -> Self {
    let expectation =
      "a frame rate from \(range.lowerBound)fps to \(range.upperBound)fps such as 25fps, 29.97fps "
      + "or 30000/1001"
    return Self(expectation: expectation) { (text) throws(Mismatch) in
      guard let rate = PictureRate(text), rate.numerator >= range.lowerBound * rate.denominator,
        rate.numerator <= range.upperBound * rate.denominator
      else { throw Mismatch(expectation) }
      return rate
    }
  }
}
