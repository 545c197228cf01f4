import Results
import SimulationKernel

/// Where the time of a usual episode and of the longest one went.
struct EpisodeStory: Sendable, Equatable {
  /// Which of a line's episodes one is.
  enum Rank: String, CaseIterable, Sendable { case median, longest }

  /// One episode.
  struct Chain: Sendable, Equatable {
    var rank: Rank
    var explanation: Explanation

    var run: Int { explanation.conditions.run }
    var episode: EpisodeRecord { explanation.episode }
    var network: String { explanation.conditions.group }
    /// The call's.
    var seed: UInt64 { explanation.conditions.seed }

    /// `the longest episode (network wifi, seed 12): Of 1,240 ms, 1,003 ms were ... Lost in frame 30, ...`.
    var text: String {
      "the \(rank.rawValue) episode (network \(network), seed \(seed)): "
        + "\(explanation.sentence) \(explanation.chain)"
    }
  }

  /// The median and the longest; of a single episode the longest alone.
  let chains: [Chain]

  /// nil without episodes.
  init?(_ calls: [ResultSet.Call], _ slowHops: SlowHops = SlowHops()) {
    let episodes = calls.flatMap { call in call.episodes.map { (call, $0) } }
    // Of equals the first one in the order of calls and time.
    let order = episodes.indices.sorted {
      let (a, b) = (episodes[$0].1.duration, episodes[$1].1.duration)
      return a != b ? a < b : $0 < $1
    }
    guard let end = order.last,
      let last = order.first(where: { episodes[$0].1.duration == episodes[end].1.duration })
    else { return nil }
    func chain(_ rank: Rank, _ position: Int) -> Chain {
      let (call, episode) = episodes[position]
      let hop = slowHops.hop(run: call.conditions.run, episode: episode.episode)
      return Chain(
        rank: rank, explanation: Explanation(episode, call.conditions, slowHop: hop))
    }
    let median = order[(order.count - 1) / 2]
    chains = (median == last ? [] : [chain(.median, median)]) + [chain(.longest, last)]
  }

  /// The one that a look at the call explains best.
  var longest: Chain { chains[chains.count - 1] }
}
