import Testing
import WireFormats

@Suite("TCP header and options")
struct TCPHeaderTests {
  private func header(_ options: TCPOptions, _ flags: TCPHeader.Flags = .ack) -> TCPHeader {
    TCPHeader(
      sourcePort: 50_000, destinationPort: 5_060, sequence: 0x0102_0304,
      acknowledgement: 0x0506_0708, flags: flags, window: 502, options: options)
  }

  @Test("a SYN has MSS, SACK permitted, timestamps and window scale in 20 octets, as Linux has")
  func syn() {
    var options = TCPOptions()
    options.maximumSegmentSize = 1_460
    options.permitsSelectiveAcknowledgement = true
    options.timestamps = .init(value: 0x0A0B_0C0D, echo: 0)
    options.windowScale = 7
    expect(
      header(options, .syn),
      is: hex(
        """
        C350 13C4 01020304 05060708 A002 01F6 0000 0000
        0204 05B4 0402 080A 0A0B0C0D 00000000 01 030307
        """))
  }

  @Test("blocks stand behind the timestamps, both padded in front")
  func blocks() {
    var options = TCPOptions()
    options.timestamps = .init(value: 1, echo: 2)
    options.selective = [.init(start: 3, end: 4), .init(start: 5, end: 6)]
    expect(
      header(options),
      is: hex(
        """
        C350 13C4 01020304 05060708 D010 01F6 0000 0000
        0101 080A 00000001 00000002 0101 0512 00000003 00000004 00000005 00000006
        """))
  }

  @Test("what fits only without padding is written without")
  func packed() {
    var options = TCPOptions()
    options.timestamps = .init(value: 1, echo: 2)
    options.windowScale = 1
    options.selective = (0..<3).map { .init(start: $0, end: $0 + 1) }
    #expect(options.serializedByteCount == 40)
    expectRoundTrip(header(options))
  }

  static let malformed = [
    Malformed("nothing", "", "TCP source port", 0, .truncated(needed: 2, available: 0)),
    Malformed(
      "a data offset of four words", "C350 13C4 01020304 05060708 4010", "TCP data offset", 12,
      .badLength(found: 16)),
    Malformed(
      "options beyond the end", "C350 13C4 01020304 05060708 6010 01F6 0000 0000 0101",
      "TCP options", 20, .truncated(needed: 4, available: 2)),
    Malformed(
      "an option of length 1", "C350 13C4 01020304 05060708 6010 01F6 0000 0000 0801 0000",
      "TCP option length", 21, .badLength(found: 1)),
    Malformed(
      "an MSS of three octets",
      "C350 13C4 01020304 05060708 7010 01F6 0000 0000 0205 05B4 00 000000",
      "TCP option length", 21, .badLength(found: 5)),
    Malformed(
      "half a block", "C350 13C4 01020304 05060708 7010 01F6 0000 0000 0506 00000001 0000",
      "SACK right edge", 26, .truncated(needed: 4, available: 0)),
  ]

  @Test("malformed headers are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(TCPHeader.self)
  }

  @Test("any header survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 903)
    for _ in 0..<1_000 {
      var options = TCPOptions()
      if random.flag() { options.maximumSegmentSize = random.word16() }
      options.permitsSelectiveAcknowledgement = random.flag()
      if random.flag() { options.windowScale = random.octet() }
      if random.flag() { options.timestamps = .init(value: random.word32(), echo: random.word32()) }
      options.selective = (0..<random.below(3)).map { _ in
        .init(start: random.word32(), end: random.word32())
      }
      guard options.serializedByteCount <= 40 else { continue }
      expectRoundTrip(header(options, .init(rawValue: random.octet())))
    }
  }
}
