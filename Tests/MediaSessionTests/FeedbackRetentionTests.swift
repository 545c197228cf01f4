import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Feedback retention")
struct FeedbackRetentionTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  @Test("another member's feedback counts for two seconds, the ends included")
  func window() {
    var retention = FeedbackRetention()
    retention.note(7, now: time(100))
    #expect(retention.covers(7, now: time(100)) && retention.covers(7, now: time(2_100)))
    #expect(!retention.covers(7, now: time(2_101)) && !retention.covers(8, now: time(100)))
  }

  @Test("hearing it again begins the two seconds anew, and others keep theirs")
  func renewal() {
    var retention = FeedbackRetention()
    retention.note(7, now: time(0))
    retention.note(8, now: time(1_000))
    retention.note(7, now: time(1_500))
    #expect(retention.covers(7, now: time(3_500)) && retention.covers(8, now: time(3_000)))
    #expect(!retention.covers(8, now: time(3_500)))
  }
}
