import Testing

@testable import Signalling

@Suite("Non-INVITE server transaction")
struct NonInviteServerTransactionTests {
  private typealias Run = TransactionRun<NonInviteServerTransaction>

  @Test("copies of the request are absorbed before an answer, answered again after it")
  func copies() {
    var run = Run(NonInviteServerTransaction(.unreliable))
    run.at(500, .request)
    #expect(run.log.isEmpty)
    run.at(600, .respond(status: 100))
    run.at(700, .request)
    run.at(800, .respond(status: 200))
    run.at(900, .request)
    #expect(run.times(of: .send(status: 100)) == [600, 700])
    #expect(run.times(of: .send(status: 200)) == [800, 900])
    // Timer J: 64 * T1 after the final response, however many copies come.
    run.at(32_799, .request)
    run.run()
    #expect(run.times(of: .terminated) == [32_800])
    #expect(run.times(of: .send(status: 200)) == [800, 900, 32_799])
  }

  @Test("over a reliable transport it ends with its answer")
  func reliable() {
    var run = Run(NonInviteServerTransaction(.reliable))
    run.at(5, .respond(status: 481))
    run.at(6, .respond(status: 200))
    run.at(7, .request)
    #expect(run.log.map(\.action) == [.send(status: 481), .terminated])
  }

  @Test("one final response is sent; later ones are dropped")
  func oneFinal() {
    var run = Run(NonInviteServerTransaction(.unreliable))
    run.at(0, .respond(status: 200))
    run.at(1, .respond(status: 500))
    run.at(2, .request)
    run.at(3, .abandon)
    #expect(run.log.map(\.action) == [.send(status: 200), .send(status: 200)])
  }

  @Test("one that nobody will answer is given up, and so is one whose transport fails")
  func givenUp() {
    var run = Run(NonInviteServerTransaction(.unreliable))
    #expect(run.machine.nextDeadline == nil)
    run.at(32_000, .abandon)
    run.at(32_100, .request)
    #expect(run.log == [.init(time: 32_000, action: .terminated)])
    var failed = Run(NonInviteServerTransaction(.unreliable))
    failed.at(0, .transportFailed)
    #expect(failed.log.isEmpty)
    failed.at(1, .respond(status: 200))
    failed.at(2, .transportFailed)
    #expect(
      failed.log.map(\.action) == [.send(status: 200), .transportFailed, .terminated])
  }
}
