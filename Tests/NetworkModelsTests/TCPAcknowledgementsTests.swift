import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("When TCP acknowledges")
struct TCPAcknowledgementsTests {
  private static let timeout = SimDuration.milliseconds(252)

  private static func receive(
    _ acknowledgements: inout TCPAcknowledgements, octets: Int = 600, at milliseconds: Int64,
    fillsGap: Bool = false
  ) -> Bool {
    acknowledgements.received(
      octets: octets, segmentSize: 1_448, timeout: timeout, fillsGap: fillsGap,
      now: .zero + .milliseconds(milliseconds))
  }

  @Test("after a pause sixteen segments are acknowledged before they are read")
  func quick() {
    var acknowledgements = TCPAcknowledgements()
    for _ in 0..<16 {
      #expect(Self.receive(&acknowledgements, at: 0))
      acknowledgements.sent(withData: false, now: .zero)
    }
    #expect(!Self.receive(&acknowledgements, at: 0))
    #expect(acknowledgements.read() == .now)
    acknowledgements.sent(withData: false, now: .zero)
    #expect(!Self.receive(&acknowledgements, at: 252))
    acknowledgements.sent(withData: false, now: .zero + .milliseconds(252))
    #expect(Self.receive(&acknowledgements, at: 505))
  }

  @Test("who answers within 40 ms acknowledges with the answer, and waits 40 ms for it")
  func interactive() {
    var acknowledgements = TCPAcknowledgements()
    _ = Self.receive(&acknowledgements, at: 0)
    acknowledgements.sent(withData: true, now: .zero + .milliseconds(39))
    #expect(!Self.receive(&acknowledgements, at: 1_000))
    #expect(acknowledgements.read() == .after(.milliseconds(40)))
    acknowledgements.hold(until: .zero + .milliseconds(1_040))
    #expect(acknowledgements.deadline == .zero + .milliseconds(1_040))
    acknowledgements.expire()
    acknowledgements.sent(withData: false, now: .zero + .milliseconds(1_040))
    #expect(acknowledgements.deadline == nil)
    // Nobody answered: no longer interactive.
    #expect(Self.receive(&acknowledgements, at: 2_000))
  }

  @Test("an answer after 40 ms is none")
  func slowAnswer() {
    var acknowledgements = TCPAcknowledgements()
    _ = Self.receive(&acknowledgements, at: 0)
    acknowledgements.sent(withData: true, now: .zero + .milliseconds(40))
    #expect(Self.receive(&acknowledgements, at: 1_000))
  }

  @Test("more than a full segment, a gap filled, and anything out of order are not held back")
  func atOnce() {
    var acknowledgements = TCPAcknowledgements()
    _ = Self.receive(&acknowledgements, at: 0)
    acknowledgements.sent(withData: true, now: .zero)
    #expect(!Self.receive(&acknowledgements, octets: 1_448, at: 1_000))
    #expect(Self.receive(&acknowledgements, octets: 1, at: 1_000))
    #expect(Self.receive(&acknowledgements, at: 1_001, fillsGap: true))
    acknowledgements.receivedOutOfOrder()
    #expect(acknowledgements.isDue && acknowledgements.read() == .now)
  }
}
