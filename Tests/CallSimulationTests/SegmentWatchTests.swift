import NetworkModels
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Segments that were lost or repeated")
struct SegmentWatchTests {
  private let now = SimTime.zero + .milliseconds(10)
  private let later = SimTime.zero + .milliseconds(20)

  private func segment(_ sequence: Int64, _ length: Int) -> TCPSegment {
    TCPSegment(sequence: sequence, length: length, flags: .ack, timestamp: now)
  }

  @Test("what arrives the first time and what carries nothing is not noted, the rest is")
  func kinds() {
    var watch = SegmentWatch()
    func sent(_ segment: TCPSegment, end: Int = 0, _ outcome: Link.Outcome, scripted: Bool = false)
    {
      watch.note(
        .segmentSent(hop: 1, end: end, segment, outcome, isScripted: scripted), now: now)
    }
    sent(segment(1, 100), .delivered(at: later))
    sent(segment(101, 0), .lost(at: later))
    sent(segment(1, 100), end: 1, .delivered(at: later))
    #expect(watch.records.isEmpty)
    sent(segment(101, 100), .lost(at: later))
    sent(segment(201, 100), .delivered(at: later), scripted: true)
    sent(segment(101, 100), .delivered(at: later))
    sent(segment(150, 100), .dropped(at: later))
    #expect(watch.records.map(\.isRepeat) == [false, false, true, true])
    #expect(watch.records.map(\.arrived) == [nil, nil, later, nil])
    #expect(watch.records.allSatisfy { $0.hop == 1 && $0.isFromReceiverSide && $0.sent == now })
  }

  @Test("a new connection begins anew")
  func replaced() {
    var watch = SegmentWatch()
    func send(on hop: Int) {
      watch.note(
        .segmentSent(hop: hop, end: 0, segment(1, 100), .delivered(at: later), isScripted: false),
        now: now)
    }
    for hop in 0...1 { send(on: hop) }
    watch.note(.connectionReplaced(hop: 0), now: now)
    for hop in 0...1 { send(on: hop) }
    #expect(watch.records.map(\.hop) == [1])
  }
}
