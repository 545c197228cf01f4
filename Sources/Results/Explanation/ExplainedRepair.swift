import Foundation
import SimulationKernel

/// A usual and a bad repair of a mechanism, by which its figures are explained.
struct ExplainedRepair {
  /// Which of a mechanism's repairs this is.
  enum Rank: CaseIterable {
    case median, bad

    var title: String { self == .median ? "The median" : "A bad one (95th percentile)" }

    fileprivate var quantile: Double { self == .median ? 0.5 : 0.95 }
  }

  var style: MechanismStyle
  var rank: Rank
  /// The number of the call, and of the episode or probe in it.
  var run: Int
  var number: Int
  var isProbe: Bool
  var explanation: Explanation

  /// The option of `avpfsim replay` that simulates it again.
  var option: String { "\(isProbe ? "--probe" : "--episode") \(run)/\(number)" }
}

/// Something that was repaired, or not, before it is explained.
private struct Candidate {
  var run: Int
  var number: Int
  var duration: SimDuration
  var isCensored: Bool

  static func chosen(_ all: [Candidate], _ rank: ExplainedRepair.Rank) -> Candidate? {
    guard !all.isEmpty else { return nil }
    let sorted = all.sorted { a, b in
      (a.duration, a.isCensored ? 1 : 0, a.run, a.number)
        < (b.duration, b.isCensored ? 1 : 0, b.run, b.number)
    }
    return sorted[max(0, Int((Double(all.count) * rank.quantile).rounded(.up)) - 1)]
  }
}

extension ResultsFolder {
  /// A median and a bad repair of each mechanism: of probes where there are any, of the headline group's
  /// episodes otherwise.
  ///
  /// - Parameter probeGroup: the group of probes that is spoken of first.
  /// - Throws: `CSVError` where feedback.csv or probes.csv is malformed.
  func explainedRepairs(probeGroup: String?) throws -> [ExplainedRepair] {
    if let probeGroup { return try explainedProbes(probeGroup) }
    return try explainedEpisodes()
  }

  private typealias Choice = (MechanismStyle, ExplainedRepair.Rank, Candidate)

  /// Of each mechanism a repair of each rank.
  private func choices(
    of mechanisms: [String], _ candidates: (String) -> [Candidate]
  ) -> [Choice] {
    MechanismStyle.ordered(mechanisms).flatMap { style -> [Choice] in
      let all = candidates(style.name)
      return ExplainedRepair.Rank.allCases.compactMap { rank in
        Candidate.chosen(all, rank).map { (style, rank, $0) }
      }
    }
  }

  private func explainedEpisodes() throws -> [ExplainedRepair] {
    guard let group = results.headlineGroup else { return [] }
    let calls = results.calls(in: group)
    let chosen = choices(of: calls.map(\.conditions.mechanism)) { mechanism in
      calls.filter { $0.conditions.mechanism == mechanism }.flatMap { call in
        call.episodes.map {
          Candidate(
            run: call.conditions.run, number: $0.episode, duration: $0.duration,
            isCensored: $0.isCensored)
        }
      }
    }
    let feedback = try feedback(ofRuns: Set(chosen.map(\.2.run)))
    return chosen.compactMap { style, rank, candidate in
      guard let call = calls.first(where: { $0.conditions.run == candidate.run }),
        let episode = call.episodes.first(where: { $0.episode == candidate.number })
      else { return nil }
      return ExplainedRepair(
        style: style, rank: rank, run: candidate.run, number: candidate.number, isProbe: false,
        explanation: Explanation(
          episode, call.conditions, feedback: feedback[candidate.run] ?? []))
    }
  }

  private func explainedProbes(_ group: String) throws -> [ExplainedRepair] {
    let calls = results.probes.calls.filter { $0.conditions.group == group }
    let chosen = choices(of: calls.map(\.conditions.mechanism)) { mechanism in
      calls.filter { $0.conditions.mechanism == mechanism }.flatMap { call in
        call.followed.map {
          Candidate(
            run: call.conditions.run, number: $0.probe.number, duration: $0.duration,
            isCensored: $0.isCensored)
        }
      }
    }
    let runs = Set(chosen.map(\.2.run))
    let reader = try CSVRowReader<ProbeRow>(path: "\(path)/\(CSVFile.probes.fileName)")
    var found: [(style: MechanismStyle, rank: ExplainedRepair.Rank, row: ProbeRow)] = []
    while let row = try reader.next(whereRun: runs.contains) {
      for (style, rank, candidate) in chosen
      where candidate.run == row.conditions.run && candidate.number == row.probe.number {
        found.append((style, rank, row))
      }
    }
    return chosen.compactMap { style, rank, candidate in
      guard let row = found.first(where: { $0.style == style && $0.rank == rank })?.row,
        case .followed(let course) = row.outcome
      else { return nil }
      return ExplainedRepair(
        style: style, rank: rank, run: candidate.run, number: candidate.number, isProbe: true,
        explanation: Explanation(course.episode, row.conditions, feedback: []))
    }
  }

  /// The messages of some calls; none where there is no feedback.csv.
  private func feedback(ofRuns runs: Set<Int>) throws -> [Int: [FeedbackRecord]] {
    let file = "\(path)/\(CSVFile.feedback.fileName)"
    var feedback: [Int: [FeedbackRecord]] = [:]
    guard FileManager.default.fileExists(atPath: file) else { return feedback }
    let reader = try CSVRowReader<FeedbackRow>(path: file)
    while let row = try reader.next(whereRun: runs.contains) {
      feedback[row.run, default: []].append(row.message)
    }
    return feedback
  }
}
