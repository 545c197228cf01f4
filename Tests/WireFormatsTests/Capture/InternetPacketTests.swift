import Testing
import WireFormats

@Suite("Internet packets with their checksums")
struct InternetPacketTests {
  private let here = InternetEndpoint(IPv4Address(192, 0, 2, 10), port: 40_010)
  private let there = InternetEndpoint(IPv4Address(192, 0, 2, 20), port: 40_020)

  /// The sum over pseudo header, transport header and payload, which a right checksum makes zero.
  private func sum(_ packet: [UInt8]) throws -> UInt16 {
    try withReader(over: packet) { (reader: inout ByteReader) throws(WireError) in
      let header = try IPv4Header(parsing: &reader)
      var sum = InternetChecksum()
      for address in [header.source, header.destination] {
        sum.add(UInt16(address.value >> 16))
        sum.add(UInt16(truncatingIfNeeded: address.value))
      }
      sum.add(UInt16(header.protocolNumber))
      sum.add(UInt16(header.payloadByteCount))
      sum.add(reader.unread)
      return sum.value
    }
  }

  @Test("a UDP datagram of any length sums to zero and gives its payload back")
  func udp() throws {
    var random = SplitMix(seed: 904)
    for count in 0..<300 {
      let payload = random.octets(count)
      let packet = payload.withUnsafeBytes {
        InternetPacket.udp(from: here, to: there, identification: 9, payload: $0)
      }
      #expect(packet.count == 28 + count)
      #expect(try sum(packet) == 0)
      #expect(Array(packet[28...]) == payload)
    }
  }

  @Test("a datagram whose sum is zero says so by all ones")
  func zero() throws {
    // The payload is chosen so that the checksum comes out as zero.
    let bare = [UInt8](repeating: 0, count: 2).withUnsafeBytes {
      InternetPacket.udp(from: here, to: there, identification: 0, payload: $0)
    }
    let packet = Array(bare[26..<28]).withUnsafeBytes {
      InternetPacket.udp(from: here, to: there, identification: 0, payload: $0)
    }
    #expect(Array(packet[26..<28]) == [0xFF, 0xFF])
  }

  @Test("a TCP segment sums to zero, with options and with an odd payload")
  func tcp() throws {
    var random = SplitMix(seed: 905)
    for count in 0..<100 {
      var options = TCPOptions()
      options.timestamps = .init(value: random.word32(), echo: random.word32())
      let header = TCPHeader(
        sourcePort: 1, destinationPort: 2, sequence: random.word32(), flags: .ack, window: 3,
        options: options)
      let packet = random.octets(count).withUnsafeBytes {
        InternetPacket.tcp(
          header, from: here.address, to: there.address, identification: 1, payload: $0)
      }
      #expect(packet.count == 52 + count)
      #expect(try sum(packet) == 0)
    }
  }
}
