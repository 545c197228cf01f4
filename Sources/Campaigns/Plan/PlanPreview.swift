import Results

/// What a plan would do, as text: a table of its groups, and how long it would take.
public struct PlanPreview {
  private let name: String
  private let groups: [PlanGroupSize]
  private let jobs: Int
  private let estimate: PlanEstimate

  /// Measures for a second what calls cost here; runs none to its end, and writes nothing.
  ///
  /// - Parameter jobs: worker processes; positive.
  public init(_ plan: Plan, jobs: Int) throws {
    self.init(
      name: plan.name, groups: plan.groups, jobs: jobs,
      estimate: try PlanEstimate(plan.groups, jobs: jobs))
  }

  init(name: String, groups: [PlanGroupSize], jobs: Int, estimate: PlanEstimate) {
    (self.name, self.groups, self.jobs, self.estimate) = (name, groups, jobs, estimate)
  }

  /// Lines of text, each with its end.
  public func text(usesColour: Bool) -> String {
    let table = TextTable(
      title: "What the plan \"\(name)\" would run",
      headings: cells("group", "cells", "seeds", "calls", "probes", "simulated"),
      rows: groups.map(row) + [total], note: note)
    return table.text(usesColour: usesColour)
  }

  private var hasProbes: Bool { groups.contains { $0.probes != nil } }

  private func row(_ group: PlanGroupSize) -> [String] {
    cells(
      group.name, "\(group.cells.count)", "\(group.seeds)", "\(group.calls)",
      group.probes.map { "\($0)" } ?? "", clock(group.simulatedSeconds))
  }

  private var total: [String] {
    func sum(_ number: (PlanGroupSize) -> Int) -> String {
      "\(groups.reduce(0) { $0 + number($1) })"
    }
    return cells(
      "total", sum(\.cells.count), "", sum(\.calls), sum { $0.probes ?? 0 },
      clock(groups.reduce(0) { $0 + $1.simulatedSeconds }))
  }

  /// A line's cells, without that of probes where no group has any.
  private func cells(
    _ name: String, _ cells: String, _ seeds: String, _ calls: String, _ probes: String,
    _ simulated: String
  ) -> [String] {
    [name, cells, seeds, calls] + (hasProbes ? [probes] : []) + [simulated]
  }

  private func clock(_ seconds: Double) -> String { Progress.clock(Int(seconds.rounded())) }

  private var note: String {
    let kinds = estimate.kinds == 1 ? "1 kind" : "\(estimate.kinds) kinds"
    let others =
      estimate.measured == estimate.kinds
      ? ""
      : " (of the \(estimate.measured) with the most work; the others go by their pictures' size)"
    let processes = estimate.processes == 1 ? "1 process" : "\(estimate.processes) processes"
    return
      "It would take about \(PlanEstimate.text(estimate.seconds)) with --jobs \(jobs): an estimate, "
      + "for which the beginning of a call of each of \(kinds) of picture and encoder's effort was "
      + "simulated just now\(others). It counts on \(processes) at a time that do not slow each other."
      + (hasProbes
        ? " Probes are counted to their horizon, though a repair ends them: it is less." : "")
  }
}
