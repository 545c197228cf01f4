import SimulationKernel
import Testing

@testable import Results

@Suite("Probe plots")
struct ProbePlotsTests {
  private func catalog(_ results: ResultSet) -> PlotCatalog { PlotCatalog(results, frames: []) }

  @Test("probes alone have their plots, and nothing is said of plots of calls")
  func alone() throws {
    let catalog = catalog(try FakeProbes.plausible.results())
    #expect(
      catalog.plots.map(\.name) == ["probe-distribution", "probe-ratio", "probe-recovery-by-loss"])
    #expect(catalog.omitted.isEmpty)
    let ratio = catalog.plots[1]
    #expect(ratio.script.contains("PLI over SIP INFO: 3 proxies"))
    #expect(ratio.alternative.hasPrefix("PLI, by SIP proxies (20, 50, 100, 200): "))
    let loss = catalog.plots[2]
    #expect(loss.alternative.contains("packets lost in a row (1, 4): "))
    #expect(loss.alternative.contains("kind of the frame that is hit (golden, last): "))
    #expect(catalog.plots[0].alternative.contains("Medians at round-trip time 20 ms: no requests"))
  }

  @Test("what probes do not vary, or cannot tell, is left out with the reason")
  func omitted() throws {
    let one = catalog(try FakeProbes(mechanisms: ["pli"]).results())
    #expect(
      one.omitted == [
        OmittedPlot(
          name: "probe-ratio", reason: "probes of one mechanism have nothing to be compared with"),
        OmittedPlot(
          name: "probe-recovery-by-loss",
          reason: "no group's probes differ in packets, kind of frame or position"),
      ])
    let few = catalog(try FakeProbes(seeds: 2, packets: [1, 2]).results())
    #expect(few.plots.map(\.name) == ["probe-distribution"])
    #expect(few.omitted.map(\.reason).allSatisfy { $0.hasPrefix("too few seeds") })
    var open = FakeProbes()
    open.horizon = .milliseconds(1)
    let none = catalog(try open.results())
    #expect(none.omitted[0].reason == "no probe was repaired before its horizon")
  }

  @Test("calls alone have no plots of probes, and nothing is said of these")
  func calls() throws {
    let calls = SummaryTableTests.calls([("pli", { _, _ in 100 })])
    let catalog = catalog(try SummaryTableTests.results(calls))
    #expect(!catalog.omitted.contains { $0.name.hasPrefix("probe-") })
    #expect(catalog.namesWithoutPlot.contains("probe-ratio"))
  }
}
