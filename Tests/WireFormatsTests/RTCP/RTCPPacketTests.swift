import Testing
import WireFormats

@Suite("RTCP packet")
struct RTCPPacketTests {
  /// One packet of each kind.
  static let examples: [RTCPPacket] = [
    .senderReport(
      SenderReport(
        packetSender: 1, ntpTimestamp: 2, rtpTimestamp: 3, packetCount: 4, octetCount: 5)),
    .receiverReport(ReceiverReport(packetSender: 1, reportBlocks: [ReportBlock(source: 2)])),
    .sourceDescription(SourceDescription(source: 1, canonicalName: ShortOctets("a@b"))),
    .goodbye(Goodbye(sources: [1], reason: ShortOctets("done"))),
    .applicationDefined(ApplicationDefined(subtype: 1, source: 1, name: "Name")),
    .genericNegativeAcknowledgement(
      GenericNegativeAcknowledgement(packetSender: 1, mediaSource: 2, lost: [3, 4, 90])),
    .pictureLossIndication(PictureLossIndication(packetSender: 1, mediaSource: 2)),
    .sliceLossIndication(
      SliceLossIndication(
        packetSender: 1, mediaSource: 2, entries: [.init(first: 0, number: 9, pictureID: 3)])),
    .referencePictureSelectionIndication(
      ReferencePictureSelectionIndication(
        packetSender: 1, mediaSource: 2, payloadType: 96, pictureID: PictureID(7))),
    .fullIntraRequest(FullIntraRequest(packetSender: 1, mediaSource: 2, sequenceNumber: 3)),
    .receiverEstimatedMaximumBitrate(
      ReceiverEstimatedMaximumBitrate(packetSender: 1, bitsPerSecond: 500_000, sources: [2])),
    .applicationLayerFeedback(
      ApplicationLayerFeedback(
        packetSender: 1, mediaSource: 2, content: ShortOctets(hex("01020304")))),
    .unknown(
      UnknownRTCPPacket(packetType: 207, count: 0, content: ShortOctets(hex("00000001")))),
  ]

  @Test("a packet of each kind is read as its kind and survives", arguments: examples)
  func kinds(packet: RTCPPacket) {
    expectRoundTrip(packet)
  }

  @Test("feedback formats that are not read are kept as unknown", arguments: [0, 2, 3, 15, 31])
  func transportFormats(format: UInt8) throws {
    let octets = hex("80 CD 0003 00000001 00000002 00000003")
    let packet = UnknownRTCPPacket(
      packetType: 205, count: format, content: ShortOctets(Array(octets[4...])))
    #expect(try RTCPPacket(octets: [0x80 | format] + octets[1...]) == .unknown(packet))
  }

  @Test(
    "payload-specific formats that are not read are kept as unknown", arguments: [0, 5, 14, 31])
  func payloadFormats(format: UInt8) throws {
    let octets = hex("80 CE 0002 00000001 00000002")
    let packet = UnknownRTCPPacket(
      packetType: 206, count: format, content: ShortOctets(Array(octets[4...])))
    #expect(try RTCPPacket(octets: [0x80 | format] + octets[1...]) == .unknown(packet))
  }

  @Test("application-layer feedback is REMB only by its identifier")
  func bitrateEstimate() throws {
    #expect(
      try RTCPPacket(octets: hex("8F CE 0003 00000001 00000002 52454D43"))
        == .applicationLayerFeedback(
          ApplicationLayerFeedback(
            packetSender: 1, mediaSource: 2, content: ShortOctets(hex("52454D43")))))
    #expect(
      refusal(of: RTCPPacket.self, hex("8F CE 0003 00000001 00000002 52454D42"))
        == WireError(
          "REMB number of SSRCs and bitrate", at: 16, .truncated(needed: 4, available: 0)))
  }

  @Test("feedback is what RFC 4585 brought")
  func feedback() {
    #expect(Self.examples.map(\.isFeedback) == (0..<13).map { (5...11).contains($0) })
    let foreign = [200, 204, 205, 206, 207].map {
      RTCPPacket.unknown(UnknownRTCPPacket(packetType: $0, count: 9, content: ShortOctets()))
    }
    #expect(foreign.map(\.isFeedback) == [false, false, true, true, false])
  }
}
