import Results
import SimulationKernel

/// Where the time of a usual episode and of the longest one went.
struct EpisodeStory: Sendable, Equatable {
  /// One episode.
  struct Chain: Sendable, Equatable {
    var episode: EpisodeRecord
    /// The call's.
    var network: String
    var seed: UInt64

    /// `1240 ms, of it 1003 ms: the request ...; 120 ms: ...`, the three longest causes.
    var text: String {
      typealias Part = (cause: Cause, time: SimDuration)
      let all: [Part] = Cause.allCases.map { ($0, episode.causes[$0.rawValue]) }
      let causes = all.filter { $0.time > .zero }.sorted { (a: Part, b: Part) -> Bool in
        if a.time != b.time { return a.time > b.time }
        return a.cause.rawValue < b.cause.rawValue
      }
      let parts = causes.prefix(3).map { "\(Self.text($0.time)): \($0.cause.explanation)" }
      let end = episode.isCensored ? " and was open when the call ended" : ""
      return "took \(Self.text(episode.duration))\(end)"
        + (parts.isEmpty ? "" : ", of it " + parts.joined(separator: "; "))
    }

    private static func text(_ duration: SimDuration) -> String {
      FixedPoint.text(duration.inMilliseconds, decimals: 0) + " ms"
    }
  }

  let median: Chain
  let longest: Chain

  /// nil without episodes.
  init?(_ calls: [ResultSet.Call]) {
    let chains = calls.flatMap { call in
      call.episodes.map {
        Chain(episode: $0, network: call.conditions.group, seed: call.conditions.seed)
      }
    }
    // Of equals the first one in the order of calls and time.
    let order = chains.indices.sorted {
      let (a, b) = (chains[$0].episode.duration, chains[$1].episode.duration)
      return a != b ? a < b : $0 < $1
    }
    guard let last = order.last else { return nil }
    median = chains[order[(order.count - 1) / 2]]
    longest = chains[last]
  }

  /// Two sentences.
  var sentences: [String] {
    [
      "the median episode \(median.text)",
      "the longest (network \(longest.network), call with seed \(longest.seed), frame "
        + "\(longest.episode.firstDamagedFrame)) \(longest.text)",
    ]
  }
}
