import Results
import SimulationKernel

/// The parts of the page that follow from the figures.
struct StudyPage {
  let grid: StudyGrid
  /// The cells whose figures are written out; those the grid lacks are left out.
  private let chosenLosses = [1.0, 5, 20]
  private let chosenRoundTrips = [50.0, 200]

  /// A measure as the page names and writes it.
  private struct Column {
    var measure: MechanismRanking.Measure
    var title: String
    var unit: String

    func text(_ value: Double) -> String {
      switch measure {
      case .brokenTime: FigureText.percent(value)
      case .recoveryP95: FigureText.milliseconds(value)
      case .shownPicture: FigureText.milliseconds(value)
      }
    }
  }

  private let columns = [
    Column(measure: .brokenTime, title: "broken time", unit: "%"),
    Column(measure: .recoveryP95, title: "p95 of recovery", unit: "ms"),
    Column(measure: .shownPicture, title: "picture shown", unit: "dB"),
  ]

  static func motion(_ source: String) -> String {
    switch source {
    case "talking-head": "low motion"
    case "sports": "high motion"
    default: source
    }
  }

  private func rankings(
    _ source: String, _ column: Column
  ) -> [(place: StudyGrid.Place, ranking: MechanismRanking)] {
    grid.places(source: source, meanBurst: nil).map {
      ($0, grid.ranking(at: $0, by: column.measure))
    }
  }

  // MARK: Verdicts

  /// How often each is best, and what it costs to have one of them everywhere.
  func verdicts() -> [String] {
    var lines: [String] = []
    for source in grid.sources {
      let verdicts = columns.map { column in
        StudyVerdicts(
          rankings(source, column), mechanisms: grid.mechanisms, measure: column.measure)
      }
      lines += [
        "**\(Self.motion(source))**", "",
        "| mechanism | "
          + zip(columns, verdicts).map { "\($0.title): best, shared of \($1.cells)" }
          .joined(separator: " | ")
          + " | broken time above the best's: mean, most (points) "
          + "| picture below the best's: mean, most (dB) |",
        "|---" + String(repeating: "|---", count: columns.count + 2) + "|",
      ]
      for (position, mechanism) in grid.mechanisms.enumerated() {
        let standings = verdicts.map { $0.standings[position] }
        let counts = standings.map {
          $0.ranked == 0 ? "not ranked" : "\($0.clear), \($0.shared)"
        }
        let shortfalls = zip(columns, standings).filter { $0.0.measure != .recoveryP95 }
          .map { shortfall($1, $0) }
        lines.append("| \((["`\(mechanism)`"] + counts + shortfalls).joined(separator: " | ")) |")
      }
      lines += [""] + sentences(source, verdicts) + [""]
    }
    return lines.dropLast()
  }

  private func shortfall(_ standing: StudyVerdicts.Standing, _ column: Column) -> String {
    guard let mean = standing.meanShortfall, let most = standing.greatestShortfall else {
      return "–"
    }
    return "\(column.text(mean)), \(column.text(most))"
  }

  private func sentences(_ source: String, _ verdicts: [StudyVerdicts]) -> [String] {
    zip(columns, verdicts).compactMap { column, verdict -> String? in
      guard column.measure != .recoveryP95, let safest = verdict.safest, let worst = safest.worst
      else { return nil }
      return "- By \(column.title), having one for all networks costs least with "
        + "`\(safest.mechanism)`: \(column.text(safest.meanShortfall!)) \(points(column)) from the "
        + "best on average, at most \(column.text(safest.greatestShortfall!)), at "
        + "loss \(FigureText.trimmed(worst.loss)) % and RTT \(FigureText.trimmed(worst.roundTrip)) ms."
    }
  }

  private func points(_ column: Column) -> String { column.unit == "%" ? "points" : column.unit }

  // MARK: The best in each cell

  func matrices() -> [String] {
    grid.sources.flatMap { source in
      ["### \(Self.motion(source).capitalizedFirst): the best in each network", ""]
        + columns.flatMap { matrix(source, $0, meanBurst: nil) }
    }.droppingLastEmpty
  }

  func bursts() -> [String] {
    let bursts = grid.bursts.compactMap { $0 }
    guard !bursts.isEmpty else { return ["The results hold no bursts."] }
    return bursts.flatMap { burst in
      grid.sources.flatMap { source in
        [
          "### \(Self.motion(source).capitalizedFirst), bursts of "
            + "\(FigureText.trimmed(burst.inMilliseconds)) ms", "",
        ] + columns.flatMap { matrix(source, $0, meanBurst: burst) }
      }
    }.droppingLastEmpty
  }

  private func matrix(
    _ source: String, _ column: Column, meanBurst: SimDuration?
  ) -> [String] {
    let trips = grid.roundTrips(meanBurst: meanBurst)
    var lines = [
      "| \(column.title), \(column.unit) | "
        + trips.map { "RTT \(FigureText.trimmed($0)) ms" }.joined(separator: " | ") + " |",
      "|---" + String(repeating: "|---", count: trips.count) + "|",
    ]
    var unranked: [String: Int] = [:]
    for loss in grid.losses(meanBurst: meanBurst) {
      let cells = trips.map { trip -> String in
        let place = StudyGrid.Place(
          source: source, meanBurst: meanBurst, loss: loss, roundTrip: trip)
        let ranking = grid.ranking(at: place, by: column.measure)
        for entry in ranking.unranked { unranked[entry.mechanism, default: 0] += 1 }
        return cell(ranking, column)
      }
      lines.append("| loss \(FigureText.trimmed(loss)) % | \(cells.joined(separator: " | ")) |")
    }
    let cells = trips.count * grid.losses(meanBurst: meanBurst).count
    let names = grid.mechanisms.compactMap { name in unranked[name].map { "`\(name)` in \($0)" } }
    if !names.isEmpty {
      lines += ["", "Too few data to rank, of \(cells) cells: \(names.joined(separator: ", "))."]
    }
    return lines + [""]
  }

  /// "**nack** 1.2, then sli 1.9", or all that tie.
  private func cell(_ ranking: MechanismRanking, _ column: Column) -> String {
    func text(_ entry: MechanismRanking.Entry) -> String {
      "\(entry.mechanism) \(column.text(entry.value))"
    }
    guard let first = ranking.entries.first else { return "too few" }
    guard let second = ranking.runnerUp else { return "\(text(first)), no other to tell" }
    return ranking.isClear
      ? "**\(first.mechanism)** \(column.text(first.value)), then \(text(second))"
      : "tie: " + ranking.best.map(text).joined(separator: ", ")
  }

  // MARK: Figures

  func figures() -> [String] {
    var lines: [String] = []
    let losses = chosenLosses.filter(grid.losses(meanBurst: nil).contains)
    let trips = chosenRoundTrips.filter(grid.roundTrips(meanBurst: nil).contains)
    for source in grid.sources {
      for loss in losses {
        for trip in trips {
          let place = StudyGrid.Place(
            source: source, meanBurst: nil, loss: loss, roundTrip: trip)
          lines += table(at: place) + [""]
        }
      }
    }
    return lines.isEmpty ? ["The results hold none of the chosen networks."] : lines.dropLast()
  }

  private func table(at place: StudyGrid.Place) -> [String] {
    var lines = [
      "**\(Self.motion(place.source)), loss \(FigureText.trimmed(place.loss)) %, "
        + "RTT \(FigureText.trimmed(place.roundTrip)) ms**", "",
      "| mechanism | broken time, % | p50 of recovery, ms | p95 of recovery, ms "
        + "| picture shown, dB | encoded, dB | key frames a minute | episodes |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for mechanism in grid.mechanisms {
      guard let figures = grid.figures(mechanism, at: place) else {
        lines.append("| `\(mechanism)` | missing | | | | | | |")
        continue
      }
      let cells = [
        FigureText.estimate(figures.broken) { FigureText.percent($0) },
        FigureText.estimate(figures.recoveryP50, FigureText.milliseconds),
        FigureText.estimate(figures.recoveryP95, FigureText.milliseconds),
        FigureText.estimate(figures.shownPSNR, FigureText.milliseconds),
        FigureText.milliseconds(figures.encodedPSNR),
        FigureText.milliseconds(figures.keyFramesPerMinute), "\(figures.episodes)",
      ]
      lines.append("| `\(mechanism)` | \(cells.joined(separator: " | ")) |")
    }
    return lines
  }

  // MARK: Costs

  /// What each mechanism sends and encodes, means over the round-trip times.
  func costs() -> [String] {
    var lines: [String] = []
    for source in grid.sources {
      let losses = grid.losses(meanBurst: nil)
      lines += [
        "**\(Self.motion(source))**", "",
        "| media kbit/s; RTCP kbit/s; encoded dB | "
          + losses.map { "loss \(FigureText.trimmed($0)) %" }.joined(separator: " | ") + " |",
        "|---" + String(repeating: "|---", count: losses.count) + "|",
      ]
      for mechanism in grid.mechanisms {
        let cells = losses.map { loss -> String in
          let figures = grid.roundTrips(meanBurst: nil).compactMap { trip in
            grid.figures(
              mechanism,
              at: StudyGrid.Place(source: source, meanBurst: nil, loss: loss, roundTrip: trip))
          }
          guard !figures.isEmpty else { return "missing" }
          func mean(_ value: (StudyFigures) -> Double) -> String {
            FigureText.milliseconds(figures.reduce(0) { $0 + value($1) } / Double(figures.count))
          }
          return [
            mean(\.mediaKilobitsPerSecond), mean(\.feedbackKilobitsPerSecond), mean(\.encodedPSNR),
          ].joined(separator: "; ")
        }
        lines.append("| `\(mechanism)` | \(cells.joined(separator: " | ")) |")
      }
      lines.append("")
    }
    return lines.dropLast()
  }

  // MARK: The rest

  func plot(name: String) -> Plot? {
    BrokenTimeByLossPlot.make(
      grid, name: name, sources: grid.sources.map { ($0, Self.motion($0)) },
      roundTrips: chosenRoundTrips.filter(grid.roundTrips(meanBurst: nil).contains))
  }

  /// What the results lack, line by line.
  func missing() -> [String] {
    let lines =
      grid.missing.map { "- missing: \($0)" } + grid.failures.map { "- failed: \($0)" }
    return lines.isEmpty ? ["No call is missing, and none failed."] : lines
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension [String] {
  fileprivate var droppingLastEmpty: [String] { last == "" ? Array(dropLast()) : self }
}
