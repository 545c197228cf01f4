import SimulationKernel

/// Comparisons of a mechanism with itself, which must show no difference: where their intervals leave
/// out 1 more often than one time in 20, the intervals claim too much.
struct ProbeControl {
  /// By mechanism: one half of its probes over the other, in mean recovery time.
  let halves: [(style: MechanismStyle, ratio: Estimate)]
  /// The subject under half of the seeds over itself under the others; nil without a subject.
  let seeds: (style: MechanismStyle, ratio: Estimate)?

  init(_ group: ProbeGroup) {
    halves = group.entries.map { entry in
      (entry.style, Self.halves(entry.calls, limit: group.limit, seed: group.seed))
    }
    let subject = group.subject ?? group.entries.first
    seeds = subject.map {
      ($0.style, Self.bySeed($0.calls, limit: group.limit, seed: group.seed))
    }
  }

  /// Of each two probes that follow one another in a call and lose as many packets, the lot puts one into
  /// either half. The halves come from the same calls, so that calls are the clusters, as where
  /// mechanisms are compared.
  static func halves(_ calls: [ProbeResults.Call], limit: Double, seed: UInt64) -> Estimate {
    var clusters = SeedClusters()
    var sums: [(first: Double, second: Double)] = []
    for call in calls {
      let cluster = clusters.position(of: call.conditions.seed)
      if cluster == sums.count { sums.append((0, 0)) }
      let lot = StreamKey(seed: call.conditions.seed, name: "statistics.control.half")
      for (one, other) in neighbours(call.followed) {
        let draw = lot.draw(slot: Int64(one.probe.number), index: 0)
        let (first, second) = draw >> 63 == 0 ? (one, other) : (other, one)
        sums[cluster].first += min(first.duration.inMilliseconds, limit)
        sums[cluster].second += min(second.duration.inMilliseconds, limit)
      }
    }
    return Bootstrap.ratio(of: sums.map(\.first), over: sums.map(\.second), seed: seed)
  }

  private static func neighbours(
    _ followed: [ProbeResults.Followed]
  ) -> [(ProbeResults.Followed, ProbeResults.Followed)] {
    ResultSet.distinct(followed.map(\.probe.packets)).flatMap { packets in
      let alike = followed.filter { $0.probe.packets == packets }
      return stride(from: 0, to: alike.count - 1, by: 2).map { (alike[$0], alike[$0 + 1]) }
    }
  }

  /// The lot deals the seeds into two halves of calls, which have nothing in common.
  static func bySeed(_ calls: [ProbeResults.Call], limit: Double, seed: UInt64) -> Estimate {
    let seeds = ResultSet.distinct(calls.map(\.conditions.seed))
    let lot = StreamKey(seed: seed, name: "statistics.control.seeds")
    // A shuffle by keys: equal halves, whatever the order of the seeds.
    let dealt = seeds.enumerated().map { (draw: lot.draw(slot: Int64($0), index: 0), seed: $1) }
      .sorted { $0.draw < $1.draw }.map(\.seed)
    let firstHalf = Set(dealt.prefix(dealt.count / 2))
    func times(_ isFirst: Bool) -> [(value: Double, isCensored: Bool, seed: UInt64)] {
      calls.filter { firstHalf.contains($0.conditions.seed) == isFirst }.flatMap { call in
        call.followed.map { ($0.duration.inMilliseconds, $0.isCensored, call.conditions.seed) }
      }
    }
    return UnpairedRatio.ofMeans(times(true), over: times(false), limit: limit, seed: seed)
  }

  /// Both as a line of the report.
  var sentence: String {
    let told = halves.compactMap { half in half.ratio.interval.map { (half, $0) } }
    var text = "Control, A against A: "
    if told.isEmpty {
      text += "too few seeds or probes to compare halves of one mechanism's probes"
    } else {
      let holding = told.count { $0.1.lower <= 1 && $0.1.upper >= 1 }
      let shown = told.first { $0.0.style == seeds?.style } ?? told[0]
      text +=
        "two halves of one mechanism's probes, dealt by lot, must not differ. "
        + "\(shown.0.style.title) over itself: "
        + "\(FigureText.estimate(shown.0.ratio, FigureText.ratio)). "
        + "The interval holds 1 for \(holding) of \(told.count) "
        + (told.count == 1 ? "mechanism" : "mechanisms") + " (expected: 19 of 20)"
    }
    guard let seeds else { return text + "." }
    switch seeds.ratio {
    case .tooFewToTell(let reason):
      text += ". Too few seeds to compare \(seeds.style.title) with itself under others (\(reason))"
    case .measured(_, let interval):
      let holds = interval.lower <= 1 && interval.upper >= 1
      text +=
        ". \(seeds.style.title) under half of the seeds over itself under the others: "
        + FigureText.estimate(seeds.ratio, FigureText.ratio)
        + (holds
          ? ", no difference" : ", a difference that should not be: one time in 20 it is chance")
    }
    return text + "."
  }
}

/// The quotient of means of two samples that have no seed in common.
enum UnpairedRatio {
  /// - Parameter limit: times are cut there; no censored one is shorter.
  static func ofMeans(
    _ first: [(value: Double, isCensored: Bool, seed: UInt64)],
    over second: [(value: Double, isCensored: Bool, seed: UInt64)], limit: Double, seed: UInt64,
    resamples: Int = Bootstrap.defaultResamples
  ) -> Estimate {
    let (above, below) = (totals(first, limit), totals(second, limit))
    let fewest = min(above.sums.count, below.sums.count)
    guard fewest >= Bootstrap.minimumClusters else {
      return .tooFewToTell(Bootstrap.fewClusters(fewest) + " on either side")
    }
    func mean(_ totals: ClusterTotals, _ multiplicities: ArraySlice<Int>) -> Double {
      var (sum, count) = (0.0, 0.0)
      for (index, times) in multiplicities.enumerated() {
        sum += Double(times) * totals.sums[index]
        count += Double(times) * totals.counts[index]
      }
      return sum / count
    }
    // Each side draws as many of its own seeds as it has.
    let interval = Bootstrap.stratifiedInterval(
      [above.sums.count, below.sums.count], resamples: resamples, seed: seed
    ) { multiplicities in
      let ratio =
        mean(above, multiplicities[..<above.sums.count])
        / mean(below, multiplicities[above.sums.count...])
      return ratio.isFinite ? ratio : nil
    }
    let value =
      mean(above, above.sums.map { _ in 1 }[...]) / mean(below, below.sums.map { _ in 1 }[...])
    guard let interval, value.isFinite else { return .tooFewToTell("nothing to divide by") }
    return .measured(value, interval)
  }

  private static func totals(
    _ times: [(value: Double, isCensored: Bool, seed: UInt64)], _ limit: Double
  ) -> ClusterTotals {
    var clusters = SeedClusters()
    return ClusterTotals(
      times.map { min($0.value, limit) }, clusters: times.map { clusters.position(of: $0.seed) })
  }
}
