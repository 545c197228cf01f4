import Testing

@testable import Signalling

@Suite("INVITE server transaction")
struct InviteServerTransactionTests {
  private func run(_ reliability: TransportReliability) -> TransactionRun<InviteServerTransaction> {
    TransactionRun(InviteServerTransaction(reliability, now: .zero))
  }

  @Test("a silent owner makes a 100 after 200 ms, a quick one none")
  func trying() {
    var silent = run(.unreliable)
    silent.run()
    #expect(silent.log == [.init(time: 200, action: .send(status: 100))])
    silent.at(2_000_000, .request)
    #expect(silent.times(of: .send(status: 100)) == [200, 2_000_000])
    var quick = run(.unreliable)
    quick.at(150, .request)
    quick.at(199, .respond(status: 180))
    quick.at(500, .request)
    quick.run()
    #expect(quick.log.map(\.action) == [.send(status: 180), .send(status: 180)])
  }

  @Test("over UDP a refusal is repeated by Timer G until its ACK, then Timer I lets ACKs pass")
  func refused() {
    var run = run(.unreliable)
    run.at(0, .respond(status: 486))
    run.at(8_000, .acknowledgement)
    run.at(8_500, .acknowledgement)
    run.at(8_600, .request)
    run.run()
    #expect(run.times(of: .send(status: 486)) == [0, 500, 1_500, 3_500, 7_500])
    #expect(run.times(of: .terminated) == [13_000])
  }

  @Test("a refusal that nobody acknowledges is given up at Timer H, its copies at most 4 s apart")
  func unacknowledged() {
    var udp = run(.unreliable)
    udp.at(100, .respond(status: 487))
    udp.run()
    #expect(
      udp.times(of: .send(status: 487)) == [
        100, 600, 1_600, 3_600, 7_600, 11_600, 15_600, 19_600, 23_600, 27_600, 31_600,
      ])
    #expect(udp.times(of: .timedOut) == [32_100])
    var tcp = run(.reliable)
    tcp.at(100, .respond(status: 487))
    tcp.run()
    #expect(tcp.times(of: .send(status: 487)) == [100])
    #expect(tcp.times(of: .timedOut) == [32_100])
    var acknowledged = run(.reliable)
    acknowledged.at(100, .respond(status: 487))
    acknowledged.at(150, .acknowledgement)
    #expect(acknowledged.times(of: .terminated) == [150])
  }

  @Test("after a 2xx copies of the INVITE are absorbed, and the owner's copies pass, until Timer L")
  func accepted() {
    var run = run(.unreliable)
    run.at(100, .respond(status: 200))
    run.at(500, .request)
    run.at(600, .respond(status: 200))
    run.at(700, .respond(status: 486))
    run.at(800, .acknowledgement)
    run.at(900, .transportFailed)
    run.run()
    #expect(run.times(of: .send(status: 200)) == [100, 600])
    #expect(run.times(of: .send(status: 486)) == [])
    #expect(run.times(of: .transportFailed) == [900])
    #expect(run.times(of: .terminated) == [32_100])
  }
}
