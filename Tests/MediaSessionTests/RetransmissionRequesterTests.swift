import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Retransmission requester")
struct RetransmissionRequesterTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private static func request(_ first: Int64, _ following: UInt16 = 0)
    -> RetransmissionRequester.Request
  {
    RetransmissionRequester.Request(first: first, following: following)
  }

  /// Sends each request at once, unless told to hold it back.
  private final class Driver {
    var requester: RetransmissionRequester
    var holds = false

    init(
      giveUpAge: SimDuration = .seconds(1),
      _ change: (inout RetransmissionSettings) -> Void = { _ in }
    ) {
      var settings = RetransmissionSettings()
      change(&settings)
      requester = RetransmissionRequester(settings: settings, giveUpAge: giveUpAge)
    }

    func callAsFunction(
      _ input: RetransmissionRequester.Input, at time: SimTime
    ) -> [RetransmissionRequester.Action] {
      var actions: [RetransmissionRequester.Action] = []
      requester.handle(input, now: time, into: &actions)
      for action in actions {
        guard !holds, case .request(let request) = action else { continue }
        var none: [RetransmissionRequester.Action] = []
        requester.handle(.sent(request), now: time, into: &none)
        precondition(none.isEmpty)
      }
      return actions
    }
  }

  @Test("a gap is asked for at once, seventeen packets a message")
  func firstRequest() {
    let driver = Driver()
    #expect(
      driver(.missing(100..<120), at: time(0)) == [
        .request(Self.request(100, 0xFFFF)), .request(Self.request(117, 0b11)),
      ])
    #expect(driver.requester.outstandingCount == 20)
  }

  @Test("until something is measured each repetition takes twice as long")
  func repeats() {
    let driver = Driver()
    _ = driver(.missing(7..<8), at: time(0))
    // 100 ms and a tick of 20.
    #expect(driver.requester.nextDeadline == time(120))
    #expect(driver(.deadline, at: time(120)) == [.request(Self.request(7))])
    #expect(driver.requester.nextDeadline == time(120 + 220))
    #expect(driver(.deadline, at: time(340)) == [.request(Self.request(7))])
    #expect(driver.requester.nextDeadline == time(340 + 420))
  }

  @Test("a response that takes longer than assumed is measured in the end")
  func slowResponses() {
    let driver = Driver()
    // 300 ms for a response: asked for again after 120 ms, the first packet tells nothing ...
    _ = driver(.missing(7..<8), at: time(0))
    _ = driver(.deadline, at: time(120))
    _ = driver(.arrived(7), at: time(300))
    // ... and the second is asked for again after 220, which doubles once more.
    _ = driver(.missing(20..<21), at: time(1000))
    _ = driver(.deadline, at: time(1220))
    _ = driver(.arrived(20), at: time(1300))
    _ = driver(.missing(30..<31), at: time(2000))
    #expect(driver.requester.nextDeadline == time(2420))
    _ = driver(.arrived(30), at: time(2300))
    #expect(driver.requester.repeatInterval == .milliseconds(320))
  }

  @Test("the response time is measured on packets asked for once")
  func measured() {
    let driver = Driver()
    _ = driver(.missing(7..<9), at: time(0))
    #expect(driver(.arrived(7), at: time(50)) == [])
    #expect(driver.requester.repeatInterval == .milliseconds(70))
    // Asked for at 0 and 70: whichever brought it, Karn's rule leaves the estimate alone.
    _ = driver(.deadline, at: time(70))
    _ = driver(.arrived(8), at: time(200))
    #expect(driver.requester.repeatInterval == .milliseconds(70))
    #expect(driver.requester.nextDeadline == nil)
    // A second sample of 130 ms counts an eighth: 50 + 80 / 8.
    _ = driver(.missing(20..<21), at: time(300))
    _ = driver(.arrived(20), at: time(430))
    #expect(driver.requester.repeatInterval == .milliseconds(80))
  }

  @Test("a request that waits for RTCP is not made twice, and counts from when it leaves")
  func waiting() {
    let driver = Driver()
    driver.holds = true
    _ = driver(.missing(7..<9), at: time(0))
    // Nothing is due but giving up.
    #expect(driver.requester.nextDeadline == time(1000))
    #expect(driver(.deadline, at: time(500)) == [])
    _ = driver(.arrived(7), at: time(520))
    #expect(driver.requester.stillMissing(Self.request(7, 1)) == Self.request(8))
    _ = driver(.sent(Self.request(8)), at: time(600))
    #expect(driver.requester.nextDeadline == time(720))
    _ = driver(.arrived(8), at: time(650))
    #expect(driver.requester.repeatInterval == .milliseconds(70))
    #expect(driver.requester.stillMissing(Self.request(7, 1)) == nil)
  }

  @Test("a request that RTCP drops is made again after the usual time")
  func dropped() {
    let driver = Driver()
    driver.holds = true
    _ = driver(.missing(7..<8), at: time(0))
    _ = driver(.dropped(Self.request(7)), at: time(0))
    #expect(driver.requester.nextDeadline == time(120))
    #expect(driver(.deadline, at: time(120)) == [.request(Self.request(7))])
  }

  @Test("packets that are due together share a message, others keep their time")
  func dueTogether() {
    let driver = Driver()
    _ = driver(.missing(1..<2), at: time(0))
    _ = driver(.arrived(1), at: time(100))
    _ = driver(.missing(10..<11), at: time(200))
    #expect(driver(.missing(12..<13), at: time(250)) == [.request(Self.request(12))])
    #expect(driver(.deadline, at: time(320)) == [.request(Self.request(10))])
    #expect(driver.requester.nextDeadline == time(370))
    // At 440 both are due.
    #expect(driver(.deadline, at: time(440)) == [.request(Self.request(10, 0b10))])
  }

  @Test("what is too old is given up, and not asked for again")
  func givesUp() {
    let driver = Driver(giveUpAge: .milliseconds(300))
    _ = driver(.missing(5..<8), at: time(0))
    _ = driver(.missing(9..<10), at: time(100))
    _ = driver(.arrived(6), at: time(110))
    let actions = driver(.deadline, at: time(300))
    #expect(actions.first == .giveUp(5..<8))
    #expect(driver.requester.outstandingCount == 1)
    #expect(driver(.deadline, at: time(400)).first == .giveUp(9..<10))
    #expect(driver.requester.nextDeadline == nil)
  }

  @Test("what is late is not asked for again, and still tells how long a response takes")
  func late() {
    let driver = Driver()
    _ = driver(.missing(7..<9), at: time(0))
    #expect(driver(.late(before: 8), at: time(10)) == [])
    #expect(driver.requester.stillMissing(Self.request(7, 1)) == Self.request(8))
    #expect(driver(.deadline, at: time(120)) == [.request(Self.request(8))])
    #expect(driver.requester.requestCount(of: 7) == 1)
    _ = driver(.arrived(7), at: time(200))
    #expect(driver.requester.requestCount(of: 7) == nil)
    #expect(driver.requester.repeatInterval == .milliseconds(220))
  }

  @Test("what is not wanted any more is neither asked for nor given up")
  func obsolete() {
    let driver = Driver()
    _ = driver(.missing(5..<8), at: time(0))
    _ = driver(.missing(20..<21), at: time(0))
    #expect(driver(.obsolete(before: 10), at: time(10)) == [])
    #expect(driver.requester.outstandingCount == 1)
    #expect(driver(.deadline, at: time(1000)) == [.giveUp(20..<21)])
  }

  @Test("requests for one packet are limited; then only its age ends the wait")
  func limitedRequests() {
    let driver = Driver { $0.maximumRequests = 2 }
    _ = driver(.missing(1..<2), at: time(0))
    #expect(driver(.deadline, at: time(120)) == [.request(Self.request(1))])
    #expect(driver.requester.nextDeadline == time(1000))
    #expect(driver(.deadline, at: time(1000)) == [.giveUp(1..<2)])
  }

  @Test("the list is bounded: the oldest gaps give way, each as a whole")
  func bounded() {
    let driver = Driver { $0.maximumOutstanding = 4 }
    _ = driver(.missing(1..<4), at: time(0))
    #expect(driver(.missing(10..<12), at: time(1)).first == .giveUp(1..<4))
    #expect(driver.requester.outstandingCount == 2)
    // A gap larger than the list is given up itself.
    let actions = driver(.missing(20..<30), at: time(2))
    #expect(actions == [.giveUp(10..<12), .giveUp(20..<30)])
    #expect(driver.requester.outstandingCount == 0)
  }

  @Test("duplicates and strangers change nothing")
  func strangers() {
    let driver = Driver()
    #expect(driver(.arrived(3), at: time(0)) == [])
    #expect(driver(.missing(5..<5), at: time(0)) == [])
    #expect(driver.requester.nextDeadline == nil)
  }
}
