/// How often each mechanism is best over the cells of a grid, and what it costs to pick one of them
/// for all cells.
public struct StudyVerdicts: Sendable, Equatable {
  /// What one mechanism comes to.
  public struct Standing: Sendable, Equatable {
    public var mechanism: String
    /// Cells in which it is better than every other.
    public var clear = 0
    /// Further cells in which it cannot be told from the best.
    public var shared = 0
    /// Cells in which it could be ranked.
    public var ranked = 0
    /// By how much its figure is worse than the best's of the same cell, over the cells in which it
    /// could be ranked: on average and at most, in the measure's unit; nil where there is none.
    public var meanShortfall: Double?
    public var greatestShortfall: Double?
    /// The cell of the greatest.
    public var worst: StudyGrid.Place?
  }

  public let measure: MechanismRanking.Measure
  /// All mechanisms, in their usual order.
  public let standings: [Standing]
  /// The cells in which at least one mechanism could be ranked.
  public let cells: Int

  /// The mechanism, of those ranked in as many cells as any, that falls short least on average.
  public var safest: Standing? {
    let most = standings.map(\.ranked).max() ?? 0
    return standings.filter { $0.ranked == most && $0.meanShortfall != nil }
      .min { $0.meanShortfall! < $1.meanShortfall! }
  }

  public init(
    _ rankings: [(place: StudyGrid.Place, ranking: MechanismRanking)], mechanisms: [String],
    measure: MechanismRanking.Measure
  ) {
    self.measure = measure
    cells = rankings.count { !$0.ranking.entries.isEmpty }
    standings = mechanisms.map { mechanism in
      var standing = Standing(mechanism: mechanism)
      var sum = 0.0
      for (place, ranking) in rankings {
        guard let entry = ranking.entries.first(where: { $0.mechanism == mechanism }) else {
          continue
        }
        standing.ranked += 1
        if entry.isAmongBest {
          if ranking.isClear { standing.clear += 1 } else { standing.shared += 1 }
        }
        let shortfall = abs(entry.value - ranking.entries[0].value)
        sum += shortfall
        if shortfall > standing.greatestShortfall ?? -1 {
          standing.greatestShortfall = shortfall
          standing.worst = place
        }
      }
      if standing.ranked > 0 { standing.meanShortfall = sum / Double(standing.ranked) }
      return standing
    }
  }
}
