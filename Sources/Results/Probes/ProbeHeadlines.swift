/// The sentences that a group's probes allow, with their intervals.
struct ProbeHeadlines {
  let sentences: [String]

  private typealias Place = [(factor: ProbeFactor, level: ProbeFactor.Level)]

  init(_ group: ProbeGroup) {
    var sentences: [String] = []
    if let reference = group.reference, let subject = group.subject {
      let place = Self.place(group, subject)
      sentences.append(Self.against(group, subject, reference, place))
      let asking = group.others.filter { $0.style.name != "none" }
      let ratios = asking.map { group.pairs($0, at: place).meanRatio(seed: group.seed) }
      let lowest = zip(asking, ratios).filter { $1.value != nil }
        .min { $0.1.value! < $1.1.value! }?.0
      if let lowest, lowest.style != subject.style {
        sentences.append("The lowest ratio: " + Self.against(group, lowest, reference, place))
      }
      sentences += Self.trends(group, subject, reference, place)
      sentences += [reference, subject].compactMap {
        Headlines.costs($0.style, means: $0.meanCauses, of: "probe")
      }
    } else {
      let entry = group.entries[0]
      sentences.append(Self.alone(entry, seed: group.seed))
      sentences += [Headlines.costs(entry.style, means: entry.meanCauses, of: "probe")]
        .compactMap { $0 }
    }
    sentences.append("All of this from \(group.description).")
    sentences += ProbeFailureText.sentence(group.failures).map { [$0] } ?? []
    self.sentences = sentences
  }

  /// The round-trip time nearest to 100 ms and, under it, the number of proxies nearest to 1; nothing
  /// where calls have none.
  private static func place(_ group: ProbeGroup, _ subject: ProbeGroup.Entry) -> Place {
    func nearest(_ levels: [ProbeFactor.Level], to value: Double) -> ProbeFactor.Level? {
      levels.min { abs($0.order - value) < abs($1.order - value) }
    }
    var place: Place = []
    if let trip = nearest(group.levels(.roundTrip, of: subject), to: 100) {
      place.append((.roundTrip, trip))
    }
    let here = subject.pairs.filter { pair in
      place.allSatisfy { pair.level($0.factor) == $0.level }
    }
    if let proxies = nearest(ProbeFactor.ordered(here.compactMap { $0.level(.proxies) }), to: 1) {
      place.append((.proxies, proxies))
    }
    return place
  }

  /// "2 hops, RTT 100 ms": each proxy joins two hops.
  private static func words(_ place: Place) -> String {
    place.reversed().map { factor, level in
      guard factor == .proxies else { return level.title }
      let hops = Int(level.order) + 1
      return hops == 1 ? "1 hop" : "\(hops) hops"
    }.joined(separator: ", ")
  }

  /// "PLI repairs in 0.61 [0.55, 0.66] of SIP INFO's time ..." or why that cannot be said.
  private static func against(
    _ group: ProbeGroup, _ subject: ProbeGroup.Entry, _ reference: ProbeGroup.Entry, _ place: Place
  ) -> String {
    let (name, other) = (subject.style.title, reference.style.title)
    let pairs = group.pairs(subject, at: place)
    let words = words(place)
    if pairs.areAllAlike {
      return
        "No difference between \(name) and \(other) was seen at \(words): each of \(pairs.count) "
        + "losses was repaired at the same time (\(pairs.seeds) seeds)."
    }
    switch pairs.meanRatio(seed: group.seed) {
    case .tooFewToTell(let reason):
      return "Too few data to tell \(name) from \(other) at \(words) (\(reason))."
    case .measured(let ratio, let interval):
      let figures = "\(FigureText.ratio(ratio)) \(FigureText.interval(interval, FigureText.ratio))"
      let means = "means \(mean(pairs, \.first)) against \(mean(pairs, \.second)) ms"
      let basis = "\(pairs.count) pairs of the same loss, \(pairs.seeds) seeds"
      if interval.lower <= 1, interval.upper >= 1 {
        return "The data do not tell \(name) from \(other) at \(words): the ratio of their mean "
          + "recovery times is \(figures) (\(means); \(basis))."
      }
      return "\(name) repairs in \(figures) of \(other)'s time at \(words): \(means) (\(basis))."
    }
  }

  private static func mean(_ pairs: ProbePairs, _ time: (ProbePairs.Pair) -> Double) -> String {
    let sum = pairs.pairs.reduce(0) { $0 + min(time($1), pairs.limit) }
    return FigureText.milliseconds(sum / Double(max(1, pairs.count)))
  }

  /// How the ratio goes along the round-trip time and the number of proxies, the other one as at `place`.
  private static func trends(
    _ group: ProbeGroup, _ subject: ProbeGroup.Entry, _ reference: ProbeGroup.Entry, _ place: Place
  ) -> [String] {
    [ProbeFactor.roundTrip, .proxies].compactMap { factor in
      let rest = place.filter { $0.factor != factor }
      let here = subject.pairs.filter { pair in
        rest.allSatisfy { pair.level($0.factor) == $0.level }
      }
      let levels = ProbeFactor.ordered(here.compactMap { $0.level(factor) })
      guard let first = levels.first, let last = levels.last, first != last else { return nil }
      let ends = [first, last].compactMap { level -> String? in
        let ratio = group.pairs(subject, at: rest + [(factor, level)]).meanRatio(seed: group.seed)
        guard ratio.value != nil else { return nil }
        return "\(FigureText.estimate(ratio, FigureText.ratio)) of it at "
          + words([(factor, level)])
      }
      guard ends.count == 2 else { return nil }
      let held = rest.isEmpty ? "" : "At \(words(rest)), a"
      return "\(held.isEmpty ? "A" : held)gainst \(reference.style.title)'s time "
        + "\(subject.style.title) takes \(ends[0]) and \(ends[1])."
    }
  }

  private static func alone(_ entry: ProbeGroup.Entry, seed: UInt64) -> String {
    let title = entry.style.title
    switch entry.sample.median(seed: seed) {
    case .tooFewToTell(let reason):
      return
        "\(title): \(entry.sample.count) probes, \(entry.sample.censored) open at the horizon; "
        + "too few for an interval (\(reason))."
    case .measured(let value, let interval):
      let median = FigureText.estimate(.measured(value, interval), FigureText.milliseconds)
      return "\(title) repairs within \(median) ms (median of \(entry.sample.count) probes)."
    }
  }
}

/// Probes that failed, in words.
enum ProbeFailureText {
  /// More reasons than this are counted only.
  private static let reasonsShown = 20

  /// nil where none failed.
  static func sentence(_ failures: [ProbeResults.Failure]) -> String? {
    guard !failures.isEmpty else { return nil }
    let subject =
      failures.count == 1 ? "1 probe failed and is" : "\(failures.count) probes failed and are"
    return "\(subject) in no figure."
  }

  /// A line for each mechanism and reason, with the first probe that it befell.
  static func lines(_ failures: [ProbeResults.Failure]) -> [String] {
    struct Kind: Hashable {
      var group: String
      var mechanism: String
      var reason: String
    }
    func kind(_ failure: ProbeResults.Failure) -> Kind {
      Kind(
        group: failure.conditions.group, mechanism: failure.conditions.mechanism,
        reason: failure.reason)
    }
    let kinds = ResultSet.distinct(failures.map(kind))
    var lines = kinds.prefix(reasonsShown).map { wanted in
      let own = failures.filter { kind($0) == wanted }
      let count = own.count == 1 ? "1 probe" : "\(own.count) probes"
      let first = own[0]
      return "\(wanted.group), \(wanted.mechanism), \(count): \(wanted.reason) (first: run "
        + "\(first.conditions.run), probe \(first.probe.number), frame \(first.probe.frame))"
    }
    if kinds.count > reasonsShown { lines.append("\(kinds.count - reasonsShown) other reasons") }
    return lines
  }
}
