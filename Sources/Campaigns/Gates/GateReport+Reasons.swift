import Results

/// Why lines have not passed.
extension GateReport {
  /// A sentence each; empty where a line has passed.
  func reasons(_ row: Row) -> [String] {
    switch row.verdict {
    case .pass: return []
    case .inconclusive: return [openReason(row)]
    case .fail: return shortReasons(row) + findings(row).map { "\($0.error)" } + story(row)
    }
  }

  /// What was measured of a failed line, and where it is worst.
  func shortReasons(_ row: Row) -> [String] {
    guard let measured = measuredReason(row) else { return [] }
    guard let worst = worstNetwork(row), let reason = measuredReason(worst) else {
      return [measured]
    }
    return [measured, "worst on \(worst.network): \(reason)"]
  }

  private func measuredReason(_ row: Row) -> String? {
    row.figures.map { figures in
      let unit = row.gate.metric.unit
      return "measured \(unit.text(figures.value)), expected \(row.gate.comparison.rawValue) "
        + unit.text(figures.bound)
    }
  }

  /// Of a failed line over all networks, the one that misses the bound by most; nil of other lines.
  func worstNetwork(_ row: Row) -> Row? {
    guard row.verdict == .fail, row.network == Self.allNetworks else { return nil }
    func miss(_ row: Row) -> Double {
      guard let difference = row.figures?.difference, !difference.isNaN else { return -.infinity }
      return row.gate.comparison.isUpward ? -difference : difference
    }
    let others = rows.filter { $0.gate == row.gate && $0.network != row.network }
    return others.filter { miss($0) > -.infinity }.max { miss($0) < miss($1) }
  }

  /// The episodes that a failed line is explained by.
  func chains(_ row: Row) -> [EpisodeStory.Chain] {
    row.verdict == .fail ? row.story?.chains ?? [] : []
  }

  private func story(_ row: Row) -> [String] {
    let chains = chains(row)
    guard let last = chains.last else { return [] }
    let advice = replay.map { $0.advice(run: last.run, episode: last.episode.episode) }
    return chains.map(\.text) + [advice].compactMap { $0 }
  }

  func openReason(_ row: Row) -> String {
    switch row.measured {
    case .tooFewToTell(let reason): return reason
    case .measured(let figures):
      let passing = figures.difference(tail: levels.passTail)
      let holds = row.gate.comparison.holds
      let isBeyond = !holds(passing.lower) && !holds(passing.upper)
      return isBeyond
        ? "beyond the bound, but not for certain among \(rows.count) lines"
        : "the interval straddles the bound after \(row.calls) calls"
    }
  }

  /// What the checks of settings say of a line's networks.
  private func findings(_ row: Row) -> [SettingsFinding] {
    var found: [SettingsFinding] = []
    for network in networks where row.network == Self.allNetworks || row.network == network.name {
      found += network.findings.filter { !found.contains($0) }
    }
    return found
  }
}
