import SimulationKernel

/// On which SIP hop episodes lost their time in the transport, kept without the messages that tell.
public struct SlowHops: Sendable, Equatable {
  /// By run and episode.
  private var hops: [Int: [Int: Int]] = [:]

  public init() {}

  /// Takes in some calls.
  ///
  /// - Parameter feedback: the text of feedback.csv with their messages.
  /// - Throws: `CSVError` where it is malformed.
  public mutating func add(_ calls: [ResultSet.Call], feedback: String) throws(CSVError) {
    let delayed = calls.filter { call in call.episodes.contains(where: Self.isDelayed) }
    let runs = Set(delayed.map(\.conditions.run))
    guard !runs.isEmpty else { return }
    let reader = try CSVRowReader<FeedbackRow>(
      CSVReader(name: CSVFile.feedback.fileName, text: feedback))
    var messages: [Int: [FeedbackRecord]] = [:]
    while let row = try reader.next(whereRun: runs.contains) {
      messages[row.run, default: []].append(row.message)
    }
    for call in delayed {
      let run = call.conditions.run
      for episode in call.episodes where Self.isDelayed(episode) {
        hops[run, default: [:]][episode.episode] = Explanation.slowHop(
          of: messages[run] ?? [], from: episode.lost, to: episode.end)
      }
    }
  }

  /// From 0; nil where no hop took longer than it takes at best, or nothing is known of the episode.
  public func hop(run: Int, episode: Int) -> Int? { hops[run]?[episode] }

  private static func isDelayed(_ episode: EpisodeRecord) -> Bool {
    episode.causes[Cause.tcp.rawValue] > .zero
  }
}
