import SimulationKernel
import Testing

@Suite("Deadline timer")
struct DeadlineTimerTests {
  let early = SimTime(nanoseconds: 10)
  let late = SimTime(nanoseconds: 20)

  @Test("only the token of the latest arming is current")
  func rearmed() {
    var timer = DeadlineTimer()
    let first = timer.arm(at: early)
    #expect(timer.isCurrent(first) && timer.deadline == early)
    let second = timer.arm(at: late)
    #expect(!timer.isCurrent(first) && timer.isCurrent(second) && timer.deadline == late)
  }

  @Test("no token is current after a cancellation, not even when armed again")
  func cancelled() {
    var timer = DeadlineTimer()
    let token = timer.arm(at: early)
    timer.cancel()
    #expect(!timer.isCurrent(token) && timer.deadline == nil)
    let second = timer.arm(at: early)
    #expect(!timer.isCurrent(token) && timer.isCurrent(second))
  }

  @Test("it expires once, and for the current token alone")
  func expires() {
    var timer = DeadlineTimer()
    let stale = timer.arm(at: early)
    let token = timer.arm(at: late)
    let onStale = timer.expires(stale)
    #expect(!onStale && timer.deadline == late)
    let onCurrent = timer.expires(token)
    #expect(onCurrent && timer.deadline == nil)
    let again = timer.expires(token)
    #expect(!again)
  }

  @Test("following an unchanged deadline asks for no further event")
  func follows() throws {
    var timer = DeadlineTimer()
    #expect(Self.follow(nil, &timer) == nil)
    let first = try #require(Self.follow(early, &timer))
    #expect(Self.follow(early, &timer) == nil && timer.isCurrent(first))
    let second = try #require(Self.follow(late, &timer))
    #expect(!timer.isCurrent(first) && timer.isCurrent(second))
    #expect(Self.follow(nil, &timer) == nil && !timer.isCurrent(second))
    #expect(Self.follow(late, &timer) != nil)
  }

  /// The macros cannot call a mutating member themselves.
  private static func follow(
    _ deadline: SimTime?, _ timer: inout DeadlineTimer
  ) -> DeadlineTimer.Token? {
    timer.follow(deadline)
  }
}
