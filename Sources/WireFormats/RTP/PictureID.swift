/// A picture's number as the VP8 payload descriptor carries it (RFC 7741 section 4.2).
///
/// It goes up by one a frame and wraps within its width.
public struct PictureID: Hashable, Sendable {
  /// Bits on the wire, without the M bit that tells them apart.
  public enum Width: Int, CaseIterable, Sendable {
    case sevenBits = 7
    case fifteenBits = 15

    /// Octets on the wire.
    public var byteCount: Int { self == .sevenBits ? 1 : 2 }
  }

  public let width: Width
  /// 0...127 or 0...32767, by width.
  public let value: UInt16

  /// - Parameter value: taken modulo the width.
  public init(_ value: UInt16, width: Width = .fifteenBits) {
    self.width = width
    self.value = value & (1 << width.rawValue - 1)
  }

  /// The identifier of the frame with this running number: its low bits.
  public init(counter: Int64, width: Width = .fifteenBits) {
    self.init(UInt16(truncatingIfNeeded: counter), width: width)
  }

  /// The identifier of the frame after this one.
  public var next: PictureID { PictureID(value &+ 1, width: width) }

  /// The six bits by which a Slice Loss Indication names the picture (RFC 7741 section 5.1).
  public var sliceLossBits: UInt8 { UInt8(value & 0x3F) }

  /// Frames from `other` to this one by the shorter way; both have the same width (checked).
  public func distance(from other: PictureID) -> Int {
    precondition(width == other.width, "picture identifiers of different widths")
    let back = WrappedCounter.nearest(UInt64(value), bits: width.rawValue, to: Int64(other.value))
    return Int(back - Int64(other.value))
  }

  /// The running frame number nearest to `reference` that has this identifier.
  public func counter(near reference: Int64) -> Int64 {
    WrappedCounter.nearest(UInt64(value), bits: width.rawValue, to: reference)
  }

  /// The latest running frame number not after `newest` that has this identifier.
  public func counter(notAfter newest: Int64) -> Int64 {
    WrappedCounter.latest(UInt64(value), bits: width.rawValue, notAfter: newest)
  }

  /// The running frame number nearest to `reference` with these six low bits.
  public static func counter(sliceLossBits: UInt8, near reference: Int64) -> Int64 {
    WrappedCounter.nearest(UInt64(sliceLossBits), bits: 6, to: reference)
  }

  /// The latest running frame number not after `newest` with these six low bits.
  ///
  /// What a sender wants: the damaged picture is one that it sent, so of the candidates the last
  /// 64 frames are in reach rather than 32.
  public static func counter(sliceLossBits: UInt8, notAfter newest: Int64) -> Int64 {
    WrappedCounter.latest(UInt64(sliceLossBits), bits: 6, notAfter: newest)
  }
}

extension PictureID: WireValue {
  /// The M bit of the first octet tells 15 bits from 7.
  private static let extensionFlag: UInt8 = 0x80

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let first = try reader.peek8("VP8 PictureID")
    if first & Self.extensionFlag == 0 {
      self.init(UInt16(try reader.read8("VP8 PictureID")), width: .sevenBits)
    } else {
      self.init(try reader.read16("VP8 PictureID"), width: .fifteenBits)
    }
  }

  public var serializedByteCount: Int { width.byteCount }

  public func serialize(into writer: inout ByteWriter) {
    switch width {
    case .sevenBits: writer.write8(UInt8(value))
    case .fifteenBits: writer.write16(UInt16(Self.extensionFlag) << 8 | value)
    }
  }
}
