/// What a VP8 frame tells without entropy decoding (RFC 6386 section 9.1): 3 octets, and on a key
/// frame 7 more.
public struct VP8FrameHeader: WireValue, Hashable {
  /// The picture's size, told by key frames.
  public struct Dimensions: Hashable, Sendable {
    /// Luma samples a row, 0...16383.
    public var width: Int
    /// Luma rows, 0...16383.
    public var height: Int
    /// Upscaling that the sender suggests for display, 0...3; 0 is none.
    public var horizontalScale: Int
    public var verticalScale: Int

    public init(width: Int, height: Int, horizontalScale: Int = 0, verticalScale: Int = 0) {
      self.width = width
      self.height = height
      self.horizontalScale = horizontalScale
      self.verticalScale = verticalScale
    }
  }

  // RFC 6386 section 9.1.
  private static let startCode: UInt32 = 0x9D012A

  /// Bitstream version, 0...7; 0...3 are defined.
  public var version: UInt8
  public var isShown: Bool
  /// Octets of the first partition behind this header, 0...524287.
  public var firstPartitionSize: Int
  /// On key frames, and on them only.
  public var dimensions: Dimensions?

  public var isKeyFrame: Bool { dimensions != nil }

  public init(
    version: UInt8, isShown: Bool, firstPartitionSize: Int, dimensions: Dimensions?
  ) {
    self.version = version
    self.isShown = isShown
    self.firstPartitionSize = firstPartitionSize
    self.dimensions = dimensions
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let tag = try VP8PayloadHeader(parsing: &reader)
    version = tag.version
    isShown = tag.isShown
    firstPartitionSize = tag.firstPartitionSize
    guard tag.isKeyFrame else { return }
    try reader.require(7, for: "VP8 key frame header")
    let codeAt = reader.offset
    let code = try reader.read24("VP8 start code")
    guard code == Self.startCode else {
      throw WireError(
        "VP8 start code", at: codeAt, .badValue(found: Int(code)), expected: "9D 01 2A, 10289450")
    }
    // Little-endian: 14 bits of size below 2 of scale.
    let horizontal = Int(try reader.read16("VP8 width").byteSwapped)
    let vertical = Int(try reader.read16("VP8 height").byteSwapped)
    dimensions = Dimensions(
      width: horizontal & 0x3FFF, height: vertical & 0x3FFF, horizontalScale: horizontal >> 14,
      verticalScale: vertical >> 14)
  }

  public var serializedByteCount: Int { isKeyFrame ? 10 : 3 }

  public func serialize(into writer: inout ByteWriter) {
    VP8PayloadHeader(
      isKeyFrame: isKeyFrame, version: version, isShown: isShown,
      firstPartitionSize: firstPartitionSize
    ).serialize(into: &writer)
    guard let dimensions else { return }
    precondition(
      (0...0x3FFF).contains(dimensions.width) && (0...0x3FFF).contains(dimensions.height)
        && (0...3).contains(dimensions.horizontalScale)
        && (0...3).contains(dimensions.verticalScale),
      "a VP8 dimension has 14 bits and a scale 2")
    writer.write24(Self.startCode)
    writer.write16(UInt16(dimensions.width | dimensions.horizontalScale << 14).byteSwapped)
    writer.write16(UInt16(dimensions.height | dimensions.verticalScale << 14).byteSwapped)
  }
}
