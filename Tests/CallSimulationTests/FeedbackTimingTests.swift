import MediaSession
import Results
import SimulationKernel
import Testing

@testable import CallSimulation

/// RTCP's timing rules seen in whole calls.
@Suite("Feedback timing in calls")
struct FeedbackTimingTests {
  /// 160x120 at 100 kbit/s; the frames named lose their packet.
  private func feedback(
    losing frames: [Int] = [20], seconds: Int64 = 4, _ change: (inout Scenario) -> Void
  ) throws -> [FeedbackRecord] {
    var scenario = smallScenario(.pli, seconds: seconds, losing: frames.map { ($0, 0) })
    change(&scenario)
    return try scenario.simulated().feedback
  }

  private func wait(_ record: FeedbackRecord) throws -> SimDuration {
    try #require(record.sent) - record.ready
  }

  @Test("between two the first message goes at once, in a group after dithering")
  func dithering() throws {
    #expect(try wait(#require(feedback { _ in }.first)) == .zero)
    // Three receivers at 3,750 bit/s: Tmin of a second rules; at most half of 1.5 s / 1.21828.
    let delays = try (1...6).map { seed in
      try wait(
        #require(
          feedback { scenario in
            scenario.seed = UInt64(seed)
            scenario.rtcp.participants = 4
            scenario.rtcp.maximumFeedbackDelay = .seconds(10)
          }.first))
    }
    #expect(delays.contains { $0 > .zero })
    #expect(Set(delays).count > 1)
  }

  @Test("without F a message waits for the regular packet, seconds later")
  func withoutF() throws {
    let record = try #require(
      feedback(seconds: 8) { $0.rtcp.profile = .avp }.first { $0.sent != nil })
    // The loss is noticed near 0.84 s, and the first report goes between 1.03 and 3.08 s.
    #expect(try wait(record) > .milliseconds(100))
    #expect(try #require(record.sent) < .zero + .milliseconds(7_000))
  }

  @Test("Linphone's variant: only the first message of the call goes at once")
  func once() throws {
    let records = try feedback(losing: [20, 60, 61]) { $0.rtcp.earlyFeedback = .once }
    #expect(records.count >= 2)
    #expect(try wait(records[0]) == .zero)
    for record in records.dropFirst() where record.sent != nil {
      #expect(try wait(record) > .zero)
    }
  }

  @Test("reduced size: an early PLI is 12 octets, and the call ends as exact as before")
  func reducedSize() throws {
    let full = try #require(feedback { _ in }.first)
    let reduced = try #require(feedback { $0.rtcp.isReducedSize = true }.first)
    #expect(reduced.octets == 12 && full.octets == 12 + 32 + 36)
    #expect(reduced.received != nil && reduced.outcome == full.outcome)
  }

  @Test("a message that would wait too long is dropped unsent, and the story says so")
  func dropped() throws {
    var scenario = smallScenario(.pli, losing: [(20, 0), (23, 0), (26, 0)])
    scenario.receiver.repeatInterval = .milliseconds(40)
    scenario.rtcp.sessionBandwidth = .kilobitsPerSecond(20)
    let records = try scenario.simulated()
    let dropped = records.feedback.filter { $0.outcome == "dropped" }
    #expect(!dropped.isEmpty && dropped.allSatisfy { $0.sent == nil && $0.received == nil })
    #expect(records.totals.feedbackMessages == records.feedback.count { $0.sent != nil })
    #expect(records.totals.feedbackMessagesLost == 0)
    #expect(CallStory(records).text().contains("too long to wait"))
  }

  @Test("a call with more to report than its bandwidth carries is warned of, another is not")
  func warning() throws {
    var scenario = smallScenario(.pli, losing: [(20, 0)])
    #expect(try scenario.feedbackWarning(scenario.simulated()) == nil)
    scenario.media.forward.loss = .independent(rate: 0.4)
    scenario.receiver.repeatInterval = .milliseconds(40)
    scenario.rtcp.sessionBandwidth = .kilobitsPerSecond(20)
    // 500 bit/s: less than half a packet of 108 octets a second, above T_max_fb_delay.
    let capacity = scenario.feedbackCapacity
    #expect(capacity.bitsPerSecond == 500 && Int(capacity.meanInterval.inMilliseconds) == 1_728)
    let records = try scenario.simulated()
    #expect(scenario.feedbackMode(records) == .regular)
    #expect(try #require(scenario.feedbackWarning(records)).contains("(regular mode,"))
    scenario.rtcp.earlyFeedback = .off
    #expect(scenario.feedbackWarning(records) == nil)
  }
}
