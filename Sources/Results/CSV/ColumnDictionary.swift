/// A column of a CSV file and how to read it.
public struct CSVColumn: Sendable, Equatable {
  /// The name in the header line; its ending is the unit.
  public let name: String
  /// The unit or the kind of value.
  public let unit: String
  /// What the column says.
  public let meaning: String
  /// What an empty field says; nil where the field is never empty.
  public let whenEmpty: String?

  init(_ name: String, _ unit: String, _ meaning: String, empty whenEmpty: String? = nil) {
    self.name = name
    self.unit = unit
    self.meaning = meaning
    self.whenEmpty = whenEmpty
  }

  /// The same column in a file whose rows can lack it for one more reason.
  func emptyToo(where reason: String) -> CSVColumn {
    CSVColumn(
      name, unit, meaning, empty: [whenEmpty, reason].compactMap { $0 }.joined(separator: "; "))
  }
}

/// The one table of all columns: headers, readers and documentation come from it.
public enum ColumnDictionary {
  /// The columns of a file in their order.
  public static func columns(of file: CSVFile) -> [CSVColumn] {
    switch file {
    case .episodes: episodes
    case .frames: frames
    case .feedback: feedback
    case .runs: runs
    case .probes: probes
    }
  }

  /// The dictionary as Markdown: a heading and a table for each file.
  public static var markdown: String {
    var text = ""
    for file in CSVFile.allCases {
      if !text.isEmpty { text += "\n" }
      text += "## \(file.fileName)\n\n| Column | Unit | Meaning | Empty |\n|---|---|---|---|\n"
      for column in file.columns {
        let empty = column.whenEmpty ?? "never"
        text += "| `\(column.name)` | \(column.unit) | \(column.meaning) | \(empty) |\n"
      }
    }
    return text
  }

  private static let direct = "media is not relayed"
  private static let noSIP = "the mechanism sends no SIP"
  private static let failed = "the call failed"

  /// The columns that episodes.csv, runs.csv and probes.csv begin with.
  static let conditions: [CSVColumn] = [
    CSVColumn("run", "count", "The call's position in the plan, from 0"),
    CSVColumn("group", "name", "The plan's group the call belongs to"),
    CSVColumn(
      "mechanism", "name",
      "How repair is asked for: none, sip-info, pli, sli, rpsi, sli+rpsi, nack, nack+pli, fir, "
        + "sip-info+pli"),
    CSVColumn(
      "rtt_ms", "ms", "Round-trip time of the direct path, which media takes unless it is relayed"),
    CSVColumn(
      "loss_pct", "percent", "Long-run packet loss of the direct path from sender to receiver"),
    CSVColumn(
      "burst_ms", "ms", "Mean length of a loss burst on the direct path",
      empty: "losses are independent"),
    CSVColumn(
      "relay_rtt_ms", "ms", "Round-trip time of the path through a relay that media takes",
      empty: direct),
    CSVColumn(
      "relay_loss_pct", "percent", "Long-run packet loss of that path", empty: direct),
    CSVColumn("proxies", "count", "SIP proxies on the signalling path", empty: noSIP),
    CSVColumn("transport", "name", "What carries SIP: udp, tcp, tls1.2, tls1.3", empty: noSIP),
    CSVColumn(
      "placement", "name", "Where proxies stand: on-path, detour", empty: "not stated, or no SIP"),
    CSVColumn(
      "connection", "name",
      "How SIP's connections stand: warm (up before the call), cold (the first request opens them), "
        + "half-dead (a NAT forgets the receiver's in the call)",
      empty: "no connections (UDP), or no SIP"),
    CSVColumn(
      "request_interval_ms", "ms", "Minimum interval between two INFO requests", empty: noSIP),
    CSVColumn(
      "policy", "name",
      "Whose rules INFO requests follow, save what was set singly: linphone, pjsip, freeswitch",
      empty: "no endpoint's, or no SIP"),
    CSVColumn(
      "repeat", "name", "INFO requests for one damage: until-repaired, once", empty: noSIP),
    CSVColumn(
      "outstanding", "name", "INFO requests that may be without a final response: one, any",
      empty: noSIP),
    CSVColumn("source", "name", "What is on screen: a built-in source or a clip's file name"),
    CSVColumn(
      "situation", "name", "The plan's name for what the call's settings stand for",
      empty: "it has none"),
    CSVColumn("seed", "number", "The seed of the call's chance"),
  ]

  private static func causes(_ prefix: String, empty: String? = nil) -> [CSVColumn] {
    Cause.allCases.map { cause in
      CSVColumn("cause_\(cause.columnName)_ms", "ms", prefix + cause.explanation, empty: empty)
    }
  }

  private static let episodes: [CSVColumn] =
    conditions + [CSVColumn("episode", "count", "Position within the call, from 0")] + chain

  private static let unsaid = "the probe failed"

  private static let probes: [CSVColumn] =
    conditions + [
      CSVColumn("probe", "count", "Position within the call, from 0"),
      CSVColumn("probe_frame", "frame", "The frame of which the probe was to lose a packet"),
      CSVColumn(
        "probe_position", "name", "Which of its packets, to begin with: first, middle, last"),
      CSVColumn("probe_packets", "count", "Packets that the probe loses in a row"),
      CSVColumn("horizon_ms", "ms", "How long the repair was waited for"),
      CSVColumn("status", "name", "ok, or failed: and the reason"),
      CSVColumn(
        "probe_kind", "name",
        "The kind of the frame that was hit: key, golden, altref, golden+altref, last",
        empty: unsaid),
      CSVColumn(
        "probe_renews", "names",
        "The long-term buffers that this frame renewed: golden, altref, joined by +, or none",
        empty: unsaid),
    ] + chain.map { $0.emptyToo(where: unsaid) }

  /// The columns of an episode's course.
  private static let chain: [CSVColumn] =
    [
      CSVColumn("first_damaged_frame", "frame", "The frame whose packet was lost first"),
      CSVColumn("lost_packets", "count", "Packets lost from beginning to end"),
      CSVColumn("damaged_frames", "count", "Frames damaged from beginning to end"),
      CSVColumn("lost_ms", "ms", "When the first packet was lost"),
      CSVColumn("noticed_ms", "ms", "When the receiver noticed", empty: "it never did"),
      CSVColumn(
        "feedback_ready_ms", "ms", "When the request that brought the repair was ready",
        empty: "no request brought it"),
      CSVColumn("feedback_sent_ms", "ms", "When that request was sent", empty: "not sent"),
      CSVColumn(
        "feedback_received_ms", "ms", "When that request reached the encoder", empty: "it did not"),
      CSVColumn(
        "recovery_captured_ms", "ms",
        "Capture time of the repairing frame; of a retransmission, when its last packet left",
        empty: "no repairing frame"),
      CSVColumn(
        "recovery_arrived_ms", "ms", "Arrival of the repairing frame's last packet",
        empty: "it did not arrive"),
      CSVColumn(
        "recovered_ms", "ms", "When the exact picture was on screen again",
        empty: "censored: the call, or a probe's horizon, ended first"),
      CSVColumn(
        "end_ms", "ms", "Recovery, or the end of the call or of a probe's horizon where censored"),
      CSVColumn(
        "censored", "0 or 1",
        "1 where the call, or a probe's horizon, ended before the picture was repaired"),
      CSVColumn("duration_ms", "ms", "end_ms - lost_ms: the recovery time, or a lower bound of it"),
      CSVColumn("repair_frame", "frame", "The repairing frame", empty: "no repair"),
      CSVColumn(
        "repair_kind", "name",
        "The repairing frame's kind: key, golden, altref, golden+altref, last, retransmission",
        empty: "no repair"),
      CSVColumn("repair_octets", "octets", "The repairing frame's size", empty: "no repair"),
      CSVColumn(
        "repair_quantizer", "0 to 63", "The repairing frame's quantizer", empty: "no repair"),
      CSVColumn(
        "requests", "count",
        "Requests for repair that became ready and were sent during the episode"
          + ", a NACK once for each PID with its BLP"),
      CSVColumn("frozen_ms", "ms", "Time with a picture older than due on screen"),
      CSVColumn(
        "lowest_psnr_db", "dB", "Lowest luma PSNR of what was on screen, against the source",
        empty: "nothing was shown"),
      CSVColumn(
        "lowest_ssim", "0 to 1", "Lowest luma SSIM of what was on screen, against the source",
        empty: "nothing was shown"),
      CSVColumn(
        "lost_psnr_db_s", "dB s",
        "Luma PSNR that the encoder's picture had above what was on screen, over the due frames' time"
      ),
      CSVColumn("lost_ssim_s", "s", "The same of luma SSIM"),
      CSVColumn(
        "false_repair", "0 or 1", "1 where the receiver took a damaged picture for repaired"),
    ] + causes("Part of duration_ms: ")

  private static let frames: [CSVColumn] = [
    CSVColumn("run", "count", "The call's position in the plan, from 0"),
    CSVColumn("mechanism", "name", "The call's mechanism"),
    CSVColumn("frame", "frame", "Position within the call, from 0"),
    CSVColumn(
      "kind", "name",
      "key, golden, altref, golden+altref (predicted from these alone), last, dropped"),
    CSVColumn(
      "references_allowed", "names", "Reference buffers the encoder might use, joined by +, or none"
    ),
    CSVColumn(
      "references_used", "names", "Reference buffers the decoder reported as used, or none",
      empty: "the frame was not decoded"),
    CSVColumn(
      "references_updated", "names", "Reference buffers the decoder reported as replaced, or none",
      empty: "the frame was not decoded"),
    CSVColumn("size_octets", "octets", "Encoded size"),
    CSVColumn("packets", "count", "RTP packets"),
    CSVColumn("packets_lost", "count", "RTP packets that were lost"),
    CSVColumn(
      "missing_partitions", "indices",
      "Partitions that lack octets or may, joined by +; 0 is the first", empty: "not given up"),
    CSVColumn(
      "received_octets", "octets", "What had arrived of it by its playout time",
      empty: "not given up"),
    CSVColumn("quantizer", "0 to 63", "libvpx's external quantizer scale"),
    CSVColumn(
      "encoded_psnr_db", "dB", "Luma PSNR of the encoder's reconstruction against the source",
      empty: "dropped, or identical"),
    CSVColumn(
      "shown_psnr_db", "dB",
      "Luma PSNR of what was on screen (black before the first picture) against the source",
      empty: "not due, or identical"),
    CSVColumn(
      "shown_against_reconstruction_psnr_db", "dB",
      "Luma PSNR of what was on screen against the encoder's reconstruction",
      empty: "identical, or nothing shown"),
    CSVColumn(
      "encoded_psnr_weighted_db", "dB", "(6 Y + U + V) / 8 of the planes' PSNR, as encoded_psnr_db",
      empty: "dropped, or identical"),
    CSVColumn(
      "shown_psnr_weighted_db", "dB", "(6 Y + U + V) / 8 of the planes' PSNR, as shown_psnr_db",
      empty: "not due, or identical"),
    CSVColumn(
      "encoded_ssim", "0 to 1", "Luma SSIM of the encoder's reconstruction against the source",
      empty: "dropped"),
    CSVColumn(
      "shown_ssim", "0 to 1", "Luma SSIM of what was on screen against the source",
      empty: "not due"),
    CSVColumn("captured_ms", "ms", "Capture time"),
    CSVColumn("arrived_ms", "ms", "Arrival of the last packet", empty: "not complete"),
    CSVColumn("displayed_ms", "ms", "When the frame was shown", empty: "not shown"),
    CSVColumn("shown", "name", "On screen at its playout: exact, drifted, frozen, blank, pending"),
    CSVColumn(
      "on_screen_frame", "frame", "The picture on screen at the frame's playout time",
      empty: "none"),
  ]

  private static let feedback: [CSVColumn] = [
    CSVColumn("run", "count", "The call's position in the plan, from 0"),
    CSVColumn("mechanism", "name", "The call's mechanism"),
    CSVColumn(
      "message", "count",
      "Position within the call; a SIP response has its request's"
        + "; a NACK has one for each PID with its BLP"),
    CSVColumn("kind", "name", "pli, sli, rpsi, nack, fir, info, or a SIP status code"),
    CSVColumn("hop", "count", "Hop on the signalling path, from 0; RTCP has hop 0 alone"),
    CSVColumn("size_octets", "octets", "RTCP compound or SIP message, without lower headers"),
    CSVColumn(
      "frame", "frame", "The frame the message speaks of; of an SLI, which names two, the newest",
      empty: "it names none"),
    CSVColumn("ready_ms", "ms", "When the message was ready"),
    CSVColumn("sent_ms", "ms", "When it was sent", empty: "not sent"),
    CSVColumn(
      "received_ms", "ms", "When it arrived; of RTCP, when it reached the encoder",
      empty: "lost, or under way at the end"),
    CSVColumn(
      "outcome", "name",
      "What came of it: answered, guarded, acknowledged, ignored, refused, forwarded, lost, dropped, "
        + "withdrawn, "
        + "pending"),
  ]

  private static let runs: [CSVColumn] =
    conditions + [
      CSVColumn("status", "name", "ok, or failed: and the reason")
    ]
    + [
      CSVColumn("duration_ms", "ms", "The call's duration", empty: failed),
      CSVColumn("frames", "count", "Frames captured", empty: failed),
      CSVColumn("frames_dropped", "count", "Frames the encoder dropped", empty: failed),
      CSVColumn(
        "frames_late", "count",
        "Frames not whole when due that count as lost; none where late frames are waited for",
        empty: failed),
      CSVColumn("episodes", "count", "Damage episodes", empty: failed),
      CSVColumn("censored", "count", "Episodes open at the call's end", empty: failed),
      CSVColumn(
        "false_repairs", "count", "Episodes the receiver took for repaired too early", empty: failed
      ),
      CSVColumn(
        "recovery_p50_ms", "ms", "Median recovery time (Kaplan-Meier)", empty: "not reached"),
      CSVColumn(
        "recovery_p90_ms", "ms", "90th percentile of recovery time (Kaplan-Meier)",
        empty: "not reached"),
      CSVColumn(
        "recovery_p95_ms", "ms", "95th percentile of recovery time (Kaplan-Meier)",
        empty: "not reached"),
      CSVColumn(
        "recovery_mean_ms", "ms", "Mean recovery time (Kaplan-Meier)",
        empty: "the longest episode is censored, or there is none"),
      CSVColumn(
        "freezes", "count", "Display gaps longer than max(3 mean, mean + 150 ms)", empty: failed),
      CSVColumn(
        "freeze_ms", "ms",
        "Their total length, each from one new picture to the next, the usual interval included"
          + ": up to one interval a freeze more than broken_ms",
        empty: failed),
      CSVColumn("freeze_ratio", "0 to 1", "freeze_ms / duration_ms", empty: failed),
      CSVColumn(
        "largest_render_interval_ms", "ms",
        "The longest time from one new picture on screen to the next, or to the call's end",
        empty: failed),
      CSVColumn(
        "broken_ms", "ms",
        "Frames that were due while the screen did not show them exactly, times the frame interval; "
          + "an episode begins with the loss, some time before", empty: failed),
      CSVColumn("broken_ratio", "0 to 1", "broken_ms / duration_ms", empty: failed),
      CSVColumn(
        "frozen_ms", "ms", "Of broken_ms, with a picture older than due, or none yet, on screen",
        empty: failed),
      CSVColumn(
        "latency_mean_ms", "ms", "Mean time from a frame's capture until it was due on screen",
        empty: failed),
      CSVColumn(
        "shown_psnr_mean_db", "dB",
        "Mean luma PSNR of what was on screen, all due frames; an identical one counts 100 dB",
        empty: failed),
      CSVColumn(
        "encoded_psnr_mean_db", "dB",
        "Mean luma PSNR of the encoder's reconstruction; an identical one counts 100 dB",
        empty: failed),
      CSVColumn(
        "shown_psnr_weighted_mean_db", "dB",
        "Mean weighted PSNR of what was on screen; identical planes count 100 dB", empty: failed),
      CSVColumn(
        "shown_ssim_mean", "0 to 1", "Mean luma SSIM of what was on screen, all due frames",
        empty: failed),
      CSVColumn(
        "encoded_ssim_mean", "0 to 1", "Mean luma SSIM of the encoder's reconstruction",
        empty: failed),
      CSVColumn(
        "media_octets", "octets", "RTP payload with RTP, UDP and IP headers, retransmissions too",
        empty: failed),
      CSVColumn("media_kbps", "kbit/s", "media_octets over the call's duration", empty: failed),
      CSVColumn(
        "media_kbps_p99", "kbit/s",
        "What 99 of 100 windows of a second keep, of those that begin every tenth of one: the rate of "
          + "media_octets within each", empty: "the call failed, or is shorter than a second"),
      CSVColumn(
        "media_kbps_peak", "kbit/s", "The largest of these windows' rates",
        empty: "the call failed, or is shorter than a second"),
      CSVColumn("encoded_octets", "octets", "Encoded frames alone", empty: failed),
      CSVColumn("encoded_kbps", "kbit/s", "encoded_octets over the call's duration", empty: failed),
      CSVColumn("key_frames", "count", "Key frames encoded", empty: failed),
      CSVColumn(
        "recovery_frames", "count", "Frames predicted from golden or altref to repair",
        empty: failed),
      CSVColumn("media_packets", "count", "RTP packets sent", empty: failed),
      CSVColumn("media_packets_lost", "count", "RTP packets lost", empty: failed),
      CSVColumn(
        "retransmitted_packets", "count", "RTP packets sent again, not among media_packets",
        empty: failed),
      CSVColumn("loss_seen_pct", "percent", "media_packets_lost / media_packets", empty: failed),
      CSVColumn("rtcp_octets", "octets", "RTCP sent", empty: failed),
      CSVColumn(
        "feedback_messages", "count",
        "Feedback messages sent, a NACK once for each PID with its BLP", empty: failed),
      CSVColumn("feedback_messages_lost", "count", "Of these, lost on the way", empty: failed),
      CSVColumn(
        "radio_wakeups_per_hour", "1/h",
        "How often signalling wakes the media sender's radio: keep-alives, or pushes for requests",
        empty: "it does not sleep, or the call failed"),
    ] + causes("Sum over the call's episodes: ", empty: failed)
}

extension Cause {
  /// The cause in half a sentence.
  public var explanation: String {
    switch self {
    case .notNoticed: "the loss is not noticed yet"
    case .periodicKeyFrame: "nobody asks; the next periodic key frame is awaited"
    case .rtcpTick: "feedback is ready and RTCP's timing rules hold it back"
    case .requestLimit: "the user agent may not send another INFO yet"
    case .requestOnNetwork: "the request is on the network"
    case .tcp:
      "SIP transport: set-up, retransmission, in-order delivery, dead connection; over UDP the wait "
        + "for SIP's copies"
    case .proxy: "a SIP proxy works on the request"
    case .asleep: "the media sender's user agent sleeps; a push wakes it up"
    case .requestLost:
      "a request was lost, or asked for packets that the sender had forgotten; the next one is awaited"
    case .encoderWait: "the encoder waits for its next frame or its guard interval"
    case .repairOnNetwork: "the repairing frame is on the network"
    case .repairDamaged: "an earlier repairing frame was itself damaged"
    case .playout: "the repairing frame waits for its playout time"
    case .repairInVain:
      "a whole repairing frame was shown, or due, and the picture is still not the sender's"
    }
  }
}
