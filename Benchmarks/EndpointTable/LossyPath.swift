import Foundation
import Results
import SimulationKernel

/// Calls of five minutes under 2 % loss on all packets, over a round trip of 40 ms.
enum LossyPath {
  private struct Case {
    var name: String
    var mechanism: String
    var signalling: String
    var rtp = ""
    var loss = "2%"
  }

  private static let cases = [
    Case(name: "SLI and RPSI", mechanism: "sli+rpsi", signalling: "{proxies: 0}"),
    Case(
      name: "SLI and RPSI, frames not split", mechanism: "sli+rpsi", signalling: "{proxies: 0}",
      rtp: "rtp: {packetization: fill}"),
    Case(name: "PLI only", mechanism: "pli", signalling: "{proxies: 0}"),
    Case(
      name: "PLI only, 0.02 % loss", mechanism: "pli", signalling: "{proxies: 0}", loss: "0.02%"),
    Case(
      name: "INFO, direct", mechanism: "sip-info", signalling: "{transport: tcp, proxies: 0}"),
    Case(
      name: "INFO, two proxies", mechanism: "sip-info",
      signalling: "{transport: tcp, proxies: 2, placement: detour}"),
    Case(
      name: "INFO each 500 ms, direct", mechanism: "sip-info",
      signalling: "{transport: tcp, proxies: 0, minimum-request-interval: 500ms}"),
    Case(
      name: "INFO each 500 ms, two proxies", mechanism: "sip-info",
      signalling:
        "{transport: tcp, proxies: 2, placement: detour, minimum-request-interval: 500ms}"),
    Case(
      name: "the same, video both ways", mechanism: "sip-info",
      signalling:
        "{transport: tcp, proxies: 2, placement: detour, minimum-request-interval: 500ms, "
        + "opposite-requests: 2s}"),
  ]

  static let legend = [
    "Calls of 300 s with random loss of 2 % on all packets, over a round trip of 40 ms; proxies stand a round trip",
    "away from either end (`detour`). \"Of it INFO limit\" is the share of the broken time spent waiting for the interval",
    "between two INFOs; \"late\" are INFOs that took 100 ms longer than the quickest one; \"frames hit\" those that lost a",
    "packet; \"unasked\" key frames those that no request brought, the first one aside; \"forgotten\" the episodes in which",
    "the receiver believed in a wrong picture.",
  ]

  static func table() throws -> [String] {
    var lines = [
      "| case | episodes | recovery p50, ms | p95, ms | broken, % | of it INFO limit, % "
        + "| late requests, % | refused by 491, % | frames hit, % | unasked key frames | forgotten |",
      "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in cases { lines.append(try row(one)) }
    return lines
  }

  private static func row(_ one: Case) throws -> String {
    let records = try EndpointTable.simulate(
      """
      seed: 7
      duration: 300s
      mechanism: \(one.mechanism)
      network: {rtt: 40ms, loss: \(one.loss)}
      signalling: \(one.signalling)
      \(one.rtp)
      \(EndpointTable.common)
      """)
    let spread = Spread(records.episodes.map { $0.duration.inSeconds * 1_000 })
    let broken = records.episodes.reduce(0) { $0 + $1.duration.inSeconds }
    let limited = records.episodes.reduce(0) {
      $0 + $1.causes[Cause.requestLimit.rawValue].inSeconds
    }
    let hit = records.frames.count { $0.packetsLost > 0 }
    return "| \(one.name) | \(records.episodes.count) | \(Int(spread.median.rounded())) "
      + "| \(Int(spread.quantile(0.95).rounded())) "
      + "| \(percent(records.totals.brokenTime.inSeconds, of: records.totals.duration.inSeconds)) "
      + "| \(percent(limited, of: broken)) | \(late(records)) | \(refused(records)) "
      + "| \(percent(Double(hit), of: Double(records.frames.count))) | \(unasked(records)) "
      + "| \(records.episodes.count { $0.falseRepair }) |"
  }

  /// Requests that came 100 ms or more later than the quickest of the call.
  private static func late(_ records: CallRecords) -> String {
    var begins: [Int: SimTime] = [:]
    var ends: [Int: SimTime] = [:]
    for record in records.feedback where record.kind == "info" {
      guard let sent = record.sent, let received = record.received else { continue }
      begins[record.message] = min(begins[record.message] ?? sent, sent)
      ends[record.message] = max(ends[record.message] ?? received, received)
    }
    let times = begins.keys.sorted().compactMap { id in
      ends[id].map { ($0 - begins[id]!).inSeconds * 1_000 }
    }
    guard let quickest = times.min() else { return "-" }
    return percent(
      Double(times.count { $0 >= quickest + 100 }), of: Double(times.count))
  }

  /// Requests that met one of the other end's.
  private static func refused(_ records: CallRecords) -> String {
    let requests = Dictionary(
      grouping: records.feedback.filter { $0.kind == "info" }, by: \.message)
    guard !requests.isEmpty else { return "-" }
    let refused = requests.values.count { $0.contains { $0.outcome == "refused" } }
    return percent(Double(refused), of: Double(requests.count))
  }

  /// Key frames, but for the first one, that no request brought.
  private static func unasked(_ records: CallRecords) -> Int {
    let repairs = Set(records.episodes.compactMap(\.feedbackReceived).map(\.nanoseconds))
    let answered = records.feedback.filter { $0.outcome == "answered" }.compactMap(\.received)
      .map(\.nanoseconds)
    let requests = repairs.union(answered).sorted()
    var count = 0
    var previous = Int64(-1)
    for frame in records.frames where frame.kind == .key && frame.frame > 0 {
      let time = frame.captured.nanoseconds
      if !requests.contains(where: { $0 > previous && $0 <= time && $0 > time - 41_000_000 }) {
        count += 1
      }
      previous = time
    }
    return count
  }

  private static func percent(_ part: Double, of whole: Double) -> String {
    whole > 0 ? String(format: "%.1f", part / whole * 100) : "-"
  }
}
