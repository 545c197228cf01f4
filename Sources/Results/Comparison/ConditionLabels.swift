/// Names conditions by what differs among them.
struct ConditionLabels {
  private typealias Column = @Sendable (CallConditions) -> String?

  private let varying: [Column]

  /// Columns in their order, as labels have them.
  private static let columns: [Column] = [
    { $0.situation },
    { FigureText.trimmed($0.roundTrip.inMilliseconds) + " ms" },
    { FigureText.trimmed($0.lossRate * 100) + " % loss" },
    { $0.meanBurst.map { "bursts of \(FigureText.trimmed($0.inMilliseconds)) ms" } },
    { $0.relayRoundTrip.map { "relay \(FigureText.trimmed($0.inMilliseconds)) ms" } },
    { $0.relayLossRate.map { "relay \(FigureText.trimmed($0 * 100)) % loss" } },
    { $0.proxies.map { $0 == 1 ? "1 proxy" : "\($0) proxies" } },
    { $0.transport }, { $0.placement }, { $0.connection },
    { $0.requestInterval.map { "INFO each \(FigureText.trimmed($0.inMilliseconds)) ms" } },
    { $0.policy }, { $0.repetition }, { $0.outstanding.map { "\($0) outstanding" } },
    { $0.source },
  ]

  init(_ cells: [ComparisonCell]) {
    varying = Self.columns.filter { column in
      // Within a group, since another group's values say nothing of this one.
      let groups = Dictionary(grouping: cells, by: \.first.group)
      return groups.values.contains { cells in
        Set(cells.compactMap { column($0.first) }).count > 1
      }
    }
  }

  /// `rtt, pli, 50 ms`; `wifi, pli → rpsi` where the second side asks otherwise.
  func name(_ cell: ComparisonCell) -> String {
    let (a, b) = (cell.first, cell.second)
    let mechanism = a.mechanism == b.mechanism ? a.mechanism : "\(a.mechanism) → \(b.mechanism)"
    return ([a.group, mechanism] + varying.compactMap { $0(a) }).joined(separator: ", ")
  }
}

/// Says what pairs and what does not.
struct PairingText {
  /// More calls without a partner than this are counted only.
  private static let named = 4

  let isPaired: Bool
  let names: (String, String)

  /// A condition as an example, for an error.
  static func example(_ calls: [CallConditions]) -> String {
    guard let call = calls.first else { return "none" }
    return
      "\(call.group), \(call.mechanism), \(FigureText.trimmed(call.roundTrip.inMilliseconds)) ms, "
      + "\(FigureText.trimmed(call.lossRate * 100)) % loss, \(call.source)"
  }

  func sentences(
    calls: ComparisonPairing, _ callConditions: ([CallConditions], [CallConditions]),
    probes: ComparisonPairing, _ probeConditions: ([CallConditions], [CallConditions]),
    _ probeCells: [ComparisonCell], failures: (Int, Int)
  ) -> [String] {
    var sentences = part("call", calls, callConditions)
    sentences += part("probed call", probes, probeConditions)
    if isPaired, !probeCells.isEmpty {
      sentences.append("\(probeCells.reduce(0) { $0 + $1.count }) probes pair exactly.")
    }
    for (name, count) in [(names.0, failures.0), (names.1, failures.1)] where count > 0 {
      sentences.append("\(count) \(count == 1 ? "call" : "calls") of \(name) had failed.")
    }
    return sentences
  }

  private func part(
    _ noun: String, _ pairing: ComparisonPairing, _ all: ([CallConditions], [CallConditions])
  ) -> [String] {
    guard !all.0.isEmpty || !all.1.isEmpty else { return [] }
    let used = pairing.cells.reduce(0) { $0 + $1.firstCalls.count }
    let otherUsed = pairing.cells.reduce(0) { $0 + $1.secondCalls.count }
    var sentences: [String] = []
    if isPaired {
      sentences.append(
        "\(used) of \(all.0.count) \(noun)s of \(names.0) pair with one of \(names.1)'s \(all.1.count): "
          + "the same conditions and seed.")
    } else {
      sentences.append(
        "No \(noun)s share a seed: \(used) of \(names.0) and \(otherUsed) of \(names.1) under the same "
          + "conditions are compared without pairs, which tells less.")
    }
    for (name, left, calls) in [
      (names.0, pairing.firstLeft, all.0), (names.1, pairing.secondLeft, all.1),
    ] where !left.isEmpty {
      let examples = left.prefix(Self.named).map { position in
        let call = calls[position]
        return "run \(call.run) (\(call.group), \(call.mechanism), seed \(call.seed))"
      }
      let more = left.count > Self.named ? " and \(left.count - Self.named) more" : ""
      sentences.append(
        "\(left.count) of \(name) \(left.count == 1 ? "has" : "have") no partner: "
          + examples.joined(separator: ", ") + more + ".")
    }
    return sentences
  }
}
