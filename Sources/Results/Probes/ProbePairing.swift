import SimulationKernel

/// Finds the calls of two mechanisms that are the same but for the mechanism and its road.
struct ProbePairing {
  /// What a call is beside its mechanism: which of several whose differences no column tells, and how
  /// many of these there are.
  private struct Copy {
    var number: Int
    var count: Int
  }

  /// By run.
  private let copies: [Int: Copy]

  /// - Parameter calls: all of the group.
  init(_ calls: [ProbeResults.Call]) {
    func identity(_ call: ProbeResults.Call) -> CallConditions {
      var identity = call.conditions
      identity.run = 0
      return identity
    }
    var counts: [CallConditions: Int] = [:]
    var numbers: [(run: Int, number: Int, identity: CallConditions)] = []
    for call in calls {
      let identity = identity(call)
      let number = counts[identity, default: 0]
      counts[identity] = number + 1
      numbers.append((call.conditions.run, number, identity))
    }
    copies = Dictionary(
      numbers.map { ($0.run, Copy(number: $0.number, count: counts[$0.identity] ?? 1)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The probes that both mechanisms have, call by call. A call whose road the other mechanism does not
  /// take is made once, and paired with the calls of every road.
  func pairs(
    _ first: [ProbeResults.Call], _ second: [ProbeResults.Call]
  ) -> [ProbeGroup.Paired] {
    var byNetwork: [CallSample.Pair: [ProbeResults.Call]] = [:]
    for call in second { byNetwork[CallSample.Pair(call.conditions), default: []].append(call) }
    return first.flatMap { call in
      (byNetwork[CallSample.Pair(call.conditions)] ?? []).filter { fits(call, $0) }
        .flatMap { Self.paired(call, $0) }
    }
  }

  private func fits(_ first: ProbeResults.Call, _ second: ProbeResults.Call) -> Bool {
    let (a, b) = (first.conditions, second.conditions)
    if let one = a.situation, let other = b.situation, one != other { return false }
    if a.proxies != nil, b.proxies != nil, Road(a) != Road(b) { return false }
    guard let one = copies[a.run], let other = copies[b.run] else { return false }
    return one.number == other.number || one.count == 1 || other.count == 1
  }

  private static func paired(
    _ first: ProbeResults.Call, _ second: ProbeResults.Call
  ) -> [ProbeGroup.Paired] {
    let road = ProbeGroup.Road(first.conditions, second.conditions)
    var pairs: [ProbeGroup.Paired] = []
    var position = 0
    for followed in first.followed {
      while position < second.followed.count,
        second.followed[position].probe.number < followed.probe.number
      { position += 1 }
      // A probe that failed on one side has no partner.
      guard position < second.followed.count, second.followed[position].probe == followed.probe
      else { continue }
      let other = second.followed[position]
      pairs.append(
        ProbeGroup.Paired(
          road: road, followed: other,
          pair: ProbePairs.Pair(followed, other, seed: first.conditions.seed)))
    }
    return pairs
  }

  /// The way of SIP requests.
  private struct Road: Equatable {
    var proxies: Int?
    var names: [String?]
    var requestInterval: SimDuration?

    init(_ conditions: CallConditions) {
      proxies = conditions.proxies
      names = [
        conditions.transport, conditions.placement, conditions.connection, conditions.policy,
        conditions.repetition, conditions.outstanding,
      ]
      requestInterval = conditions.requestInterval
    }
  }
}
