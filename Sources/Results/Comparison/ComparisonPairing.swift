/// Which calls of two sides are made under the same conditions, and which of these pair by seed.
///
/// Conditions are all columns but the run and the seed. Where each side has one way of asking for repair
/// in a place (a group, a network and a picture), these two are compared even where they differ: that
/// is the change in question.
struct ComparisonPairing {
  /// One condition of both sides.
  struct Cell {
    var first: CallConditions
    var second: CallConditions
    /// Positions among the calls; the n-th of one side pairs with the n-th of the other where paired.
    var firstCalls: [Int]
    var secondCalls: [Int]
  }

  /// In the order of the first side.
  let cells: [Cell]
  /// Positions of calls that are in no cell.
  let firstLeft: [Int]
  let secondLeft: [Int]

  /// - Parameter isPaired: leaves out what has no partner of its seed.
  init(_ first: [CallConditions], _ second: [CallConditions], isPaired: Bool) {
    let candidates = Self.candidates(first, second)
    let cells = isPaired ? candidates.map { Self.paired($0, first, second) } : candidates
    self.cells = cells.filter { !$0.firstCalls.isEmpty }
    let firstUsed = Set(self.cells.flatMap(\.firstCalls))
    let secondUsed = Set(self.cells.flatMap(\.secondCalls))
    firstLeft = first.indices.filter { !firstUsed.contains($0) }
    secondLeft = second.indices.filter { !secondUsed.contains($0) }
  }

  /// Whether any two calls of the same conditions share a seed.
  static func pairs(_ first: [CallConditions], _ second: [CallConditions]) -> Bool {
    !ComparisonPairing(first, second, isPaired: true).cells.isEmpty
  }

  private static func candidates(
    _ first: [CallConditions], _ second: [CallConditions]
  ) -> [Cell] {
    let firstPlaces = Dictionary(grouping: first.indices) { place(first[$0]) }
    let secondPlaces = Dictionary(grouping: second.indices) { place(second[$0]) }
    return ResultSet.distinct(first.map(place)).flatMap { place -> [Cell] in
      let a = firstPlaces[place] ?? []
      let b = secondPlaces[place] ?? []
      let firstKeys = ResultSet.distinct(a.map { key(first[$0]) })
      let secondKeys = ResultSet.distinct(b.map { key(second[$0]) })
      if firstKeys.count == 1, secondKeys.count == 1 {
        return [
          Cell(first: firstKeys[0], second: secondKeys[0], firstCalls: a, secondCalls: b)
        ]
      }
      return firstKeys.filter(secondKeys.contains).map { key in
        Cell(
          first: key, second: key, firstCalls: a.filter { Self.key(first[$0]) == key },
          secondCalls: b.filter { Self.key(second[$0]) == key })
      }
    }
  }

  /// The conditions without what tells a call from others of the same.
  private static func key(_ conditions: CallConditions) -> CallConditions {
    var key = conditions
    key.run = 0
    key.seed = 0
    return key
  }

  /// Further without the mechanism and its road.
  private static func place(_ conditions: CallConditions) -> CallConditions {
    var place = key(conditions)
    place.mechanism = ""
    place.proxies = nil
    place.transport = nil
    place.placement = nil
    place.connection = nil
    place.requestInterval = nil
    place.policy = nil
    place.repetition = nil
    place.outstanding = nil
    return place
  }

  private static func paired(
    _ cell: Cell, _ first: [CallConditions], _ second: [CallConditions]
  ) -> Cell {
    var partners = Dictionary(grouping: cell.secondCalls) { second[$0].seed }
      .mapValues { $0[...] }
    var paired = cell
    (paired.firstCalls, paired.secondCalls) = ([], [])
    for call in cell.firstCalls {
      guard let partner = partners[first[call].seed]?.popFirst() else { continue }
      paired.firstCalls.append(call)
      paired.secondCalls.append(partner)
    }
    return paired
  }
}
