/// The line that begins a YUV4MPEG2 stream (yuv4mpeg(5) of mjpegtools).
///
/// Only what the simulation can show is accepted: progressive 8-bit 4:2:0 of even size.
public struct Y4MHeader: WireValue, Hashable {
  /// Octets within which the line must end.
  public static let maximumByteCount = 1024
  /// A VP8 frame's size has 14 bits (RFC 6386 section 9.1), and here it is even.
  public static let maximumDimension = 16_382

  /// Where the chroma samples of 4:2:0 are sited; the samples are coded alike.
  public enum Chroma: String, CaseIterable, Sendable {
    case unsited = "420"
    case jpeg = "420jpeg"
    case mpeg2 = "420mpeg2"
    case dv = "420paldv"
  }

  /// A ratio of the header, as it stands there.
  public struct Ratio: Hashable, Sendable {
    public var numerator: Int
    public var denominator: Int

    public init(_ numerator: Int, _ denominator: Int) {
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  /// Luma samples a row; even, 2...16382.
  public var width: Int
  /// Luma rows; even, 2...16382.
  public var height: Int
  /// Frames a second; both parts positive.
  public var frameRate: Ratio
  /// Width to height of a sample; 0:0 is unknown, as is nil, which leaves the tag out.
  public var pixelAspect: Ratio?
  public var chroma: Chroma

  public init(
    width: Int, height: Int, frameRate: Ratio, pixelAspect: Ratio? = nil, chroma: Chroma = .jpeg
  ) {
    self.width = width
    self.height = height
    self.frameRate = frameRate
    self.pixelAspect = pixelAspect
    self.chroma = chroma
  }

  /// Octets of one frame's samples behind its own header: Y, then U, then V.
  public var frameByteCount: Int { width * height * 3 / 2 }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    guard try reader.skipIfPresent("YUV4MPEG2") else {
      try reader.require(9, for: "Y4M signature")
      throw WireError("Y4M signature", at: start, .badSyntax, expected: "YUV4MPEG2")
    }
    var line = try reader.line(
      endingWith: "\n", limit: Self.maximumByteCount - 9, "Y4M stream header")
    var tags = Y4MTags()
    try tags.read(&line)
    guard let width = tags.width else { throw Self.missing("Y4M width", start, "a tag W") }
    guard let height = tags.height else { throw Self.missing("Y4M height", start, "a tag H") }
    guard let rate = tags.frameRate else { throw Self.missing("Y4M frame rate", start, "a tag F") }
    // Without a tag C the samples are 420jpeg.
    self.init(
      width: width, height: height, frameRate: rate, pixelAspect: tags.pixelAspect,
      chroma: tags.chroma ?? .jpeg)
  }

  private static func missing(
    _ field: StaticString, _ offset: Int, _ expected: StaticString
  ) -> WireError {
    WireError(field, at: offset, .badSyntax, expected: expected)
  }

  private var line: String {
    let aspect = pixelAspect.map { " A\($0.numerator):\($0.denominator)" } ?? ""
    return "YUV4MPEG2 W\(width) H\(height) F\(frameRate.numerator):\(frameRate.denominator)"
      + " Ip\(aspect) C\(chroma.rawValue)\n"
  }

  public var serializedByteCount: Int { line.utf8.count }

  public func serialize(into writer: inout ByteWriter) {
    writer.write(line)
  }
}

/// The tags of a stream header, in whatever order they come.
private struct Y4MTags {
  var width: Int?
  var height: Int?
  var frameRate: Y4MHeader.Ratio?
  var pixelAspect: Y4MHeader.Ratio?
  var chroma: Y4MHeader.Chroma?

  mutating func read(_ line: inout ByteReader) throws(WireError) {
    while !line.isAtEnd {
      guard try line.skipIfPresent(" ") else {
        throw WireError("Y4M tag", at: line.offset, .badSyntax, expected: "a space")
      }
      guard let letter = line.next else { return }
      if letter == 0x20 { continue }
      try line.skip(1, "Y4M tag")
      try readValue(of: letter, &line)
    }
  }

  private mutating func readValue(
    of letter: UInt8, _ line: inout ByteReader
  ) throws(WireError) {
    let start = line.offset - 1
    switch letter {
    case UInt8(ascii: "W"): width = try Self.dimension("Y4M width", &line)
    case UInt8(ascii: "H"): height = try Self.dimension("Y4M height", &line)
    case UInt8(ascii: "F"):
      frameRate = try Self.ratio(
        "Y4M frame rate", from: 1, &line, expected: "two positive numbers with a colon")
    case UInt8(ascii: "A"):
      pixelAspect = try Self.ratio(
        "Y4M pixel aspect", from: 0, &line, expected: "two numbers with a colon")
    case UInt8(ascii: "I"): try Self.checkInterlacing(&line)
    case UInt8(ascii: "C"): chroma = try Self.chroma(&line)
    case UInt8(ascii: "X"): _ = try Self.word("Y4M comment", &line)
    default:
      throw WireError("Y4M tag", at: start, .badSyntax, expected: "one of W, H, F, I, A, C, X")
    }
  }

  private static func dimension(
    _ field: StaticString, _ line: inout ByteReader
  ) throws(WireError) -> Int {
    let start = line.offset
    let expected: StaticString =
      "an even number, 2...16382 (ffmpeg -vf scale=trunc(iw/2)*2:trunc(ih/2)*2 makes both even)"
    let value = try line.decimal(
      field, within: 2...Y4MHeader.maximumDimension, expected: expected)
    guard value % 2 == 0 else {
      throw WireError(field, at: start, .badValue(found: value), expected: expected)
    }
    return value
  }

  private static func ratio(
    _ field: StaticString, from least: Int, _ line: inout ByteReader, expected: StaticString
  ) throws(WireError) -> Y4MHeader.Ratio {
    let range = least...Int(Int32.max)
    let numerator = try line.decimal(field, within: range, expected: expected)
    guard try line.skipIfPresent(":") else {
      throw WireError(field, at: line.offset, .badSyntax, expected: expected)
    }
    return try Y4MHeader.Ratio(
      numerator, line.decimal(field, within: range, expected: expected))
  }

  private static func checkInterlacing(_ line: inout ByteReader) throws(WireError) {
    let start = line.offset
    let mode = try word("Y4M interlacing", &line)
    // "?" is unknown, which nearly all writers of it mean as progressive.
    guard mode == "p" || mode == "?" else {
      throw WireError(
        "Y4M interlacing", at: start, .badSyntax, expected: "Ip, progressive, or I?")
    }
  }

  private static func chroma(_ line: inout ByteReader) throws(WireError) -> Y4MHeader.Chroma {
    let start = line.offset
    guard let chroma = Y4MHeader.Chroma(rawValue: try word("Y4M chroma", &line)) else {
      throw WireError(
        "Y4M chroma", at: start, .badSyntax,
        expected: "8-bit 4:2:0: C420, C420jpeg, C420mpeg2 or C420paldv")
    }
    return chroma
  }

  private static func word(
    _ field: StaticString, _ line: inout ByteReader
  ) throws(WireError) -> String {
    String(decoding: try line.read(field) { $0 != 0x20 }, as: UTF8.self)
  }
}
