import Testing

@testable import Signalling

@Suite("INVITE client transaction")
struct InviteClientTransactionTests {
  private func run(_ reliability: TransportReliability) -> TransactionRun<InviteClientTransaction> {
    var run = TransactionRun(InviteClientTransaction(reliability))
    run.at(0, .begin)
    return run
  }

  @Test("over UDP, Timer A doubles without limit, and Timer B ends it at 32 s after 7 INVITEs")
  func unanswered() {
    var run = run(.unreliable)
    run.run()
    #expect(run.times(of: .send) == [0, 500, 1_500, 3_500, 7_500, 15_500, 31_500])
    #expect(run.times(of: .timedOut) == [32_000])
    #expect(run.times(of: .terminated) == [32_000])
    var tcp = self.run(.reliable)
    tcp.run()
    #expect(tcp.times(of: .send) == [0])
    #expect(tcp.times(of: .timedOut) == [32_000])
  }

  @Test("once it rings, nothing is sent and nothing times out")
  func ringing() {
    var run = run(.unreliable)
    run.at(700, .response(status: 180))
    #expect(run.machine.nextDeadline == nil)
    run.at(100_000, .response(status: 183))
    #expect(
      run.log.map(\.action) == [
        .send, .send, .response(status: 180), .response(status: 183),
      ])
  }

  @Test("a 2xx and its copies go to the owner until Timer M, on any transport")
  func accepted() {
    for reliability in [TransportReliability.reliable, .unreliable] {
      var run = run(reliability)
      run.at(100, .response(status: 200))
      run.at(600, .response(status: 200))
      run.at(700, .response(status: 486))
      run.at(800, .transportFailed)
      run.run()
      #expect(run.times(of: .response(status: 200)) == [100, 600])
      #expect(run.times(of: .response(status: 486)) == [])
      #expect(run.times(of: .sendAcknowledgement) == [])
      #expect(run.times(of: .terminated) == [32_100])
    }
  }

  @Test("a refusal is told once and acknowledged each time, until Timer D")
  func refused() {
    var udp = run(.unreliable)
    udp.at(100, .response(status: 486))
    udp.at(600, .response(status: 486))
    udp.at(700, .response(status: 200))
    udp.run()
    #expect(udp.times(of: .response(status: 486)) == [100])
    #expect(udp.times(of: .sendAcknowledgement) == [100, 600])
    #expect(udp.times(of: .response(status: 200)) == [])
    #expect(udp.times(of: .terminated) == [32_100])
    var tcp = run(.reliable)
    tcp.at(100, .response(status: 487))
    #expect(
      tcp.log.dropFirst().map(\.action) == [
        .response(status: 487), .sendAcknowledgement, .terminated,
      ])
  }

  @Test("a transport that gives up ends it while it calls, and while it acknowledges")
  func transportFailure() {
    var run = run(.unreliable)
    run.at(10, .transportFailed)
    #expect(run.log.dropFirst().map(\.action) == [.transportFailed, .terminated])
    var late = self.run(.unreliable)
    late.at(10, .response(status: 404))
    late.at(20, .transportFailed)
    #expect(late.times(of: .terminated) == [20])
  }
}
