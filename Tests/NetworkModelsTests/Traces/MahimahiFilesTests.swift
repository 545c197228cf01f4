import Foundation
import SimulationKernel
import Testing

@testable import NetworkModels

/// Traces of the Mahimahi project, which stand beside this one where somebody put them there.
private let folder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("shared/traces/mahimahi").path

private let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

@Suite("Real files of Mahimahi")
struct MahimahiFilesTests {
  @Test(
    "are read whole and have the mean rate that their lines imply",
    .enabled(if: !names.isEmpty, "no files in ../shared/traces/mahimahi"), arguments: names)
  func file(name: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    let (trace, format) = try trace(Array(data))
    #expect(format == .mahimahi)
    guard case .rate(.opportunities(let instants, let octets, let period)) = trace else { return }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    #expect(instants.count == lines.count && octets == 1_500)
    #expect(period == .milliseconds(Int64(lines.last!)!))
    let statistics = RateStatistics(.opportunities(instants, octets: octets, period: period))
    let implied = Double(lines.count) * 12_000 / (Double(lines.last!)! / 1_000)
    #expect(abs(Double(statistics.mean.bitsPerSecond) - implied) <= 0.5)
    #expect(
      TraceWriter.text(.opportunities(instants, octets: octets, period: period), as: .mahimahi)
        == Array(data))
  }
}
