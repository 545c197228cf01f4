import Testing

@testable import Signalling

@Suite("Non-INVITE client transaction")
struct NonInviteClientTransactionTests {
  private func run(_ reliability: TransportReliability) -> TransactionRun<
    NonInviteClientTransaction
  > {
    var run = TransactionRun(NonInviteClientTransaction(reliability))
    run.at(0, .begin)
    return run
  }

  // RFC 3261 section 17.1.2.2 names these intervals: 500 ms, 1 s, 2 s, 4 s, 4 s...
  @Test("over UDP, Timer E doubles from T1 to T2, and Timer F ends it at 32 s")
  func unanswered() {
    var run = run(.unreliable)
    run.run()
    #expect(
      run.times(of: .send) == [
        0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
      ])
    #expect(run.log.suffix(2).map(\.action) == [.timedOut, .terminated])
    #expect(run.log.last?.time == 32_000)
    #expect(run.machine.isTerminated)
  }

  @Test("over a reliable transport it is sent once; Timer F is the same")
  func reliable() {
    var run = run(.reliable)
    run.run()
    #expect(
      run.log == [
        .init(time: 0, action: .send), .init(time: 32_000, action: .timedOut),
        .init(time: 32_000, action: .terminated),
      ])
  }

  @Test("a provisional response slows the copies to T2 from the next on")
  func provisional() {
    var run = run(.unreliable)
    run.at(600, .response(status: 100))
    run.run(until: 12_000)
    #expect(run.times(of: .send) == [0, 500, 1_500, 5_500, 9_500])
    run.at(12_000, .response(status: 200))
    run.run()
    #expect(run.times(of: .response(status: 100)) == [600])
    #expect(run.times(of: .response(status: 200)) == [12_000])
    #expect(run.times(of: .timedOut) == [])
  }

  @Test("copies of the final response are absorbed for Timer K, 5 s, or not waited for")
  func completed() {
    var udp = run(.unreliable)
    udp.at(100, .response(status: 200))
    udp.at(700, .response(status: 200))
    udp.at(800, .transportFailed)
    #expect(!udp.machine.isTerminated)
    udp.run()
    #expect(udp.times(of: .response(status: 200)) == [100])
    #expect(udp.times(of: .terminated) == [5_100])
    var tcp = run(.reliable)
    tcp.at(100, .response(status: 491))
    tcp.at(200, .response(status: 200))
    #expect(tcp.log.dropFirst().map(\.action) == [.response(status: 491), .terminated])
  }

  @Test("a transport that gives up ends it at once, and late words change nothing")
  func transportFailure() {
    var run = run(.unreliable)
    run.at(50, .transportFailed)
    run.at(60, .response(status: 200))
    run.at(70, .transportFailed)
    #expect(run.log.dropFirst().map(\.action) == [.transportFailed, .terminated])
    #expect(run.machine.nextDeadline == nil)
  }
}
