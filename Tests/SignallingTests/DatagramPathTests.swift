import NetworkModels
import SimulationKernel
import Testing

@testable import Signalling

@Suite("The signalling path over UDP")
struct DatagramPathTests {
  private func lost(
    _ ordinals: [Int], hop: Int = 0, _ direction: SignallingDirection = .towardsSender
  ) -> [ScriptedSegmentLoss] {
    ordinals.map {
      ScriptedSegmentLoss(hop: hop, direction: direction, kind: .datagram, ordinal: $0)
    }
  }

  @Test("without loss it takes the way and the proxies' work, and each message goes once")
  func lossFree() {
    var run = PathRun(.test(.udp, proxies: 2))
    run.ask(at: 0)
    run.run(until: .seconds(1))
    #expect(run.received == [75.74])
    #expect(run.finished.map(\.time) == [151.48])
    #expect(run.hops.map(\.hop) == [0, 1, 2, 2, 1, 0])
    #expect(run.hops.allSatisfy { $0.delivered == $0.written.map { $0 + .milliseconds(25) } })
    #expect(run.path.openMessages().isEmpty)
  }

  // Timer E: 500 ms, then 1, 2 and 4 s.
  @Test(
    "the k-th copy brings the request at 0, 500, 1500, 3500, 7500, 11500 ms",
    arguments: [(1, 525), (2, 1_525), (3, 3_525), (4, 7_525), (5, 11_525)] as [(Int, Double)])
  func retransmission(lost count: Int, received: Double) throws {
    var run = PathRun(.test(.udp), script: lost(Array(0..<count)))
    run.ask(at: 0)
    run.run()
    #expect(run.received == [received])
    #expect(run.finished.map(\.time) == [received + 25])
    let request = try #require(run.hops.first)
    #expect(request.written == .zero)
    #expect(request.delivered?.inMilliseconds == received)
    #expect(request.undisturbed == .milliseconds(25))
  }

  @Test("each element retransmits on its own hop: a loss on the second costs T1 there")
  func secondHop() {
    var run = PathRun(.test(.udp, proxies: 1), script: lost([0], hop: 1))
    run.ask(at: 0)
    run.run(until: .seconds(2))
    #expect(run.received == [550.37])
    let costs = run.hops.filter { !$0.isResponse }.map { record -> Double in
      guard let delivered = record.delivered, let written = record.written else { return -1 }
      return (delivered - written - record.undisturbed).inMilliseconds
    }
    #expect(costs == [0, 500])
    // The first hop's own Timer E sent a copy meanwhile, which the proxy absorbed.
    #expect(run.sent == [0])
    #expect(run.finished.map(\.status) == [200])
  }

  @Test("a lost response comes again with the request's copy, and nothing is done twice")
  func lostResponse() {
    var run = PathRun(.test(.udp), script: lost([0], .towardsReceiver))
    run.ask(at: 0)
    run.run()
    #expect(run.received == [25])
    // The copy of 500 ms is answered at 525 ms.
    #expect(run.finished.map(\.time) == [550])
    #expect(run.hops.map(\.isResponse) == [false, true])
    #expect(run.hops.map { $0.delivered?.inMilliseconds } == [25, 550])
  }

  @Test("nobody answers: 11 copies in 32 s, then 408, and the message is not delivered")
  func timerF() {
    var run = PathRun(.test(.udp, proxies: 1), script: lost(Array(0..<11)))
    run.ask(at: 0)
    run.run()
    #expect(run.received.isEmpty)
    #expect(run.finished.map(\.time) == [32_000])
    #expect(run.finished.map(\.status) == [408])
    #expect(run.path.openMessages().map(\.hop) == [0])
    #expect(run.path.openMessages().map(\.delivered) == [nil])
    #expect(run.path.heldCount == 0)
  }

  // RFC 4320 section 4.2.
  @Test("a proxy whose next hop is dead sends no 408: both sides' timers end their transactions")
  func deadSecondHop() {
    var run = PathRun(.test(.udp, proxies: 1), script: lost(Array(0..<11), hop: 1))
    run.ask(at: 0)
    run.run()
    #expect(run.finished.map(\.time) == [32_000])
    #expect(run.hops.map(\.hop) == [0])
    #expect(run.path.openMessages().map(\.hop) == [1])
    #expect(run.path.heldCount == 0)
  }

  @Test("transactions are forgotten after Timers K and J")
  func forgotten() {
    var run = PathRun(.test(.udp))
    run.ask(at: 0)
    run.run(until: .milliseconds(5_049))
    #expect(run.path.heldCount == 2)
    // K runs from the response at 50 ms, J from the answer at 25 ms.
    run.run(until: .milliseconds(5_050))
    #expect(run.path.heldCount == 1)
    run.run(until: .milliseconds(32_025))
    #expect(run.path.heldCount == 0)
  }

  @Test("a request may overtake one that is lost: each is a datagram of its own")
  func overtaking() {
    var settings = SignallingSettings.test(.udp)
    settings.minimumRequestInterval = .milliseconds(100)
    var run = PathRun(settings, script: lost([0]))
    run.at(0, .repairWanted)
    run.at(150, .repairDone(byKeyFrame: false))
    run.run()
    #expect(run.received == [125, 525])
    #expect(run.hops.filter { !$0.isResponse }.map(\.request) == [1, 0])
  }

  @Test("over lossy hops requests arrive once each, late by their copies, and nothing is left over")
  func lossy() {
    var settings = SignallingSettings.test(.udp, proxies: 2)
    settings.minimumRequestInterval = .milliseconds(300)
    let link = LinkSettings(loss: .independent(rate: 0.1), rate: .kilobitsPerSecond(500))
    for seed in 1...4 as ClosedRange<UInt64> {
      var run = PathRun(settings, link: link, seed: seed)
      run.at(0, .repairWanted)
      run.at(120_000, .repairDone(byKeyFrame: false))
      run.run()
      #expect(run.sent.count == 400)
      #expect(run.received.count == 400)
      #expect(run.finished.map(\.request).sorted() == Array(0..<400))
      #expect(run.finished.allSatisfy { $0.status == 200 })
      for hop in 0..<3 {
        let records = run.hops.filter { $0.hop == hop && !$0.isResponse }
        #expect(records.map(\.request).sorted() == Array(0..<400))
        // A tenth of 400 requests needs a copy on each hop.
        let late = records.count { record in
          record.delivered! - record.written! - record.undisturbed >= .milliseconds(400)
        }
        #expect((15...75).contains(late))
      }
      #expect(run.path.heldCount == 0)
      #expect(run.path.openMessages().isEmpty)
    }
  }

  @Test("a message above the MTU goes as fragments, and one of them lost is all of it lost")
  func fragments() {
    #expect(Array(DatagramFragments(payload: 1_472)) == [.init(octets: 1_500, isFragment: false)])
    #expect(DatagramFragments(payload: 1_473).map(\.octets) == [1_500, 21])
    #expect(DatagramFragments(payload: 3_000).map(\.octets) == [1_500, 1_500, 68])
    #expect(DatagramFragments(payload: 1_473).map(\.isFragment) == [true, true])
    let link = LinkSettings(oneWayDelay: .zero, rate: .kilobitsPerSecond(1_000))
    // An octet takes 8 us.
    #expect(
      SignallingPath.undisturbed(datagram: 1_473, over: link) == .microseconds(1_521 * 8))
  }
}
