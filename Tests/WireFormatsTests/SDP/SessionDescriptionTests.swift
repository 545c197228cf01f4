import Testing
import WireFormats

@Suite("Session descriptions")
struct SessionDescriptionTests {
  /// RFC 4585 section 4.4, example 2.
  private static let standard = """
    v=0\r
    o=alice 3203093520 3203093520 IN IP4 host.example.com\r
    s=Multicast video with feedback\r
    t=3203130148 3203137348\r
    m=audio 49170 RTP/AVP 0\r
    c=IN IP4 224.2.1.183\r
    a=rtpmap:0 PCMU/8000\r
    m=video 51372 RTP/AVPF 98 99\r
    c=IN IP4 224.2.1.184\r
    a=rtpmap:98 H263-1998/90000\r
    a=rtpmap:99 H261/90000\r
    a=rtcp-fb:* nack\r
    a=rtcp-fb:98 nack rpsi\r

    """

  @Test("the standard's example is read, and written octet by octet")
  func example() throws {
    let description = try SessionDescription(octets: octets(Self.standard))
    expect(description, is: octets(Self.standard))
    #expect(description.lines.count == 4 && description.media.count == 2)
    let video = description.media[1]
    #expect(video.transport == .rtp(.avpf) && video.vp8PayloadType == nil)
    #expect(
      video.feedback(for: 98)
        == [.genericNegativeAcknowledgement, .referencePictureSelectionNegative])
    #expect(video.feedback(for: 99) == [.genericNegativeAcknowledgement])
  }

  @Test("lone newlines, empty lines at the end and a missing last end read the same")
  func lineEnds() throws {
    let expected = try SessionDescription(octets: octets(Self.standard))
    let plain = String(decoding: Self.standard.utf8.filter { $0 != 0x0D }, as: UTF8.self)
    for text in [plain, plain + "\n\n", Self.standard + "\r\n", String(plain.utf8.dropLast())!] {
      #expect(try SessionDescription(octets: octets(text)) == expected)
    }
  }

  @Test("the session's direction is that of media without one")
  func direction() throws {
    let text =
      "v=0\no=- 1 1 IN IP4 h\ns=-\nt=0 0\na=sendonly\nm=video 9 RTP/AVP 96\nm=audio 9 RTP/AVP 0\na=inactive\n"
    let description = try SessionDescription(octets: octets(text))
    #expect(description.media.map { description.direction(of: $0) } == [.sendOnly, .inactive])
    let silent = SessionDescription(lines: [], media: description.media)
    #expect(silent.direction(of: silent.media[0]) == .sendReceive)
  }

  @Test(
    "what is no session description is refused where it errs",
    arguments: [
      ("", "session description", 0), ("\n\n", "session description", 0),
      ("v=1\n", "SDP version", 0), ("o=-\n", "SDP version", 0),
      ("m=video 9 RTP/AVP 96\n", "session description", 0),
      ("v=0\ns=-\n", "SDP origin", 4), ("v=0\no=x\nt=0 0\n", "session name", 8),
      ("v=0\no=x\n", "session description", 7), ("v=0\no=x\ns=-\n", "session description", 11),
      ("v=0\no=x\ns=-\nm=audio 9 RTP/AVP 0\n", "session description", 12),
      ("v=0\no=x\n\ns=-\n", "SDP line", 8), ("{\"type\": \"offer\"}", "SDP line", 0),
      ("v=0\no=x\ns=-\nt=0 0\na=rtcp-fb:* trr-int\n", "trr-int", 37),
    ] as [(String, String, Int)])
  func malformed(text: String, field: String, offset: Int) throws {
    let error = try #require(refusal(of: SessionDescription.self, octets(text)))
    #expect(error.field.description == field && error.offset == offset)
    #expect(!error.expected.description.isEmpty)
  }

  @Test("descriptions of any lines survive their octets")
  func roundTrip() throws {
    var random = SplitMix(seed: 0x5D9)
    for _ in 0..<500 {
      let description = Self.description(&random)
      expect(description, is: description.octets())
    }
  }

  private static func description(_ random: inout SplitMix) -> SessionDescription {
    var lines: [SDPLine] = ["v=0", "o=x 1 1 IN IP4 h", "s=-", "t=0 0"].map { text in
      .other(type: text.utf8.first!, value: String(text.dropFirst(2)))
    }
    lines += (0..<random.below(3)).map { _ in line(&random) }
    let media = (0..<random.below(4)).map { _ in
      MediaDescription(
        media: ["video", "audio"][random.below(2)], port: random.below(65_536),
        portCount: random.flag() ? nil : 1 + random.below(9),
        transport: .rtp(
          RTPProfile.allCases[random.below(4)], carrier: random.flag() ? "" : "UDP/TLS/"),
        formats: (0...random.below(4)).map { _ in "\(random.below(128))" },
        lines: (0..<random.below(8)).map { _ in line(&random) })
    }
    return SessionDescription(lines: lines, media: media)
  }

  private static func line(_ random: inout SplitMix) -> SDPLine {
    let payloadType = UInt8(random.below(128))
    switch random.below(7) {
    case 0:
      return .rtpMap(
        RTPMap(
          payloadType: payloadType, encodingName: "VP\(random.below(10))",
          clockRate: 1 + random.below(90_000), parameters: random.flag() ? nil : "2"))
    case 1:
      return .formatParameters(FormatParameters(format: "\(payloadType)", parameters: "a=b;c"))
    case 2:
      let kinds: [RTCPFeedback] = [
        .genericNegativeAcknowledgement, .pictureLossIndication, .sliceLossIndication,
        .referencePictureSelectionNegative, .referencePictureSelectionPositive, .fullIntraRequest,
        .regularReportInterval(milliseconds: random.below(10_000)), .other("goog-remb"),
      ]
      return .rtcpFeedback(
        RTCPFeedbackAttribute(
          payloadType: random.flag() ? nil : payloadType, feedback: kinds[random.below(8)]))
    case 3: return .rtcpReducedSize
    case 4: return .direction(MediaDirection.allCases[random.below(4)])
    case 5: return .attribute(name: "x\(random.below(9))", value: random.flag() ? nil : "1 2")
    default: return .other(type: UInt8(ascii: "b"), value: "AS:\(random.below(999))")
    }
  }

  @Test("mutated descriptions are read or refused, never a trap")
  func mutations() {
    var random = SplitMix(seed: 0x4566)
    var count = 0
    for _ in 0..<5_000 {
      var octets = octets(Self.standard)
      for _ in 0...random.below(4) {
        let at = random.below(octets.count)
        switch random.below(4) {
        case 0: octets[at] = random.octet()
        case 1: octets.insert(Array("0 =:*/\n\rma".utf8)[random.below(10)], at: at)
        case 2: octets.remove(at: at)
        default: octets.removeSubrange(at...)
        }
        if octets.isEmpty { break }
      }
      guard let description = try? SessionDescription(octets: octets) else { continue }
      count += 1
      // What is read once reads the same again.
      #expect((try? SessionDescription(octets: description.octets())) == description)
    }
    #expect(count > 100 && count < 4_900)
  }
}
