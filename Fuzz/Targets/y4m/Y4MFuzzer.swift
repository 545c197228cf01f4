import FuzzSupport
import WireFormats

/// The input is the head of a YUV4MPEG2 stream and a frame's own behind it.
@main
enum Y4MFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    var reader = ByteReader(octets)
    var frame = reader
    if let header = parse(Y4MHeader.self, from: &reader) {
      let largest = Y4MHeader.maximumDimension
      check(
        (2...largest).contains(header.width) && (2...largest).contains(header.height)
          && header.frameByteCount % 6 == 0 && header.frameRate.denominator > 0,
        "\(header) is nothing that can be shown")
      frame = reader
    }
    _ = parse(Y4MFrameHeader.self, from: &frame)
  }
}
