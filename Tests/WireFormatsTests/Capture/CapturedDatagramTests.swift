import Testing
import WireFormats

@Suite("Datagrams of captured packets")
struct CapturedDatagramTests {
  /// What is read, or why nothing is.
  private func read(
    _ octets: [UInt8], linkType: UInt32
  ) -> (flow: String, count: Int, payload: [UInt8])? {
    octets.withUnsafeBytes { octets in
      guard let datagram = try? CapturedDatagram(octets, linkType: linkType) else { return nil }
      return ("\(datagram.flow)", datagram.packetByteCount, [UInt8](datagram.payload))
    }
  }

  private func absence(_ octets: [UInt8], linkType: UInt32 = 101) -> CapturedDatagram.Absence? {
    octets.withUnsafeBytes { octets in
      do throws(CapturedDatagram.Absence) {
        _ = try CapturedDatagram(octets, linkType: linkType)
        return nil
      } catch {
        return error
      }
    }
  }

  /// Ports 4660 and 80; a payload of three octets.
  private static let udp = "1234 0050 000B 0000 AABBCC"
  private static let ipv4 = "45000020 00010000 40110000 C0000201 C6336402"
  private static let ipv6 =
    "60000000 000B 11 40 20010DB8000000000000000000000001 20010DB8000000010000000000000002"

  private static let flow4 = "192.0.2.1:4660 -> 198.51.100.2:80"
  private static let flow6 = "[2001:db8::1]:4660 -> [2001:db8:0:1::2]:80"

  /// Link type, what stands before IP, and whether that is version 6.
  static let links: [(String, UInt32, String, Bool)] = [
    ("Ethernet", 1, "001122334455 66778899AABB 0800", false),
    ("Ethernet", 1, "001122334455 66778899AABB 86DD", true),
    ("802.1Q", 1, "001122334455 66778899AABB 8100 0064 0800", false),
    ("QinQ", 1, "001122334455 66778899AABB 88A8 0064 8100 2001 86DD", true),
    ("Linux cooked", 113, "0000 0001 0006 6677889900000000 0800", false),
    ("Linux cooked with a VLAN", 113, "0004 0001 0006 6677889900000000 8100 0064 86DD", true),
    ("Linux cooked v2", 276, "0800 0000 00000002 0001 04 06 6677889900000000", false),
    ("Linux cooked v2", 276, "86DD 0000 00000002 0001 00 06 6677889900000000", true),
    ("raw", 101, "", false), ("raw", 101, "", true), ("raw", 12, "", false), ("raw", 14, "", true),
    ("IPv4", 228, "", false), ("IPv6", 229, "", true),
    ("null, little-endian", 0, "02000000", false), ("null, big-endian", 0, "0000001E", true),
    ("null, FreeBSD", 0, "1C000000", true), ("loop", 108, "00000002", false),
    ("loop, Linux's own number", 108, "0000000A", true),
  ]

  @Test("every link type leads to the datagram", arguments: links)
  func link(what: String, linkType: UInt32, header: String, isSix: Bool) throws {
    let packet = hex(header + (isSix ? Self.ipv6 : Self.ipv4) + Self.udp)
    let datagram = try #require(read(packet, linkType: linkType))
    #expect(datagram.flow == (isSix ? Self.flow6 : Self.flow4))
    #expect(datagram.count == (isSix ? 51 : 31))
    #expect(datagram.payload == [0xAA, 0xBB, 0xCC])
    // Cut before UDP's end it is malformed, whatever the link.
    let least = packet.count - 3
    for count in 0..<packet.count {
      let cut = Array(packet[..<count])
      if count < least {
        #expect(absence(cut, linkType: linkType) == .malformed, "\(what) of \(count) octets")
      } else {
        #expect(read(cut, linkType: linkType)?.count == datagram.count)
      }
    }
  }

  @Test("options, and octets behind the packet, are stepped over")
  func options() throws {
    let packet = hex(
      "001122334455 66778899AABB 0800 47000027 00010000 40110000 C0000201 C6336402"
        + "01010101 01010100" + Self.udp + "EEEE")
    let datagram = try #require(read(packet, linkType: 1))
    #expect(datagram.flow == Self.flow4 && datagram.payload == [0xAA, 0xBB, 0xCC])
    #expect(datagram.count == 39)
  }

  @Test("a length of 0, as cards that cut packets show it, is all there is")
  func offload() throws {
    let packet = hex("45000000 00010000 40110000 C0000201 C6336402" + Self.udp)
    #expect(read(packet, linkType: 101)?.payload == [0xAA, 0xBB, 0xCC])
  }

  @Test("a first fragment stands for its datagram, later ones for none")
  func fragments() throws {
    // 1000 octets of UDP, of which the first 11 are here.
    let first = hex("4500001F 00012000 40110000 C0000201 C6336402 1234 0050 03E8 0000 AABBCC")
    let datagram = try #require(read(first, linkType: 101))
    #expect(datagram.count == 1_020 && datagram.payload == [0xAA, 0xBB, 0xCC])
    #expect(absence(hex("4500001F 00010002 40110000 C0000201 C6336402" + Self.udp)) == .fragment)
    // Too short for a header.
    #expect(absence(hex("45000018 00012000 40110000 C0000201 C6336402 12340050")) == .fragment)
  }

  @Test("extension headers of IPv6 are stepped over, a first fragment's among them")
  func extensions() throws {
    let addresses = "20010DB8000000000000000000000001 20010DB8000000010000000000000002"
    // Hop-by-hop, destination options of 16 octets, authentication, fragment.
    let headers =
      "3C00050200000000 3301000000000000 0000000000000000 2C01000000000000 00000000"
      + "1100000100000000"
    let packet = hex("60000000 0037 00 40" + addresses + headers + Self.udp)
    let datagram = try #require(read(packet, linkType: 101))
    #expect(datagram.flow == Self.flow6 && datagram.payload == [0xAA, 0xBB, 0xCC])
    let later = "60000000 0013 2C 40" + addresses + "1100000800000000" + Self.udp
    #expect(absence(hex(later)) == .fragment)
    let none = "60000000 0000 3B 40" + addresses
    #expect(absence(hex(none)) == .otherProtocol)
  }

  @Test("what is no UDP, or of an unknown link, is told apart")
  func absences() {
    #expect(absence(hex("001122334455 66778899AABB 0806 0001"), linkType: 1) == .otherProtocol)
    #expect(absence(hex("45000020 00010000 40060000 C0000201 C6336402")) == .otherProtocol)
    #expect(absence(hex("07000000"), linkType: 0) == .otherProtocol)
    #expect(absence(hex(Self.ipv4 + Self.udp), linkType: 127) == .unknownLink)
    #expect(absence(hex("44000020 00010000 40110000 C0000201 C6336402")) == .malformed)
    #expect(absence(hex("45000013 00010000 40110000 C0000201 C6336402" + Self.udp)) == .malformed)
    #expect(absence(hex(Self.ipv4 + "1234 0050 0007 0000 AABBCC")) == .malformed)
  }

  @Test(
    "IPv6 addresses are written as RFC 5952 has them",
    arguments: [
      (0, 0, "::"), (0, 1, "::1"), (0x2001_0DB8_0000_0000, 0, "2001:db8::"),
      (0x2001_0DB8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
      (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),
      (0x2001_0DB8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),
    ])
  func text(high: UInt64, low: UInt64, expected: String) {
    #expect("\(InternetAddress.v6(high: high, low: low))" == expected)
  }
}
