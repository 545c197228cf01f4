import Configuration
import Testing

@testable import Campaigns

@Suite("PlanEstimate and PlanPreview")
struct PlanEstimateTests {
  private func groups(_ text: String) throws -> [PlanGroupSize] {
    try Plan(ConfigurationFile.parse(text, file: "p.yaml")).groups
  }

  private static let twoSizes = """
    seeds: 3
    base: {duration: 10s}
    groups:
      - name: sizes
        vary: {video.size: [320x180, 640x360], mechanism: [pli, sli]}
      - name: one
        seeds: 5
        set: {duration: 1min}
    """

  @Test("a group's work is its cells, each with every seed")
  func sizes() throws {
    let groups = try groups(Self.twoSizes)
    #expect(groups.map(\.name) == ["sizes", "one"])
    #expect(groups.map(\.cells.count) == [4, 1])
    #expect(groups.map(\.seeds) == [3, 5])
    #expect(groups.map(\.calls) == [12, 5])
    #expect(groups.map(\.simulatedSeconds) == [120, 300])
  }

  @Test("calls of one picture and effort are one kind, and the kind with the most work comes first")
  func workloads() throws {
    let workloads = PlanWorkload.all(in: try groups(Self.twoSizes))
    #expect(workloads.map(\.example.video.width) == [320, 640])
    #expect(workloads.map(\.simulatedSeconds) == [360, 60])
    #expect(workloads.map(\.pixelRate) == [1_440_000, 5_760_000])
    let efforts = PlanWorkload.all(
      in: try groups("groups: [{name: a, vary: {codec.cpu-used: -9..-6, network.rtt: [1ms, 2ms]}}]")
    )
    #expect(efforts.map(\.example.codec.cpuUsed) == [-9, -8, -7, -6])
  }

  @Test("the estimate is each kind's cost, shared by the processes that can work")
  func estimate() throws {
    let groups = try groups(Self.twoSizes)
    var budgets: [Double] = []
    func estimate(jobs: Int, processors: Int) throws -> PlanEstimate {
      try PlanEstimate(groups, jobs: jobs, processors: processors) { kind, budget in
        budgets.append(budget)
        return kind.example.video.width == 320 ? 0.1 : 0.5
      }
    }
    let one = try estimate(jobs: 1, processors: 8)
    #expect(one.seconds == 66 && one.processes == 1 && one.kinds == 2 && one.measured == 2)
    #expect(budgets == [0.5, 0.5])
    #expect(try estimate(jobs: 2, processors: 8).seconds == 33)
    let most = try estimate(jobs: 99, processors: 99)
    let share: Double = 66 / 17
    #expect(most.processes == 17)
    #expect(most.seconds == share)
    #expect(try estimate(jobs: 99, processors: 4).processes == 4)
  }

  @Test("of many kinds those with the most work are measured, and the others go by their size")
  func manyKinds() throws {
    let groups = try groups(
      """
      base: {duration: 1s, video: {size: 320x180}}
      groups:
        - {name: a, vary: {video.rate: 1..30}}
        - {name: b, seeds: 2, vary: {video.rate: 1..10}}
      """)
    var measured: [Int] = []
    let estimate = try PlanEstimate(groups, jobs: 1, processors: 1) { kind, _ in
      measured.append(kind.example.video.frameRate.numerator)
      return (kind.pixelRate ?? 0) * 1e-6
    }
    #expect(measured == Array(1...20))
    #expect(estimate.kinds == 30 && estimate.measured == 20)
    let frames = Double(465 + 2 * 55)
    let expected = frames * 0.0576
    #expect((estimate.seconds - expected).magnitude < 1e-9)
  }

  @Test("probes are counted to their horizon, and a past that calls have in common once")
  func probes() throws {
    let groups = try groups(
      """
      seeds: 2
      base: {duration: 20s, network: {rtt: 50ms}}
      groups:
        - {name: whole}
        - {name: probed, vary: {mechanism: [pli, sip-info]}, probes: {count: 150, horizon: 4s}}
      """)
    #expect(groups.map(\.probes) == [nil, 600])
    // 4 s for each probe, and 20 s for each of two jobs a call, of both mechanisms at once.
    #expect(groups.map(\.simulatedSeconds) == [40, 2_480])
    let estimate = try PlanEstimate(groups, jobs: 1, processors: 1) { _, _ in 0.1 }
    let text = PlanPreview(name: "p", groups: groups, jobs: 1, estimate: estimate)
      .text(usesColour: false)
    let lines = text.split(separator: "\n").dropFirst().prefix(5)
    #expect(
      lines == [
        "group   cells  seeds  calls  probes  simulated",
        "──────  ─────  ─────  ─────  ──────  ─────────",
        "whole       1      2      2               0:40",
        "probed      2      2      4     600      41:20",
        "total       3             6     600      42:00",
      ])
    #expect(text.contains("Probes are counted to their horizon"))
  }

  @Test("a call's beginning has a cost, and a clip that is not there is an error")
  func measured() throws {
    let groups = try groups("base: {duration: 24h}\ngroups: [{name: a}]\n")
    #expect(try CallCostMeter.cost(of: groups[0].cells[0], budget: 0.01) > 0)
    let missing = try self.groups("base: {video: {source: ./none.y4m}}\ngroups: [{name: a}]\n")
    #expect(throws: (any Error).self) {
      try PlanEstimate(missing, jobs: 1, processors: 1)
    }
  }

  @Test(
    "only a plan that may take over an hour is measured before it starts, and announced if it will")
  func announcement() throws {
    let short = try groups("base: {duration: 60s}\nseeds: 100\ngroups: [{name: a}]\n")
    #expect(!PlanEstimate.mayBeLong(short, jobs: 1, processors: 1))
    #expect(PlanEstimate.announcement(short, jobs: 1, processors: 1) == nil)
    let long = try groups("base: {duration: 24h}\nseeds: 1000\ngroups: [{name: a}]\n")
    #expect(PlanEstimate.mayBeLong(long, jobs: 4, processors: 4))
    func announcement(_ cost: Double) throws -> String? {
      try PlanEstimate(long, jobs: 4, processors: 4) { _, _ in cost }.announcement(jobs: 4)
    }
    #expect(try announcement(3_500 * 4 / 86_400e3) == nil)
    #expect(
      try announcement(3_600 * 10 / 86_400e3)
        == "the plan will take about 2 h 30 min with --jobs 4, by an estimate from the beginning of one "
        + "of its calls; fewer seeds, fewer values, shorter calls, or a part of it on each of several "
        + "machines (--shard) take less")
    #expect(!PlanEstimate.mayBeLong(try groups(Plan.builtInText), jobs: 2, processors: 2))
  }

  @Test(
    "a time is told as roughly as it is known",
    arguments: [
      (0.2, "under 1 s"), (1.4, "1 s"), (59.4, "59 s"), (59.6, "1 min"), (600, "10 min"),
      (3_569, "59 min"), (3_571, "1 h"), (5_000, "1 h 20 min"), (86_000, "23 h 50 min"),
      (86_400, "24 h"), (1e6, "278 h"),
    ])
  func times(seconds: Double, expected: String) {
    #expect(PlanEstimate.text(seconds) == expected)
  }

  @Test("the preview is a table that lines up, and says how the estimate was made")
  func preview() throws {
    let groups = try groups(Self.twoSizes)
    let estimate = try PlanEstimate(groups, jobs: 3, processors: 2) { _, _ in 1 }
    let preview = PlanPreview(name: "plan", groups: groups, jobs: 3, estimate: estimate)
    #expect(
      preview.text(usesColour: false) == """
        What the plan "plan" would run

        group  cells  seeds  calls  simulated
        ─────  ─────  ─────  ─────  ─────────
        sizes      4      3     12       2:00
        one        1      5      5       5:00
        total      5            17       7:00
        It would take about 4 min with --jobs 3: an estimate, for which the beginning of a call of each
        of 2 kinds of picture and encoder's effort was simulated just now. It counts on 2 processes at a
        time that do not slow each other.

        """)
  }
}
