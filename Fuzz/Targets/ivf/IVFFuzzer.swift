import FuzzSupport
import WireFormats

/// The input is an IVF file; without its header, the frames alone.
@main
enum IVFFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    var reader = ByteReader(octets)
    var frames = reader
    if let header = parseOrRefuse(IVFHeader.self, from: &reader) {
      check(
        header.timeRate > 0 && header.timeScale > 0 && reader.offset >= IVFHeader.byteCount,
        "a frame of \(header) has no time")
      frames = reader
    }
    while let frame = parseOrRefuse(IVFFrameHeader.self, from: &frames) {
      guard (try? frames.skip(Int(frame.frameByteCount), "IVF frame")) != nil else { return }
    }
  }
}
