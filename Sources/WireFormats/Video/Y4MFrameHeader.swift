/// The line before each frame's samples in a YUV4MPEG2 stream; its parameters are stepped over.
public struct Y4MFrameHeader: WireValue, Hashable {
  /// Octets within which the line must end.
  public static let maximumByteCount = 256

  public init() {}

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    guard try reader.skipIfPresent("FRAME") else {
      try reader.require(5, for: "Y4M frame header")
      throw WireError("Y4M frame header", at: start, .badSyntax, expected: "FRAME")
    }
    let parameters = try reader.line(
      endingWith: "\n", limit: Self.maximumByteCount - 5, "Y4M frame header")
    guard parameters.isAtEnd || parameters.starts(with: " ") else {
      throw WireError(
        "Y4M frame header", at: parameters.offset, .badSyntax,
        expected: "a space or the end of the line")
    }
  }

  public var serializedByteCount: Int { 6 }

  public func serialize(into writer: inout ByteWriter) {
    writer.write("FRAME\n")
  }
}
