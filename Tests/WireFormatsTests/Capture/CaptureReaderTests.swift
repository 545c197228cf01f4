import Testing
import WireFormats

/// A packet of a capture, kept.
struct KeptFrame: Equatable {
  var interface: Int
  var linkType: UInt32
  var time: Int64?
  var octets: [UInt8]
  var comment: String?

  init(
    _ octets: [UInt8], interface: Int = 0, linkType: UInt32 = 101, time: Int64?,
    comment: String? = nil
  ) {
    self.interface = interface
    self.linkType = linkType
    self.time = time
    self.octets = octets
    self.comment = comment
  }

  init(_ frame: CapturedFrame) {
    self.init(
      [UInt8](frame.octets), interface: frame.interface, linkType: frame.linkType,
      time: frame.time, comment: frame.comment.map { String(decoding: $0, as: UTF8.self) })
  }
}

@Suite("Capture reader")
struct CaptureReaderTests {
  private func read(
    _ pieces: [[UInt8]]
  ) -> (frames: [KeptFrame], reader: CaptureReader, error: CaptureError?) {
    var reader = CaptureReader()
    var frames: [KeptFrame] = []
    for piece in pieces {
      let failure = piece.withUnsafeBytes { octets -> CaptureError? in
        do throws(CaptureError) {
          try reader.feed(octets) { frames.append(KeptFrame($0)) }
          return nil
        } catch {
          return error
        }
      }
      if let failure { return (frames, reader, failure) }
    }
    return (frames, reader, nil)
  }

  private func frames(_ file: [UInt8]) throws -> [KeptFrame] {
    let (frames, reader, error) = read([file])
    if let error { throw error }
    #expect(reader.isComplete && reader.packets == frames.count)
    return frames
  }

  // MARK: pcap

  static let pcapForms = [
    // Microseconds, network order; then as most machines write.
    "A1B2C3D4 0002 0004 00000000 00000000 00040000 00000001 00000002 0000000A 00000003 00000005 AABBCC",
    "D4C3B2A1 0200 0400 00000000 00000000 00000400 01000000 02000000 0A000000 03000000 05000000 AABBCC",
    // Nanoseconds; a frame check sequence is told in the upper half of the link type.
    "A1B23C4D 0002 0004 00000000 00000000 00040000 54000001 00000002 00002710 00000003 00000005 AABBCC",
    "4D3CB2A1 0200 0400 00000000 00000000 00000400 01000000 02000000 10270000 03000000 05000000 AABBCC",
  ]

  @Test("pcap of either byte order, with micro- and nanoseconds", arguments: pcapForms)
  func pcap(file: String) throws {
    #expect(
      try frames(hex(file)) == [KeptFrame([0xAA, 0xBB, 0xCC], linkType: 1, time: 2_000_010_000)])
  }

  // MARK: pcapng

  private static let section = "0A0D0D0A 0000001C 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF 0000001C"
  private static let interface = "00000001 00000014 0065 0000 00000000 00000014"

  @Test("packets of all three kinds of blocks; others are stepped over")
  func blocks() throws {
    let file = hex(
      Self.section + Self.interface
        // Enhanced, with a comment; times count in microseconds where nothing else is told.
        + "00000006 0000002C 00000000 00000000 00000007 00000001 00000009 AA000000"
        + "0001 0002 68690000 0000002C"
        // A name resolution block, then a simple packet and an obsolete one.
        + "00000004 00000010 DEADBEEF 00000010"
        + "00000003 00000014 00000002 BBCC0000 00000014"
        + "00000002 00000024 0000 FFFF 00000000 00000009 00000001 00000001 DD000000 00000024")
    #expect(
      try frames(file) == [
        KeptFrame([0xAA], time: 7_000, comment: "hi"), KeptFrame([0xBB, 0xCC], time: nil),
        KeptFrame([0xDD], time: 9_000),
      ])
  }

  @Test(
    "an interface's resolution and offset make nanoseconds of its timestamps",
    arguments: [
      ("0009 0001 03000000", 7_000_000), ("0009 0001 09000000", 7), ("0009 0001 0A000000", 0),
      ("0009 0001 8A000000", 6_835_937), ("0009 0001 80000000", 7_000_000_000),
      ("0009 0001 C0000000", 0), ("0009 0001 FF000000", 0), ("0009 0001 7F000000", 0),
      ("000E 0008 0000000000000002", 2_000_007_000),
    ])
  func resolution(option: String, time: Int64) throws {
    // Options end with their block where no end of them stands there.
    let total = option.hasPrefix("000E") ? "00000020" : "0000001C"
    let interface = "00000001 \(total) 0065 0000 00000000 \(option) \(total)"
    let packet = "00000006 00000020 00000000 00000000 00000007 00000000 00000000 00000020"
    #expect(try frames(hex(Self.section + interface + packet)) == [KeptFrame([], time: time)])
  }

  @Test("a section of the other byte order follows, and its interfaces go on where they are new")
  func sections() throws {
    let little = """
      0A0D0D0A 1C000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF 1C000000
      01000000 14000000 6500 0000 00000000 14000000
      01000000 14000000 0100 0000 00000000 14000000
      06000000 20000000 01000000 00000000 03000000 00000000 00000000 20000000
      06000000 20000000 00000000 00000000 04000000 00000000 00000000 20000000
      """
    let packet = "00000006 00000020 00000000 00000000 00000007 00000000 00000000 00000020"
    let (frames, reader, error) = read([hex(Self.section + Self.interface + packet + little)])
    #expect(error == nil)
    #expect(
      frames == [
        KeptFrame([], time: 7_000), KeptFrame([], interface: 1, linkType: 1, time: 3_000),
        KeptFrame([], time: 4_000),
      ])
    #expect(reader.interfaces.map(\.linkType) == [101, 1])
  }

  // MARK: Pieces

  private static let written: [UInt8] = {
    var file = PcapngSectionHeader(comment: "a call", application: "avpfsim").octets()
    file += PcapngInterfaceDescription(name: "sender").octets()
    file += PcapngInterfaceDescription(linkType: 1, name: "receiver", timestampOffset: -5).octets()
    for index in 0..<4 {
      file += PcapngEnhancedPacket(
        interface: UInt32(index % 2), timestamp: 10_000_000_000 + UInt64(index),
        octets: [UInt8](0..<UInt8(index * 3)), direction: .outbound, packetIdentifier: 1,
        comment: index == 1 ? "lost" : nil
      ).octets()
    }
    return file
  }()

  @Test("what the project's own writer wrote is read back")
  func roundTrip() throws {
    let expected = (0..<4).map { index in
      KeptFrame(
        [UInt8](0..<UInt8(index * 3)), interface: index % 2, linkType: index % 2 == 0 ? 101 : 1,
        time: (index % 2 == 0 ? 10_000_000_000 : 5_000_000_000) + Int64(index),
        comment: index == 1 ? "lost" : nil)
    }
    #expect(try frames(Self.written) == expected)
    let (_, reader, _) = read([Self.written])
    #expect(reader.interfaces.map(\.name) == ["sender", "receiver"])
  }

  @Test("however a file is cut in pieces, its packets are the same")
  func pieces() throws {
    for file in [Self.written, hex(Self.pcapForms[1]) + hex("00000000 00000000 00000000 00000000")]
    {
      let whole = try frames(file)
      for cut in 0...file.count {
        let (frames, reader, error) = read([Array(file[..<cut]), Array(file[cut...])])
        #expect(frames == whole && error == nil && reader.isComplete)
      }
      let (frames, reader, error) = read(file.map { [$0] })
      #expect(frames == whole && error == nil && reader.isComplete)
    }
  }

  @Test("a file that was cut off gives the packets before the cut")
  func cutOff() throws {
    let whole = try frames(Self.written)
    var complete = 0
    for cut in 0...Self.written.count {
      let (frames, reader, error) = read([Array(Self.written[..<cut])])
      #expect(error == nil && frames == Array(whole.prefix(frames.count)))
      complete += reader.isComplete ? 1 : 0
    }
    // Behind each of the seven blocks.
    #expect(complete == 7)
  }

  @Test("a block that nobody reads is stepped over, however large, without being kept")
  func largeBlock() throws {
    let count = 64 << 20
    var reader = CaptureReader()
    let head = hex(Self.section) + hex("00000BAD 04000000")
    try head.withUnsafeBytes { try reader.feed($0) { _ in } }
    let piece = [UInt8](repeating: 0, count: 1 << 20)
    for index in 0..<count / piece.count {
      let part = index == 0 ? Array(piece[8...]) : piece
      try part.withUnsafeBytes { try reader.feed($0) { _ in } }
      #expect(reader.isComplete == (index == count / piece.count - 1))
    }
  }

  @Test("damaged files read the same in one piece and in several, up to the same refusal")
  func damage() {
    var random = SplitMix(seed: 77)
    for _ in 0..<3_000 {
      var file = random.flag() ? Self.written : hex(Self.pcapForms[random.below(4)])
      for _ in 0...random.below(3) { file[random.below(file.count)] = random.octet() }
      let cut = random.below(file.count)
      let whole = read([file])
      let parts = read([Array(file[..<cut]), Array(file[cut...])])
      #expect(whole.frames == parts.frames && whole.error == parts.error)
    }
  }

  // MARK: Refusals

  struct Refusal: CustomTestStringConvertible, Sendable {
    let what: String
    let file: String
    let sentence: String
    var testDescription: String { what }
  }

  static let refusals = [
    Refusal(
      what: "another kind of file", file: "1F8B0800",
      sentence: "magic number at octet 0: found 529205248, expected that of a pcap or pcapng file, "
        + "unpacked"),
    Refusal(
      what: "pcap of another version", file: "A1B2C3D4 0001" + String(repeating: "00", count: 18),
      sentence: "pcap major version at octet 4: found version 1, expected 2"),
    Refusal(
      what: "a record too large",
      file: pcapForms[0] + "00000000 00000000 7FFFFFFF 7FFFFFFF",
      sentence: "packet 2: pcap captured length at octet 51: found length 2147483647, expected "
        + "16777216 or less"),
    Refusal(
      what: "pcapng of another version",
      file: "0A0D0D0A 0000001C 1A2B3C4D 0002 0000 FFFFFFFFFFFFFFFF 0000001C",
      sentence: "pcapng major version at octet 12: found version 2, expected 1"),
    Refusal(
      what: "a block shorter than its fields", file: section + "00000006 0000000C 0000000C",
      sentence: "packet 1: pcapng block length at octet 32: found length 12, expected a multiple "
        + "of four that holds the block's fields"),
    Refusal(
      what: "a block whose lengths differ",
      file: section + "00000001 00000014 0065 0000 00000000 00000018",
      sentence: "packet 1: pcapng block length at octet 44: found length 24, expected the length "
        + "at the block's start"),
    Refusal(
      what: "a packet block too large", file: section + "00000006 10000000 00000000",
      sentence: "packet 1: pcapng block length at octet 32: found length 268435456, expected "
        + "16777216 or less"),
    Refusal(
      what: "a packet of no interface",
      file: section + "00000006 00000020 00000000 00000000 00000000 00000000 00000000 00000020",
      sentence: "packet 1: pcapng interface at octet 36: found 0, expected one that is described "
        + "before it"),
    Refusal(
      what: "a simple packet of no interface",
      file: section + "00000003 00000010 00000000 00000010",
      sentence: "packet 1: pcapng interface at octet 36: found 0, expected one that is described "
        + "before it"),
    Refusal(
      what: "a packet longer than its block",
      file: section + interface
        + "00000006 00000020 00000000 00000000 00000000 00000004 00000004 00000020",
      sentence: "packet 1: pcapng packet at octet 76: found 0 octets, expected 4"),
    Refusal(
      what: "a time in no year",
      file: section + interface
        + "00000006 00000020 00000000 FFFFFFFF 00000000 00000000 00000000 00000020",
      sentence: "packet 1: pcapng timestamp at octet 60: found 9223372036854775807, expected a "
        + "time from 1970 to 2116"),
  ]

  @Test("what is no capture is refused with packet, octet and reason", arguments: refusals)
  func refuses(refusal: Refusal) {
    let octets = hex(refusal.file)
    #expect(read([octets]).error?.description == refusal.sentence)
    #expect(read(octets.map { [$0] }).error?.description == refusal.sentence)
  }
}
