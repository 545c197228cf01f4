import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Request log")
struct RequestLogTests {
  @Test("a frame answers all requests that waited, and the first to arrive caused it")
  func cause() {
    var log = RequestLog()
    let slow = log.add(RequestEntry(kind: .info, ready: .zero))
    let fast = log.add(RequestEntry(kind: .info, ready: .zero))
    let refused = log.add(RequestEntry(kind: .info, ready: .zero))
    log.received(fast, verdict: .answered, guardEnd: nil, now: .zero + .milliseconds(10))
    log.received(slow, verdict: .answered, guardEnd: nil, now: .zero + .milliseconds(20))
    log.received(refused, verdict: .guarded, guardEnd: nil, now: .zero + .milliseconds(5))
    log.answered(by: 42)
    #expect(log.causes()[42] == fast)
    #expect(log[refused].answeredBy == nil)
    #expect(log.causes()[43] == nil)
  }
}
