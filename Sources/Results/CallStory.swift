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

  private var header: String {
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

  /// A step of an episode.
  private struct Step {
    var time: SimTime
    var name: String
    var detail: String
  }

  private func episodeText(_ episode: EpisodeRecord) -> String {
    let length = milliseconds(episode.duration)
    let outcome =
      episode.isCensored
      ? "still broken at the call's end, \(length) later (censored)" : "repaired after \(length)"
    let steps = steps(of: episode)
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

  private func steps(of episode: EpisodeRecord) -> [Step] {
    let packets = "\(episode.lostPackets) \(episode.lostPackets == 1 ? "packet" : "packets")"
    let frames = "\(episode.damagedFrames) \(episode.damagedFrames == 1 ? "frame" : "frames")"
    var steps = [
      Step(
        time: episode.lost, name: "lost",
        detail: "frame \(episode.firstDamagedFrame); in all \(packets), \(frames) damaged")
    ]
    func add(_ time: SimTime?, _ name: String, _ detail: String) {
      if let time { steps.append(Step(time: time, name: name, detail: detail)) }
    }
    add(episode.noticed, "noticed", "by the receiver")
    steps += messageSteps(of: episode)
    add(
      episode.recoveryCaptured, "captured",
      "frame \(episode.repairFrame.map(String.init) ?? "?"), which repairs\(unasked(episode)): "
        + "\(episode.repairKind ?? "?"), \(episode.repairOctets.map(String.init) ?? "?") octets")
    add(episode.recoveryArrived, "arrived", "its last packet")
    add(episode.recovered, "shown", "exact again")
    if episode.isCensored { add(episode.end, "ended", "the call, the picture still broken") }
    // Steps of one instant stay in the order of the chain.
    let ordered = steps.enumerated().sorted { a, b in
      (a.element.time, a.offset) < (b.element.time, b.offset)
    }
    return ordered.map(\.element)
  }

  /// A frame may repair that no request has asked for, where it happens to refer to what is intact.
  private func unasked(_ episode: EpisodeRecord) -> String {
    episode.feedbackReady == nil && episode.repairKind != "key" ? ", unasked" : ""
  }

  /// The requests of an episode, hop by hop; of many the first and the last ones.
  private func messageSteps(of episode: EpisodeRecord) -> [Step] {
    let rows = call.feedback.filter {
      $0.ready >= episode.lost && $0.ready <= episode.end && $0.outcome != "acknowledged"
    }
    var numbers: [Int] = []
    for row in rows where numbers.last != row.message && !numbers.contains(row.message) {
      numbers.append(row.message)
    }
    let isLong = numbers.count > 10
    let told = isLong ? Array(numbers.prefix(6) + numbers.suffix(3)) : numbers
    let copies = RequestCopies(call)
    var steps: [Step] = []
    for row in rows where told.contains(row.message) {
      let hop = row.kind == "info" || Int(row.kind) != nil ? " on hop \(row.hop + 1)" : ""
      let title = "\(row.kind) #\(row.message)\(hop)"
      if row.hop == 0, Int(row.kind) == nil {
        let about = row.frame.map { ", about frame \($0)" } ?? ""
        steps.append(Step(time: row.ready, name: "asked", detail: "\(title)\(about)"))
      }
      if let sent = row.sent {
        steps.append(Step(time: sent, name: "sent", detail: "\(title), \(row.octets) octets"))
      }
      for (number, time) in copies.times(of: row).enumerated() where time <= episode.end {
        steps.append(Step(time: time, name: "sent again", detail: "\(title), copy \(number + 1)"))
      }
      if let received = row.received {
        steps.append(Step(time: received, name: "received", detail: "\(title): \(row.outcome)"))
      } else if let sent = row.sent, row.outcome == "lost" {
        steps.append(Step(time: sent, name: "request lost", detail: title))
      } else if row.outcome == "dropped" {
        steps.append(Step(time: row.ready, name: "dropped", detail: "\(title): too long to wait"))
      }
    }
    if isLong, let first = rows.first(where: { $0.message == numbers[6] }) {
      let omitted = numbers.count - told.count
      steps.append(Step(time: first.ready, name: "...", detail: "\(omitted) more requests"))
    }
    return steps
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

extension Cause {
  /// The cause in words that follow one another in a sentence.
  fileprivate var words: String {
    switch self {
    case .notNoticed: "not noticed"
    case .periodicKeyFrame: "waiting for a periodic key frame"
    case .rtcpTick: "RTCP timing"
    case .requestLimit: "request limit"
    case .requestOnNetwork: "request on the network"
    case .tcp: "SIP transport"
    case .proxy: "proxies"
    case .asleep: "asleep"
    case .requestLost: "request lost"
    case .encoderWait: "encoder"
    case .repairOnNetwork: "repair on the network"
    case .repairDamaged: "repair damaged"
    case .playout: "playout buffer"
    case .repairInVain: "repair in vain"
    }
  }
}
