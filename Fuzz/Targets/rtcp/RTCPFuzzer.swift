import FuzzSupport
import WireFormats

/// The input is an RTCP packet: a compound, or one of reduced size.
@main
enum RTCPFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    let reader = ByteReader(octets)
    var compound = RTCPCompound(reader)
    var packets: [RTCPPacket] = []
    do throws(WireError) {
      while let packet = try compound.next() {
        packets.append(packet)
        checkRoundTrip(packet)
        checkMeaning(of: packet)
      }
    } catch {
      checkSentence(error.description)
      check(
        refusal(of: reader, .fullCompound) != nil
          && refusal(of: reader, .reducedSizeAllowed) != nil,
        "a compound with a broken packet is whole: \(error)")
      return
    }
    guard let first = packets.first else {
      check(octets.isEmpty, "\(octets.count) octets are no packets and no error")
      return
    }
    let refusals = Refusals(of: reader)
    check(refusals, first: first)
    checkRewritten(packets, paddingByteCount: compound.paddingByteCount, refusals)
  }
}

/// Why a compound is not whole by each of the rules; nil where it is.
private struct Refusals: Equatable {
  let full: WireError?
  let reduced: WireError?

  init(of reader: ByteReader) {
    full = refusal(of: reader, .fullCompound)
    reduced = refusal(of: reader, .reducedSizeAllowed)
  }
}

private func refusal(of reader: ByteReader, _ rules: RTCPCompound.Rules) -> WireError? {
  do throws(WireError) {
    try RTCPCompound(reader).checkComposition(rules)
    return nil
  } catch {
    return error
  }
}

/// Reduced size adds what begins with feedback, and nothing else (RFC 5506).
private func check(_ refusals: Refusals, first: RTCPPacket) {
  if let error = refusals.full { checkSentence(error.description) }
  check(refusals.full != nil || !first.isFeedback, "a full compound begins with \(first)")
  check(
    (refusals.reduced == nil) == (refusals.full == nil || first.isFeedback),
    "with reduced size it is otherwise: \(first)")
}

/// What the compound writer makes of the packets reads as they do, by both rules.
private func checkRewritten(
  _ packets: [RTCPPacket], paddingByteCount: Int, _ refusals: Refusals
) {
  let room = packets.reduce(paddingByteCount) { $0 + $1.serializedByteCount }
  var octets = [UInt8](repeating: 0xA5, count: room)
  let count = octets.withUnsafeMutableBytes { buffer in
    var writer = RTCPCompoundWriter(ByteWriter(buffer))
    for packet in packets { writer.append(packet) }
    return writer.finish(paddingByteCount: paddingByteCount)
  }
  check(count == room, "\(room) octets are written as \(count)")
  octets.withUnsafeBytes { buffer in
    let reader = ByteReader(buffer)
    var compound = RTCPCompound(reader)
    var again: [RTCPPacket] = []
    while let packet = try? compound.next() { again.append(packet) }
    check(
      again == packets && compound.paddingByteCount == paddingByteCount,
      "\(packets) are written as \(again)")
    check(Refusals(of: reader) == refusals, "written anew, it is refused otherwise")
  }
}

/// Values that are derived from a packet's fields.
private func checkMeaning(of packet: RTCPPacket) {
  switch packet {
  case .sourceDescription(let description):
    for chunk in description.chunks {
      for item in chunk.items {
        guard let prefix = item.privatePrefix, let value = item.privateValue else { continue }
        check(
          1 + prefix.count + value.count == item.text.count, "\(item) is not its prefix and value")
      }
    }
  case .applicationDefined(let packet):
    check(packet.nameText.utf8.count == 4, "\(packet) has no name of four characters")
  case .genericNegativeAcknowledgement(let packet):
    let lost = Array(packet.lost)
    let again = InlineWordList<LostPackets>(packing: lost)
    check(Set(again.joined()) == Set(lost), "\(packet) is packed as \(again)")
  case .referencePictureSelectionIndication(let indication):
    if let identifier = indication.pictureID { checkRoundTrip(identifier) }
  case .receiverEstimatedMaximumBitrate(let packet):
    let bitrate = packet.bitsPerSecond
    let again = ReceiverEstimatedMaximumBitrate(
      packetSender: 0, bitsPerSecond: bitrate, sources: [])
    checkRoundTrip(again)
    check(
      bitrate == .max ? again.bitsPerSecond <= bitrate : again.bitsPerSecond == bitrate,
      "\(bitrate) bit/s become \(again.bitsPerSecond)")
  default: break
  }
}
