import Testing
import WireFormats

@Suite("pcapng blocks")
struct PcapngTests {
  private func blocks(_ octets: [UInt8]) throws -> [PcapngBlock] {
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      var walk = PcapngBlocks(reader)
      var blocks: [PcapngBlock] = []
      while let block = try walk.next() { blocks.append(block) }
      return blocks
    }
  }

  private static let section = PcapngSectionHeader(application: "avpf")
  private static let interface = PcapngInterfaceDescription(name: "a", description: "b")
  private static let packet = PcapngEnhancedPacket(
    interface: 1, timestamp: 0x0000_0001_0000_0002, octets: [0xAA, 0xBB, 0xCC],
    direction: .outbound, packetIdentifier: 3, comment: "lost")

  @Test("the section header tells its byte order and no length")
  func sectionHeader() {
    expect(
      PcapngSectionHeader(),
      is: hex("0A0D0D0A 0000001C 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF 0000001C"))
    expect(
      Self.section,
      is: hex(
        """
        0A0D0D0A 00000028 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF
        0004 0004 61767066 0000 0000 00000028
        """))
  }

  @Test("an interface has its link type, name, description and nanoseconds")
  func interfaceDescription() {
    expect(
      Self.interface,
      is: hex(
        """
        00000001 00000030 0065 0000 00000000
        0002 0001 61000000 0003 0001 62000000 0009 0001 09000000 00000000 00000030
        """))
    expectRoundTrip(PcapngInterfaceDescription(linkType: 1, resolution: .binary(bits: 10)))
  }

  @Test("a packet is padded, and has its options behind it")
  func enhancedPacket() {
    expect(
      Self.packet,
      is: hex(
        """
        00000006 00000044 00000001 00000001 00000002 00000003 00000003 AABBCC00
        0001 0004 6C6F7374 0002 0004 00000002 0005 0008 0000000000000003 00000000 00000044
        """))
  }

  @Test("a file of either byte order gives the same blocks, unknown ones among them")
  func byteOrders() throws {
    let big =
      Self.section.octets() + Self.interface.octets() + Self.packet.octets()
      + hex("00000BAD 0000000C 0000000C")
    let expected: [PcapngBlock] = [
      .sectionHeader(Self.section), .interfaceDescription(Self.interface),
      .enhancedPacket(Self.packet), .other(type: 0xBAD),
    ]
    #expect(try blocks(big) == expected)
    // The same, as dumpcap writes it on most machines.
    let little = hex(
      """
      0A0D0D0A 28000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF 0400 0400 61767066 0000 0000 28000000
      01000000 30000000 6500 0000 00000000
      0200 0100 61000000 0300 0100 62000000 0900 0100 09000000 00000000 30000000
      06000000 44000000 01000000 01000000 02000000 03000000 03000000 AABBCC00
      0100 0400 6C6F7374 0200 0400 02000000 0500 0800 0300000000000000 00000000 44000000
      AD0B0000 0C000000 0C000000
      """)
    #expect(try blocks(little) == expected)
    // Sections of different orders may follow each other.
    #expect(try blocks(little + big) == expected + expected)
  }

  @Test("a file that ends within a block says so")
  func truncation() throws {
    let file = Self.section.octets() + Self.packet.octets()
    let ends = [0, Self.section.serializedByteCount, file.count]
    for count in 0...file.count {
      if ends.contains(count) {
        #expect(try blocks(Array(file[..<count])).count == ends.firstIndex(of: count))
        continue
      }
      #expect(throws: WireError.self) { try blocks(Array(file[..<count])) }
    }
  }

  static let malformed = [
    Malformed(
      "no section header first", "00000006 0000000C 0000000C", "pcapng block type", 0, .badSyntax),
    Malformed(
      "another magic", "0A0D0D0A 0000001C 11111111", "pcapng byte-order magic", 8,
      .badValue(found: 0x1111_1111)),
    Malformed(
      "version 2", "0A0D0D0A 0000001C 1A2B3C4D 0002 0000 FFFFFFFFFFFFFFFF 0000001C",
      "pcapng major version", 12, .wrongVersion(found: 2)),
    Malformed(
      "a length of 29", "0A0D0D0A 0000001D 1A2B3C4D", "pcapng block length", 4,
      .badLength(found: 29)),
    Malformed(
      "two lengths", "0A0D0D0A 0000001C 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF 00000020",
      "pcapng block length", 24, .badLength(found: 32)),
    Malformed(
      "an option beyond its block",
      "0A0D0D0A 00000020 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF 0001 0004 00000020",
      "pcapng option", 28, .truncated(needed: 4, available: 0)),
    // Repaired, one octet becomes three, and 65535 would fit into no option any more.
    Malformed(
      "a comment that is no UTF-8",
      "0A0D0D0A 00000024 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF 0001 0001 FF000000 00000024",
      "pcapng comment", 28, .badSyntax),
  ]

  @Test("malformed files are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    do throws(WireError) {
      _ = try withReader(over: input.octets) { (reader: inout ByteReader) throws(WireError) in
        var walk = PcapngBlocks(reader)
        return try walk.next()
      }
      Issue.record("accepted \(input.what)")
    } catch {
      #expect(error.field.description == input.field)
      #expect(error.offset == input.offset && error.kind == input.kind)
    }
  }

  @Test("any block survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 906)
    for _ in 0..<300 {
      func text() -> String? {
        random.flag() ? String(repeating: "ä", count: random.below(40)) : nil
      }
      expectRoundTrip(
        PcapngSectionHeader(comment: text(), operatingSystem: text(), application: text()))
      expectRoundTrip(
        PcapngInterfaceDescription(
          linkType: random.word16(), snapLength: random.word32(), name: text(),
          description: text(), resolution: .decimal(digits: random.octet() & 0x7F)))
      expectRoundTrip(
        PcapngEnhancedPacket(
          interface: random.word32(), timestamp: random.next(),
          octets: random.octets(random.below(100)),
          direction: random.flag() ? .inbound : nil,
          packetIdentifier: random.flag() ? random.next() : nil, comment: text()))
    }
  }
}
