import Configuration
import Results
import SimulationKernel

/// What a gate can be put on.
public enum Metric: Hashable, Sendable {
  /// A quantile of the recovery time over all episodes; the share lies within 0..<1.
  case recoveryQuantile(Double)
  /// Mean recovery time.
  case recoveryMean
  /// Share of episodes repaired within a time.
  case repairedWithin(SimDuration)
  /// Share of episodes that the receiver took for repaired too early.
  case falseRepairs
  /// Share of call time in freezes (libwebrtc's rule).
  case freezeRatio
  /// Share of call time without the exact, current picture.
  case brokenRatio
  /// Each call's longest time from one new picture to the next: the mean over calls.
  case largestRenderInterval
  /// The same, a quantile over calls.
  case largestRenderIntervalQuantile(Double)
  /// Mean time from a frame's capture until it is due on screen.
  case latency
  /// Mean luma PSNR of what was on screen against the source.
  case shownPSNR
  /// Mean luma SSIM likewise.
  case shownSSIM
  /// Mean rate of the media path, headers included.
  case bitrate
  /// What 99 of 100 windows of a second keep of it: the mean over calls.
  case usualBitrate

  /// A metric as files and the documentation name it.
  public struct Entry: Sendable {
    public let name: String
    public let metric: Metric
    /// Half a sentence.
    public let meaning: String
  }

  /// All metrics, `repaired_within` by an example of its argument.
  public static let dictionary: [Entry] = [
    Entry("recovery.median", .recoveryQuantile(0.5), "median recovery time of all episodes"),
    Entry("recovery.p50", .recoveryQuantile(0.5), "the same"),
    Entry("recovery.p90", .recoveryQuantile(0.9), "90th percentile of the recovery time"),
    Entry("recovery.p95", .recoveryQuantile(0.95), "95th percentile of the recovery time"),
    Entry("recovery.p99", .recoveryQuantile(0.99), "99th percentile of the recovery time"),
    Entry(
      "recovery.mean", .recoveryMean, "mean recovery time; unknown while an episode is open"),
    Entry(
      "repaired_within(500ms)", .repairedWithin(.milliseconds(500)),
      "share of episodes repaired within a time, any from 1 ms on"),
    Entry(
      "false_repairs", .falseRepairs,
      "share of episodes that the receiver took for repaired too early"),
    Entry("freeze.ratio", .freezeRatio, "share of call time in freezes (libwebrtc's rule)"),
    Entry(
      "broken.ratio", .brokenRatio, "share of call time without the exact, current picture"),
    Entry(
      "largest_render_interval", .largestRenderInterval,
      "the longest time from one new picture to the next in a call: mean over calls"),
    Entry(
      "largest_render_interval.p90", .largestRenderIntervalQuantile(0.9),
      "the same: what 90 % of calls keep"),
    Entry("latency.mean", .latency, "mean time from a frame's capture until it is due on screen"),
    Entry("psnr.mean", .shownPSNR, "mean luma PSNR of what is on screen against the source"),
    Entry("ssim.mean", .shownSSIM, "mean luma SSIM of what is on screen against the source"),
    Entry("bitrate.mean", .bitrate, "mean rate of media, headers and retransmissions included"),
    Entry(
      "bitrate.p99", .usualBitrate,
      "the rate that 99 of 100 windows of a second keep in a call (`media_kbps_p99`): mean over calls"
    ),
  ]

  /// Reads a metric's name.
  static func parse(_ text: String) throws(ConfigurationMismatch) -> Metric {
    let parts = text.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "repaired_within", parts[1].hasSuffix(")") else {
      if parts.count == 1, let known = dictionary.first(where: { $0.name == text }) {
        return known.metric
      }
      let names = dictionary.map(\.name)
      let nearest = nearestName(to: text, among: names).map { " (did you mean \($0)?)" } ?? ""
      throw ConfigurationMismatch("one of the metrics \(names.joined(separator: ", "))\(nearest)")
    }
    let limit = ConfigurationValue<SimDuration>.duration(.milliseconds(1)...(.seconds(86_400)))
    do throws(ConfigurationMismatch) {
      return .repairedWithin(try limit.value(of: String(parts[1].dropLast())))
    } catch {
      throw ConfigurationMismatch("\(error.expectation) between the parentheses")
    }
  }

  public var unit: MetricUnit {
    switch self {
    case .recoveryQuantile, .recoveryMean, .largestRenderInterval, .largestRenderIntervalQuantile,
      .latency:
      .milliseconds
    case .repairedWithin, .falseRepairs, .freezeRatio, .brokenRatio: .share
    case .shownPSNR: .decibels
    case .shownSSIM: .similarity
    case .bitrate, .usualBitrate: .kilobitsPerSecond
    }
  }

  /// Whether it tells of episodes, and is silent without any.
  var isOfEpisodes: Bool {
    switch self {
    case .recoveryQuantile, .recoveryMean, .repairedWithin, .falseRepairs: true
    default: false
    }
  }
}

extension Metric.Entry {
  fileprivate init(_ name: String, _ metric: Metric, _ meaning: String) {
    self.init(name: name, metric: metric, meaning: meaning)
  }
}
