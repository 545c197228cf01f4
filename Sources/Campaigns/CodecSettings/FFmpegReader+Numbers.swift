import Configuration

/// Numbers as ffmpeg reads them.
extension FFmpegReader {
  /// `2`, `500k`, `1.5M`, `1Mi`, `64kB`: as libavutil's av_strtod, rounded down to a whole number.
  func number(_ text: String, _ option: String) throws(ConfigurationError) -> Int {
    guard let number = Self.number(text) else {
      throw CodecImport.error(
        option, "found \(quoted(text)), expected a number such as 2, 500k or 1.5M")
    }
    return number
  }

  static func number(_ text: String) -> Int? {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative { rest = rest.dropFirst() }
    let unit = rest.drop { $0.isASCII && $0.isNumber || $0 == "." }
    var factor = 1
    var letters = unit
    if letters.last == "B" {
      factor = 8
      letters = letters.dropLast()
    }
    switch letters {
    case "": break
    case "k", "K": factor *= 1_000
    case "M": factor *= 1_000_000
    case "G": factor *= 1_000_000_000
    case "ki", "Ki": factor *= 1_024
    case "Mi": factor *= 1_048_576
    default: return nil
    }
    let parts = rest[..<unit.startIndex].split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.count == 2 ? parts[1].prefix(9) : ""
    // Either side of the point may be left out, and not both.
    guard parts.count <= 2, !(parts[0].isEmpty && digits.isEmpty),
      let whole = Int(parts[0].isEmpty ? "0" : parts[0]), whole <= 1_000_000_000,
      let fraction = Int(digits.isEmpty ? "0" : digits)
    else { return nil }
    let power = digits.reduce(1) { product, _ in product * 10 }
    let value = whole * factor + scaled(fraction, factor, per: power)
    return isNegative ? -value : value
  }

  /// value * factor / divisor, rounded down, without overflow; the divisor is positive.
  static func scaled(_ value: Int, _ factor: Int, per divisor: Int) -> Int {
    let product = value.multipliedFullWidth(by: factor)
    guard product.high == 0, value >= 0 else { return -1 }
    return Int(clamping: UInt(product.low) / UInt(divisor))
  }

  static func nearest(_ value: Int, _ factor: Int, per divisor: Int) -> Int {
    scaled(value + divisor / 2, factor, per: divisor)
  }
}
