import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Retransmission requester")
struct RetransmissionRequesterTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private final class Driver {
    var requester: RetransmissionRequester

    init(_ change: (inout RetransmissionSettings) -> Void = { _ in }) {
      var settings = RetransmissionSettings()
      change(&settings)
      requester = RetransmissionRequester(settings: settings)
    }

    func callAsFunction(
      _ input: RetransmissionRequester.Input, at time: SimTime
    ) -> [RetransmissionRequester.Action] {
      var actions: [RetransmissionRequester.Action] = []
      requester.handle(input, now: time, into: &actions)
      return actions
    }
  }

  @Test("a gap is asked for at once, seventeen packets a message")
  func firstRequest() {
    let driver = Driver()
    #expect(
      driver(.missing(100..<120), at: time(0)) == [
        .request(first: 100, following: 0xFFFF), .request(first: 117, following: 0b11),
      ])
    #expect(driver.requester.outstandingCount == 20)
  }

  @Test("before a response time is known the next request follows after 120 ms")
  func repeats() {
    let driver = Driver()
    _ = driver(.missing(7..<8), at: time(0))
    #expect(driver.requester.nextDeadline == time(120))
    #expect(driver(.deadline, at: time(120)) == [.request(first: 7, following: 0)])
    #expect(driver.requester.nextDeadline == time(240))
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

  @Test("packets that are due together share a message, others keep their time")
  func dueTogether() {
    let driver = Driver()
    _ = driver(.missing(10..<11), at: time(0))
    #expect(driver(.missing(12..<13), at: time(50)) == [.request(first: 12, following: 0)])
    #expect(driver(.deadline, at: time(120)) == [.request(first: 10, following: 0)])
    #expect(driver.requester.nextDeadline == time(170))
    // At 240 both are due.
    #expect(driver(.deadline, at: time(240)) == [.request(first: 10, following: 0b10)])
  }

  @Test("what is too old is given up, and not asked for again")
  func givesUp() {
    let driver = Driver { $0.giveUpAge = .milliseconds(300) }
    _ = driver(.missing(5..<8), at: time(0))
    _ = driver(.missing(9..<10), at: time(100))
    _ = driver(.arrived(6), at: time(110))
    _ = driver(.deadline, at: time(240))
    let actions = driver(.deadline, at: time(300))
    #expect(actions.first == .giveUp(5..<8))
    #expect(driver.requester.outstandingCount == 1)
    #expect(driver(.deadline, at: time(400)).first == .giveUp(9..<10))
    #expect(driver.requester.nextDeadline == nil)
  }

  @Test("requests for one packet are limited; then only its age ends the wait")
  func limitedRequests() {
    let driver = Driver { $0.maximumRequests = 2 }
    _ = driver(.missing(1..<2), at: time(0))
    #expect(driver(.deadline, at: time(120)) == [.request(first: 1, following: 0)])
    #expect(driver.requester.nextDeadline == time(1000))
    #expect(driver(.deadline, at: time(1000)) == [.giveUp(1..<2)])
  }

  @Test("the list is bounded: the oldest give way")
  func bounded() {
    let driver = Driver { $0.maximumOutstanding = 4 }
    _ = driver(.missing(1..<4), at: time(0))
    #expect(driver(.missing(10..<12), at: time(1)).first == .giveUp(1..<2))
    #expect(driver.requester.outstandingCount == 4)
    // A gap larger than the list: its own oldest go too.
    let actions = driver(.missing(20..<30), at: time(2))
    #expect(actions.prefix(2) == [.giveUp(2..<12), .giveUp(20..<26)])
    #expect(driver.requester.outstandingCount == 4)
  }

  @Test("duplicates and strangers change nothing")
  func strangers() {
    let driver = Driver()
    #expect(driver(.arrived(3), at: time(0)) == [])
    #expect(driver(.missing(5..<5), at: time(0)) == [])
    #expect(driver.requester.nextDeadline == nil)
  }
}
