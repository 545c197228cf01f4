/// Gives many candidates little, and what is left of them more and more (Karnin and others, 2013).
struct SuccessiveHalving {
  /// A candidate in a round.
  struct Entry: Sendable {
    var candidate: Int
    var objectives: TuningObjectives
    /// 0 on the front of the round.
    var rank: Int
    /// Whether the next round has it; in the last one, whether it is on the front.
    var isKept: Bool
  }

  struct Round: Sendable {
    /// How many seeds each candidate has had by its end.
    var seeds: Int
    /// From best to worst.
    var entries: [Entry]
  }

  /// Seeds that a candidate has had by the end of each round.
  var seeds = [2, 4, 8, 16]
  /// No round keeps fewer, where there are so many.
  var fewest = 6
  /// Never dropped, so that all can be held against it.
  var present = 0

  /// Runs all rounds.
  ///
  /// - Parameters:
  ///   - changes: by candidate, how many settings differ from the present ones.
  ///   - measure: measures some candidates anew over the given range of seeds, and says what each of
  ///     them has shown so far; nil drops a candidate that cannot be measured.
  func run(
    changes: [Int], measure: (Range<Int>, [Int]) throws -> [TuningObjectives?]
  ) rethrows -> [Round] {
    var left = Array(changes.indices)
    var rounds: [Round] = []
    for (number, end) in seeds.enumerated() {
      let begin = number == 0 ? 0 : seeds[number - 1]
      let measured = zip(left, try measure(begin..<end, left)).compactMap { candidate, objectives in
        objectives.map { (candidate: candidate, objectives: $0) }
      }
      let order = ParetoRank.order(
        measured.map {
          ParetoRank.Contender(objectives: $0.objectives, changes: changes[$0.candidate])
        })
      let isLast = number == seeds.count - 1
      let kept = max(fewest, (measured.count + 1) / 2)
      let entries = order.enumerated().map { place, entry in
        let candidate = measured[entry.position].candidate
        return Entry(
          candidate: candidate, objectives: measured[entry.position].objectives, rank: entry.rank,
          isKept: isLast ? entry.rank == 0 : place < kept || candidate == present)
      }
      rounds.append(Round(seeds: end, entries: entries))
      left = entries.filter(\.isKept).map(\.candidate).sorted()
    }
    return rounds
  }
}
