/// The sentences that the data allow, with their intervals.
struct Headlines {
  let sentences: [String]

  /// Of probes where there are any, and then of whole calls what probes do not tell: sustained loss.
  static func sentences(
    _ probes: [ProbeSummary], _ comparison: Comparison?, failures: Int
  ) -> [String] {
    let failed = failed(failures)
    guard let first = probes.first else {
      return comparison.map { Headlines($0).sentences + failed } ?? failed
    }
    let others = probes.dropFirst().map { "Group \($0.group): \($0.headlines[0])" }
    return first.headlines + others + (comparison.map(sustained) ?? []) + failed
  }

  private init(_ comparison: Comparison) {
    var sentences: [String] = []
    if let reference = comparison.reference {
      let others = comparison.entries.filter { $0.style != reference.style }
      let pli = others.first { $0.style.name == "pli" }
      let askers = others.filter { $0.style.name != "none" && $0.ratio.value != nil }
      let fastest = askers.min { ($0.ratio.value ?? 0) < ($1.ratio.value ?? 0) }
      let subject = pli ?? fastest ?? others[0]
      sentences.append(Self.against(reference, subject))
      if let fastest, fastest.style != subject.style {
        sentences.append("The lowest ratio: " + Self.against(reference, fastest))
      }
      sentences += Self.trend(comparison, subject: subject, reference: reference)
      sentences += [reference, subject].compactMap(Self.costs)
    } else {
      sentences.append(Self.alone(comparison.entries[0]))
      sentences += [comparison.entries[0]].compactMap(Self.costs)
    }
    sentences.append("All of this over \(comparison.networks).")
    self.sentences = sentences
  }

  private static func failed(_ failures: Int) -> [String] {
    guard failures > 0 else { return [] }
    let subject = failures == 1 ? "1 call failed and is" : "\(failures) calls failed and are"
    return ["\(subject) in no figure."]
  }

  /// How long whole calls were broken.
  private static func sustained(_ comparison: Comparison) -> [String] {
    let wanted = [comparison.reference?.style.name, "pli"].compactMap { $0 }
    let shown = comparison.entries.filter { wanted.contains($0.style.name) }
    let parts = (shown.isEmpty ? [comparison.entries[0]] : shown).compactMap { entry -> String? in
      guard entry.broken.value != nil else { return nil }
      let share = FigureText.estimate(entry.broken) { FigureText.percent($0) }
      return "\(entry.style.title) \(share) %"
    }
    guard !parts.isEmpty else { return [] }
    return [
      "In whole calls, where losses follow one another, the picture is broken for this share of the "
        + "time: \(parts.joined(separator: ", ")) (\(comparison.networks))."
    ]
  }

  /// "PLI repairs in 0.61 [0.55, 0.66] of SIP INFO's time ..." or why that cannot be said.
  private static func against(
    _ reference: Comparison.Entry, _ subject: Comparison.Entry
  ) -> String {
    let (name, other) = (subject.style.title, reference.style.title)
    switch subject.ratio {
    case .tooFewToTell(let reason):
      return "Too few data to tell \(name) from \(other) (\(reason))."
    case .measured(let ratio, let interval):
      let medians = "medians \(median(subject)) against \(median(reference)) ms"
      let figures =
        "\(FigureText.ratio(ratio)) \(FigureText.interval(interval, FigureText.ratio))"
      if interval.lower <= 1, interval.upper >= 1 {
        return "The data do not tell \(name) from \(other): the ratio of their median recovery "
          + "times is \(figures) (\(medians))."
      }
      return "\(name) repairs in \(figures) of \(other)'s time: \(medians)."
    }
  }

  private static func median(_ entry: Comparison.Entry) -> String {
    FigureText.estimate(entry.p50, FigureText.milliseconds)
  }

  /// How the ratio goes along the network axis, from its least to its greatest value.
  private static func trend(
    _ comparison: Comparison, subject: Comparison.Entry, reference: Comparison.Entry
  ) -> [String] {
    guard let axis = comparison.axis else { return [] }
    let others = axis.values(of: ResultSet.damaged(reference.sample.calls))
    let values = axis.values(of: ResultSet.damaged(subject.sample.calls)).filter(others.contains)
    guard let least = values.first, let greatest = values.last, least != greatest else { return [] }
    let ends = [least, greatest].map { value -> String? in
      let estimate = subject.sample(where: axis, is: value)
        .ratio(to: reference.sample(where: axis, is: value), seed: comparison.seed)
      guard estimate.value != nil else { return nil }
      return "\(FigureText.estimate(estimate, FigureText.ratio)) of it at \(axis.label(value))"
    }
    guard let first = ends[0], let last = ends[1] else { return [] }
    return [
      "By \(axis.title), against \(reference.style.title)'s time \(subject.style.title) takes "
        + "\(first) and \(last)."
    ]
  }

  private static func costs(_ entry: Comparison.Entry) -> String? {
    costs(entry.style, means: entry.sample.meanCauses, of: "episode")
  }

  /// The three greatest causes of a mechanism's mean episode, or what else it is a mean of.
  static func costs(_ style: MechanismStyle, means: [Double], of kind: String) -> String? {
    let total = means.reduce(0, +)
    guard total > 0 else { return nil }
    let greatest = Cause.allCases.filter { means[$0.rawValue] > 0 }
      .sorted { (means[$0.rawValue], $1.rawValue) > (means[$1.rawValue], $0.rawValue) }
      .prefix(3)
    let parts = greatest.map { cause in
      "\(FigureText.percent(means[cause.rawValue] / total, decimals: 0)) % \(cause.title)"
    }
    return "\(style.title)'s mean \(kind) of \(FigureText.milliseconds(total)) ms goes to: "
      + parts.joined(separator: ", ") + "."
  }

  private static func alone(_ entry: Comparison.Entry) -> String {
    let title = entry.style.title
    switch entry.p50 {
    case .tooFewToTell(let reason):
      let counted = "\(entry.sample.episodes) episodes, \(entry.sample.censored) open at the end"
      return "\(title): \(counted); too few for an interval (\(reason))."
    case .measured:
      return "\(title) repairs within \(median(entry)) ms (median)."
    }
  }
}
