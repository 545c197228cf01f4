import Testing
import WireFormats

@Suite("RTCP compound")
struct RTCPCompoundTests {
  private static let report = hex("80 C9 0001 00000001")
  private static let name = hex("81 CA 0002 00000001 01 01 61 00")
  private static let nameless = hex("81 CA 0002 00000001 00000000")
  private static let loss = hex("81 CE 0002 00000001 00000002")
  private static let slices = hex("82 CE 0003 00000001 00000002 00080101")
  private static let selection = hex("83 CE 0003 00000001 00000002 00 60 9234")
  private static let sender = hex("80 C8 0006 00000001 0000000000000002 00000003 00000004 00000005")
  private static let goodbye = hex("81 CB 0001 00000001")

  private func packets(_ octets: [UInt8]) throws(WireError) -> [RTCPPacket] {
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      var compound = RTCPCompound(reader)
      var packets: [RTCPPacket] = []
      while let packet = try compound.next() { packets.append(packet) }
      return packets
    }
  }

  private func composition(
    _ octets: [UInt8], _ rules: RTCPCompound.Rules = .fullCompound
  ) -> WireError? {
    do throws(WireError) {
      try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
        try RTCPCompound(reader).checkComposition(rules)
      }
      return nil
    } catch {
      return error
    }
  }

  @Test("every packet is recognized, in order")
  func allTypes() throws {
    let octets =
      Self.sender + Self.report + Self.name + Self.loss + Self.slices + Self.selection
      + Self.goodbye + hex("84 CE 0004 00000001 00000000 00000002 01000000")
    #expect(
      try packets(octets) == [
        .senderReport(
          SenderReport(
            packetSender: 1, ntpTimestamp: 2, rtpTimestamp: 3, packetCount: 4, octetCount: 5)),
        .receiverReport(ReceiverReport(packetSender: 1)),
        .sourceDescription(SourceDescription(source: 1, canonicalName: ShortOctets("a"))),
        .pictureLossIndication(PictureLossIndication(packetSender: 1, mediaSource: 2)),
        .sliceLossIndication(
          SliceLossIndication(
            packetSender: 1, mediaSource: 2, entries: [.init(first: 1, number: 4, pictureID: 1)])),
        .referencePictureSelectionIndication(
          ReferencePictureSelectionIndication(
            packetSender: 1, mediaSource: 2, payloadType: 96, pictureID: PictureID(0x1234))),
        .goodbye(Goodbye(sources: [1])),
        .fullIntraRequest(
          FullIntraRequest(packetSender: 1, mediaSource: 2, sequenceNumber: 1)),
      ])
    #expect(composition(octets) == nil)
  }

  @Test("an empty buffer has no packets")
  func empty() throws {
    #expect(try packets([]).isEmpty)
  }

  @Test("a compound cut anywhere but between packets is refused")
  func cut() {
    let parts = [Self.report, Self.name, Self.loss, Self.goodbye]
    let octets = parts.reduce([], +)
    let boundaries = [0, 8, 20, 32, 40]
    #expect(octets.count == 40)
    for length in 0...octets.count {
      let count = try? packets(Array(octets[..<length])).count
      #expect(count == boundaries.firstIndex(of: length))
    }
  }

  @Test("padding is for the last packet alone")
  func padding() throws {
    let padded = hex("A1 CE 0003 00000001 00000002 00000004")
    #expect(try packets(Self.report + padded).count == 2)
    #expect(
      throws: WireError(
        "RTCP padding bit", at: 8, .badValue(found: 1), expected: "0 on all packets but the last")
    ) {
      try packets(Self.report + padded + Self.loss)
    }
  }

  @Test("the padding of the last packet is told, and only that of the last")
  func paddingTold() throws {
    let octets = Self.report + hex("A1 CE 0004 00000001 00000002 00000000 00000008")
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      var compound = RTCPCompound(reader)
      #expect(compound.paddingByteCount == 0)
      _ = try compound.next()
      #expect(compound.paddingByteCount == 0)
      _ = try compound.next()
      #expect(compound.paddingByteCount == 8)
    }
  }

  @Test("where reduced size is allowed, feedback may come first, and without a name")
  func reducedSize() {
    for feedback in [
      Self.loss, Self.slices, Self.selection, Self.loss + Self.goodbye,
      hex("81 CD 0003 00000001 00000002 00100003"), hex("8F CD 0002 00000001 00000002"),
      hex("A1 CE 0003 00000001 00000002 00000004"),
    ] {
      #expect(composition(feedback, .reducedSizeAllowed) == nil)
      #expect(composition(feedback)?.field.description == "first packet of an RTCP compound")
    }
    #expect(composition(Self.report + Self.name, .reducedSizeAllowed) == nil)
  }

  @Test("reduced size allows no more than that")
  func reducedSizeLimits() {
    #expect(composition([], .reducedSizeAllowed)?.field.description == "RTCP compound")
    #expect(
      composition(Self.report + Self.loss, .reducedSizeAllowed)
        == WireError(
          "RTCP compound", at: 0, .badValue(found: 0), expected: "an SDES with a CNAME"))
    #expect(
      composition(Self.goodbye + Self.loss, .reducedSizeAllowed)
        == WireError(
          "first packet of an RTCP compound", at: 0, .wrongType(found: 203),
          expected: "200, SR, 201, RR, or feedback, 205 or 206"))
    #expect(
      composition(
        hex("A1 CE 0003 00000001 00000002 00000004") + Self.loss, .reducedSizeAllowed)
        == WireError(
          "RTCP padding bit", at: 0, .badValue(found: 1), expected: "0 on all packets but the last")
    )
    #expect(
      composition(Self.loss + [0x80, 0xC9], .reducedSizeAllowed)
        == WireError("RTCP header", at: 12, .truncated(needed: 4, available: 2)))
  }

  @Test("a length that leads past the end is told")
  func lengthsAddUp() {
    #expect(
      composition(Self.report + hex("81 CA 0003 00000001 01 01 61 00"))
        == WireError("RTCP packet", at: 12, .truncated(needed: 12, available: 8)))
  }

  @Test("a report first and a CNAME make a full compound")
  func fullCompound() {
    #expect(composition(Self.report + Self.name) == nil)
    #expect(composition(Self.sender + Self.name + Self.loss) == nil)
    #expect(composition(Self.report + Self.report + Self.loss + Self.name) == nil)
  }

  @Test("what is missing from a compound is told")
  func incomplete() {
    #expect(
      composition([])
        == WireError(
          "RTCP compound", at: 0, .badLength(found: 0), expected: "at least one packet"))
    #expect(
      composition(Self.loss)
        == WireError(
          "first packet of an RTCP compound", at: 0, .wrongType(found: 206),
          expected: "200, SR, or 201, RR"))
    #expect(
      composition(Self.name + Self.report)
        == WireError(
          "first packet of an RTCP compound", at: 0, .wrongType(found: 202),
          expected: "200, SR, or 201, RR"))
    let noName = WireError(
      "RTCP compound", at: 0, .badValue(found: 0), expected: "an SDES with a CNAME")
    #expect(composition(Self.report) == noName)
    #expect(composition(Self.report + Self.loss) == noName)
    #expect(composition(Self.report + Self.nameless) == noName)
    #expect(
      composition(hex("A0 C9 0002 00000001 00000004"))
        == WireError(
          "RTCP padding bit", at: 0, .badValue(found: 1), expected: "0 on the first packet"))
    #expect(
      composition(Self.report + Self.name + [0x81])
        == WireError("RTCP header", at: 20, .truncated(needed: 4, available: 1)))
  }
}
