import NetworkModels
import SimulationKernel
import Testing

@Suite("TCP segments")
struct TCPSegmentTests {
  @Test("headers and options count: 52 octets, 60 with SYN, 4 and 8 a block for selective ones")
  func octets() {
    var segment = TCPSegment(sequence: 1, length: 600, flags: .ack, timestamp: .zero)
    #expect(segment.octetsOnWire == 652)
    segment.selective.0 = TCPRange(start: 700, end: 800)
    #expect(segment.octetsOnWire == 664)
    segment.selective.1 = TCPRange(start: 900, end: 1_000)
    segment.selective.2 = TCPRange(start: 1_100, end: 1_200)
    // With the duplicate's block there would be four; three fit beside the timestamps.
    segment.flags.insert(.duplicate)
    #expect(segment.octetsOnWire == 680)
    #expect(TCPSegment(sequence: 0, flags: .syn, timestamp: .zero).octetsOnWire == 60)
  }

  @Test("a SYN occupies a sequence number, and so does each payload octet")
  func end() {
    #expect(TCPSegment(sequence: 0, flags: .syn, timestamp: .zero).end == 1)
    #expect(TCPSegment(sequence: 1, length: 600, flags: .ack, timestamp: .zero).end == 601)
  }
}
