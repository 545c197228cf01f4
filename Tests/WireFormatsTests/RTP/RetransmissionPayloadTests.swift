import Testing
import WireFormats

@Suite("Retransmission payload")
struct RetransmissionPayloadTests {
  @Test("the original sequence number comes before the original payload")
  func vector() throws {
    expect(RetransmissionPayload(originalSequenceNumber: 0x1234), is: hex("1234"))
    try withReader(over: hex("1234 5152")) { (reader: inout ByteReader) throws(WireError) in
      #expect(try RetransmissionPayload(parsing: &reader).originalSequenceNumber == 0x1234)
      #expect(Array(reader.unread) == [0x51, 0x52])
    }
  }

  @Test("fewer than two octets are refused", arguments: [0, 1])
  func truncated(count: Int) {
    #expect(
      refusal(of: RetransmissionPayload.self, [UInt8](repeating: 0, count: count))
        == WireError(
          "RTX original sequence number", at: 0, .truncated(needed: 2, available: count)))
  }

  @Test("a retransmission has its own type, SSRC and numbers, and keeps the rest")
  func headers() {
    var original = RTPHeader(
      marker: true, payloadType: 96, sequenceNumber: 0x1234, timestamp: 0x89AB_CDEF,
      synchronizationSource: 1)
    original.contributingSources = [7]
    original.headerExtension = .init(profile: 0xBEDE, content: ShortOctets(hex("10FF0000")))
    original.paddingByteCount = 4
    var stream = RetransmissionStream(
      payloadType: 97, synchronizationSource: 2, firstSequenceNumber: 65_535)
    let (header, payload) = stream.headers(of: original)
    #expect(
      header.octets() + payload.octets()
        == hex("91 E1 FFFF 89ABCDEF 00000002 00000007 BEDE0001 10FF0000 1234"))
    #expect(stream.nextSequenceNumber == 0)
    #expect(stream.headers(of: original).header.sequenceNumber == 0)
    original.paddingByteCount = 0
    #expect(header.original(payload, payloadType: 96, synchronizationSource: 1) == original)
  }

  @Test("any header comes back from its retransmission")
  func roundTrip() throws {
    var random = SplitMix(seed: 31)
    var stream = RetransmissionStream(
      payloadType: 97, synchronizationSource: 2, firstSequenceNumber: random.word16())
    for _ in 0..<500 {
      var original = RTPHeader(
        marker: random.flag(), payloadType: 96, sequenceNumber: random.word16(),
        timestamp: random.word32(), synchronizationSource: 1)
      for _ in 0..<random.below(16) { original.contributingSources.append(random.word32()) }
      let content = random.octets(random.below(20))
      let expected = stream.nextSequenceNumber
      let (header, payload) = stream.headers(of: original)
      try withReader(over: header.octets() + payload.octets() + content) {
        (reader: inout ByteReader) throws(WireError) in
        let received = try RTPHeader(parsing: &reader)
        #expect(received.sequenceNumber == expected)
        #expect(received.payloadType == 97 && received.synchronizationSource == 2)
        let number = try RetransmissionPayload(parsing: &reader)
        #expect(
          received.original(number, payloadType: 96, synchronizationSource: 1) == original)
        #expect(Array(reader.unread) == content)
      }
    }
  }
}
