import Testing
import WireFormats

/// Every parser meets random octets and mutated good ones: it may refuse, never trap, and what it
/// takes must survive being written and read again.
@Suite("Robustness")
struct RobustnessTests {
  static let inputsPerParser = 20_000

  /// Good octets with some changed, cut off, put in or doubled; or random ones.
  private static func input(from good: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
    guard random.below(8) > 0 else { return random.octets(random.below(64)) }
    var octets = good[random.below(good.count)]
    for _ in 0...random.below(3) {
      guard !octets.isEmpty else { return octets }
      let place = random.below(octets.count)
      switch random.below(6) {
      case 0: octets[place] = random.octet()
      case 1: octets[place] ^= 1 << UInt8(random.below(8))
      case 2: octets.removeSubrange(place...)
      case 3: octets.remove(at: place)
      case 4: octets.insert(random.octet(), at: place)
      default: octets.insert(contentsOf: octets[place...].prefix(random.below(12)), at: place)
      }
    }
    return octets
  }

  /// - Parameter write: the value's octets as its packet holds them.
  private func attack<Value: WireValue>(
    _ type: Value.Type, seed: UInt64, _ good: [[UInt8]],
    write: (Value) -> [UInt8] = { $0.octets() },
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var random = SplitMix(seed: seed)
    var taken = 0
    var lost = 0
    for _ in 0..<Self.inputsPerParser {
      guard let value = try? Value(octets: Self.input(from: good, &random)) else { continue }
      taken += 1
      if value.octets().count != value.serializedByteCount
        || (try? Value(octets: write(value))) != value
      {
        lost += 1
      }
    }
    #expect(lost == 0, sourceLocation: sourceLocation)
    // Both sides of each parser were met.
    #expect(taken > 0 && taken < Self.inputsPerParser, sourceLocation: sourceLocation)
  }

  private static let block = ReportBlock(
    source: 1, fractionLost: 2, cumulativeLost: -3, extendedHighestSequenceNumber: 4)

  @Test("RTP header")
  func rtpHeader() {
    attack(
      RTPHeader.self, seed: 100,
      [
        hex("80 E0 1234 89ABCDEF 01020304"), hex("82 E0 1234 89ABCDEF 01020304 AABBCCDD 00000001"),
        hex("B0 E0 1234 89ABCDEF 01020304 BEDE0001 11111111 0002"),
      ]
    ) { header in
      // An announced padding stands behind the payload, here behind nothing.
      let padding = Int(header.paddingByteCount)
      guard padding > 0 else { return header.octets() }
      return header.octets() + [UInt8](repeating: 0, count: padding - 1) + [UInt8(padding)]
    }
  }

  @Test("retransmission payload")
  func retransmission() {
    attack(RetransmissionPayload.self, seed: 128, [hex("1234")])
  }

  @Test("VP8 payload descriptor")
  func descriptor() {
    attack(
      VP8PayloadDescriptor.self, seed: 101,
      [hex("10"), hex("90 80 92 34"), hex("B1 F0 8001 02 C5"), hex("90 10 1F")])
  }

  @Test("VP8 payload header, PictureID and frame header")
  func frames() {
    attack(VP8PayloadHeader.self, seed: 102, [hex("B0 06 07")])
    attack(PictureID.self, seed: 103, [hex("11"), hex("9234")])
    attack(
      VP8FrameHeader.self, seed: 104, [hex("B0 06 07 9D012A 6001 2001"), hex("31 00 00")])
  }

  @Test("RTCP header and report block")
  func rtcpParts() {
    attack(RTCPHeader.self, seed: 105, [hex("81 CE 0002")])
    attack(ReportBlock.self, seed: 106, [Self.block.octets()])
  }

  @Test("sender and receiver report")
  func reports() {
    attack(
      SenderReport.self, seed: 107,
      [
        SenderReport(
          packetSender: 1, ntpTimestamp: 2, rtpTimestamp: 3, packetCount: 4, octetCount: 5,
          reportBlocks: [Self.block, Self.block]
        ).octets()
      ])
    attack(
      ReceiverReport.self, seed: 108,
      [ReceiverReport(packetSender: 1, reportBlocks: [Self.block]).octets()])
  }

  @Test("source description")
  func sourceDescription() {
    attack(
      SourceDescription.self, seed: 109,
      [
        SourceDescription(source: 1, canonicalName: ShortOctets("receiver@example.com")).octets(),
        hex("82 CA 0005 00000001 02 02 5858 01 01 61 00 00000002 01 01 62 00"),
      ])
  }

  @Test("PLI, SLI and RPSI")
  func feedback() {
    attack(PictureLossIndication.self, seed: 110, [hex("81 CE 0002 00000001 00000002")])
    attack(
      SliceLossIndication.self, seed: 111,
      [
        hex("82 CE 0003 00000001 00000002 00080101"),
        hex("A2 CE 0005 00000001 00000002 00080101 FFFFFFFF 00000004"),
      ])
    attack(
      ReferencePictureSelectionIndication.self, seed: 112,
      [
        hex("83 CE 0003 00000001 00000002 00 60 9234"),
        hex("83 CE 0004 00000001 00000002 18 7F 112233 000000"),
      ])
  }

  @Test("goodbye, application-defined and unknown packets")
  func otherPackets() {
    attack(
      Goodbye.self, seed: 120,
      [hex("81 CB 0001 00000001"), hex("82 CB 0004 00000001 00000002 05 6162636465 0000")])
    attack(
      ApplicationDefined.self, seed: 121,
      [hex("85 CC 0003 00000001 54657374 DEADBEEF"), hex("80 CC 0002 00000001 61626364")])
    attack(UnknownRTCPPacket.self, seed: 122, [hex("9F CF 0001 01020304"), hex("80 C0 0000")])
  }

  @Test("NACK, FIR, REMB and application-layer feedback")
  func newerFeedback() {
    attack(
      GenericNegativeAcknowledgement.self, seed: 123,
      [
        hex("81 CD 0003 00000001 00000002 0AAA5555"),
        hex("A1 CD 0005 00000001 00000002 0AAA5555 FFFF0001 00000004"),
      ])
    attack(
      FullIntraRequest.self, seed: 124,
      [
        hex("84 CE 0004 00000001 00000000 00000002 2A000000"),
        hex("84 CE 0006 00000001 00000000 00000002 00000000 00000003 FF000000"),
      ])
    attack(
      ReceiverEstimatedMaximumBitrate.self, seed: 125,
      [
        hex("8F CE 0005 00000001 00000000 52454D42 010BD090 12345678"),
        hex("8F CE 0006 00000001 00000000 52454D42 02FFFFFF 00000002 00000003"),
      ])
    attack(
      ApplicationLayerFeedback.self, seed: 126, [hex("8F CE 0003 00000001 00000002 01020304")])
    attack(RTCPPacket.self, seed: 127, RTCPPacketTests.examples.map { $0.octets() })
  }

  @Test("SIP message")
  func sip() {
    attack(SIPMessage.self, seed: 113, [SIPExamples.foreign])
  }

  @Test("SIP headers, and all that is asked of a message")
  func sipHeaders() {
    var random = SplitMix(seed: 120)
    let addresses = [
      "\"A, \\\"B\" <sip:u;x?y:p@[::1]:5070;lr;a=b?h=1>;tag=1;q=\"0;5\"", "sip:a@b ;tag = 2",
    ].map(octets)
    var taken = 0
    for _ in 0..<Self.inputsPerParser {
      let text = String(decoding: Self.input(from: addresses, &random), as: UTF8.self)
      guard let address = SIPAddress(text) else { continue }
      taken += 1
      #expect(SIPAddress(address.text) == address)
      if let uri = address.sipURI { #expect(SIPURI(uri.text) == uri) }
    }
    #expect(taken > 0 && taken < Self.inputsPerParser)
    var composed = 0
    for _ in 0..<Self.inputsPerParser {
      let octets = Self.input(from: [SIPExamples.info.octets()], &random)
      guard let message = try? SIPMessage(octets: octets),
        (try? message.checkComposition()) != nil
      else { continue }
      composed += 1
      // What passes may be answered and passed on.
      _ = SIPProxy(host: "h", transport: .tls).forward(message, branch: "z9hG4bK1")
      _ = SIPMessage.response(to: message, .ok).octets()
    }
    #expect(composed > 0 && composed < Self.inputsPerParser)
  }

  @Test("media control")
  func mediaControl() {
    attack(
      MediaControl.self, seed: 114,
      [
        MediaControl(streamIdentifiers: ["a"]).octets(), MediaControl().octets(),
        octets(
          "<m:media_control xmlns:m='a'><m:vc_primitive><to_encoder><m:picture_fast_update/>"
            + "</to_encoder></m:vc_primitive></m:media_control>"),
      ])
  }

  @Test("Y4M stream and frame header")
  func y4m() {
    attack(
      Y4MHeader.self, seed: 115,
      [octets("YUV4MPEG2 W352 H288 F30000:1001 Ip A128:117 C420jpeg XA=B\n")])
    attack(Y4MFrameHeader.self, seed: 116, [octets("FRAME\n"), octets("FRAME Ip XA=B\n")])
  }

  @Test("IVF headers and pcapng blocks")
  func files() {
    attack(
      IVFHeader.self, seed: 120,
      [IVFHeader(width: 4, height: 2, timeRate: 30, timeScale: 1).octets()])
    attack(IVFFrameHeader.self, seed: 121, [hex("02010000 0500000000000000")])
    attack(
      PcapngSectionHeader.self, seed: 122,
      [PcapngSectionHeader(comment: "a", operatingSystem: "b", application: "c").octets()])
    attack(
      PcapngInterfaceDescription.self, seed: 123,
      [PcapngInterfaceDescription(name: "a", description: "b").octets()])
    attack(
      PcapngEnhancedPacket.self, seed: 124,
      [
        PcapngEnhancedPacket(
          interface: 0, timestamp: 1, octets: [1, 2, 3], direction: .inbound, packetIdentifier: 4,
          comment: "d"
        ).octets()
      ])
  }

  @Test("IPv4, UDP and TCP header")
  func internet() {
    attack(IPv4Header.self, seed: 125, [hex("4500 0073 0000 4000 4011 B861 C0A80001 C0A800C7")])
    attack(UDPHeader.self, seed: 126, [hex("13C4 9C4A 000A ABCD")])
    attack(
      TCPHeader.self, seed: 127,
      [
        hex(
          """
          C350 13C4 01020304 05060708 A002 01F6 0000 0000
          0204 05B4 0402 080A 0A0B0C0D 00000000 01 030307
          """),
        hex(
          """
          C350 13C4 01020304 05060708 D010 01F6 0000 0000
          0101 080A 00000001 00000002 0101 0512 00000003 00000004 00000005 00000006
          """),
      ])
  }

  @Test("a pcapng file's blocks")
  func captures() {
    let good = [
      PcapngSectionHeader().octets() + PcapngInterfaceDescription(name: "a").octets()
        + PcapngEnhancedPacket(interface: 0, timestamp: 1, octets: [1], comment: "d").octets()
    ]
    var random = SplitMix(seed: 128)
    var whole = 0
    for _ in 0..<Self.inputsPerParser {
      let octets = Self.input(from: good, &random)
      try? withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
        var blocks = PcapngBlocks(reader)
        while try blocks.next() != nil {}
        whole += 1
      }
    }
    #expect(whole > 0 && whole < Self.inputsPerParser)
  }

  @Test("RTCP compounds, their composition and RPSI's PictureID")
  func compound() {
    let good = [
      hex("81 C9 0007 00000001") + Self.block.octets() + hex("81 CA 0002 00000001 01 01 61 00")
        + hex("81 CE 0002 00000001 00000002") + hex("83 CE 0003 00000001 00000002 00 60 9234"),
      hex(
        "80 C9 0001 00000001 81 CA 0002 00000001 01 01 61 00 82 CE 0003 00000001 00000002 00080101"),
    ]
    var random = SplitMix(seed: 117)
    var whole = 0
    var identifiers = 0
    for _ in 0..<Self.inputsPerParser {
      let octets = Self.input(from: good, &random)
      try? withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
        var compound = RTCPCompound(reader)
        while let packet = try compound.next() {
          if case .referencePictureSelectionIndication(let selection) = packet,
            selection.pictureID != nil
          {
            identifiers += 1
          }
        }
        try RTCPCompound(reader).checkComposition()
        whole += 1
      }
    }
    #expect(whole > 0 && whole < Self.inputsPerParser)
    #expect(identifiers > 0)
  }

  @Test("VP8 partitions")
  func partitions() {
    let good = [
      hex("30 00 00 9D012A 6001 2001 AA 020000 B1B1 B2"),
      hex("31 00 00 AA 010000 000000 020000 B1 B3B3 B4B4"),
    ]
    var random = SplitMix(seed: 118)
    var taken = 0
    for _ in 0..<Self.inputsPerParser {
      let octets = Self.input(from: good, &random)
      let count = VP8Partitions.tokenPartitionCounts[random.below(4)]
      try? withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
        let layout = try VP8Partitions(of: reader, tokenPartitionCount: count)
        taken += layout.tokenPartition(count - 1).upperBound == octets.count ? 1 : 0
      }
    }
    #expect(taken > 0 && taken < Self.inputsPerParser)
  }

  @Test("SIP framer")
  func framer() {
    var random = SplitMix(seed: 119)
    let good = [SIPExamples.foreign + octets("\r\n\r\n") + SIPExamples.foreign]
    var messages = 0
    for _ in 0..<Self.inputsPerParser {
      let stream = Self.input(from: good, &random)
      let split = random.below(stream.count + 1)
      var framer = SIPFramer()
      for piece in [stream[..<split], stream[split...]] {
        framer.append(Array(piece))
        while let message = try? framer.next() {
          messages += message.body.count == 3 ? 1 : 0
        }
      }
    }
    #expect(messages > 0 && messages < 2 * Self.inputsPerParser)
  }
}
