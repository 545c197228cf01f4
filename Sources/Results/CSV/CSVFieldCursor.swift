import SimulationKernel

/// Walks over the fields of one record in the order of `ColumnDictionary`.
public struct CSVFieldCursor {
  private let reader: CSVReader
  private let positions: [Int]
  private let columns: [CSVColumn]
  private var index = 0

  init(reader: CSVReader, positions: [Int], columns: [CSVColumn]) {
    self.reader = reader
    self.positions = positions
    self.columns = columns
  }

  mutating func restart() { index = 0 }

  mutating func skip(_ count: Int = 1) { index += count }

  mutating func text() throws(CSVError) -> String {
    guard let value = try optionalText() else { throw error(expected: "a name") }
    return value
  }

  mutating func optionalText() throws(CSVError) -> String? {
    let octets = take()
    if octets.isEmpty { return nil }
    guard let text = String(validating: octets, as: UTF8.self) else {
      throw error(expected: "UTF-8")
    }
    return text
  }

  /// One of the names of an enumeration.
  mutating func name<Value: RawRepresentable>(
    of type: Value.Type, expected: String
  ) throws(CSVError) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: try text()) else { throw error(expected: expected) }
    return value
  }

  mutating func integer() throws(CSVError) -> Int {
    guard let value = try optionalInteger() else { throw error(expected: "a whole number") }
    return value
  }

  mutating func optionalInteger() throws(CSVError) -> Int? {
    try optionalUnits(decimals: 0, expected: "a whole number").map(Int.init)
  }

  /// A share in percent with at most 4 decimals, as the fraction 0...1.
  mutating func percentage() throws(CSVError) -> Double {
    guard let share = try optionalPercentage() else { throw error(expected: "a number") }
    return share
  }

  mutating func optionalPercentage() throws(CSVError) -> Double? {
    guard let percent = try optionalNumber(decimals: 4) else { return nil }
    // In units of 10^-4 it is millionths: one division keeps 1 % the same number as 0.01.
    let share = (percent * 10_000).rounded() / 1_000_000
    guard (0...1).contains(share) else { throw error(expected: "a percentage from 0 to 100") }
    return share
  }

  mutating func seed() throws(CSVError) -> UInt64 {
    guard let value = UInt64(try text()) else {
      throw error(expected: "a whole number within 64 bits")
    }
    return value
  }

  mutating func truth() throws(CSVError) -> Bool {
    guard let value = try optionalTruth() else { throw error(expected: "0 or 1") }
    return value
  }

  mutating func optionalTruth() throws(CSVError) -> Bool? {
    switch try optionalInteger() {
    case nil: return nil
    case 0: return false
    case 1: return true
    default: throw error(expected: "0 or 1")
    }
  }

  mutating func time() throws(CSVError) -> SimTime {
    SimTime(nanoseconds: try duration().nanoseconds)
  }

  mutating func optionalTime() throws(CSVError) -> SimTime? {
    try optionalDuration().map { SimTime(nanoseconds: $0.nanoseconds) }
  }

  mutating func duration() throws(CSVError) -> SimDuration {
    guard let value = try optionalDuration() else { throw error(expected: "milliseconds") }
    return value
  }

  mutating func optionalDuration() throws(CSVError) -> SimDuration? {
    let units = try optionalUnits(
      decimals: 3, expected: "milliseconds with at most 3 decimals and below 9 million seconds")
    guard let units else { return nil }
    guard units.magnitude < 9_000_000_000_000 else {
      throw error(expected: "milliseconds with at most 3 decimals and below 9 million seconds")
    }
    return .microseconds(units)
  }

  mutating func number(decimals: Int) throws(CSVError) -> Double {
    guard let value = try optionalNumber(decimals: decimals) else {
      throw error(expected: "a number")
    }
    return value
  }

  mutating func optionalNumber(decimals: Int) throws(CSVError) -> Double? {
    let expected = "a number with at most \(decimals) decimals and 15 digits"
    guard let units = try optionalUnits(decimals: decimals, expected: expected) else { return nil }
    // What a `Double` may not hold exactly would be written otherwise, or not fit at all.
    guard units.magnitude < 1_000_000_000_000_000 else { throw error(expected: expected) }
    var divisor = 1.0
    for _ in 0..<decimals { divisor *= 10 }
    return Double(units) / divisor
  }

  /// The error that the field taken last is not what it should be.
  func error(expected: String) -> CSVError {
    let octets = reader.field(positions[index - 1])
    let text = String(decoding: octets.prefix(40), as: UTF8.self)
    return CSVError(
      file: reader.name, line: reader.line, column: columns[index - 1].name,
      found: octets.isEmpty ? "nothing" : "\"\(text)\"", expected: expected)
  }

  private mutating func take() -> ArraySlice<UInt8> {
    defer { index += 1 }
    return reader.field(positions[index])
  }

  /// A decimal number in units of 10^-decimals; nil for an empty field.
  private mutating func optionalUnits(
    decimals: Int, expected: String
  ) throws(CSVError) -> Int64? {
    let octets = take()
    if octets.isEmpty { return nil }
    guard let units = parseUnits(octets, decimals: decimals) else {
      throw error(expected: expected)
    }
    return units
  }
}

/// Parses `-?digits[.digits]` with at most `decimals` digits behind the point; nil for anything
/// else and for numbers beyond 64 bits.
func parseUnits(_ octets: ArraySlice<UInt8>, decimals: Int) -> Int64? {
  var rest = octets
  let isNegative = rest.first == UInt8(ascii: "-")
  if isNegative { rest = rest.dropFirst() }
  guard let first = rest.first, first != UInt8(ascii: ".") else { return nil }
  var value: Int64 = 0
  var behindPoint: Int?
  for octet in rest {
    if octet == UInt8(ascii: "."), behindPoint == nil {
      behindPoint = 0
      continue
    }
    guard octet >= UInt8(ascii: "0"), octet <= UInt8(ascii: "9") else { return nil }
    if let count = behindPoint {
      guard count < decimals else { return nil }
      behindPoint = count + 1
    }
    guard let next = appending(octet - UInt8(ascii: "0"), to: value) else { return nil }
    value = next
  }
  if behindPoint == 0 { return nil }
  for _ in (behindPoint ?? 0)..<decimals {
    guard let next = appending(0, to: value) else { return nil }
    value = next
  }
  return isNegative ? -value : value
}

private func appending(_ digit: UInt8, to value: Int64) -> Int64? {
  let (product, overflows) = value.multipliedReportingOverflow(by: 10)
  let (sum, carries) = product.addingReportingOverflow(Int64(digit))
  return overflows || carries ? nil : sum
}
