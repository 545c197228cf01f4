import Foundation
import Results
import SimulationKernel

/// A packet of a frame that is no key frame, and not the frame's last, is lost at a time.
enum SingleLosses {
  private struct Case {
    var name: String
    var mechanism: String
    /// Measured: how many, then medians and ranges in milliseconds after the loss.
    var count: Int
    var noticed: (median: Double, text: String)
    var sent: (median: Double, text: String)
    var repaired: (median: Double, text: String)
    var kinds: String
  }

  private static let cases = [
    Case(
      name: "AVPF, SLI and RPSI", mechanism: "sli+rpsi", count: 24, noticed: (45, "45 [44-85]"),
      sent: (94, "94 [55-145]"), repaired: (120, "120 [38-201]"),
      kinds: "22 golden or altref, 1 golden, 1 altref"),
    Case(
      name: "AVPF, PLI only", mechanism: "pli", count: 20, noticed: (52, "52 [not told]"),
      sent: (83, "83 [53-113]"), repaired: (121, "121 [120-200]"), kinds: "20 key"),
    Case(
      name: "SIP INFO, direct, warm TCP", mechanism: "sip-info", count: 16,
      noticed: (58, "58 [47-98]"), sent: (62, "62 [49-103]"), repaired: (81, "81 [79-121]"),
      kinds: "16 key"),
  ]
  /// Calls as long as the measured ones, whose buffers and tickers begin anew in each, until there are
  /// so many losses.
  private static let losses = 240
  private static let firstFrame = 100
  /// Frames between two losses, so that some come before and some after the refresh each 75 frames. The
  /// measured ones' distances are not known.
  private static let spacing = 40...110

  static func table() throws -> [String] {
    var lines = [
      "| case | | losses | noticed | request leaves | repair complete | repairing frames |",
      "|---|---|---|---|---|---|---|",
    ]
    var verdicts: [String] = []
    for one in cases {
      let (row, outside) = try simulated(one)
      lines.append(
        "| \(one.name) | measured | \(one.count) | \(one.noticed.text) | \(one.sent.text) "
          + "| \(one.repaired.text) | \(one.kinds) |")
      lines.append(row)
      verdicts += outside
    }
    lines += [
      "",
      "Milliseconds after the lost packet passed: median [smallest-largest]. "
        + (verdicts.isEmpty
          ? "Each median is within 15 ms or 15 % of the measured one."
          : "Beyond 15 ms and 15 %: \(verdicts.joined(separator: ", "))."),
    ]
    return lines
  }

  private static func simulated(_ one: Case) throws -> (row: String, outside: [String]) {
    var episodes: [EpisodeRecord] = []
    var call = 0
    while episodes.count < losses {
      call += 1
      episodes += try lost(one, call: call)
    }
    func after(_ time: (EpisodeRecord) -> SimTime?) -> Spread {
      Spread(episodes.compactMap { one in time(one).map { ($0 - one.lost).inSeconds * 1_000 } })
    }
    let noticed = after(\.noticed)
    let sent = after(\.feedbackSent)
    let repaired = after(\.recoveryArrived)
    var kinds: [String: Int] = [:]
    for episode in episodes { kinds[episode.repairKind ?? "none", default: 0] += 1 }
    let names = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    var outside: [String] = []
    for (step, measured, spread) in [
      ("noticed", one.noticed.median, noticed), ("request leaves", one.sent.median, sent),
      ("repair complete", one.repaired.median, repaired),
    ] where !(abs(spread.median - measured) <= max(15, measured * 0.15)) {
      outside.append("\(one.name): \(step)")
    }
    let forgotten = episodes.count { $0.falseRepair }
    let note = forgotten > 0 ? "; \(forgotten) forgotten" : ""
    return (
      "| | simulated | \(episodes.count) | \(noticed.text) | \(sent.text) | \(repaired.text) "
        + "| \(names)\(note) |", outside
    )
  }

  /// The losses of one call that hit what was measured: one packet of a frame that is no key frame,
  /// and not the frame's last.
  private static func lost(_ one: Case, call: Int) throws -> [EpisodeRecord] {
    var chance = RandomStream(seed: UInt64(call), name: "losses")
    var packets: [Int: Int] = [:]
    var frame = firstFrame
    for number in 0..<one.count {
      packets[frame] = number % 3
      frame += spacing.lowerBound + Int(chance.next(below: UInt64(spacing.count)))
    }
    let script = packets.sorted { $0.key < $1.key }
      .map { "{frame: \($0.key), packet: \($0.value)}" }.joined(separator: ", ")
    let records = try EndpointTable.simulate(
      """
      seed: \(call)
      duration: \(frame / 25 + 5)s
      mechanism: \(one.mechanism)
      network: {rtt: 0ms, lose: [\(script)]}
      signalling: {transport: tcp, proxies: 0}
      \(EndpointTable.common)
      """)
    return records.episodes.filter { episode in
      let frame = records.frames[episode.firstDamagedFrame]
      guard let packet = packets[frame.frame] else { return false }
      return episode.lostPackets == 1 && frame.kind != .key && packet + 1 < frame.packets
    }
  }
}
