import CallSimulation
import Campaigns
import Configuration
import Foundation
import Results
import SimulationKernel
import VP8Codec

/// `endpoint-table`: a call between two ends with the profile `linphone`, in the set-up of a real one
/// that was measured, and calls over a lossy path; writes both into the documentation's tables.
@main
enum EndpointTable {
  static func main() throws {
    var lines = ["### One loss at a time", ""]
    lines += try SingleLosses.table()
    lines += ["", "### A lossy path", ""] + LossyPath.legend + [""]
    lines += try LossyPath.table()
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/avpfsim/avpfsim.docc/LinphoneMeasured.md")
    try write(lines, into: page)
  }

  /// Replaces what stands between the two marks of the page.
  private static func write(_ lines: [String], into page: URL) throws {
    let begin = "<!-- made by `make endpoint-table` -->"
    let end = "<!-- end -->"
    let text = try String(contentsOf: page, encoding: .utf8)
    guard let from = text.range(of: begin), let to = text.range(of: end) else {
      fatalError("\(page.path): found no marks \(begin) and \(end)")
    }
    let table = "\n\n" + lines.joined(separator: "\n") + "\n\n"
    try text.replacingCharacters(in: from.upperBound..<to.lowerBound, with: table)
      .write(to: page, atomically: true, encoding: .utf8)
  }

  static func simulate(_ text: String) throws -> CallRecords {
    let scenario = try ScenarioReader.read(ConfigurationFile.parse(text, file: "endpoint-table"))
    let clip = try Clip.load(scenario.video, frames: scenario.clipFrames)
    return try simulateCall(scenario, clip: clip)
  }

  /// CIF at 25 frames a second, 740 kbit/s with headers, as was measured; the content differs.
  static let common = """
    video: {source: talking-head, size: 352x288, rate: 25fps}
    codec: {rc_target_bitrate: 680, cpu-used: -6}
    sender: {profile: linphone}
    receiver: {profile: linphone}
    rtcp: {session-bandwidth: 740kbps}

    """
}

/// The middle and the ends of a sample, in milliseconds.
struct Spread {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var median: Double { sorted.isEmpty ? .nan : sorted[sorted.count / 2] }

  func quantile(_ share: Double) -> Double {
    sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  var text: String {
    guard let first = sorted.first, let last = sorted.last else { return "-" }
    return "\(Int(median.rounded())) [\(Int(first.rounded()))-\(Int(last.rounded()))]"
  }
}
