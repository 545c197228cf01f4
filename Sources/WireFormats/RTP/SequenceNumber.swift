/// Arithmetic on numbers that wrap: RTP sequence numbers and the low bits of picture counters.
public enum SequenceNumber {
  /// Steps from `earlier` to `later` by the shorter way, -32768...32767.
  public static func distance(from earlier: UInt16, to later: UInt16) -> Int {
    Int(Int16(bitPattern: later &- earlier))
  }

  /// Whether `later` was numbered after `earlier`, for two packets less than 32768 apart.
  public static func isNewer(_ later: UInt16, than earlier: UInt16) -> Bool {
    distance(from: earlier, to: later) > 0
  }

  /// The counter nearest to `reference` whose low 16 bits are `number`.
  ///
  /// Exactly half a cycle away, the earlier of the two is taken.
  public static func unwrap(_ number: UInt16, near reference: Int64) -> Int64 {
    WrappedCounter.nearest(UInt64(number), bits: 16, to: reference)
  }
}

/// Follows one source's sequence numbers across their wraps (after RFC 3550 appendix A.1).
///
/// The first number stands for itself; each later one is placed nearest to the highest seen, so
/// that packets out of order do not turn a cycle over.
public struct SequenceUnwrapper: Hashable, Sendable {
  /// The highest extended number seen, nil before the first.
  public private(set) var highest: Int64?

  public init() {}

  /// The extended number of a packet; may be negative where packets from before the first arrive.
  public mutating func unwrap(_ number: UInt16) -> Int64 {
    guard let highest else {
      self.highest = Int64(number)
      return Int64(number)
    }
    let extended = SequenceNumber.unwrap(number, near: highest)
    self.highest = max(highest, extended)
    return extended
  }
}

/// Counters of which only the low bits travel.
enum WrappedCounter {
  /// The counter nearest to `reference` with these low bits; a tie goes to the earlier.
  static func nearest(_ lowBits: UInt64, bits: Int, to reference: Int64) -> Int64 {
    let back = distanceBack(to: lowBits, bits: bits, from: reference)
    let cycle = Int64(1) << bits
    return back <= cycle / 2 ? reference - back : reference - back + cycle
  }

  /// The latest counter not after `reference` with these low bits.
  static func latest(_ lowBits: UInt64, bits: Int, notAfter reference: Int64) -> Int64 {
    reference - distanceBack(to: lowBits, bits: bits, from: reference)
  }

  private static func distanceBack(to lowBits: UInt64, bits: Int, from reference: Int64) -> Int64 {
    let mask = UInt64(1) << bits - 1
    return Int64((UInt64(bitPattern: reference) &- lowBits) & mask)
  }
}
