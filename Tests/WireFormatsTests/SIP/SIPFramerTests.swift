import Testing
import WireFormats

@Suite("SIP framer")
struct SIPFramerTests {
  private static let messages: [SIPMessage] = [
    SIPExamples.info,
    .response(to: SIPExamples.info, .ok),
    SIPMessage(
      startLine: .request(method: "MESSAGE", uri: "sip:a"), headers: [],
      // An empty line in a body is not the end of a head.
      body: octets("a\r\n\r\nSIP/2.0 200 OK\r\n\r\n")),
    .response(to: SIPExamples.info, .requestPending),
  ]
  private static let stream = messages.flatMap { $0.octets() }

  private func messages(in pieces: [ArraySlice<UInt8>]) throws(WireError) -> [SIPMessage] {
    var framer = SIPFramer()
    var messages: [SIPMessage] = []
    for piece in pieces {
      framer.append(Array(piece))
      while let message = try framer.next() { messages.append(message) }
    }
    #expect(framer.bufferedByteCount == 0)
    return messages
  }

  @Test("whole messages come out at every split of the stream in two")
  func everySplit() throws {
    let stream = Self.stream
    for split in 0...stream.count {
      #expect(try messages(in: [stream[..<split], stream[split...]]) == Self.messages)
    }
  }

  @Test("whole messages come out octet by octet, none early")
  func octetByOctet() throws {
    var framer = SIPFramer()
    var ends: [Int] = []
    for (index, octet) in Self.stream.enumerated() {
      framer.append([octet])
      while let message = try framer.next() {
        #expect(message == Self.messages[ends.count])
        ends.append(index + 1)
      }
    }
    var expected: [Int] = []
    for message in Self.messages {
      expected.append((expected.last ?? 0) + message.serializedByteCount)
    }
    #expect(ends == expected)
  }

  @Test("whole messages come out of any pieces")
  func randomPieces() throws {
    var random = SplitMix(seed: 21)
    for _ in 0..<200 {
      var pieces: [ArraySlice<UInt8>] = []
      var rest = Self.stream[...]
      while !rest.isEmpty {
        let count = min(rest.count, random.below(300))
        pieces.append(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      #expect(try messages(in: pieces) == Self.messages)
    }
  }

  @Test("empty lines that keep a connection alive are stepped over")
  func keepAlive() throws {
    let stream =
      octets("\r\n\r\n") + SIPExamples.info.octets() + octets("\r\n\r\n\r\n")
      + SIPExamples.info.octets()
    for split in 0...stream.count {
      #expect(
        try messages(in: [stream[..<split], stream[split...]])
          == [SIPExamples.info, SIPExamples.info])
    }
  }

  @Test("octets from a borrowed buffer are taken as well")
  func borrowed() throws {
    var framer = SIPFramer()
    Self.stream.withUnsafeBytes { framer.append($0) }
    #expect(try framer.next() == Self.messages[0])
    #expect(
      framer.bufferedByteCount == Self.stream.count - Self.messages[0].serializedByteCount)
  }

  @Test("after an error the framer stays failed")
  func failed() {
    var framer = SIPFramer()
    framer.append(octets("INFO sip:a SIP/2.0\r\n\r\n"))
    let error = WireError(
      "Content-Length", at: 0, .badSyntax, expected: "such a header, which a stream needs")
    #expect(throws: error) { try framer.next() }
    framer.append(SIPExamples.info.octets())
    #expect(throws: error) { try framer.next() }
  }

  @Test("messages before the error still come out")
  func errorBehindMessage() throws {
    var framer = SIPFramer()
    framer.append(SIPExamples.info.octets() + octets("nonsense\r\n\r\n"))
    #expect(try framer.next() == SIPExamples.info)
    #expect(throws: WireError.self) { try framer.next() }
  }

  @Test("a head without end is given up")
  func endlessHead() throws {
    var framer = SIPFramer()
    for _ in 0..<65 {
      framer.append([UInt8](repeating: 0x61, count: 1000))
      #expect(try framer.next() == nil)
    }
    framer.append([UInt8](repeating: 0x61, count: 1000))
    #expect(
      throws: WireError(
        "SIP header section", at: 0, .badLength(found: 66_000),
        expected: "an empty line within 65536 octets")
    ) {
      try framer.next()
    }
  }
}
