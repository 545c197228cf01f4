import SimulationKernel

@testable import Results

/// Two sides' calls that no simulation made.
struct FakeComparison {
  var mechanisms = ["pli", "sip-info"]
  var roundTrips: [Int64] = [50, 200]
  var seeds: ClosedRange<UInt64> = 1...10
  var episodesPerCall = 8
  /// Sides of different draws differ by chance alone.
  var draw: UInt64 = 1
  /// What happens to each call.
  var change: (inout CallRecords) -> Void = { _ in }

  func results(probes: ProbeResults = ProbeResults()) throws -> ResultSet {
    var fake = FakeCampaign()
    fake.seed = draw
    fake.episodesPerCall = episodesPerCall
    var calls: [CallRecords] = []
    for mechanism in mechanisms {
      for roundTrip in roundTrips {
        for seed in seeds {
          var conditions = fake.conditions("rtt", mechanism, rtt: roundTrip, seed: seed)
          conditions.run = calls.count
          var call = fake.call(conditions)
          change(&call)
          calls.append(call)
        }
      }
    }
    return try ResultSet(
      runs: calls.map(RunRow.init),
      episodes: calls.flatMap { call in
        call.episodes.map { EpisodeRow(conditions: call.conditions, episode: $0) }
      }, probes: probes)
  }

  /// Makes every repair take longer or shorter.
  static func stretching(_ factor: Double) -> (inout CallRecords) -> Void {
    { call in
      call.totals.brokenTime = .zero
      for index in call.episodes.indices {
        let episode = call.episodes[index]
        let nanoseconds = Double(episode.duration.nanoseconds) * factor
        let duration = SimDuration(nanoseconds: Int64(nanoseconds))
        call.episodes[index].end = episode.lost + duration
        // Where the time went does not matter here, but it has to add up.
        call.episodes[index].causes = episode.causes.map { _ in .zero }
        call.episodes[index].causes[0] = duration
        call.totals.brokenTime += duration
      }
    }
  }
}
