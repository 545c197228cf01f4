import WireFormats

/// Pictures of a YUV4MPEG2 stream, one after the other.
final class Y4MFile {
  let width: Int
  let height: Int
  let frameRate: FrameRate
  private let input: OctetInput
  private var frame = 0

  /// Reads the stream's header.
  init(_ input: OctetInput) throws(ClipError) {
    self.input = input
    let line = try input.line(limit: Y4MHeader.maximumByteCount)
    let header: Y4MHeader
    do {
      header = try parse(line, as: Y4MHeader.self)
    } catch {
      throw .header(file: input.name, line: String(OctetInput.text(line).prefix(120)), error)
    }
    width = header.width
    height = header.height
    frameRate = FrameRate(header.frameRate.numerator, per: header.frameRate.denominator)
    let rate = header.frameRate
    guard rate.numerator >= rate.denominator, rate.numerator <= 120 * rate.denominator else {
      throw .frameRate("\(frameRate)", expected: "1...120 (\(input.name))")
    }
  }

  /// The next picture; nil at the end of the stream.
  func next() throws(ClipError) -> Picture? {
    let line = try input.line(limit: Y4MFrameHeader.maximumByteCount)
    if line.isEmpty { return nil }
    do {
      _ = try parse(line, as: Y4MFrameHeader.self)
    } catch {
      throw .frameHeader(
        file: input.name, frame: frame, found: String(OctetInput.text(line).prefix(20)))
    }
    let picture = Picture(width: width, height: height)
    let found = try input.take(into: UnsafeMutableRawBufferPointer(picture.samples))
    guard found == picture.octetCount else {
      throw .truncated(
        file: input.name, frame: frame, found: found, expected: picture.octetCount)
    }
    frame += 1
    return picture
  }
}

/// Reads a value that these octets begin with.
private func parse<Value: WireValue>(
  _ octets: [UInt8], as type: Value.Type
) throws(WireError) -> Value {
  let result = octets.withUnsafeBytes { octets -> Result<Value, WireError> in
    var reader = ByteReader(octets)
    do throws(WireError) { return .success(try Value(parsing: &reader)) } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
