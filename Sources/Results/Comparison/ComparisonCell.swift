/// What both sides have under one condition, ready to be pooled by seed.
struct ComparisonCell {
  var first: CallConditions
  var second: CallConditions
  /// A unit a call or a call's probes; paired ones stand at the same position.
  var firstUnits: [ComparisonUnit]
  var secondUnits: [ComparisonUnit]
  /// How many pairs there are, of calls or of probes; calls or probes of the side with fewer where
  /// nothing pairs.
  var count: Int

  /// Cells put together.
  static func sample(
    _ cells: [ComparisonCell], metrics: [ComparisonMetric], isPaired: Bool
  ) -> ComparisonSample {
    ComparisonSample(
      metrics: metrics, first: bySeed(cells.flatMap(\.firstUnits)),
      second: bySeed(cells.flatMap(\.secondUnits)), isPaired: isPaired)
  }

  /// A unit a seed, in the order of the seeds.
  private static func bySeed(_ units: [ComparisonUnit]) -> [ComparisonUnit] {
    var positions: [UInt64: Int] = [:]
    var pooled: [ComparisonUnit] = []
    for unit in units {
      if let position = positions[unit.seed] {
        pooled[position].times += unit.times
        pooled[position].totals.add(unit.totals)
      } else {
        positions[unit.seed] = pooled.count
        pooled.append(unit)
      }
    }
    return pooled.sorted { $0.seed < $1.seed }
  }

  /// Of whole calls.
  static func ofCalls(
    _ first: [ResultSet.Call], _ second: [ResultSet.Call], _ pairing: ComparisonPairing
  ) -> [ComparisonCell] {
    pairing.cells.map { cell in
      ComparisonCell(
        first: cell.first, second: cell.second,
        firstUnits: cell.firstCalls.map { ComparisonUnit(first[$0]) },
        secondUnits: cell.secondCalls.map { ComparisonUnit(second[$0]) },
        count: min(cell.firstCalls.count, cell.secondCalls.count))
    }
  }

  /// Of probes; where calls pair, only probes that both sides followed.
  static func ofProbes(
    _ first: [ProbeResults.Call], _ second: [ProbeResults.Call], _ pairing: ComparisonPairing,
    isPaired: Bool
  ) -> [ComparisonCell] {
    pairing.cells.map { cell in
      var (a, b) = (cell.firstCalls.map { first[$0] }, cell.secondCalls.map { second[$0] })
      if isPaired {
        for position in a.indices { keepCommon(&a[position], &b[position]) }
      }
      return ComparisonCell(
        first: cell.first, second: cell.second, firstUnits: a.map { ComparisonUnit($0) },
        secondUnits: b.map { ComparisonUnit($0) },
        count: min(
          a.reduce(0) { $0 + $1.followed.count }, b.reduce(0) { $0 + $1.followed.count }))
    }
  }

  private static func keepCommon(_ a: inout ProbeResults.Call, _ b: inout ProbeResults.Call) {
    let firstProbes = Set(a.followed.map(\.probe))
    b.followed.removeAll { !firstProbes.contains($0.probe) }
    let common = Set(b.followed.map(\.probe))
    a.followed.removeAll { !common.contains($0.probe) }
  }
}

extension ComparisonUnit {
  init(_ call: ResultSet.Call) {
    self.init(
      seed: call.conditions.seed,
      times: call.episodes.map {
        Time(value: $0.duration.inMilliseconds, isCensored: $0.isCensored)
      })
    if let outcome = call.run.outcome { totals = ComparisonTotals(outcome.totals) }
  }

  init(_ call: ProbeResults.Call) {
    self.init(
      seed: call.conditions.seed,
      times: call.followed.map {
        Time(value: $0.duration.inMilliseconds, isCensored: $0.isCensored)
      })
  }
}
