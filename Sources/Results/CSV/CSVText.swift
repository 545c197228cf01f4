import SimulationKernel

/// Rows of comma-separated text under construction (RFC 4180, lines ended by LF).
struct CSVText {
  private var octets: [UInt8] = []
  private var isRowBegun = false

  /// The rows written so far.
  var text: String { String(decoding: octets, as: UTF8.self) }

  mutating func reserve(octets count: Int) { octets.reserveCapacity(count) }

  mutating func endRow() {
    octets.append(UInt8(ascii: "\n"))
    isRowBegun = false
  }

  mutating func empty() { beginField() }

  /// A text, quoted where it holds a comma, a quote or a line end (RFC 4180 section 2).
  mutating func field(_ value: String?) {
    beginField()
    guard let value else { return }
    let needsQuotes = value.utf8.contains { octet in
      octet == UInt8(ascii: ",") || octet == UInt8(ascii: "\"") || octet == 0x0A || octet == 0x0D
    }
    if !needsQuotes {
      octets.append(contentsOf: value.utf8)
      return
    }
    octets.append(UInt8(ascii: "\""))
    for octet in value.utf8 {
      if octet == UInt8(ascii: "\"") { octets.append(octet) }
      octets.append(octet)
    }
    octets.append(UInt8(ascii: "\""))
  }

  mutating func field(_ value: Int?) {
    beginField()
    guard let value else { return }
    FixedPoint.append(Int64(value), decimals: 0, to: &octets)
  }

  mutating func field(_ value: UInt64) {
    beginField()
    FixedPoint.appendUnsigned(value, decimals: 0, to: &octets)
  }

  /// A truth: 1 or 0.
  mutating func field(_ value: Bool) { field(value ? 1 : 0) }

  /// An instant in milliseconds with 3 decimals.
  mutating func field(_ value: SimTime?) {
    field(value.map { SimDuration(nanoseconds: $0.nanoseconds) })
  }

  /// A span in milliseconds with 3 decimals.
  mutating func field(_ value: SimDuration?) {
    beginField()
    guard let value else { return }
    let microseconds = value.roundedToMicroseconds.nanoseconds / 1_000
    FixedPoint.append(microseconds, decimals: 3, to: &octets)
  }

  /// A number with `decimals` digits behind the point; finite (checked).
  mutating func field(_ value: Double?, decimals: Int) {
    beginField()
    guard let value else { return }
    FixedPoint.append(FixedPoint.scaled(value, decimals: decimals), decimals: decimals, to: &octets)
  }

  /// A whole number of units of 10^-decimals.
  mutating func field(units: Int64?, decimals: Int) {
    beginField()
    guard let units else { return }
    FixedPoint.append(units, decimals: decimals, to: &octets)
  }

  private mutating func beginField() {
    if isRowBegun { octets.append(UInt8(ascii: ",")) }
    isRowBegun = true
  }
}
