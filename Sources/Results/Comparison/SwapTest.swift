import SimulationKernel

/// Whether two sides differ by more than chance: were they alike, it would not matter which side's
/// results are called whose.
///
/// The sides are swapped at random, seed by seed where seeds pair, all conditions of a seed together.
/// Each line's change is measured by its root mean square over the swaps, and the lines are taken from the
/// largest down: a line's p is the share of swaps in which the largest change of it and those behind it is
/// at least as large as its own, and no less than the p of those before it ("step-down max-T", Westfall
/// and Young, 1993). That bounds the probability of any false line among all of them, whatever their
/// number and however they hang together, by what is asked; Bonferroni's and Holm's bounds hold too, but
/// know nothing of lines that say the same.
struct SwapTest {
  static let randomSwaps = 999

  /// Whether a unit belongs to the first side under a swap; by unit.
  private typealias Assignment = [Bool]

  let isPaired: Bool
  /// The smallest p that the number of seeds allows.
  let smallest: Double
  private let samples: [ComparisonSample]
  /// By swap and sample, the one that swaps nothing first.
  private let assignments: [[Assignment]]

  /// - Parameters:
  ///   - samples: all paired, or all not.
  ///   - seed: of the swaps.
  init(_ samples: [ComparisonSample], seed: UInt64) {
    self.samples = samples
    isPaired = samples.allSatisfy(\.isPaired)
    var stream = RandomStream(seed: seed, name: "statistics.swaps")
    let first = Set(samples.flatMap { $0.seeds[..<$0.counts.first] }).sorted()
    let second = Set(samples.flatMap { $0.seeds[$0.counts.first...] }).sorted()
    let swaps =
      isPaired
      ? Self.signs(first.count, &stream) : Self.splits(first.count, second.count, &stream)
    smallest =
      isPaired
      ? Self.smallestOfSigns(first.count) : Self.smallestOfSplits(first.count, second.count)
    let firstPlaces = Self.places(first)
    let secondPlaces = Self.places(second)
    let isPaired = isPaired
    assignments = swaps.map { swap in
      samples.map { sample in
        sample.seeds.enumerated().map { unit, seed in
          let isOfFirst = unit < sample.counts.first
          if isPaired { return isOfFirst != swap[firstPlaces[seed]!] }
          return isOfFirst ? swap[firstPlaces[seed]!] : swap[first.count + secondPlaces[seed]!]
        }
      }
    }
  }

  private static func places(_ seeds: [UInt64]) -> [UInt64: Int] {
    Dictionary(uniqueKeysWithValues: seeds.enumerated().map { ($1, $0) })
  }

  /// Which seeds are swapped. The first never is: to swap all others is the same but for the sign.
  private static func signs(_ count: Int, _ stream: inout RandomStream) -> [[Bool]] {
    let none = [Bool](repeating: false, count: count)
    guard count > 0 else { return [none] }
    if count <= 10 {
      return (0..<(1 << (count - 1))).map { bits in
        (0..<count).map { $0 > 0 && bits >> ($0 - 1) & 1 == 1 }
      }
    }
    return [none]
      + (0..<randomSwaps).map { _ in
        (0..<count).map { $0 > 0 && stream.next(below: 2) == 1 }
      }
  }

  /// Which seeds belong to the first side, as many as it has (Fisher and Yates).
  private static func splits(
    _ first: Int, _ second: Int, _ stream: inout RandomStream
  ) -> [[Bool]] {
    let own = (0..<(first + second)).map { $0 < first }
    return [own]
      + (0..<randomSwaps).map { _ in
        var split = own
        for place in split.indices.dropFirst().reversed() {
          split.swapAt(place, Int(stream.next(below: UInt64(place + 1))))
        }
        return split
      }
  }

  static func smallestOfSigns(_ seeds: Int) -> Double {
    seeds <= 10 ? 1 / Double(1 << max(0, seeds - 1)) : 1 / Double(randomSwaps + 1)
  }

  /// Two of all splits are as extreme as can be: the own one, and the one the other way round.
  static func smallestOfSplits(_ first: Int, _ second: Int) -> Double {
    var splits = 1.0
    for step in 0..<min(first, second) {
      splits = splits * Double(first + second - step) / Double(step + 1)
    }
    return max(1 / Double(randomSwaps + 1), min(1, (first == second ? 2 : 1) / splits))
  }

  /// The p of each line, by sample and metric; 1 where the sides are the same in each seed.
  func adjusted() -> [[Double]] {
    let sizes = sizes()
    let lines = sizes[0].indices  // the first swap is none, and always there
    var scales = [Double](repeating: 0, count: lines.count)
    for line in lines {
      let finite = sizes.map { $0[line] }.filter(\.isFinite)
      let squares = finite.reduce(0) { $0 + $1 * $1 }
      scales[line] = finite.isEmpty ? 0 : (squares / Double(finite.count)).squareRoot()
    }
    func measured(_ size: Double, _ line: Int) -> Double {
      guard size.isFinite else { return .infinity }
      return scales[line] > 1e-12 ? size / scales[line] : 0
    }
    let own = lines.map { measured(sizes[0][$0], $0) }
    let order = Self.order(own)
    // From the last line up, the largest of what has been met, by swap.
    var largest = [Double](repeating: 0, count: sizes.count)
    var chances = [Double](repeating: 1, count: lines.count)
    for line in order.reversed() {
      var count = 0
      for swap in sizes.indices {
        let size = measured(sizes[swap][line], line)
        if size.isFinite { largest[swap] = max(largest[swap], size) }
        if largest[swap] >= own[line] - 1e-9 || !size.isFinite { count += 1 }
      }
      if own[line] > 0, own[line].isFinite {
        chances[line] = Double(count) / Double(sizes.count)
      }
    }
    var reached = 0.0
    for line in order where own[line].isFinite {
      reached = max(reached, chances[line])
      chances[line] = reached
    }
    return bySample(chances)
  }

  /// Lines from the largest change down; those whose change is undefined count against all others.
  private static func order(_ own: [Double]) -> [Int] {
    func rank(_ line: Int) -> Double { own[line].isFinite ? own[line] : -1 }
    return own.indices.sorted { rank($0) != rank($1) ? rank($0) > rank($1) : $0 < $1 }
  }

  private func bySample(_ values: [Double]) -> [[Double]] {
    var rest = values[...]
    return samples.map { sample in
      defer { rest = rest.dropFirst(sample.metrics.count) }
      return Array(rest.prefix(sample.metrics.count))
    }
  }

  /// How large the change of each line is, by swap; infinite where it is undefined, which speaks against
  /// this line and says nothing of others.
  private func sizes() -> [[Double]] {
    assignments.map { swap in
      zip(samples, swap).flatMap { sample, assignment in
        let first = assignment.map { $0 ? 1 : 0 }
        let second = assignment.map { $0 ? 0 : 1 }
        return sample.sizes(first, second).map { $0 ?? .infinity }
      }
    }
  }
}
