import SimulationKernel
import Testing

@testable import Configuration

@Suite("Ranges of durations")
struct DurationRangeTests {
  private let kind = ConfigurationValue<ClosedRange<SimDuration>>.durationRange(
    .zero ... .seconds(60))

  @Test(
    "two durations with two points between them, or one for both",
    arguments: [
      ("0s..1s", 0, 1_000), ("2.1s..4s", 2_100, 4_000), ("0.5s..0.5s", 500, 500),
      ("300ms", 300, 300), ("0ms..1min", 0, 60_000),
    ])
  func ranges(text: String, lower: Int64, upper: Int64) throws {
    #expect(try kind.value(of: text) == .milliseconds(lower) ... .milliseconds(upper))
  }

  @Test(
    "all else is refused",
    arguments: [
      "", "..", "1s..", "..1s", "0s..1s..2s", "0s...1s", "2s..1s", "1s..61s", "0..1s", "0s.1s",
      "0s - 1s", "a..b", "-1s..1s", "1s.. 2s",
    ])
  func refusals(text: String) {
    #expect(throws: ConfigurationMismatch.self) { try kind.value(of: text) }
  }
}
