import CallSimulation
import MediaSession

/// A setting that `tune` knows sensible values of, by a short name.
public struct TuningKey: Sendable {
  public var name: String
  /// The scenario's key.
  public var path: [String]
  /// What the setting decides, in a few words.
  public var summary: String
  /// Values to try beside the present settings.
  var values: @Sendable (Scenario) -> [String]

  public var key: String { path.joined(separator: ".") }

  private init(
    _ name: String, _ key: String, _ summary: String,
    _ values: @escaping @Sendable (Scenario) -> [String]
  ) {
    self.name = name
    path = key.split(separator: ".").map(String.init)
    self.summary = summary
    self.values = values
  }

  private init(_ name: String, _ key: String, _ summary: String, _ values: [String]) {
    self.init(name, key, summary) { _ in values }
  }

  /// In the order of the help.
  public static let all: [TuningKey] = [
    TuningKey(
      "mechanism", "mechanism", "how repair is asked for",
      ["sip-info", "pli", "fir", "sli", "rpsi", "sli+rpsi", "nack", "nack+pli"]),
    TuningKey(
      "golden-interval", "sender.reference-interval", "how often golden or altref is renewed",
      ["500ms", "1s", "2s", "3s", "5s"]),
    TuningKey(
      "key-frame-guard", "sender.minimum-key-frame-interval", "the least time between key frames",
      ["0ms", "150ms", "300ms", "500ms", "1s"]),
    TuningKey(
      "request-interval", "receiver.minimum-request-interval",
      "the least time between requests over RTCP", ["0ms", "100ms", "250ms", "500ms"]),
    TuningKey(
      "repeat-interval", "receiver.repeat-interval", "when a request is repeated",
      ["100ms", "200ms", "400ms"]),
    TuningKey(
      "info-interval", "signalling.minimum-request-interval", "the least time between SIP INFOs",
      ["300ms", "500ms", "1s", "3s"]),
    TuningKey(
      "playout-delay", "receiver.playout-delay", "how long pictures wait to be shown",
      ["40ms", "60ms", "100ms", "150ms"]),
    TuningKey(
      "packetization", "rtp.packetization", "where frames are cut",
      ["fill", "balanced", "partitions"]),
    TuningKey(
      "maximum-payload", "sender.maximum-payload", "octets of a packet", ["500", "800", "1200"]),
    TuningKey(
      "bitrate", "codec.rc_target_bitrate", "the encoder's aim: 70, 85, 100, 120 % of the present"
    ) { scenario in
      [70, 85, 100, 120].map { "\((scenario.codec.targetBitrate * $0 + 50) / 100)" }
    },
    TuningKey(
      "max-intra-rate", "codec.max-intra-rate", "the largest key frame, in % of a frame's share",
      ["0", "150", "300", "600", "900"]),
    TuningKey(
      "token-partitions", "codec.token-parts", "partitions of a frame, as a power of 2",
      ["0", "1", "2", "3"]),
    TuningKey(
      "cpu-used", "codec.cpu-used", "the encoder's effort, from good to fast",
      ["-4", "-8", "-12", "-16"]),
    TuningKey(
      "error-resilient", "codec.g_error_resilient", "what frames may rely on", ["0", "1"]),
  ]

  /// The key by its short name or as a scenario has it.
  static func known(_ name: String) -> TuningKey? {
    all.first { $0.name == name } ?? all.first { $0.key == name }
  }
}
