import Configuration
import Results
import SimulationKernel

/// What a gate can be put on.
public enum Metric: Hashable, Sendable {
  /// A quantile of the recovery time over all episodes; the share lies within 0..<1.
  case recoveryQuantile(Double)
  /// Mean recovery time.
  case recoveryMean
  /// Share of call time in freezes (libwebrtc's rule).
  case freezeRatio
  /// Share of call time without the exact, current picture.
  case brokenRatio
  /// Mean luma PSNR of what was on screen against the source.
  case shownPSNR
  /// Mean luma SSIM likewise.
  case shownSSIM
  /// Mean rate of the media path, headers included.
  case bitrate
  /// Share of episodes repaired within a time.
  case repairedWithin(SimDuration)

  /// The names of all metrics but `repaired_within`, which has an argument.
  static let named: [(name: String, metric: Metric)] = [
    ("recovery.p50", .recoveryQuantile(0.5)), ("recovery.median", .recoveryQuantile(0.5)),
    ("recovery.p90", .recoveryQuantile(0.9)), ("recovery.p95", .recoveryQuantile(0.95)),
    ("recovery.p99", .recoveryQuantile(0.99)), ("recovery.mean", .recoveryMean),
    ("freeze.ratio", .freezeRatio), ("broken.ratio", .brokenRatio), ("psnr.mean", .shownPSNR),
    ("ssim.mean", .shownSSIM), ("bitrate.mean", .bitrate),
  ]

  /// Reads a metric's name.
  static func parse(_ text: String) throws(ConfigurationMismatch) -> Metric {
    if let known = named.first(where: { $0.name == text }) { return known.metric }
    let names = named.map(\.name) + ["repaired_within(500ms)"]
    let parts = text.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "repaired_within", parts[1].hasSuffix(")") else {
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

  /// Reads a bound in the metric's unit.
  func parseBound(_ text: String) throws(ConfigurationMismatch) -> Double {
    switch self {
    case .recoveryQuantile, .recoveryMean:
      let kind = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(86_400))
      return try kind.value(of: text).inMilliseconds
    case .freezeRatio, .brokenRatio, .repairedWithin:
      return try ConfigurationValue<Double>.percent(0.0...100.0).value(of: text)
    case .shownPSNR:
      let expectation = "a level from 0dB to 100dB such as 33dB"
      guard text.hasSuffix("dB") else { throw ConfigurationMismatch(expectation) }
      // A percentage has the same grammar behind another unit.
      let percent = ConfigurationValue<Double>.percent(0.0...100.0)
      guard let fraction = try? percent.value(of: text.dropLast(2) + "%") else {
        throw ConfigurationMismatch(expectation)
      }
      return fraction * 100
    case .shownSSIM:
      let expectation = "a share from 0 to 1 such as 0.95"
      let percent = ConfigurationValue<Double>.percent(0.0...100.0)
      guard let hundredth = try? percent.value(of: text + "%"), hundredth <= 0.01 else {
        throw ConfigurationMismatch(expectation)
      }
      return hundredth * 100
    case .bitrate:
      let kind = ConfigurationValue<Bitrate>.bitrate(
        Bitrate(bitsPerSecond: 1)...(.kilobitsPerSecond(100_000_000)))
      return Double(try kind.value(of: text).bitsPerSecond) / 1_000
    }
  }

  /// A value as the table shows it.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return "never" }
    switch self {
    case .recoveryQuantile, .recoveryMean: return FixedPoint.text(value, decimals: 0) + " ms"
    case .freezeRatio, .brokenRatio, .repairedWithin:
      return FixedPoint.text(value * 100, decimals: 2) + " %"
    case .shownPSNR: return FixedPoint.text(value, decimals: 2) + " dB"
    case .shownSSIM: return FixedPoint.text(value, decimals: 4)
    case .bitrate: return FixedPoint.text(value, decimals: 0) + " kbit/s"
    }
  }

  /// Estimates the metric over some calls.
  func estimate(_ calls: [ResultSet.Call], seed: UInt64) -> Estimate {
    func totals(_ value: (CallTotals) -> Double) -> [Double] {
      calls.compactMap { $0.run.outcome.map { value($0.totals) } }
    }
    func ratio(_ above: (CallTotals) -> Double, _ below: (CallTotals) -> Double) -> Estimate {
      Bootstrap.ratio(of: totals(above), over: totals(below), seed: seed)
    }
    func timeShare(_ time: (CallTotals) -> SimDuration) -> Estimate {
      Bootstrap.share(
        of: totals { Double(time($0).nanoseconds) },
        over: totals { Double($0.duration.nanoseconds) }, seed: seed)
    }
    switch self {
    case .recoveryQuantile(let share):
      let estimate = survival(calls).estimatedQuantile(share, clusters: calls.count, seed: seed)
      if let value = estimate.value, !value.isFinite {
        return .tooFewToTell("not reached: too many episodes still open at the end")
      }
      return estimate
    case .recoveryMean: return mean(calls, seed: seed)
    case .freezeRatio: return timeShare(\.freezeTime)
    case .brokenRatio: return timeShare(\.brokenTime)
    case .shownPSNR:
      return ratio({ $0.meanShownPSNR * Double($0.frames) }, { Double($0.frames) })
    case .shownSSIM:
      return ratio({ $0.meanShownSSIM * Double($0.frames) }, { Double($0.frames) })
    case .bitrate:
      return ratio({ Double($0.mediaOctets) * 8 / 1_000 }, { $0.duration.inSeconds })
    case .repairedWithin(let limit):
      return survival(calls).estimatedShareRepaired(
        within: limit.inMilliseconds, clusters: calls.count, seed: seed)
    }
  }

  private func survival(_ calls: [ResultSet.Call]) -> SurvivalSample {
    SurvivalSample(
      calls.enumerated().flatMap { cluster, call in
        call.episodes.map { Observation($0, cluster: cluster) }
      })
  }

  /// Without the length of the open episodes the mean is unknown, and leaving them out flatters.
  private func mean(_ calls: [ResultSet.Call], seed: UInt64) -> Estimate {
    let censored = calls.reduce(0) { $0 + $1.episodes.count { $0.isCensored } }
    guard censored == 0 else {
      return .tooFewToTell("\(censored) episodes still open at the end, the mean is unknown")
    }
    return Bootstrap.ratio(
      of: calls.map { $0.episodes.reduce(0) { $0 + $1.duration.inMilliseconds } },
      over: calls.map { Double($0.episodes.count) }, seed: seed)
  }
}
