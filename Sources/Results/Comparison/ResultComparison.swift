/// What the second of two results has that the first has not: paired by conditions and seed, with
/// intervals and verdicts.
public struct ResultComparison: Sendable {
  public enum Verdict: String, Sendable {
    case better, worse
    case costsMore = "costs more"
    case costsLess = "costs less"
    case noDifference = "no difference seen"
    case tooFew = "too few to tell"
  }

  /// One metric under some conditions.
  public struct Line: Sendable, Equatable {
    public var metric: ComparisonMetric
    /// Each side's figure, in ms, shares, dB, kbit/s or a minute; nil where there is none.
    public var first: Double?
    public var second: Double?
    /// The second over the first, or minus it.
    public var change: Estimate
    /// The probability of so large a change in any of the family's lines were both sides alike; nil
    /// where there are too few to tell.
    public var p: Double?
    public var verdict: Verdict
  }

  /// The lines of one condition, or of all together.
  public struct Section: Sendable, Equatable {
    public var name: String
    /// Of probes rather than of whole calls.
    public var isOfProbes: Bool
    /// Pairs of calls or of probes.
    public var count: Int
    /// Of the side with fewer.
    public var seeds: Int
    public var lines: [Line]
  }

  /// The probability of any false verdict where both sides are alike.
  public static let errorRate = 0.05

  /// Over all conditions: of calls, of probes, as far as there are any.
  public let overall: [Section]
  /// By condition; empty where there is only one, which `overall` tells then.
  public let conditions: [Section]
  /// What was compared, and what had no partner: sentences.
  public let pairing: [String]
  /// Whether the sides share seeds.
  public let isPaired: Bool

  /// Compares two results.
  ///
  /// - Parameters:
  ///   - names: of both sides, for sentences.
  ///   - seed: of resamples and swaps.
  /// - Throws: `ComparisonError` where no conditions are common to both.
  public init(
    _ first: ResultSet, _ second: ResultSet, names: (String, String) = ("A", "B"),
    seed: UInt64 = 1
  ) throws(ComparisonError) {
    let calls = (first.calls.map(\.conditions), second.calls.map(\.conditions))
    let probes = (
      first.probes.calls.map(\.conditions), second.probes.calls.map(\.conditions)
    )
    isPaired =
      ComparisonPairing.pairs(calls.0, calls.1) || ComparisonPairing.pairs(probes.0, probes.1)
    let callPairing = ComparisonPairing(calls.0, calls.1, isPaired: isPaired)
    let probePairing = ComparisonPairing(probes.0, probes.1, isPaired: isPaired)
    guard !callPairing.cells.isEmpty || !probePairing.cells.isEmpty else {
      throw ComparisonError.nothingInCommon(
        first: PairingText.example(calls.0 + probes.0),
        second: PairingText.example(calls.1 + probes.1))
    }
    let callCells = ComparisonCell.ofCalls(first.calls, second.calls, callPairing)
    let probeCells = ComparisonCell.ofProbes(
      first.probes.calls, second.probes.calls, probePairing, isPaired: isPaired)
    pairing = PairingText(isPaired: isPaired, names: names).sentences(
      calls: callPairing, calls, probes: probePairing, probes, probeCells,
      failures: (first.failures.count, second.failures.count))
    let kinds = [(callCells, false), (probeCells, true)].filter { !$0.0.isEmpty }
    let isSingle = callCells.count + probeCells.count == 1
    let family = Family(
      errorRate: isSingle ? Self.errorRate : Self.errorRate / 2, isPaired: isPaired, seed: seed)
    overall = family.sections(
      kinds.map { kind in
        Family.Member(
          name: kind.1 ? "all probes" : "all calls", cells: kind.0, isOfProbes: kind.1)
      })
    let label = ConditionLabels(callCells + probeCells)
    conditions =
      isSingle
      ? []
      : family.sections(
        kinds.flatMap { kind in
          kind.0.map {
            Family.Member(name: label.name($0), cells: [$0], isOfProbes: kind.1)
          }
        })
  }

  private var sections: [Section] { overall + conditions }

  /// Whether anything is worse with certainty.
  public var hasRegressed: Bool {
    sections.contains { $0.lines.contains { $0.verdict == .worse } }
  }
}

/// Lines that are tested together.
private struct Family {
  struct Member {
    var name: String
    var cells: [ComparisonCell]
    var isOfProbes: Bool
  }

  /// Of any false line.
  let errorRate: Double
  let isPaired: Bool
  let seed: UInt64

  func sections(_ members: [Member]) -> [ResultComparison.Section] {
    let samples = members.map { member in
      ComparisonCell.sample(
        member.cells,
        metrics: member.isOfProbes ? ComparisonMetric.ofProbes : ComparisonMetric.allCases,
        isPaired: isPaired)
    }
    let chances = SwapTest(samples, seed: seed).adjusted()
    return members.indices.map { index in
      let (member, sample) = (members[index], samples[index])
      return ResultComparison.Section(
        name: member.name, isOfProbes: member.isOfProbes,
        count: member.cells.reduce(0) { $0 + $1.count },
        seeds: min(sample.counts.first, sample.counts.second),
        lines: lines(sample, chances[index]))
    }
  }

  private func lines(_ sample: ComparisonSample, _ chances: [Double]) -> [ResultComparison.Line] {
    let first = sample.figures(sample.firstWeights)
    let second = sample.figures(sample.secondWeights)
    let smallest =
      isPaired
      ? SwapTest.smallestOfSigns(sample.counts.first)
      : SwapTest.smallestOfSplits(sample.counts.first, sample.counts.second)
    return zip(sample.metrics, sample.estimates(seed: seed)).enumerated().map { index, line in
      let (metric, change) = line
      let isTellable = change.value != nil && smallest <= errorRate
      return ResultComparison.Line(
        metric: metric, first: first[index], second: second[index], change: change,
        p: isTellable ? chances[index] : nil,
        verdict: isTellable ? verdict(metric, change, chances[index]) : .tooFew)
    }
  }

  private func verdict(
    _ metric: ComparisonMetric, _ change: Estimate, _ p: Double
  ) -> ResultComparison.Verdict {
    guard p <= errorRate, let value = change.value else { return .noDifference }
    let isMore = value > (metric.isRatio ? 1 : 0)
    if metric.isCost { return isMore ? .costsMore : .costsLess }
    return isMore == metric.moreIsBetter ? .better : .worse
  }
}

/// Why two results cannot be compared.
public enum ComparisonError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No call of one is made under conditions that the other has; an example of each.
  case nothingInCommon(first: String, second: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .nothingInCommon(let first, let second):
      "the two have no conditions in common (one has \(first), the other \(second)), expected the "
        + "same groups or networks in both"
    }
  }
}
