import SimulationKernel

/// Where the time of one repair went, in words.
public struct Explanation: Sendable, Equatable {
  public let episode: EpisodeRecord
  public let conditions: CallConditions
  /// The SIP hop that took longest beyond what it takes at best, from 0; nil where none did, or without
  /// SIP.
  public let slowHop: Int?
  /// What ended the watch over a repair that did not come.
  private let watchEnd: String

  /// - Parameters:
  ///   - feedback: all messages of the episode's call.
  ///   - isProbe: whether the loss is a probe's, which is watched up to its horizon.
  public init(
    _ episode: EpisodeRecord, _ conditions: CallConditions, feedback: [FeedbackRecord],
    isProbe: Bool = false
  ) {
    self.episode = episode
    self.conditions = conditions
    watchEnd = isProbe ? "the probe's horizon" : "the call's end"
    slowHop =
      episode.causes[Cause.tcp.rawValue] > .zero
      ? Self.slowHop(of: feedback, from: episode.lost, to: episode.end) : nil
  }

  /// - Parameter slowHop: as `SlowHops` has it.
  public init(_ episode: EpisodeRecord, _ conditions: CallConditions, slowHop: Int?) {
    self.episode = episode
    self.conditions = conditions
    self.slowHop = slowHop
    watchEnd = "the call's end"
  }

  static func slowHop(
    of feedback: [FeedbackRecord], from begin: SimTime, to end: SimTime
  ) -> Int? {
    var least: [Int: SimDuration] = [:]
    var longest: [Int: SimDuration] = [:]
    for row in feedback where row.kind == "info" {
      guard let sent = row.sent else { continue }
      if let received = row.received {
        least[row.hop] = min(least[row.hop] ?? (received - sent), received - sent)
      }
      guard row.ready >= begin, row.ready <= end else { continue }
      let span = min(row.received ?? end, end) - sent
      longest[row.hop] = max(longest[row.hop] ?? .zero, span)
    }
    let excesses = longest.keys.sorted().map { hop in
      (hop: hop, excess: longest[hop]! - (least[hop] ?? .zero))
    }
    let worst = excesses.max { $0.excess < $1.excess }
    return worst.flatMap { $0.excess > .zero ? $0.hop : nil }
  }

  /// One sentence: "Of 1,240 ms, 1,003 ms were TCP retransmission on hop 2, 53.8 ms ...".
  public var sentence: String {
    let spent = causes
    guard let first = spent.first else { return "No time was lost." }
    let total = FigureText.grouped(episode.duration)
    let openness = episode.isCensored ? " up to \(watchEnd)" : ""
    let told = spent.prefix(3)
    var parts = ["\(FigureText.grouped(first.span)) were \(phrase(first.cause))"]
    parts += told.dropFirst().map { "\(FigureText.grouped($0.span)) \(phrase($0.cause))" }
    let rest = spent.dropFirst(3).reduce(SimDuration.zero) { $0 + $1.span }
    if rest > .zero { parts.append("\(FigureText.grouped(rest)) the rest") }
    let list =
      parts.count == 1
      ? parts[0] : parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1]
    return "Of \(total)\(openness), \(list)."
  }

  /// The causes that took time, the longest first.
  var causes: [(cause: Cause, span: SimDuration)] {
    Cause.allCases.map { (cause: $0, span: episode.causes[$0.rawValue]) }
      .filter { $0.span > .zero }
      .enumerated().sorted { a, b in
        a.element.span == b.element.span ? a.offset < b.offset : a.element.span > b.element.span
      }.map(\.element)
  }

  /// One sentence with the chain's times since the loss.
  public var chain: String {
    var parts = ["Lost in frame \(episode.firstDamagedFrame)"]
    func add(_ time: SimTime?, _ words: String) {
      guard let time else { return }
      parts.append("\(words) +\(FigureText.grouped(time - episode.lost))")
    }
    add(episode.noticed, "noticed")
    add(
      episode.feedbackSent,
      episode.requests > 1 ? "asked by the answered one of \(episode.requests) requests" : "asked")
    add(episode.feedbackReceived, "the request received")
    let kind = episode.repairKind.map { "\($0) " } ?? ""
    add(
      episode.recoveryCaptured,
      episode.repairKind == "retransmission" ? "sent again" : "the repair (\(kind)frame) captured")
    add(episode.recoveryArrived, "arrived")
    add(episode.recovered, "shown")
    if episode.isCensored { add(episode.end, "\(watchEnd), still broken,") }
    return parts.joined(separator: ", ") + "."
  }

  private func phrase(_ cause: Cause) -> String {
    switch cause {
    case .notNoticed: "noticing the loss"
    case .periodicKeyFrame: "waiting for a periodic key frame"
    case .rtcpTick: "RTCP's timing rules"
    case .requestLimit: "the INFO request limit"
    case .requestOnNetwork: "the request's way"
    case .tcp: transport + (slowHop.map { " on hop \($0 + 1)" } ?? "")
    case .proxy: "SIP proxies"
    case .asleep: "waking a user agent up"
    case .requestLost: "waiting after a lost request"
    case .encoderWait: "waiting for the encoder"
    case .repairOnNetwork: "the repair's way"
    case .repairDamaged: "repairs that were damaged themselves"
    case .playout: "the playout buffer"
    case .repairInVain: "repairs in vain"
    }
  }

  /// What the transport's time can have been.
  private var transport: String {
    switch (conditions.transport, conditions.connection) {
    case ("udp", _): "SIP's own retransmission over UDP"
    case (_, "cold"): "opening connections and TCP retransmission"
    case (_, "half-dead"): "a dead connection and TCP retransmission"
    default: "TCP retransmission"
    }
  }

  /// What the template `cause-bar` shows.
  var bar: [String: Any] {
    let total = max(1, episode.duration.nanoseconds)
    var position = 0.0
    var segments: [[String: String]] = []
    for cause in Cause.allCases where episode.causes[cause.rawValue] > .zero {
      let width = 1_000 * Double(episode.causes[cause.rawValue].nanoseconds) / Double(total)
      segments.append([
        "x": FixedPoint.text(position, decimals: 1), "width": FixedPoint.text(width, decimals: 1),
        "cause": "\(cause.rawValue)",
      ])
      position += width
    }
    return [
      "segments": segments,
      "alternative": "Where the time went: "
        + causes.map { "\($0.cause.title) \(FigureText.grouped($0.span))" }.joined(separator: ", "),
      "legend": causes.map {
        [
          "cause": "\($0.cause.rawValue)", "name": $0.cause.title,
          "span": FigureText.grouped($0.span),
        ]
      },
    ]
  }
}
