/// A string of octets held in place up to 32 octets; only longer ones allocate.
public struct ShortOctets: Hashable, Sendable {
  /// What fits in place.
  public static let inlineCapacity = 32

  // Octets behind `count` are zero, so that equality of the words is equality of the string.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var overflow: [UInt8] = []
  public let count: Int

  public init() {
    count = 0
  }

  public init(_ octets: UnsafeRawBufferPointer) {
    count = octets.count
    if count <= Self.inlineCapacity {
      withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: octets) }
    } else {
      overflow = [UInt8](octets)
    }
  }

  public init(_ octets: [UInt8]) {
    self = octets.withUnsafeBytes { ShortOctets($0) }
  }

  /// The text's UTF-8 octets.
  public init(_ text: String) {
    self.init([UInt8](text.utf8))
  }

  public var isEmpty: Bool { count == 0 }

  /// The octet at `index`, which is within `0 ..< count` (checked).
  public subscript(index: Int) -> UInt8 {
    withUnsafeBytes { $0[index] }
  }

  /// The octets as UTF-8 text, with replacement characters where they are not.
  public var text: String {
    withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Calls `body` with the octets, which are valid only during the call.
  public func withUnsafeBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    if count > Self.inlineCapacity {
      return overflow.withUnsafeBytes(body)
    }
    return Swift.withUnsafeBytes(of: words) { body(.init(rebasing: $0[..<count])) }
  }

  /// Clears the lowest `bits` bits of the last octet, 0...7; the string has one where `bits` > 0.
  mutating func clearLowBitsOfLast(_ bits: Int) {
    guard bits > 0 else { return }
    let mask = UInt8(truncatingIfNeeded: 0xFF << bits)
    if count > Self.inlineCapacity {
      overflow[count - 1] &= mask
    } else {
      let last = count - 1
      Swift.withUnsafeMutableBytes(of: &words) { $0[last] &= mask }
    }
  }

  func serialize(into writer: inout ByteWriter) {
    withUnsafeBytes { writer.write($0) }
  }

  public static func == (left: ShortOctets, right: ShortOctets) -> Bool {
    left.count == right.count && left.words == right.words && left.overflow == right.overflow
  }

  public func hash(into hasher: inout Hasher) {
    withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
