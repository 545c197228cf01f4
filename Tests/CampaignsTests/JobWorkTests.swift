import CallSimulation
import Configuration
import Testing

@testable import Campaigns

@Suite("Work of jobs")
struct JobWorkTests {
  private func jobs(_ text: String) throws -> [Job] {
    try CampaignDocument(kind: .plan, file: "p.yaml", text: text).jobs()
  }

  @Test("a call's work goes by its samples")
  func calls() throws {
    let jobs = try jobs(
      """
      groups:
        - {name: a, set: {duration: 10s, video: {size: 320x180}}}
        - {name: b, set: {duration: 20s, video: {size: 320x180}}}
        - {name: c, set: {duration: 10s, video: {size: 640x360}}}
        - {name: d, set: {duration: 10s, video: {size: 320x180, rate: 50fps}}}

      """)
    #expect(jobs.map(\.progressCount) == [1, 1, 1, 1])
    let work = jobs.map { $0.expectedWork / jobs[0].expectedWork }
    for (found, expected) in zip(work, [1.0, 2, 4, 2]) { #expect(abs(found - expected) < 1e-9) }
  }

  @Test("probes count by their futures, and work as long as their past and these")
  func probes() throws {
    let jobs = try jobs(
      """
      base: {duration: 60s}
      groups:
        - {name: call}
        - {name: g, set: {mechanism: pli}, probes: {count: 120, horizon: 5s}}

      """)
    #expect(jobs.map(\.progressCount) == [1, 100, 20])
    let work = jobs.map { 60 * $0.expectedWork / jobs[0].expectedWork }
    // A second each, and what a repair has to hold.
    #expect(abs(work[1] - (60 + 100 * 1.2)) < 1e-6 && abs(work[2] - (60 + 20 * 1.2)) < 1e-6)
  }

  @Test("calls of a cell share their scenario, and are as if they did not")
  func sharing() {
    var scenario = Scenario()
    let calls = CallScenario.calls(of: scenario, seeds: [3, 4])
    #expect(calls.map(\.value.seed) == [3, 4])
    scenario.seed = 4
    #expect(calls[1] == CallScenario(scenario) && calls[0] != calls[1])
    #expect(calls[1].value == scenario)
    #expect(MemoryLayout<Job>.size < 200)
  }
}
