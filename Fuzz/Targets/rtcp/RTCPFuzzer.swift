import FuzzSupport
import WireFormats

/// The input is an RTCP packet: a compound, or one of reduced size.
@main
enum RTCPFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    let reader = ByteReader(octets)
    var compound = RTCPCompound(reader)
    var packetCount = 0
    do {
      while let packet = try compound.next() {
        packetCount += 1
        check(packet)
      }
    } catch {
      check(!isWhole(reader), "a compound with a broken packet is whole: \(error)")
      return
    }
    check(packetCount > 0 || octets.isEmpty, "\(octets.count) octets are no packets and no error")
    _ = isWhole(reader)
  }
}

private func isWhole(_ reader: ByteReader) -> Bool {
  (try? RTCPCompound(reader).checkComposition()) != nil
}

private func check(_ packet: RTCPPacket) {
  switch packet {
  case .senderReport(let report): checkRoundTrip(report)
  case .receiverReport(let report): checkRoundTrip(report)
  case .sourceDescription(let description): checkRoundTrip(description)
  case .pictureLossIndication(let indication): checkRoundTrip(indication)
  case .sliceLossIndication(let indication): checkRoundTrip(indication)
  case .referencePictureSelectionIndication(let indication):
    checkRoundTrip(indication)
    if let identifier = indication.pictureID { checkRoundTrip(identifier) }
  case .other(let header): checkRoundTrip(header)
  }
}
