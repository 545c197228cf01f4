/// The header of an IVF file, libvpx's own container; its numbers are little-endian.
public struct IVFHeader: WireValue, Hashable {
  /// Octets of the header, and where it holds the count of frames, which a writer sets last.
  public static let byteCount = 32
  public static let frameCountOffset = 24
  private static let signature: UInt32 = 0x444B_4946  // "DKIF"
  private static let vp8: UInt32 = 0x5650_3830  // "VP80"

  /// Samples a row and rows, 0...65535.
  public var width: Int
  public var height: Int
  /// Frames' times count in `timeScale / timeRate` seconds: for whole frames the rate's parts.
  public var timeRate: UInt32
  public var timeScale: UInt32
  /// Often 0 in streams.
  public var frameCount: UInt32

  public init(
    width: Int, height: Int, timeRate: UInt32, timeScale: UInt32, frameCount: UInt32 = 0
  ) {
    self.width = width
    self.height = height
    self.timeRate = timeRate
    self.timeScale = timeScale
    self.frameCount = frameCount
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    guard try reader.read32("IVF signature") == Self.signature else {
      throw WireError("IVF signature", at: start, .badSyntax, expected: "DKIF")
    }
    let version = try reader.read16("IVF version").byteSwapped
    guard version == 0 else {
      throw WireError(
        "IVF version", at: start + 4, .wrongVersion(found: Int(version)), expected: "0")
    }
    let count = Int(try reader.read16("IVF header length").byteSwapped)
    guard count >= Self.byteCount else {
      throw WireError(
        "IVF header length", at: start + 6, .badLength(found: count), expected: "32 or more")
    }
    let codec = try reader.read32("IVF codec")
    guard codec == Self.vp8 else {
      throw WireError(
        "IVF codec", at: start + 8, .wrongType(found: Int(codec)), expected: "VP80")
    }
    width = Int(try reader.read16("IVF width").byteSwapped)
    height = Int(try reader.read16("IVF height").byteSwapped)
    timeRate = try reader.read32("IVF time rate").byteSwapped
    timeScale = try reader.read32("IVF time scale").byteSwapped
    guard timeRate > 0, timeScale > 0 else {
      throw WireError(
        "IVF time rate", at: start + 16, .badValue(found: 0), expected: "two positive numbers")
    }
    frameCount = try reader.read32("IVF frame count").byteSwapped
    try reader.skip(count - 28, "IVF header")
  }

  public var serializedByteCount: Int { Self.byteCount }

  public func serialize(into writer: inout ByteWriter) {
    precondition(
      (0...0xFFFF).contains(width) && (0...0xFFFF).contains(height), "IVF sizes have 16 bits")
    writer.write32(Self.signature)
    writer.write16(0)
    writer.write16(UInt16(Self.byteCount).byteSwapped)
    writer.write32(Self.vp8)
    writer.write16(UInt16(width).byteSwapped)
    writer.write16(UInt16(height).byteSwapped)
    writer.write32(timeRate.byteSwapped)
    writer.write32(timeScale.byteSwapped)
    writer.write32(frameCount.byteSwapped)
    writer.write32(0)
  }
}
