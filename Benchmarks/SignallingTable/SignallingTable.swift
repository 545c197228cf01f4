import CallSimulation
import Campaigns
import Foundation
import SimulationKernel

/// `signalling-table`: runs the model of the signalling path beside what was measured of real
/// systems (`measured.csv`, `scripted.csv`) and writes both into the documentation's tables.
///
/// Each cell is simulated as often as it takes to see how far samples of the measurement's size lie
/// apart by chance: the interval that 90 % of them fall into.
@main
enum SignallingTable {
  static let samples = 200
  static let quantiles = [0.5, 0.9, 0.95, 0.99]

  static func main() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let measured = try MeasuredCell.read(folder.appendingPathComponent("measured.csv"))
    let scripted = try ScriptedCell.read(folder.appendingPathComponent("scripted.csv"))
    var lines: [String] = []
    for group in ["warm", "hops", "burst", "cold"] {
      lines += try table(group, measured.filter { $0.group == group })
    }
    lines += try scriptedTable(scripted)
    let page = folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/avpfsim/avpfsim.docc/SignallingMeasured.md")
    try write(lines, into: page)
  }

  /// Replaces what stands between the two marks of the page.
  private static func write(_ lines: [String], into page: URL) throws {
    let begin = "<!-- made by `make signalling-table` -->"
    let end = "<!-- end -->"
    let text = try String(contentsOf: page, encoding: .utf8)
    guard let from = text.range(of: begin), let to = text.range(of: end) else {
      fatalError("\(page.path): found no marks \(begin) and \(end)")
    }
    let table = "\n\n" + lines.joined(separator: "\n") + "\n\n"
    let whole = text.replacingCharacters(in: from.upperBound..<to.lowerBound, with: table)
    try whole.write(to: page, atomically: true, encoding: .utf8)
  }

  // MARK: Distributions

  private static func table(_ group: String, _ cells: [MeasuredCell]) throws -> [String] {
    var lines = [
      "### \(title(group))", "",
      "| case | p50 | p90 | p95 | p99 | mean | within 1 s, % | |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for cell in cells {
      let simulated = try Simulated(cell)
      var columns: [String] = []
      var outside: [String] = []
      var byChance: [String] = []
      for (index, quantile) in quantiles.enumerated() {
        let figure = simulated.figures[index]
        columns.append(figure.text(cell.quantiles[index], decimals: 1))
        if !figure.holds(cell.quantiles[index], within: 5) {
          outside.append("p\(Int(quantile * 100))")
        } else if !figure.isClose(to: cell.quantiles[index], within: 5) {
          byChance.append("p\(Int(quantile * 100))")
        }
      }
      columns.append(simulated.mean.text(cell.mean, decimals: 1))
      columns.append(simulated.share.text(cell.share * 100, decimals: 2))
      if abs(simulated.share.value - cell.share * 100) > 1.5,
        !simulated.share.interval.contains(cell.share * 100)
      {
        outside.append("share")
      }
      let verdict = [
        outside.isEmpty ? nil : "outside: " + outside.joined(separator: ", "),
        byChance.isEmpty ? nil : "by the interval: " + byChance.joined(separator: ", "),
      ].compactMap { $0 }.joined(separator: "; ")
      lines.append("| \(cell.name) | \(columns.joined(separator: " | ")) | \(verdict) |")
      print(lines.last!)
    }
    return lines + [""]
  }

  private static func title(_ group: String) -> String {
    switch group {
    case "warm": "Warm connections, a message every 2 to 3 s"
    case "hops": "One and two hops"
    case "burst": "Behind 20 kB of other signalling"
    default: "Cold: connecting, TLS and the first message"
    }
  }

  // MARK: Scripted losses

  private static func scriptedTable(_ cells: [ScriptedCell]) throws -> [String] {
    var lines = [
      "### Single losses", "",
      "With `spacing`, ten messages at that distance, the first one lost: the worst of their delays.",
      "",
      "| case | measured: median [least, greatest] of n | simulated: median [least, greatest] | |",
      "|---|---|---|---|",
    ]
    for cell in cells {
      var options = cell.options
      options.connections = 1_000
      // Where others follow at a distance, the worst of them counts.
      options.messages = cell.hasFollowers ? 10 : 1
      let delays = try sample(options).map { $0.max()! }.sorted()
      let median = delays[delays.count / 2]
      let holds = abs(median - cell.median) <= max(10, 0.03 * cell.median)
      lines.append(
        "| \(cell.name) | \(text(cell.median)) [\(text(cell.least)), \(text(cell.greatest))] of "
          + "\(cell.count) | \(text(median)) [\(text(delays.first!)), \(text(delays.last!))] | "
          + "\(holds ? "" : "outside") |")
      print(lines.last!)
    }
    return lines
  }

  static func text(_ value: Double) -> String { String(format: "%.1f", value) }

  /// Delays of each connection in milliseconds; infinite where a message never arrived.
  static func sample(_ options: SignallingSampleOptions) throws -> [[Double]] {
    var connections: [[Double]] = []
    try sampleSignalling(options.settings()) { messages in
      connections.append(messages.map { $0.delay?.inMilliseconds ?? .infinity })
    }
    return connections
  }
}
