import SimulationKernel

/// The probes of a plan's group: its mechanisms side by side, and each paired with one of them.
struct ProbeGroup {
  /// One mechanism.
  struct Entry {
    var style: MechanismStyle
    var calls: [ProbeResults.Call]
    var sample: ProbeSample
    /// With the reference's probes; empty of the reference itself.
    var pairs: [Paired]
  }

  /// A probe under some mechanism and under the reference.
  struct Paired {
    var road: Road
    /// Under the reference.
    var followed: ProbeResults.Followed
    var pair: ProbePairs.Pair

    func level(_ factor: ProbeFactor) -> ProbeFactor.Level? {
      factor.level(road.conditions, followed)
    }
  }

  /// The conditions of the two calls that are paired: of the one that sends SIP, where one does. One
  /// object for all of their probes, of which there may be very many.
  final class Road: Sendable {
    let conditions: CallConditions

    init(_ first: CallConditions, _ second: CallConditions) {
      conditions = first.proxies != nil ? first : second
    }
  }

  let name: String
  let entries: [Entry]
  /// What the others are measured by: `sip-info`, else `none`, else the first; nil where alone.
  let reference: Entry?
  /// Where the horizon lies, in ms.
  let horizon: Double
  /// To which times are cut for means, in ms: no probe that stayed open was watched for less.
  let limit: Double
  let failures: [ProbeResults.Failure]
  /// Of the bootstrap's resamples.
  let seed: UInt64

  /// nil where no probe of the group was followed.
  init?(_ probes: ProbeResults, group: String, seed: UInt64) {
    let calls = probes.calls.filter { $0.conditions.group == group && !$0.followed.isEmpty }
    guard !calls.isEmpty else { return nil }
    let followed = calls.lazy.flatMap(\.followed)
    let horizon = followed.map(\.probe.horizon).min()!.inMilliseconds
    let shortest = followed.filter(\.isCensored).map(\.duration).min()?.inMilliseconds
    // To whole 10 ms, as it is said.
    let limit = shortest.map { max(1, min(horizon, ($0 / 10).rounded(.down) * 10)) } ?? horizon
    let styles = MechanismStyle.ordered(calls.map(\.conditions.mechanism))
    let byMechanism = styles.map { style in
      calls.filter { $0.conditions.mechanism == style.name }
    }
    let position =
      styles.firstIndex { $0.name == "sip-info" } ?? styles.firstIndex { $0.name == "none" } ?? 0
    let pairing = ProbePairing(calls)
    entries = zip(styles, byMechanism).enumerated().map { index, entry in
      Entry(
        style: entry.0, calls: entry.1, sample: ProbeSample(entry.1, limit: limit),
        pairs: index == position ? [] : pairing.pairs(entry.1, byMechanism[position]))
    }
    reference = entries.count > 1 ? entries[position] : nil
    name = group
    self.horizon = horizon
    self.limit = limit
    failures = probes.failures.filter { $0.conditions.group == group }
    self.seed = seed
  }

  /// All groups with probes: the one with most mechanisms first, otherwise as the plan has them.
  static func all(_ probes: ProbeResults, seed: UInt64) -> [ProbeGroup] {
    // Swift's sort is stable.
    probes.groups.compactMap { ProbeGroup(probes, group: $0, seed: seed) }
      .sorted { $0.entries.count > $1.entries.count }
  }

  var others: [Entry] { entries.filter { $0.style != reference?.style } }

  /// Of whom headlines speak: PLI where there is one, otherwise the first that asks for repair.
  var subject: Entry? {
    let others = others.filter { !$0.pairs.isEmpty }
    return others.first { $0.style.name == "pli" } ?? others.first { $0.style.name != "none" }
      ?? others.first
  }

  /// The group's conditions in words.
  var description: String {
    let calls = entries.flatMap(\.calls)
    let packets = calls.flatMap { $0.followed.map { Double($0.probe.packets) } }
    return "group \(name), \(ConditionText.describe(calls.map(\.conditions))), probes of "
      + "\(FigureText.range(packets)) \(packets == packets.filter { $0 == 1 } ? "packet" : "packets")"
      + ", followed for \(FigureText.trimmed(horizon / 1_000)) s"
  }

  /// An entry's pairs, those under some values alone where any are given.
  func pairs(_ entry: Entry, at levels: [(factor: ProbeFactor, level: ProbeFactor.Level)] = [])
    -> ProbePairs
  {
    ProbePairs(
      entry.pairs.filter { pair in levels.allSatisfy { pair.level($0.factor) == $0.level } }
        .map(\.pair), limit: limit)
  }

  /// The values of a factor that an entry's pairs have.
  func levels(_ factor: ProbeFactor, of entry: Entry) -> [ProbeFactor.Level] {
    ProbeFactor.ordered(entry.pairs.compactMap { $0.level(factor) })
  }

  /// The values of a factor that the group's probes have.
  func levels(_ factor: ProbeFactor) -> [ProbeFactor.Level] {
    ProbeFactor.ordered(
      entries.flatMap(\.calls).flatMap { call in
        call.followed.compactMap { factor.level(call.conditions, $0) }
      })
  }

  /// An entry's probes under one value of a factor.
  func sample(_ entry: Entry, _ factor: ProbeFactor, _ level: ProbeFactor.Level) -> ProbeSample {
    ProbeSample(
      entry.calls.map { call in
        var call = call
        call.followed.removeAll { factor.level(call.conditions, $0) != level }
        return call
      }, limit: limit)
  }
}

extension ProbeGroup.Entry {
  /// Mean milliseconds a probe by cause, censored probes up to the horizon.
  var meanCauses: [Double] {
    var sums = [Int64](repeating: 0, count: Cause.allCases.count)
    for call in calls {
      for (cause, span) in call.causes.enumerated() { sums[cause] += span.nanoseconds }
    }
    return sums.map { sample.count == 0 ? 0 : Double($0) / 1e6 / Double(sample.count) }
  }
}
