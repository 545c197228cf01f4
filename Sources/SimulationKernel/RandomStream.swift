/// The mixing function of SplitMix64 (Steele, Lea, Flood 2014): a bijection that scatters all bits.
@inlinable
public func mix64(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// The key of one named source of chance: a call's seed and the role of the draw.
///
/// Names come from roles ("media.forward.loss", "sip.hop2.reverse.loss"), so that a draw added
/// in one place moves nothing in another. A mechanism's name is part of no stream's name.
public struct StreamKey: Hashable, Sendable {
  /// 64 bits that depend on the seed and on every octet of the name.
  public let value: UInt64

  public init(seed: UInt64, name: String) {
    // FNV-1a over the name, then mixed with the seed: fixed for all time and every machine.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for octet in name.utf8 {
      hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3
    }
    value = mix64(mix64(seed &+ 0x9E37_79B9_7F4A_7C15) ^ hash)
  }

  /// The key of a part of what another key is for.
  public init(within key: StreamKey, name: String) {
    self.init(seed: key.value, name: name)
  }

  /// The draw that belongs to the `index`-th packet of time slot `slot`.
  ///
  /// A pure function: two runs that send different packets still meet the same draws at the same
  /// times.
  @inlinable
  public func draw(slot: Int64, index: Int) -> UInt64 {
    let position =
      UInt64(bitPattern: slot) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(truncatingIfNeeded: index)
    return mix64(mix64(value ^ position) &+ 0xD1B5_4A32_D192_ED03)
  }
}

/// A sequence of draws (SplitMix64) from one named stream.
public struct RandomStream: Sendable {
  @usableFromInline var state: UInt64

  public init(_ key: StreamKey) {
    state = key.value
  }

  public init(seed: UInt64, name: String) {
    self.init(StreamKey(seed: seed, name: name))
  }

  /// A sequence of its own for the `index`-th of time slot `slot`: what takes more than one draw.
  @inlinable
  public init(_ key: StreamKey, slot: Int64, index: Int) {
    state = key.draw(slot: slot, index: index)
  }

  /// The next 64 uniform bits.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mix64(state)
  }

  /// A uniform integer in `0 ..< bound`; `bound` is positive.
  @inlinable
  public mutating func next(below bound: UInt64) -> UInt64 {
    // Multiply-shift; its bias is below bound / 2^64.
    next().multipliedFullWidth(by: bound).high
  }

  /// A uniform number in [0, 1) with 53 bits.
  @inlinable
  public mutating func nextUnit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True with the given probability.
  @inlinable
  public mutating func next(_ probability: Probability) -> Bool {
    probability.accepts(next())
  }
}

/// A probability held as an integer threshold, so that a draw compares the same on every machine.
public struct Probability: Hashable, Sendable {
  /// Draws below this value (of 2^64) are hits; `isCertain` where the probability is 1.
  @usableFromInline let threshold: UInt64
  @usableFromInline let isCertain: Bool

  public static let zero = Probability(0)

  /// - Parameter value: within 0...1 (checked).
  public init(_ value: Double) {
    precondition(value >= 0 && value <= 1, "a probability lies within 0...1, not \(value)")
    isCertain = value >= 1
    threshold = isCertain ? .max : UInt64(value * 0x1p64)
  }

  /// Whether a uniform 64-bit draw falls within the probability.
  @inlinable
  public func accepts(_ draw: UInt64) -> Bool {
    isCertain || draw < threshold
  }
}
