import NetworkModels
import SimulationKernel
import Testing

@testable import Signalling

@Suite("The asking user agent")
struct InfoUserAgentTests {
  @Test("while repair stays wanted, a request goes at every interval; more words change nothing")
  func interval() {
    var run = PathRun(.test(.tcp))
    for time in stride(from: 0, through: 1_200, by: 33) as StrideThrough<Int64> {
      run.at(time, .repairWanted)
    }
    run.at(1_210, .repairDone(byKeyFrame: false))
    run.run()
    #expect(run.sent == [0, 500, 1_000])
  }

  @Test(
    "the interval outlasts a repair, unless a key frame clears it",
    arguments: [(true, true, 100.0), (true, false, 500), (false, true, 500), (false, false, 500)])
  func clearing(byKeyFrame: Bool, clears: Bool, second: Double) {
    var settings = SignallingSettings.test(.tcp)
    settings.keyFrameClearsInterval = clears
    var run = PathRun(settings)
    run.at(0, .repairWanted)
    run.at(90, .repairDone(byKeyFrame: byKeyFrame))
    run.at(100, .repairWanted)
    run.at(600, .repairDone(byKeyFrame: false))
    run.run(until: .milliseconds(590))
    #expect(run.sent == [0, second])
  }

  @Test("a repair that is done before the interval ends is not asked for")
  func notWantedAnyMore() {
    var run = PathRun(.test(.tcp))
    run.at(0, .repairWanted)
    run.at(499, .repairDone(byKeyFrame: false))
    run.run()
    #expect(run.sent == [0])
  }

  @Test("Timer F gives up after 32 s; a later response is dropped")
  func timerF() {
    var agent = InfoUserAgent(SignallingSettings())
    var actions: [InfoUserAgent.Action] = []
    agent.handle(.repairWanted, now: .zero, into: &actions)
    agent.handle(.repairDone(byKeyFrame: true), now: .zero, into: &actions)
    #expect(agent.nextDeadline == .zero + .seconds(32))
    actions = []
    agent.handle(.deadline, now: .zero + .seconds(32), into: &actions)
    guard case .finished(0, 408) = actions.first else {
      Issue.record("the transaction did not end with 408")
      return
    }
    actions = []
    agent.handle(.response(request: 0, status: 200), now: .zero + .seconds(33), into: &actions)
    #expect(actions.isEmpty)
    #expect(agent.outstandingCount == 0)
  }

  @Test("an hour of requests over lossy hops leaves nothing behind")
  func bounded() {
    var settings = SignallingSettings.test(.tls13, proxies: 2)
    settings.minimumRequestInterval = .milliseconds(300)
    let link = LinkSettings(loss: .independent(rate: 0.05))
    var run = PathRun(settings, link: link)
    run.at(0, .repairWanted)
    run.at(3_600_000, .repairDone(byKeyFrame: false))
    var most = 0
    for minute in 1...60 as ClosedRange<Int64> {
      run.run(until: .seconds(60 * minute))
      most = max(most, run.path.heldCount)
    }
    run.run()
    // 12000 requests; those of a few seconds of outage are all that ever waits.
    #expect(run.sent.count == 12_000)
    #expect(most < 300)
    #expect(run.path.heldCount == 0)
  }
}
