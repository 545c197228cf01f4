import NetworkModels
import Signalling
import SimulationKernel
import Testing

@Suite("Lost connections")
struct ConnectionLossTests {
  private func halfDead(
    at drop: SimDuration, giveUp: SimDuration = .seconds(32), proxies: Int = 0
  ) -> SignallingSettings {
    var settings = SignallingSettings.test(.tls13, proxies: proxies, connection: .halfDead)
    settings.natDrop = drop
    settings.giveUp = giveUp
    return settings
  }

  /// A look-up of 50 ms, TCP and TLS 1.3 with 2 ms of computing, half a round trip for the request.
  private let reconnected = 50.0 + 126.8

  @Test("what is sent before the NAT binding vanishes arrives, and nothing after")
  func drop() {
    var run = PathRun(halfDead(at: .seconds(8)))
    run.ask(at: 7_000)
    run.ask(at: 8_000)
    run.run(until: .seconds(39))
    #expect(run.received == [7_025])
    #expect(run.finished.map(\.request) == [0])
    #expect(run.path.openMessages().map(\.request) == [1])
  }

  @Test("what the far end sends vanishes as well: the request arrives and its 200 does not")
  func bothWays() {
    var run = PathRun(halfDead(at: .milliseconds(1_020)))
    run.ask(at: 1_000)
    run.run(until: .seconds(30))
    #expect(run.received == [1_025])
    #expect(run.finished.isEmpty)
  }

  @Test(
    "after Timer F the connection is closed, all on it fails, and the next request opens another")
  func timerF() throws {
    var run = PathRun(halfDead(at: .seconds(8)))
    run.at(9_000, .repairWanted)
    run.at(41_200, .repairDone(byKeyFrame: true))
    run.run()
    // One each 500 ms, until the first one has waited 32 s.
    #expect(run.lost == Array(0..<64))
    #expect(run.sent.last == 41_000)
    #expect(run.received == [41_000 + reconnected])
    let failed = run.finished.filter { $0.status != 200 }
    #expect(failed.count == 64)
    #expect(failed.allSatisfy { $0.time == 41_000 })
    // RFC 3261 section 8.1.3.1.
    #expect(failed.filter { $0.status == 408 }.map(\.request) == [0])
    #expect(failed.count { $0.status == 503 } == 63)
    let lost = run.path.openMessages()
    #expect(lost.count == 64)
    #expect(lost.allSatisfy { $0.lost == .zero + .seconds(41) && $0.delivered == nil })
  }

  @Test(
    "a user agent that gives up sooner asks sooner", arguments: [1_000, 5_000, 31_999] as [Int64])
  func giveUp(milliseconds: Int64) {
    var run = PathRun(halfDead(at: .zero, giveUp: .milliseconds(milliseconds), proxies: 1))
    // The next interval of 500 ms.
    let next = 100 + (milliseconds + 499) / 500 * 500
    run.at(100, .repairWanted)
    run.at(next + 100, .repairDone(byKeyFrame: true))
    run.run()
    let lost = run.finished.filter { $0.status == 503 }
    #expect(!lost.isEmpty && lost.allSatisfy { $0.time == Double(100 + milliseconds) })
    #expect(run.sent.last == Double(next))
    #expect(run.received.map { Int64(($0 * 1_000).rounded()) } == [next * 1_000 + 202_170])
  }

  @Test("what came after a request went puts the end off, but not for good")
  func heardSince() {
    // Request 1 is put on the connection before the 200 to request 0 comes, and vanishes.
    var run = PathRun(halfDead(at: .milliseconds(1_026), giveUp: .seconds(3)))
    run.ask(at: 1_000)
    run.ask(at: 1_030)
    run.ask(at: 20_000)
    run.run()
    #expect(run.received == [1_025, 20_000 + reconnected])
    #expect(run.finished.map(\.status) == [200, 503, 200])
    // The 200 came at 1,050 ms.
    #expect(run.finished[1].time == 4_050)
  }

  @Test("a connection on which answers come is kept, however long one request waits")
  func notSilent() {
    var settings = SignallingSettings.test(.tcp)
    settings.giveUp = .seconds(2)
    settings.gatewayBreakage = 0.3
    var run = PathRun(settings)
    run.at(0, .repairWanted)
    run.at(30_000, .repairDone(byKeyFrame: false))
    run.run(until: .seconds(31))
    #expect(!run.lost.isEmpty)
    #expect(run.received.count + run.lost.count == 60)
    #expect(!run.finished.contains { $0.status == 503 })
  }

  @Test("a path that is warm and whole is as it was: nobody gives anything up")
  func untouched() {
    var settings = SignallingSettings.test(.tls13, proxies: 2)
    settings.giveUp = .seconds(1)
    var run = PathRun(settings, link: LinkSettings(loss: .independent(rate: 0.02)))
    run.at(0, .repairWanted)
    run.at(60_000, .repairDone(byKeyFrame: false))
    run.run()
    #expect(run.received.count == 120 && run.lost.isEmpty)
  }

  // MARK: Change of network

  private func switching(_ recordRoute: SignallingSettings.NetworkSwitch.RecordRoute)
    -> SignallingSettings
  {
    var settings = SignallingSettings.test(.tls13, proxies: 1)
    settings.networkSwitch = .init(time: .seconds(8), recordRoute: recordRoute)
    return settings
  }

  @Test("another network: what was under way fails at once, and a name leads to the proxy again")
  func byName() {
    var run = PathRun(switching(.name))
    run.at(0, .begin)
    run.ask(at: 7_990)
    run.ask(at: 9_000)
    run.ask(at: 20_000)
    run.run()
    #expect(run.lost == [0])
    #expect(run.finished.first.map { "\($0)" } == "(request: 0, status: 503, time: 8000.0)")
    #expect(run.received == [9_000 + reconnected + 25.37, 20_050.37])
  }

  @Test("another network: an address that cannot be reached ends all requests for good")
  func byAddress() {
    var run = PathRun(switching(.address))
    run.at(0, .begin)
    run.ask(at: 7_000)
    for second in [9, 60, 120] as [Int64] { run.ask(at: second * 1_000) }
    run.run()
    #expect(run.received == [7_050.37])
    #expect(run.lost == [1, 2, 3])
    #expect(run.finished.map(\.status) == [200, 408, 408, 408])
    #expect(run.finished.map(\.time).dropFirst() == [41_000, 92_000, 152_000])
  }

  @Test(
    "over UDP there is no connection to lose, but an address that cannot be reached all the same")
  func datagrams() {
    var settings = switching(.address)
    settings.transport = .udp
    var run = PathRun(settings)
    run.at(0, .begin)
    run.ask(at: 7_000)
    run.ask(at: 9_000)
    run.run()
    #expect(run.received == [7_050.37])
    #expect(run.finished.map(\.status) == [200, 408])
  }
}
