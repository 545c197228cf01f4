import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Summary of delivery times")
struct DeliverySummaryTests {
  private static func summary(_ milliseconds: [Int64?]) -> DeliverySummary {
    var summary = DeliverySummary()
    for value in milliseconds { summary.add(value.map { .milliseconds($0) }) }
    return summary
  }

  @Test("a quantile is the smallest time that its share does not exceed")
  func quantiles() {
    let figures = Self.summary((1...100).reversed().map { Int64($0) * 20 }).figures()
    #expect(figures.count == 100)
    #expect(figures.quantiles == [1_000, 1_500, 1_800, 1_900, 1_980])
    #expect(figures.maximum == 2_000 && figures.mean == 1_010)
    #expect(figures.withinSecond == 0.5 && figures.undelivered == 0)
  }

  @Test("one message is all its quantiles")
  func one() {
    let figures = Self.summary([25]).figures()
    #expect(figures.quantiles == [25, 25, 25, 25, 25] && figures.withinSecond == 1)
  }

  @Test("what never arrived is late without end, and the table says how many")
  func undelivered() {
    let summary = Self.summary([25, 25, 25, nil])
    let figures = summary.figures()
    #expect(figures.quantiles[0] == 25 && figures.quantiles[4] == .infinity)
    #expect(figures.mean == .infinity && figures.undelivered == 1 && figures.withinSecond == 0.75)
    let text = DeliverySummary.table(title: "A sample", rows: [("messages", summary)])
      .text(usesColour: false)
    #expect(text.contains("never") && text.contains("1 never arrived"))
  }
}
