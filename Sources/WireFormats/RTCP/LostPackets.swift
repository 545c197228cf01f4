/// One word of a generic NACK: a lost packet, and which of the sixteen after it are lost too
/// (RFC 4585 section 6.2.1).
public struct LostPackets: WordCoded {
  /// PID: the sequence number of a lost packet.
  public var packetIdentifier: UInt16
  /// BLP: bit `i`, the lowest being 0, stands for the packet numbered `i` + 1 after PID.
  public var followingLost: UInt16

  public init(packetIdentifier: UInt16, followingLost: UInt16 = 0) {
    self.packetIdentifier = packetIdentifier
    self.followingLost = followingLost
  }

  public init(word: UInt32) {
    packetIdentifier = UInt16(word >> 16)
    followingLost = UInt16(truncatingIfNeeded: word)
  }

  public var word: UInt32 { UInt32(packetIdentifier) << 16 | UInt32(followingLost) }

  /// Adds a lost packet where PID or BLP can tell it; false where it needs an entry of its own.
  public mutating func add(_ sequenceNumber: UInt16) -> Bool {
    switch sequenceNumber &- packetIdentifier {
    case 0: return true
    case let distance where distance <= 16:
      followingLost |= 1 << (distance - 1)
      return true
    default: return false
    }
  }
}

extension LostPackets: Sequence {
  /// The lost sequence numbers in the order in which they were sent, 1...17 of them.
  public struct Iterator: IteratorProtocol {
    private let packetIdentifier: UInt16
    // Bit 0 is PID itself.
    private var left: UInt32

    fileprivate init(_ lost: LostPackets) {
      packetIdentifier = lost.packetIdentifier
      left = UInt32(lost.followingLost) << 1 | 1
    }

    public mutating func next() -> UInt16? {
      guard left != 0 else { return nil }
      let distance = left.trailingZeroBitCount
      left &= left - 1
      return packetIdentifier &+ UInt16(distance)
    }
  }

  public func makeIterator() -> Iterator { Iterator(self) }
  public var underestimatedCount: Int { 1 + followingLost.nonzeroBitCount }
}

extension InlineWordList<LostPackets> {
  /// The fewest entries for sequence numbers in the order in which they were sent, across the wrap
  /// too; up to eight entries cost no allocation.
  ///
  /// Numbers out of order are told all the same, in entries of their own.
  @inlinable
  public init(packing sequenceNumbers: some Sequence<UInt16>) {
    self.init()
    // Inlined, so that the sequence's own type is known in the loop.
    for number in sequenceNumbers { add(lost: number) }
  }

  /// Adds a lost packet to the last entry, or in an entry of its own.
  public mutating func add(lost sequenceNumber: UInt16) {
    if isEmpty || !self[count - 1].add(sequenceNumber) {
      append(LostPackets(packetIdentifier: sequenceNumber))
    }
  }
}
