import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Wait for overtaken packets")
struct ReorderingWaitTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  @Test("what comes within the tolerance is no loss, and what does not is, once it has passed")
  func tolerance() {
    var wait = ReorderingWait(tolerance: .milliseconds(20))
    #expect(wait.nextDeadline == nil)
    wait.gapNoticed(.init(missing: 10..<15, newest: 3), now: time(100))
    wait.gapNoticed(.init(missing: 17..<18, newest: 4), now: time(110))
    wait.arrived(12)
    wait.arrived(10)
    wait.arrived(99)
    #expect(wait.nextDeadline == time(120))
    let none = wait.takeDue(now: time(119))
    #expect(none.isEmpty)
    let due = wait.takeDue(now: time(120))
    #expect(due == [.init(missing: 11..<12, newest: 3), .init(missing: 13..<15, newest: 3)])
    #expect(wait.nextDeadline == time(130))
    wait.arrived(17)
    #expect(wait.nextDeadline == nil)
  }

  @Test("gaps in front of what is wanted are forgotten")
  func forgets() {
    var wait = ReorderingWait(tolerance: .milliseconds(20))
    wait.gapNoticed(.init(missing: 10..<12, newest: 3), now: time(100))
    wait.gapNoticed(.init(missing: 17..<18, newest: 4), now: time(110))
    wait.forget(before: 12)
    #expect(wait.nextDeadline == time(130))
  }
}
