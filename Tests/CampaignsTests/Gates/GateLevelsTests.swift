import Testing

@testable import Campaigns

@Suite("Levels and looks")
struct GateLevelsTests {
  @Test(
    "Student's t is as tables have it",
    arguments: [
      (0.025, 2, 4.303), (0.025, 4, 2.776), (0.025, 10, 2.228), (0.01, 20, 2.528),
      (0.001, 30, 3.385), (0.0005, 120, 3.373), (0.025, 400, 1.966),
    ])
  func student(tail: Double, degrees: Int, expected: Double) {
    #expect(abs(StudentTail.quantile(tail: tail, degrees: degrees) - expected) < 0.001)
  }

  @Test("odd degrees of freedom count as one fewer, and thousands as 400")
  func evenDegrees() {
    #expect(
      StudentTail.quantile(tail: 0.01, degrees: 19) == StudentTail.quantile(tail: 0.01, degrees: 18)
    )
    #expect(
      StudentTail.quantile(tail: 0.01, degrees: 9_999)
        == StudentTail.quantile(tail: 0.01, degrees: 400))
  }

  @Test("looks come after twice as many calls each, and at the end")
  func schedule() {
    #expect(LookSchedule(first: 20, last: 80).calls == [20, 40, 80])
    #expect(LookSchedule(first: 20, last: 50).calls == [20, 40, 50])
    #expect(LookSchedule(first: 20, last: 20).calls == [20])
  }

  @Test("risks add up to what is promised: passes over looks, failures over looks and lines")
  func risks() {
    let levels = GateLevels(looks: 3, lines: 18)
    #expect(abs(levels.passTail * 3 - 0.025) < 1e-12)
    #expect(abs(levels.failTail * 54 - 0.025) < 1e-12)
  }
}
