import Signalling
import WireFormats

/// What `avpfsim sdp` prints: the feedback in effect, why other feedback is not, and the settings.
public struct NegotiationReport: Sendable {
  private let negotiation: FeedbackNegotiation
  /// Kinds of feedback on video that are known by their text alone, each once.
  private let unknownFeedback: [String]

  /// - Parameter descriptions: those that were negotiated, for a hint at what is not judged.
  public init(_ negotiation: FeedbackNegotiation, descriptions: [SessionDescription] = []) {
    self.negotiation = negotiation
    let lines = descriptions.flatMap(\.media).filter { $0.media == "video" }.flatMap(\.lines)
    unknownFeedback = lines.reduce(into: []) { kinds, line in
      guard case .rtcpFeedback(let attribute) = line, case .other(let kind) = attribute.feedback,
        !kinds.contains(kind)
      else { return }
      kinds.append(kind)
    }
  }

  /// One part for each m=video line of the offer.
  public var text: String {
    var parts = negotiation.streams.map(Self.text(on:))
    if !unknownFeedback.isEmpty {
      parts.append(
        "Note: a=rtcp-fb that avpfsim does not know, keeps as written and does not judge: "
          + unknownFeedback.joined(separator: ", ") + ".\n")
    }
    return parts.joined(separator: "\n")
  }

  private static func text(on stream: VideoNegotiation) -> String {
    var lines: [String] = []
    if let obstacle = stream.obstacle {
      lines.append("m= line \(stream.line) of the offer: no VP8 video, since \(obstacle)")
    } else {
      lines.append(
        "m= line \(stream.line) of the offer: VP8 over "
          + stream.profileNames.joined(separator: " and "))
      lines += CallParty.allCases.map { video(from: $0, stream) }
      lines += [""] + table(stream)
    }
    lines += (stream.remarks + notes(stream)).map { "Note: \($0)." }
    if stream.obstacle == nil { lines += [""] + settings(stream) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func video(from party: CallParty, _ stream: VideoNegotiation) -> String {
    let way = "\(party.rawValue) to \(party.other.rawValue)"
    if let obstacle = stream.obstacle(toVideoFrom: party) { return "\(way): none, \(obstacle)" }
    let number = stream.payloadType(ofVideoFrom: party).map { "\($0)" } ?? "?"
    return "\(way): payload type \(number)"
  }

  /// What the simulator does otherwise than these endpoints will.
  private static func notes(_ stream: VideoNegotiation) -> [String] {
    let isNackAlone = CallParty.allCases.contains {
      stream.verdict(on: .genericNegativeAcknowledgement, forVideoFrom: $0) == .inEffect
        && stream.verdict(on: .retransmission, forVideoFrom: $0) != .inEffect
    }
    guard isNackAlone else { return [] }
    return [
      "without rtx a sender answers nack by the packet as it was, if at all; simulated are "
        + "RFC 4588's packets, 2 octets longer and in a stream of their own"
    ]
  }

  // MARK: The table

  private static let headings = ["feedback", "on caller's video", "on callee's video", "why not"]

  private static func table(_ stream: VideoNegotiation) -> [String] {
    let rows = [headings] + FeedbackFeature.allCases.map { row($0, stream) }
    let widths = headings.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let line = cells.joined(separator: "  ")
      return String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)])
    }
    lines.insert(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), at: 1)
    return lines
  }

  private static func row(_ feature: FeedbackFeature, _ stream: VideoNegotiation) -> [String] {
    var cells = [feature.text]
    var reasons: [(party: CallParty, obstacle: FeedbackObstacle)] = []
    var vain = ""
    let ways = CallParty.allCases.filter { stream.obstacle(toVideoFrom: $0) == nil }
    for party in CallParty.allCases {
      guard ways.contains(party) else {
        cells.append("-")
        continue
      }
      switch stream.verdict(on: feature, forVideoFrom: party) {
      case .inEffect where feature == .regularReportInterval:
        cells.append("\(stream.regularReportInterval(forVideoFrom: party)) ms")
      case .inEffect: cells.append("yes")
      case .blocked(let obstacle, let isSentInVain):
        cells.append("no")
        reasons.append((party, obstacle))
        if isSentInVain { vain = "; \(party.other.rawValue) may send it in vain" }
      }
    }
    return cells + [reason(reasons, of: ways.count) + vain]
  }

  /// One reason where all ways share it, else each with its way.
  private static func reason(
    _ reasons: [(party: CallParty, obstacle: FeedbackObstacle)], of ways: Int
  ) -> String {
    guard let first = reasons.first else { return "" }
    if reasons.count == ways, reasons.allSatisfy({ $0.obstacle == first.obstacle }) {
      return first.obstacle.description
    }
    return reasons.map { "on \($0.party.rawValue)'s: \($0.obstacle)" }.joined(separator: "; ")
  }

  // MARK: The settings

  private static func settings(_ stream: VideoNegotiation) -> [String] {
    let senders = CallParty.allCases.filter { stream.obstacle(toVideoFrom: $0) == nil }
    let settings = senders.map { NegotiatedSettings(stream, sender: $0) }
    if settings.isEmpty { return ["No scenario: no video goes either way."] }
    if senders.count == 2, settings[0] == settings[1] {
      return ["In a scenario, whichever end sends:"] + lines(settings[0])
    }
    return zip(senders, settings).flatMap { sender, settings in
      ["In a scenario where the \(sender.rawValue) sends:"] + lines(settings)
    }
  }

  private static func lines(_ settings: NegotiatedSettings) -> [String] {
    var mechanism = "  mechanism: \(settings.mechanism)"
    if settings.mechanism == NegotiatedSettings.fallback {
      mechanism += "  # or none, where an end does not take SIP INFO (RFC 5168)"
    } else if !settings.alternatives.isEmpty {
      mechanism += "  # also allowed: " + settings.alternatives.joined(separator: ", ")
    }
    return [mechanism]
      + settings.groups.map { group in
        let values = group.values.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        return "  \(group.name): {\(values)}"
      }
  }
}
