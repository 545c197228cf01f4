import SimulationKernel

/// When the copies of a SIP request left over UDP, worked out from the rows of feedback.csv.
///
/// A row tells when the first one left. The others follow from Timer E, which on each hop runs until
/// that hop has brought a final response, or Timer F ends it (RFC 3261 section 17.1.2.2).
struct RequestCopies {
  // RFC 3261 section 17.1.1.1: T1 and T2.
  private static let first = SimDuration.milliseconds(500)
  private static let longest = SimDuration.seconds(4)
  private static let timerF = first * 64

  private let feedback: [FeedbackRecord]
  private let end: SimTime

  /// For a call over another transport there are no copies.
  init(_ call: CallRecords) {
    feedback = call.conditions.transport == "udp" ? call.feedback : []
    end = .zero + call.totals.duration
  }

  /// The times of all copies but the first.
  func times(of request: FeedbackRecord) -> [SimTime] {
    guard !feedback.isEmpty, request.kind == "info", let sent = request.sent else { return [] }
    let response = feedback.first {
      $0.message == request.message && $0.hop == request.hop && Int($0.kind) != nil
    }
    let stop = min(response?.received ?? end, sent + Self.timerF, end)
    var times: [SimTime] = []
    var interval = Self.first
    var time = sent + interval
    while time < stop {
      times.append(time)
      interval = min(interval * 2, Self.longest)
      time = time + interval
    }
    return times
  }
}
