import FuzzSupport
import WireFormats

/// The input is an RTP packet of VP8.
@main
enum RTPPacketFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    var reader = ByteReader(octets)
    guard let header = try? RTPHeader(parsing: &reader) else { return }
    checkRoundTrip(header, suffix: padding(of: header))
    var retransmission = reader
    if let payload = parse(RetransmissionPayload.self, from: &retransmission) {
      check(header, retransmits: payload)
    }
    guard let descriptor = parse(VP8PayloadDescriptor.self, from: &reader) else { return }
    if let identifier = descriptor.pictureID {
      checkRoundTrip(identifier)
      check(identifier.next.distance(from: identifier) == 1, "no picture follows \(identifier)")
    }
    guard descriptor.startsFrame else { return }
    // A packet shows of the frame's first octets what `VP8FrameHeader` reads where all are there.
    var frame = reader
    let payload = parse(VP8PayloadHeader.self, from: &reader)
    if let whole = parse(VP8FrameHeader.self, from: &frame) {
      check(
        whole.isKeyFrame == payload?.isKeyFrame
          && whole.firstPartitionSize == payload?.firstPartitionSize,
        "\(whole) is not what the packet tells: \(String(describing: payload))")
    }
  }
}

/// The packet that was sent first, sent once more, is this one without its padding.
private func check(_ header: RTPHeader, retransmits payload: RetransmissionPayload) {
  let original = header.original(payload, payloadType: 96, synchronizationSource: 1)
  checkRoundTrip(original)
  var stream = RetransmissionStream(
    payloadType: header.payloadType, synchronizationSource: header.synchronizationSource,
    firstSequenceNumber: header.sequenceNumber)
  let again = stream.headers(of: original)
  var expected = header
  expected.paddingByteCount = 0
  check(
    again.header == expected && again.payload == payload
      && stream.nextSequenceNumber == header.sequenceNumber &+ 1,
    "\(header) is retransmitted as \(again)")
}

/// Padding stands behind the payload, here behind nothing.
private func padding(of header: RTPHeader) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: Int(header.paddingByteCount)) { buffer, count in
    var writer = ByteWriter(UnsafeMutableRawBufferPointer(buffer))
    header.serializePadding(into: &writer)
    count = writer.offset
  }
}
