/// What stands before each frame's octets in an IVF file; its numbers are little-endian.
public struct IVFFrameHeader: WireValue, Hashable {
  public static let byteCount = 12

  /// Octets of the frame behind this header.
  public var frameByteCount: UInt32
  /// The frame's time in the file's units.
  public var time: UInt64

  public init(frameByteCount: UInt32, time: UInt64) {
    self.frameByteCount = frameByteCount
    self.time = time
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    frameByteCount = try reader.read32("IVF frame length").byteSwapped
    time = try reader.read64("IVF frame time").byteSwapped
  }

  public var serializedByteCount: Int { Self.byteCount }

  public func serialize(into writer: inout ByteWriter) {
    writer.write32(frameByteCount.byteSwapped)
    writer.write64(time.byteSwapped)
  }
}
