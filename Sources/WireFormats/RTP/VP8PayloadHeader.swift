/// The three octets that begin a VP8 frame, as RTP sees them (RFC 7741 section 4.3).
///
/// They are the frame's own first octets (RFC 6386 section 9.1), so reading them tells what a
/// packet carries; `VP8FrameHeader` reads the rest of a key frame's header.
public struct VP8PayloadHeader: WireValue {
  /// The largest first partition that 19 bits can tell.
  public static let maximumFirstPartitionSize = 1 << 19 - 1

  /// P, inverted: the frame is a key frame.
  public var isKeyFrame: Bool
  /// VER: the bitstream version, 0...7.
  public var version: UInt8
  /// H: the frame is meant to be shown.
  public var isShown: Bool
  /// Octets of the first partition, 0...`maximumFirstPartitionSize`.
  public var firstPartitionSize: Int

  public init(isKeyFrame: Bool, version: UInt8, isShown: Bool, firstPartitionSize: Int) {
    self.isKeyFrame = isKeyFrame
    self.version = version
    self.isShown = isShown
    self.firstPartitionSize = firstPartitionSize
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.require(3, for: "VP8 payload header")
    let first = try reader.read8("VP8 payload header")
    let size1 = try reader.read8("VP8 Size1")
    let size2 = try reader.read8("VP8 Size2")
    isKeyFrame = first & 0x01 == 0
    version = first >> 1 & 0x07
    isShown = first & 0x10 != 0
    firstPartitionSize = Int(first >> 5) + 8 * Int(size1) + 2048 * Int(size2)
  }

  public var serializedByteCount: Int { 3 }

  public func serialize(into writer: inout ByteWriter) {
    precondition(version < 8, "the VP8 version has 3 bits")
    precondition(
      (0...Self.maximumFirstPartitionSize).contains(firstPartitionSize),
      "the first partition's size has 19 bits")
    let size0 = UInt8(firstPartitionSize & 0x07) << 5
    writer.write8(size0 | (isShown ? 0x10 : 0) | version << 1 | (isKeyFrame ? 0 : 1))
    writer.write8(UInt8(firstPartitionSize >> 3 & 0xFF))
    writer.write8(UInt8(firstPartitionSize >> 11))
  }
}
