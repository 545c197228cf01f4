import SimulationKernel
import Testing

@testable import Results

@Suite("Copies of SIP requests")
struct RequestCopiesTests {
  private func row(
    _ kind: String, hop: Int = 0, message: Int = 0, sent: Int64? = 0, received: Int64? = nil
  ) -> FeedbackRecord {
    FeedbackRecord(
      message: message, kind: kind, hop: hop, octets: 500, frame: nil, ready: .zero,
      sent: sent.map { .zero + .milliseconds($0) },
      received: received.map { .zero + .milliseconds($0) }, outcome: "pending")
  }

  /// Milliseconds at which the copies of the first row left, in a call of 40 s.
  private func copies(_ feedback: [FeedbackRecord], transport: String = "udp") -> [Double] {
    var call = CallRecords.example
    call.conditions.transport = transport
    call.totals.duration = .seconds(40)
    call.feedback = feedback
    return RequestCopies(call).times(of: feedback[0]).map(\.inMilliseconds)
  }

  // RFC 3261 section 17.1.2.2: Timer E doubles from T1 to T2, Timer F is 64 T1.
  @Test("without an answer they go at Timer E's times until Timer F, 32 s")
  func unanswered() {
    #expect(
      copies([row("info")])
        == [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500])
    #expect(copies([row("info", sent: 39_000)]) == [39_500])
  }

  @Test("the final response on the same hop ends them")
  func answered() {
    #expect(copies([row("info", received: 25), row("200", received: 50)]) == [])
    #expect(copies([row("info"), row("491", received: 1_600)]) == [500, 1_500])
    let others = [row("200", hop: 1, received: 600), row("200", message: 1, received: 600)]
    #expect(copies([row("info")] + others + [row("200", received: 3_600)]) == [500, 1_500, 3_500])
  }

  @Test("there are none over TCP, of RTCP, and of what was not sent")
  func none() {
    #expect(copies([row("info")], transport: "tcp") == [])
    #expect(copies([row("pli")]) == [])
    #expect(copies([row("info", sent: nil)]) == [])
  }
}
