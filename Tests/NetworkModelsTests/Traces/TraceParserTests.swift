import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Trace parser")
struct TraceParserTests {
  @Test(
    "every format of losses tells the same, spaces, comments and line ends aside",
    arguments: [
      "0010011000", "0 0 1 0\r\n0 1 1 0 # so far\n\n00\n", "# 1 = lost\n00100\n11000",
      "2 1 2 2 3", "2 1\n2 2\n3 0\n", "# format: runs\n2\n1\n2\n2\n3\n",
      "# packets: 10\nlost_sequence\n2\n5\n6\n", "\u{FEFF}lost_sequence\n2\n5\n6\n# packets: 10\n",
    ])
  func lossFormats(text: String) throws {
    let trace = try packets(text)
    #expect(trace.packets.map(\.isLost) == losses("0010 0110 00"))
    #expect(trace.packets[9].time == SimTime(nanoseconds: 90_000_000))
  }

  @Test("without the number of packets the last lost one is the last one")
  func noCount() throws {
    #expect(try packets("lost_sequence\n0\n2\n").packets.map(\.isLost) == losses("101"))
  }

  @Test("packets are apart as asked for, or else as the file says, or else by 10 ms")
  func intervals() throws {
    let text = "# interval_ms: 2.5\n0101\n"
    func interval(_ text: String, _ asked: SimDuration?) throws -> SimDuration? {
      guard case .packets(let trace) = try trace(text, interval: asked).trace else { return nil }
      return trace.meanInterval
    }
    #expect(try interval(text, .milliseconds(20)) == .milliseconds(20))
    #expect(try interval(text, nil) == .microseconds(2_500))
    #expect(try interval("0101", nil) == .milliseconds(10))
  }

  @Test("a table of packets gives times, losses, delays and sizes, to the nanosecond")
  func packetTable() throws {
    let trace = try packets(
      """
      time_ms,lost,delay_ms,octets
      0,0,1.5,1200
      0.000001, 1, , 80
      12.0000005,0,0,
      12.1,0,,

      """)
    typealias Packet = PacketTrace.Packet
    #expect(
      trace.packets == [
        Packet(time: .zero, isLost: false, delay: .microseconds(1_500), octets: 1_200),
        Packet(time: SimTime(nanoseconds: 1), isLost: true, octets: 80),
        Packet(time: SimTime(nanoseconds: 12_000_001), isLost: false, delay: .zero),
        Packet(time: SimTime(nanoseconds: 12_100_000), isLost: false),
      ])
  }

  @Test(
    "a table of rates lasts until its row without a rate, or for the last interval once more",
    arguments: [
      ("time_ms,kbps\n0,500\n100,0\n250.5,1000.5\n300,\n", 300_000),
      ("time_ms,kbps\n0,500\n100,0\n250.5,1000.5\n", 401_000),
    ] as [(String, Int64)])
  func rateTable(text: String, microseconds: Int64) throws {
    let steps = [(0, 500_000), (100_000, 0), (250_500, 1_000_500)] as [(Int64, Int64)]
    #expect(
      try rate(text)
        == .steps(
          steps.map {
            RateTimeline.Step(
              from: SimTime(nanoseconds: $0.0 * 1_000), rate: Bitrate(bitsPerSecond: $0.1))
          }, period: .microseconds(microseconds)))
  }

  @Test("a single rate repeats every second")
  func oneRate() throws {
    guard case .steps(_, let period) = try rate("time_ms,kbps\n0,64\n") else { return }
    #expect(period == .seconds(1))
  }

  @Test("Mahimahi's lines are opportunities of 1500 octets, and the last one is the period")
  func mahimahi() throws {
    let instants = [0, 0, 1, 7].map { SimTime(nanoseconds: $0 * 1_000_000) }
    #expect(
      try rate("0\n0\n1\n7\n")
        == .opportunities(instants, octets: 1_500, period: .milliseconds(7)))
  }

  @Test(
    "the format is found out from the first lines",
    arguments: [
      ("0\n1\n0\n0\n", .pattern), ("0\n0\n1\n1\n2\n", .mahimahi), ("17\n18\n", .mahimahi),
      ("1 1\n1 20\n", .runs), ("100 1", .pattern), ("100 2", .runs), ("1\n", .pattern),
      (String(repeating: "0\n", count: 5_000) + "1\n", .pattern),
      ("# format: runs\n1\n1\n", .runs), ("time_ms,kbps\n0,1\n", .rate),
      ("# hello: world\n\nlost_sequence\n0\n", .lostSequence),
      ("time_ms,lost,delay_ms,octets\n0,0,,\n", .packets),
    ] as [(String, TraceFormat)])
  func detection(text: String, format: TraceFormat) throws {
    #expect(try trace(text).format == format)
  }

  @Test("a format that is asked for is taken whatever the lines look like")
  func override() throws {
    #expect(try packets("3\n4\n", format: .runs).packets.map(\.isLost) == losses("0001111"))
    #expect(try trace("0\n1\n", format: .mahimahi).format == .mahimahi)
    #expect(
      try packets("# format: pattern\n1 2", format: .runs).packets.map(\.isLost) == losses("011"))
  }

  static let malformedTexts:
    [(text: String, line: Int, found: TraceError.Finding, expected: String)] = [
      ("", 0, .words("nothing"), "a trace: packets, losses, a rate or opportunities"),
      ("\n# a\n", 0, .words("nothing"), "a trace: packets, losses, a rate or opportunities"),
      ("00\n0x\n", 2, .text("x"), "0 for a packet received, or 1 for a packet lost"),
      ("hello\n", 1, .text("hello"), "0 for a packet received, or 1 for a packet lost"),
      (
        "00\u{0}\n", 1, .words("the octet 0, as binary files have them"), "lines of text"
      ),
      ("5 x\n", 1, .text("5 x"), "0 for a packet received, or 1 for a packet lost"),
      ("5 2\n7 -1\n", 2, .text("-1"), "a number of packets lost"),
      (
        "5 9999999\n", 1, .words("more than 1500000 packets"), "at most that many in a trace"
      ),
      ("# format: runs\n0 0\n", 0, .words("no packets"), "at least one"),
      (
        "# format: tape\n", 1, .text("tape"),
        "one of pattern, runs, lost-sequence, packets, rate, mahimahi after \"format:\""
      ),
      (
        "# interval_ms: 0\n01", 1, .text("0"),
        "milliseconds above 0 and up to 1000 after \"interval_ms:\""
      ),
      ("lost_sequence\n", 0, .words("no packets"), "at least one"),
      ("lost_sequence\n1.5\n", 2, .text("1.5"), "the sequence number of a lost packet"),
      ("lost_sequence\n7\n7\n", 3, .text("7"), "a sequence number above 7, the one before"),
      (
        "# packets: 3\nlost_sequence\n7\n", 1, .text("3"),
        "the number of packets, 8 or more, after \"packets:\""
      ),
      (
        "time_ms,lost,delay_ms,octets\n", 0, .words("no packets"), "at least one"
      ),
      (
        "time_ms,lost,delay_ms,octets\n0,0,1\n", 2, .text("0,0,1"),
        "4 fields, time_ms,lost,delay_ms,octets"
      ),
      (
        "time_ms,lost,delay_ms,octets\n-1,0,1,2\n", 2, .text("-1"),
        "time_ms from 0 to 1000000000, such as 20 or 20.125"
      ),
      (
        "time_ms,lost,delay_ms,octets\n1,0,1,2\n0.5,0,1,2\n", 3, .text("0.5"),
        "time_ms not before that of the packet above"
      ),
      (
        "time_ms,lost,delay_ms,octets\n1,2,1,2\n", 2, .text("2"),
        "lost as 0 for received, or 1 for lost"
      ),
      (
        "time_ms,lost,delay_ms,octets\n1,1,1,2\n", 2, .text("1"),
        "delay_ms empty, since the packet was lost"
      ),
      (
        "time_ms,lost,delay_ms,octets\n1,0,-1,2\n", 2, .text("-1"),
        "delay_ms above the fastest transit, 0 or more, or nothing where it is unknown"
      ),
      (
        "time_ms,lost,delay_ms,octets\n1,0,1,0\n", 2, .text("0"),
        "octets from 1 to 65535, or nothing where they are unknown"
      ),
      ("time_ms,kbps\n", 0, .words("a header alone"), "rows of time_ms and kbps"),
      ("time_ms,kbps\n5,1\n", 2, .text("5"), "time_ms 0 in the first row"),
      ("time_ms,kbps\n0,1\n0,1\n", 3, .text("0"), "time_ms above that of the row before"),
      ("time_ms,kbps\n0,\n", 2, .words("nothing"), "kbps in the first row"),
      ("time_ms,kbps\n0,1e3\n", 2, .text("1e3"), "kbps from 0 to 100000000"),
      ("time_ms,kbps\n0,1,2\n", 2, .text("0,1,2"), "2 fields, time_ms,kbps"),
      (
        "time_ms,kbps\n0,1\n5,\n6,1\n", 4, .text("6,1"),
        "nothing behind the row without kbps, which ends it"
      ),
      ("time_ms,kbps\n0,0\n", 0, .words("no kbps above 0"), "some, or nothing is ever sent"),
      (
        "7\n8\n6\n", 3, .text("6"),
        "ms not below those of the line before (counts of packets are --format runs)"
      ),
      ("7\n8 9\n", 2, .text("8 9"), "one whole number of ms from 0 to 1000000000"),
      ("7\n1000000001\n", 2, .text("1000000001"), "one whole number of ms from 0 to 1000000000"),
    ]

  @Test(
    "a malformed line is named with what was found and what was expected",
    arguments: malformedTexts.indices)
  func malformed(index: Int) {
    let (text, line, found, expected) = Self.malformedTexts[index]
    #expect(throws: TraceError(line: line, found: found, expected: expected)) {
      try trace(text)
    }
  }

  @Test("a header is expected where its format is asked for")
  func missingHeader() {
    #expect(
      throws: TraceError(line: 1, found: .text("0,500"), expected: "the header time_ms,kbps")
    ) { try trace("0,500\n", format: .rate) }
  }

  @Test("how the text is cut into chunks changes nothing, neither values nor errors")
  func chunks() {
    let texts = Self.malformedTexts.map(\.text) + ["0\n0\n1\n1\n2\r\n", "2 1 # x\n\n2 2 3"]
    for text in texts {
      func result(_ chunk: Int) -> Result<Trace, TraceError> {
        do throws(TraceError) {
          return .success(try trace(text, chunk: chunk).trace)
        } catch {
          return .failure(error)
        }
      }
      #expect(result(1) == result(65_536) && result(3) == result(65_536))
    }
  }

  @Test("a line without end is refused at its limit, and a pattern of all packets is one line")
  func lineLimit() throws {
    let limit = TraceLimits.lineOctets
    #expect(
      throws: TraceError(
        line: 1, found: .words("a line of more than \(limit) octets"), expected: "a shorter one")
    ) { try trace([UInt8](repeating: 0x20, count: limit + 1)) }
    let pattern = [UInt8](repeating: UInt8(ascii: "1"), count: TraceLimits.packets)
    guard case .packets(let trace) = try trace(pattern).trace else { return }
    #expect(trace.packets.count == TraceLimits.packets)
    #expect(
      throws: TraceError(
        line: 1, found: .words("more than \(TraceLimits.packets) packets"),
        expected: "at most that many in a trace")
    ) { try NetworkModelsTests.trace(pattern + [UInt8(ascii: "1")]) }
  }
}
