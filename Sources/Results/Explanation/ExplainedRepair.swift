import Foundation
import SimulationKernel

/// A usual or a bad repair, by which figures are explained.
struct ExplainedRepair {
  /// Which of the subject's repairs this is.
  enum Rank {
    case median, bad, longest

    /// By which mechanisms and networks are explained.
    static let usual: [Rank] = [.median, .bad]

    var title: String {
      switch self {
      case .median: "The median"
      case .bad: "A bad one (95th percentile)"
      case .longest: "The longest"
      }
    }

    fileprivate var quantile: Double {
      switch self {
      case .median: 0.5
      case .bad: 0.95
      case .longest: 1
      }
    }
  }

  /// Whose repair it is: a mechanism, a network.
  var subject: String
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

  private typealias Choice = (subject: String, rank: ExplainedRepair.Rank, candidate: Candidate)

  /// Of each subject a repair of each rank.
  private func choices(_ subjects: [(subject: String, candidates: [Candidate])]) -> [Choice] {
    subjects.flatMap { subject, candidates in
      ExplainedRepair.Rank.usual.compactMap { rank in
        Candidate.chosen(candidates, rank).map { (subject, rank, $0) }
      }
    }
  }

  private func explainedEpisodes() throws -> [ExplainedRepair] {
    guard let group = results.headlineGroup else { return [] }
    let calls = results.calls(in: group)
    return try explainedEpisodes(
      MechanismStyle.ordered(calls.map(\.conditions.mechanism)).map { style in
        (style.title, calls.filter { $0.conditions.mechanism == style.name })
      })
  }

  /// A median and a bad episode of each subject.
  func explainedEpisodes(
    _ subjects: [(subject: String, calls: [ResultSet.Call])]
  ) throws -> [ExplainedRepair] {
    let chosen = choices(
      subjects.map { subject, calls in
        (
          subject,
          calls.flatMap { call in
            call.episodes.map {
              Candidate(
                run: call.conditions.run, number: $0.episode, duration: $0.duration,
                isCensored: $0.isCensored)
            }
          }
        )
      })
    return try explained(
      chosen.map { ($0.subject, $0.rank, run: $0.candidate.run, number: $0.candidate.number) })
  }

  /// Episodes by their numbers; those that are not there are left out.
  func explained(
    _ wanted: [(subject: String, rank: ExplainedRepair.Rank, run: Int, number: Int)]
  ) throws -> [ExplainedRepair] {
    let feedback = try feedback(ofRuns: Set(wanted.map(\.run)))
    return wanted.compactMap { subject, rank, run, number in
      guard let call = results.calls.first(where: { $0.conditions.run == run }),
        let episode = call.episodes.first(where: { $0.episode == number })
      else { return nil }
      return ExplainedRepair(
        subject: subject, rank: rank, run: run, number: number, isProbe: false,
        explanation: Explanation(episode, call.conditions, feedback: feedback[run] ?? []))
    }
  }

  private func explainedProbes(_ group: String) throws -> [ExplainedRepair] {
    let calls = results.probes.calls.filter { $0.conditions.group == group }
    let styles = MechanismStyle.ordered(calls.map(\.conditions.mechanism))
    let chosen = choices(
      styles.map { style in
        let own = calls.filter { $0.conditions.mechanism == style.name }
        let candidates = own.flatMap { call in
          call.followed.map {
            Candidate(
              run: call.conditions.run, number: $0.probe.number, duration: $0.duration,
              isCensored: $0.isCensored)
          }
        }
        return (style.title, candidates)
      })
    let runs = Set(chosen.map(\.candidate.run))
    let reader = try CSVRowReader<ProbeRow>(path: "\(path)/\(CSVFile.probes.fileName)")
    var found: [(subject: String, rank: ExplainedRepair.Rank, row: ProbeRow)] = []
    while let row = try reader.next(whereRun: runs.contains) {
      for (subject, rank, candidate) in chosen
      where candidate.run == row.conditions.run && candidate.number == row.probe.number {
        found.append((subject, rank, row))
      }
    }
    return chosen.compactMap { subject, rank, candidate in
      guard let row = found.first(where: { $0.subject == subject && $0.rank == rank })?.row,
        case .followed(let course) = row.outcome
      else { return nil }
      return ExplainedRepair(
        subject: subject, rank: rank, run: candidate.run, number: candidate.number, isProbe: true,
        explanation: Explanation(
          course.episode, row.conditions, feedback: [], isProbe: true))
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
