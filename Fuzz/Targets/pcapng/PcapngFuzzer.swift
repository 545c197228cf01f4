import FuzzSupport
import WireFormats

/// The input is a pcapng file, whose packets are read as IPv4 with UDP or TCP.
@main
enum PcapngFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    var blocks = PcapngBlocks(ByteReader(octets))
    var offset = 0
    do throws(WireError) {
      while let block = try blocks.next() {
        check(
          blocks.offset >= offset + 12 && blocks.offset % 4 == 0,
          "a block from \(offset) to \(blocks.offset)")
        offset = blocks.offset
        check(block)
      }
      check(offset == octets.count, "the file ends at \(offset) of \(octets.count) octets")
    } catch {
      checkSentence(error.description)
    }
  }
}

private func check(_ block: PcapngBlock) {
  switch block {
  case .sectionHeader(let header): checkRoundTrip(header)
  case .interfaceDescription(let interface): checkRoundTrip(interface)
  case .enhancedPacket(let packet):
    checkRoundTrip(packet)
    packet.octets.withUnsafeBytes { checkInternetPacket(ByteReader($0)) }
  case .other: break
  }
}

private func checkInternetPacket(_ octets: ByteReader) {
  var reader = octets
  guard let header = parseOrRefuse(IPv4Header.self, from: &reader),
    var body = try? reader.slice(header.payloadByteCount, "IPv4 payload")
  else { return }
  switch header.protocolNumber {
  case IPv4Header.udp:
    guard let datagram = parseOrRefuse(UDPHeader.self, from: &body),
      datagram.payloadByteCount <= body.remaining
    else { return }
    let payload = UnsafeRawBufferPointer(rebasing: body.unread[..<datagram.payloadByteCount])
    checkBuilt(
      UDPHeader.self, header, payload,
      InternetPacket.udp(
        from: InternetEndpoint(header.source, port: datagram.sourcePort),
        to: InternetEndpoint(header.destination, port: datagram.destinationPort),
        identification: header.identification, payload: payload)
    ) { $0.sourcePort == datagram.sourcePort && $0.destinationPort == datagram.destinationPort }
  case IPv4Header.tcp:
    guard let segment = parseOrRefuse(TCPHeader.self, from: &body) else { return }
    checkBuilt(
      TCPHeader.self, header, body.unread,
      InternetPacket.tcp(
        segment, from: header.source, to: header.destination,
        identification: header.identification, payload: body.unread)
    ) { again in
      var expected = segment
      expected.checksum = again.checksum
      return again == expected
    }
  default: break
  }
}

/// Checks that a packet made anew from what was read has right checksums and reads as before.
private func checkBuilt<Header: WireValue>(
  _ type: Header.Type, _ internet: IPv4Header, _ payload: UnsafeRawBufferPointer,
  _ packet: [UInt8], isSame: (Header) -> Bool
) {
  packet.withUnsafeBytes { octets in
    var headerSum = InternetChecksum()
    headerSum.add(UnsafeRawBufferPointer(rebasing: octets[..<IPv4Header.byteCount]))
    check(headerSum.value == 0, "an IPv4 header with a wrong checksum: \(packet)")
    // The pseudo header: addresses, protocol and length (RFC 768, RFC 9293 section 3.1).
    var sum = InternetChecksum()
    sum.add(UnsafeRawBufferPointer(rebasing: octets[12..<20]))
    sum.add(UInt16(internet.protocolNumber))
    sum.add(UInt16(octets.count - IPv4Header.byteCount))
    sum.add(UnsafeRawBufferPointer(rebasing: octets[IPv4Header.byteCount...]))
    check(sum.value == 0, "a packet with a wrong checksum: \(packet)")
    var reader = ByteReader(octets)
    let again = parse(IPv4Header.self, from: &reader)
    check(
      again?.source == internet.source && again?.destination == internet.destination,
      "\(internet) is built as \(String(describing: again))")
    let header = parse(Header.self, from: &reader)
    check(
      header.map(isSame) == true && reader.unread.elementsEqual(payload),
      "built again it reads as \(String(describing: header))")
  }
}
