import SimulationKernel

/// One call told in words: its settings, each damage episode as a chain of steps, and the totals.
public struct CallStory: Sendable {
  /// In a results folder of `run`.
  public static let fileName = "story.txt"

  private let call: CallRecords

  public init(_ call: CallRecords) {
    self.call = call
  }

  /// How many episodes the call has.
  public var episodeCount: Int { call.episodes.count }

  /// The story, ended by a newline.
  ///
  /// - Parameter limit: tells so many episodes and says how many more there are; nil tells all.
  public func text(episodes limit: Int? = nil) -> String {
    let shown = call.episodes.prefix(limit ?? .max)
    var parts = [header]
    parts += shown.map(episodeText)
    if call.episodes.isEmpty {
      parts.append("No packet was lost on the way: the picture stayed exact.\n")
    }
    let rest = call.episodes.count - shown.count
    if rest > 0 { parts.append("... and \(rest) more episodes.\n") }
    parts.append(totals)
    return parts.joined(separator: "\n")
  }

  /// The call's conditions in lines.
  var header: String {
    let conditions = call.conditions
    var network =
      "round trip \(milliseconds(conditions.roundTrip)), loss "
      + "\(FixedPoint.text(conditions.lossRate * 100, decimals: 2)) %"
    if let burst = conditions.meanBurst { network += " in bursts of \(milliseconds(burst))" }
    var lines = [
      "\(seconds(call.totals.duration)) of \(conditions.source), mechanism \(conditions.mechanism)",
      network + ", seed \(conditions.seed)",
    ]
    if let proxies = conditions.proxies, let transport = conditions.transport {
      var signalling =
        "SIP over \(transport) through \(proxies) "
        + (proxies == 1 ? "proxy" : "proxies")
      if let placement = conditions.placement { signalling += " (\(placement))" }
      switch conditions.connection {
      case "cold": signalling += ", connections opened by the first request"
      case "half-dead": signalling += ", a connection that a NAT forgets"
      default: break
      }
      if let interval = conditions.requestInterval {
        signalling += ", at least \(milliseconds(interval)) between requests"
      }
      lines.append(signalling)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func episodeText(_ episode: EpisodeRecord) -> String {
    let length = milliseconds(episode.duration)
    let outcome =
      episode.isCensored
      ? "still broken at the call's end, \(length) later (censored)" : "repaired after \(length)"
    let steps = EpisodeSteps(call, episode).told
    let width = steps.map(\.name.count).max() ?? 0
    var lines = ["Episode \(episode.episode + 1), frame \(episode.firstDamagedFrame): \(outcome)"]
    for step in steps {
      let offset = "+" + FixedPoint.text((step.time - episode.lost).inMilliseconds, decimals: 1)
      let at = FixedPoint.text(step.time.inMilliseconds / 1_000, decimals: 4) + " s"
      let name = step.name + String(repeating: " ", count: width - step.name.count)
      lines.append("  \(right(at, 12))  \(right(offset, 9)) ms  \(name)  \(step.detail)")
    }
    if episode.falseRepair {
      lines.append("  The receiver took a picture for repaired that was not exact.")
    }
    return (lines + [causes(of: episode)]).joined(separator: "\n") + "\n"
  }

  private func causes(of episode: EpisodeRecord) -> String {
    let spent = Cause.allCases.filter { episode.causes[$0.rawValue] > .zero }
    guard !spent.isEmpty else { return "  No time was lost." }
    let parts = spent.map { "\($0.words) \(milliseconds(episode.causes[$0.rawValue]))" }
    let sentence = "Where the time went: " + parts.joined(separator: ", ")
    return TextTable.wrapped(sentence, width: 94).map { "  " + $0 }.joined(separator: "\n")
  }

  private var totals: String {
    let totals = call.totals
    let censored = call.episodes.count { $0.isCensored }
    let rows = [
      ("episodes", "\(call.episodes.count), \(censored) of them open at the call's end"),
      ("broken", "\(seconds(totals.brokenTime)) of \(seconds(totals.duration))"),
      (
        "freezes",
        "\(totals.freezes), \(seconds(totals.freezeTime)) in all"
          + (totals.freezes > 0 ? ", each from one new picture to the next" : "")
      ),
      (
        "frames",
        "\(totals.frames), \(totals.keyFrames) key, \(totals.goldenAltrefRecoveryFrames) "
          + "golden or altref repairs, \(totals.framesDropped) dropped by the encoder"
      ),
      ("packets", "\(totals.mediaPackets), \(totals.mediaPacketsLost) lost"),
      ("feedback", "\(totals.feedbackMessages) messages, \(totals.feedbackMessagesLost) lost"),
      ("media rate", rate(totals)),
      (
        "mean PSNR",
        "\(FixedPoint.text(totals.meanShownPSNR, decimals: 2)) dB shown, "
          + "\(FixedPoint.text(totals.meanEncodedPSNR, decimals: 2)) dB encoded"
      ),
    ]
    let width = rows.map(\.0.count).max() ?? 0
    let lines = rows.map { name, value in
      "  \(name)\(String(repeating: " ", count: width - name.count))  \(value)"
    }
    return "Totals\n" + lines.joined(separator: "\n") + "\n"
  }

  private func rate(_ totals: CallTotals) -> String {
    guard totals.duration > .zero else { return "none" }
    let rate = Double(totals.mediaOctets) * 8 / 1_000 / totals.duration.inSeconds
    return FixedPoint.text(rate, decimals: 0) + " kbit/s with headers"
  }

  private func milliseconds(_ span: SimDuration) -> String {
    FixedPoint.text(span.inMilliseconds, decimals: 1) + " ms"
  }

  private func seconds(_ span: SimDuration) -> String {
    FixedPoint.text(span.inSeconds, decimals: 2) + " s"
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
