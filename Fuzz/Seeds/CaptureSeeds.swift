import WireFormats

let captureFiles = [
  Seed(
    "pcapng", "udp-and-tcp",
    PcapngSectionHeader(comment: "a call", application: "avpfsim").octets()
      + PcapngInterfaceDescription(name: "media", description: "forward").octets()
      + packet(udp, at: 1, .outbound).octets() + packet(tcp, at: 2, .inbound).octets()),
  Seed("pcapng", "other-byte-order", otherByteOrder),
  // An octet that tells where the file is cut comes first.
  Seed(
    "capture", "pcapng",
    [20] + PcapngSectionHeader().octets()
      + PcapngInterfaceDescription(name: "media", timestampOffset: 1).octets()
      + packet(udp, at: 1, .outbound).octets() + packet(tcp, at: 2, .inbound).octets()),
  Seed("capture", "other-byte-order", [9] + otherByteOrder),
  Seed("capture", "pcap-ethernet", [10] + pcapFile(linkType: 1, ethernet + udp)),
  Seed("capture", "pcap-cooked-v2", [10] + pcapFile(linkType: 276, cooked + ipv6)),
]

private let one = IPv4Address(192, 0, 2, 1)
private let two = IPv4Address(192, 0, 2, 2)

private let udp = [UInt8](0..<9).withUnsafeBytes { payload in
  InternetPacket.udp(
    from: InternetEndpoint(one, port: 5_004), to: InternetEndpoint(two, port: 5_006),
    identification: 1, payload: payload)
}

private let tcp: [UInt8] = {
  var options = TCPOptions()
  options.maximumSegmentSize = 1_460
  options.permitsSelectiveAcknowledgement = true
  options.timestamps = .init(value: 1, echo: 2)
  options.windowScale = 7
  options.selective = [.init(start: 3, end: 4)]
  return [UInt8]("INFO".utf8).withUnsafeBytes { payload in
    InternetPacket.tcp(
      TCPHeader(
        sourcePort: 5_060, destinationPort: 5_060, sequence: 1, acknowledgement: 2,
        flags: [.syn, .ack], window: 512, options: options),
      from: one, to: two, identification: 2, payload: payload)
  }
}()

private func packet(
  _ octets: [UInt8], at time: UInt64, _ direction: PcapngEnhancedPacket.Direction
) -> PcapngEnhancedPacket {
  PcapngEnhancedPacket(
    interface: 0, timestamp: time, octets: octets, direction: direction, packetIdentifier: time,
    comment: "lost")
}

// The project writes network byte order alone. A section header, an interface whose times count in
// milliseconds, a packet of two octets and a block of an unknown type.
private let otherByteOrder: [UInt8] = words([
  0x0A0D_0D0A, 28, 0x1A2B_3C4D, 0x0000_0001, .max, .max, 28,
  1, 32, 0x0000_0065, 0, 0x0001_0009, 3, 0, 32,
  6, 48, 0, 0, 5, 2, 2, 0xBBAA, 0x0004_0002, 1, 0, 48,
  9, 12, 12,
])

private let ethernet: [UInt8] = [UInt8](repeating: 2, count: 12) + [0x81, 0, 0, 1, 8, 0]

private let cooked: [UInt8] = [0x86, 0xDD] + [UInt8](repeating: 0, count: 18)

// A hop-by-hop header, a first fragment, and UDP with nothing in it.
private let ipv6: [UInt8] =
  [0x60, 0, 0, 0, 0, 24, 0, 64] + [UInt8](repeating: 1, count: 32)
  + [44, 0, 5, 2, 0, 0, 0, 0] + [17, 0, 0, 1, 0, 0, 0, 1] + [0, 80, 0, 80, 0, 8, 0, 0]

/// In the byte order of most machines, with microseconds.
private func pcapFile(linkType: UInt32, _ packet: [UInt8]) -> [UInt8] {
  let count = UInt32(packet.count)
  return words([0xA1B2_C3D4, 0x0004_0002, 0, 0, 0, linkType, 1, 2, count, count]) + packet
}

private func words(_ values: [UInt32]) -> [UInt8] {
  values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
