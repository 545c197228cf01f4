import MediaSession
import Results
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Attribution of broken time")
struct AttributionTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// Frame 0 is captured at 180 ms; `lost` of its packets never arrive, else it is there at 210 ms.
  private func frames(lost: Int = 0) -> FrameLog {
    var frames = FrameLog(firstPicture: 0, capacity: 1)
    var entry = FrameEntry(
      picture: 0, captured: time(180), plan: FramePlan(isKey: true, allowed: [], updated: .all))
    entry.packetsLost = lost
    if lost == 0 { entry.arrived = time(210) }
    frames.add(entry)
    return frames
  }

  private func milliseconds(_ account: Attribution) -> [Cause: Int64] {
    var result: [Cause: Int64] = [:]
    for cause in Cause.allCases where account.causes[cause.rawValue] != .zero {
      result[cause] = account.causes[cause.rawValue].nanoseconds / 1_000_000
    }
    return result
  }

  @Test("a request over RTCP: tick, network, encoder, network, playout")
  func rtcp() {
    var request = RequestEntry(kind: .pli, ready: time(40))
    request.sent = time(70)
    request.received = time(150)
    request.answeredBy = 0
    var account = Attribution(begin: time(0), end: time(270))
    account.blame(.notNoticed, until: time(40))
    account.follow(request, until: time(270), frames: frames(), nextLoss: nil)
    #expect(
      milliseconds(account) == [
        .notNoticed: 40, .rtcpTick: 30, .requestOnNetwork: 80, .encoderWait: 30,
        .repairOnNetwork: 30, .playout: 60,
      ])
  }

  @Test("what follows the display of a repair that did not hold is a repair in vain")
  func inVain() {
    var request = RequestEntry(kind: .pli, ready: time(40))
    request.sent = time(70)
    request.received = time(150)
    request.answeredBy = 0
    var log = frames()
    log[0].displayed = time(270)
    var account = Attribution(begin: time(40), end: time(1_000))
    account.follow(request, until: time(1_000), frames: log, nextLoss: nil)
    #expect(milliseconds(account)[.playout] == 60)
    #expect(milliseconds(account)[.repairInVain] == 730)
  }

  @Test("a request over SIP: each hop's excess is TCP's, between hops it is the proxy's")
  func sip() {
    var request = RequestEntry(kind: .info, ready: time(40))
    request.sent = time(50)
    request.hops = [
      HopTiming(written: time(50), delivered: time(110), undisturbed: .milliseconds(20)),
      HopTiming(written: time(115), delivered: time(135), undisturbed: .milliseconds(20)),
    ]
    request.received = time(135)
    request.answeredBy = 0
    var account = Attribution(begin: time(40), end: time(210))
    account.follow(request, until: time(210), frames: frames(), nextLoss: nil)
    #expect(
      milliseconds(account) == [
        .requestLimit: 10, .tcp: 40, .requestOnNetwork: 40, .proxy: 5, .encoderWait: 45,
        .repairOnNetwork: 30,
      ])
  }

  private func follow(_ request: RequestEntry, from begin: Int64 = 0, until stop: Int64) -> [Cause:
    Int64]
  {
    var account = Attribution(begin: time(begin), end: time(stop))
    account.follow(request, until: time(stop), frames: frames(), nextLoss: nil)
    return milliseconds(account)
  }

  @Test("a dead connection is the transport's until it is given up, and then the request is lost")
  func deadConnection() {
    var request = RequestEntry(kind: .info, ready: time(0))
    request.sent = time(0)
    request.isLost = true
    request.hops = [HopTiming(written: time(0), lost: time(3_000), undisturbed: .milliseconds(25))]
    #expect(follow(request, until: 2_000) == [.requestOnNetwork: 25, .tcp: 1_975])
    #expect(
      follow(request, until: 3_400) == [.requestOnNetwork: 25, .tcp: 2_975, .requestLost: 400])
  }

  @Test("a request that a gateway broke is lost once it has arrived")
  func broken() {
    var request = RequestEntry(kind: .info, ready: time(0))
    request.sent = time(0)
    request.isLost = true
    request.hops = [
      HopTiming(
        written: time(0), delivered: time(25), lost: time(25), undisturbed: .milliseconds(25))
    ]
    #expect(follow(request, until: 500) == [.requestOnNetwork: 25, .requestLost: 475])
  }

  @Test("while the sender's user agent sleeps it is to blame, whether it has woken up or not")
  func asleep() {
    var request = RequestEntry(kind: .info, ready: time(0))
    request.sent = time(0)
    request.hops = [
      HopTiming(written: time(0), delivered: time(25), undisturbed: .milliseconds(25)),
      HopTiming(heldFrom: time(26), undisturbed: .milliseconds(25)),
    ]
    #expect(follow(request, until: 500) == [.requestOnNetwork: 25, .proxy: 1, .asleep: 474])
    request.hops[1].written = time(126)
    request.hops[1].delivered = time(151)
    request.received = time(151)
    request.answeredBy = 0
    #expect(
      follow(request, until: 180)
        == [.requestOnNetwork: 50, .proxy: 1, .asleep: 100, .encoderWait: 29])
  }

  @Test("a lost request is to blame until the next one takes over")
  func lostRequest() {
    var request = RequestEntry(kind: .sli, ready: time(0))
    request.sent = time(10)
    request.isLost = true
    var account = Attribution(begin: time(0), end: time(500))
    account.follow(request, until: time(200), frames: frames(), nextLoss: nil)
    #expect(milliseconds(account) == [.rtcpTick: 10, .requestLost: 190])
  }

  @Test("a damaged repair is to blame from its capture on")
  func damagedRepair() {
    var request = RequestEntry(kind: .pli, ready: time(0))
    request.sent = time(10)
    request.received = time(150)
    request.answeredBy = 0
    var account = Attribution(begin: time(0), end: time(500))
    account.follow(request, until: time(400), frames: frames(lost: 1), nextLoss: nil)
    #expect(
      milliseconds(account) == [
        .rtcpTick: 10, .requestOnNetwork: 140, .encoderWait: 30, .repairDamaged: 220,
      ])
  }

  @Test("a request that the guard refuses waits for the encoder")
  func guarded() {
    var request = RequestEntry(kind: .pli, ready: time(0))
    request.sent = time(0)
    request.received = time(50)
    request.verdict = .guarded
    var account = Attribution(begin: time(0), end: time(500))
    account.follow(request, until: time(200), frames: frames(), nextLoss: nil)
    #expect(milliseconds(account) == [.requestOnNetwork: 50, .encoderWait: 150])
  }

  @Test("after the guard, a user agent that may not ask again is to blame")
  func guardedInfo() {
    var request = RequestEntry(kind: .info, ready: time(0))
    request.sent = time(0)
    request.hops = [
      HopTiming(written: time(0), delivered: time(50), undisturbed: .milliseconds(50))
    ]
    request.received = time(50)
    request.verdict = .guarded
    request.guardedUntil = time(120)
    var account = Attribution(begin: time(0), end: time(3000))
    account.follow(request, until: time(3000), frames: frames(), nextLoss: nil)
    #expect(
      milliseconds(account) == [.requestOnNetwork: 50, .encoderWait: 70, .requestLimit: 2880])
  }

  @Test("nothing is blamed twice, and nothing beyond the end")
  func noOverlap() {
    var account = Attribution(begin: time(100), end: time(200))
    account.blame(.proxy, until: time(50))
    account.blame(.tcp, until: time(150))
    account.blame(.proxy, until: time(120))
    account.blame(.playout, until: time(300))
    #expect(milliseconds(account) == [.tcp: 50, .playout: 50])
  }
}
