import SimulationKernel

/// What a feedback message is about, in the caller's own numbering.
///
/// Two messages of one subject say the same: another member's makes one's own superfluous.
public typealias FeedbackSubject = Int

/// Other members' feedback, kept for T_retention (RFC 4585 section 3.4 o).
struct FeedbackRetention: Sendable {
  /// The least that the RFC allows.
  static let period = SimDuration.seconds(2)

  private var heard: [(subject: FeedbackSubject, time: SimTime)] = []

  /// Notes that another member has reported this now.
  mutating func note(_ subject: FeedbackSubject, now: SimTime) {
    heard.removeAll { $0.subject == subject || $0.time + Self.period < now }
    heard.append((subject, now))
  }

  /// Whether another member has reported this within [now - T_retention, now].
  func covers(_ subject: FeedbackSubject, now: SimTime) -> Bool {
    heard.contains { $0.subject == subject && $0.time + Self.period >= now }
  }
}
