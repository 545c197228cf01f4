import Results

/// A JSON value, written with its members in their order.
private indirect enum JSON {
  case null
  case text(String)
  case whole(UInt64)
  case number(Double)
  case list([JSON])
  case object([(String, JSON)])

  /// Where there is none, or none that JSON can write, it is null.
  static func optional(_ value: Double?) -> JSON {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }

  func text(indent: String) -> String {
    let inner = indent + "  "
    switch self {
    case .null: return "null"
    case .text(let text): return Manifest.quoted(text)
    case .whole(let number): return "\(number)"
    case .number(let number): return FixedPoint.text(number, decimals: 6)
    case .list(let values):
      if values.isEmpty { return "[]" }
      let lines = values.map { inner + $0.text(indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let members):
      let lines = members.map {
        "\(inner)\(Manifest.quoted($0.0)): \($0.1.text(indent: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }
}

extension GateReport {
  /// The verdicts for programs; the documentation has a schema (`validate.schema.json`).
  public var json: String {
    let members: [(String, JSON)] = [
      ("version", .text(productVersion)), ("name", .text(name)),
      ("verdict", .text(verdict.rawValue)),
      ("seed", .whole(seed)), ("compared", .text(hasBaseline ? "with baseline" : "alone")),
      ("looks", .list(schedule.calls.map { .whole(UInt64($0)) })),
      ("pass_tail", .number(levels.passTail)), ("fail_tail", .number(levels.failTail)),
      ("networks", .list(networks.map(network))), ("gates", .list(rows.map(gate))),
    ]
    return JSON.object(members).text(indent: "") + "\n"
  }

  private func network(_ network: Network) -> JSON {
    .object([
      ("name", .text(network.name)), ("calls", .whole(UInt64(network.calls))),
      (
        "findings",
        .list(
          network.findings.map {
            .object([
              ("severity", .text($0.severity.rawValue)), ("text", .text("\($0.error)")),
            ])
          })
      ),
    ])
  }

  private func gate(_ row: Row) -> JSON {
    let interval = row.interval
    return .object([
      ("gate", .text(row.gate.text)), ("metric", .text(row.gate.metricName)),
      ("comparison", .text(row.gate.comparison.rawValue)), ("network", .text(row.network)),
      ("verdict", .text(row.verdict.rawValue)), ("unit", .text(row.gate.metric.unit.rawValue)),
      ("measured", .optional(row.figures?.value)), ("bound", .optional(row.figures?.bound)),
      ("baseline", .optional(row.figures?.baseline)),
      ("lower", .optional(interval?.lower)), ("upper", .optional(interval?.upper)),
      ("calls", .whole(UInt64(row.calls))),
      ("worst_network", worstNetwork(row).map { .text($0.network) } ?? .null),
      ("reasons", .list(reasons(row).map { .text($0) })),
      ("episodes", .list(chains(row).map(episode))),
    ])
  }

  private func episode(_ chain: EpisodeStory.Chain) -> JSON {
    let number = chain.episode.episode
    let command = replay?.command(run: chain.run, episode: number)
    return .object([
      ("rank", .text(chain.rank.rawValue)), ("network", .text(chain.network)),
      ("seed", .whole(chain.seed)), ("run", .whole(UInt64(chain.run))),
      ("episode", .whole(UInt64(number))),
      ("duration_ms", .number(chain.episode.duration.inMilliseconds)),
      ("sentence", .text(chain.explanation.sentence)), ("chain", .text(chain.explanation.chain)),
      ("replay", command.map { .text($0) } ?? .null),
    ])
  }
}
