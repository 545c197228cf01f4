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

  @Test("a request leaves its delay after the notice, and not at all where that is repaired")
  func requestDelay() {
    var settings = SignallingSettings.test(.tcp)
    settings.requestDelay = .milliseconds(4)
    var run = PathRun(settings)
    run.at(0, .repairWanted)
    run.at(2, .repairWanted)
    run.at(300, .repairDone(byKeyFrame: true))
    run.at(400, .repairWanted)
    run.at(403, .repairDone(byKeyFrame: true))
    run.run()
    #expect(run.sent == [4])
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

  private func settings(_ answers: [SignallingSettings.Answer]) -> SignallingSettings {
    var settings = SignallingSettings.test(.tcp)
    settings.answers = answers
    return settings
  }

  @Test("after a 491 the request is made again within a second, by its own draw")
  func requestPending() {
    var delays: Set<Double> = []
    for seed in 1...20 as ClosedRange<UInt64> {
      var settings = settings([.requestPending, .ok])
      settings.minimumRequestInterval = .seconds(5)
      var run = PathRun(settings, seed: seed)
      run.at(0, .repairWanted)
      run.at(1_100, .repairDone(byKeyFrame: true))
      run.run()
      #expect(run.refused.map(\.time) == [25])
      #expect(run.finished.map(\.status) == [491, 200])
      // Its 491 came after a round trip of 50 ms.
      let delay = run.sent.count == 2 ? run.sent[1] - 50 : -1
      #expect((0...1_000).contains(delay))
      #expect(run.received.count == 1)
      #expect(abs((run.received.first ?? 0) - 75 - delay) < 0.001)
      delays.insert(delay)
    }
    #expect(delays.count == 20)
    #expect(delays.contains { $0 < 400 } && delays.contains { $0 > 600 })
  }

  @Test("a refused request is not made again once the repair is done")
  func notRetried() {
    var run = PathRun(settings([.requestPending]))
    run.ask(at: 0)
    run.run()
    #expect(run.sent == [0])
    #expect(run.finished.map(\.status) == [491])
  }

  @Test("a refused request is not made again where a newer one is under way")
  func newerUnderWay() {
    var settings = settings([.requestPending, .ok])
    settings.minimumRequestInterval = .milliseconds(40)
    var run = PathRun(settings)
    run.at(0, .repairWanted)
    run.at(70, .repairDone(byKeyFrame: true))
    run.run()
    #expect(run.sent == [0, 40])
  }

  @Test("how long a 491 is waited out is a setting, bounds included")
  func backOff() {
    for (lower, upper) in [(2_100, 4_000), (300, 300)] as [(Int64, Int64)] {
      var delays: Set<Double> = []
      for seed in 1...20 as ClosedRange<UInt64> {
        var settings = settings([.requestPending, .ok])
        settings.minimumRequestInterval = .seconds(60)
        settings.retryAfter491 = .milliseconds(lower) ... .milliseconds(upper)
        var run = PathRun(settings, seed: seed)
        run.at(0, .repairWanted)
        run.at(5_000, .repairDone(byKeyFrame: true))
        run.run()
        let delay = run.sent.count == 2 ? run.sent[1] - 50 : -1
        #expect((Double(lower)...Double(upper)).contains(delay))
        delays.insert(delay)
      }
      #expect(delays.count == (lower == upper ? 1 : 20))
    }
  }

  @Test("without a back-off a 491 changes nothing: the interval alone counts")
  func noBackOff() {
    var settings = settings([.requestPending, .ok])
    settings.retryAfter491 = nil
    var run = PathRun(settings)
    run.at(0, .repairWanted)
    run.at(900, .repairDone(byKeyFrame: true))
    run.run()
    #expect(run.sent == [0, 500])
  }

  @Test(
    "one that asks once asks for each loss, as late as the interval says, and no more once repaired"
  )
  func once() {
    var settings = SignallingSettings.test(.tcp)
    settings.repetition = .once
    var run = PathRun(settings)
    run.at(0, .repairWanted)
    run.at(1_700, .repairWanted)
    run.at(1_800, .repairWanted)
    run.at(1_900, .repairWanted)
    run.at(9_000, .repairWanted)
    run.at(9_100, .repairWanted)
    run.at(9_200, .repairDone(byKeyFrame: false))
    run.run()
    #expect(run.sent == [0, 1_700, 2_200, 9_000])
  }

  @Test("one that asks once makes a request again that was refused by 491, if it is still wanted")
  func onceRefused() {
    for isRepaired in [false, true] {
      var settings = settings([.requestPending, .ok])
      settings.repetition = .once
      settings.retryAfter491 = .milliseconds(200) ... .milliseconds(200)
      var run = PathRun(settings)
      run.at(0, .repairWanted)
      if isRepaired { run.at(40, .repairDone(byKeyFrame: true)) }
      run.at(5_000, .repairDone(byKeyFrame: true))
      run.run()
      #expect(run.sent == (isRepaired ? [0] : [0, 250]))
    }
  }

  @Test("with one request outstanding the next one waits for the final response")
  func oneOutstanding() {
    for outstanding in SignallingSettings.Outstanding.allCases {
      var settings = SignallingSettings.test(.tcp)
      settings.minimumRequestInterval = .milliseconds(20)
      settings.outstanding = outstanding
      var run = PathRun(settings)
      run.at(0, .repairWanted)
      run.at(110, .repairDone(byKeyFrame: true))
      run.run()
      // The 200 comes after a round trip of 50 ms.
      #expect(run.sent == (outstanding == .one ? [0, 50, 100] : [0, 20, 40, 60, 80, 100]))
    }
  }

  @Test("with one request outstanding and no response, the next one goes when Timer F gives up")
  func oneOutstandingTimesOut() {
    var settings = SignallingSettings.test(.udp)
    settings.outstanding = .one
    var run = PathRun(settings, link: LinkSettings(loss: .independent(rate: 1)))
    run.at(0, .repairWanted)
    run.at(40_000, .repairDone(byKeyFrame: true))
    run.run(until: .seconds(41))
    #expect(run.sent == [0, 32_000])
  }

  @Test(
    "an endpoint's policy is a preset of the single rules",
    arguments: [
      (SignallingSettings.Policy.linphone, 5_000, true, SignallingSettings.Outstanding.one, true),
      (.pjsip, 3_000, false, .any, false), (.freeswitch, 500, false, .any, false),
    ])
  func presets(
    policy: SignallingSettings.Policy, milliseconds: Int64, clears: Bool,
    outstanding: SignallingSettings.Outstanding, retries: Bool
  ) {
    var settings = SignallingSettings.test(.tcp)
    settings.repetition = .once
    settings.adopt(policy)
    #expect(settings.policy == policy && settings.repetition == .untilRepaired)
    #expect(settings.minimumRequestInterval == .milliseconds(milliseconds))
    #expect(settings.keyFrameClearsInterval == clears && settings.outstanding == outstanding)
    #expect((settings.retryAfter491 != nil) == retries)
    var run = PathRun(settings)
    run.at(0, .repairWanted)
    run.at(90, .repairDone(byKeyFrame: true))
    run.at(100, .repairWanted)
    run.at(milliseconds + 50, .repairDone(byKeyFrame: true))
    run.run()
    let delay: Double = policy == .linphone ? 4 : 0
    #expect(run.sent == [delay, clears ? 100 + delay : Double(milliseconds)])
  }

  @Test("a 481 ends the dialog: there is no further request")
  func dialogOver() {
    var run = PathRun(settings([.ok, .callDoesNotExist, .ok]))
    run.at(0, .repairWanted)
    run.at(60_000, .repairDone(byKeyFrame: true))
    run.at(70_000, .repairWanted)
    run.run()
    #expect(run.sent == [0, 500])
    #expect(run.finished.map(\.status) == [200, 481])
    #expect(run.refused.map(\.request) == [1])
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
