import SimulationKernel

/// What two sets of results are compared by.
public enum ComparisonMetric: String, CaseIterable, Sendable {
  case recoveryMedian = "recovery.median"
  /// Each time cut where the observation of either side ends.
  case recoveryMean = "recovery.mean"
  case freezeRatio = "freeze.ratio"
  case brokenRatio = "broken.ratio"
  case shownPSNR = "psnr.mean"
  case shownSSIM = "ssim.mean"
  case bitrate = "bitrate.mean"
  case keyFrames = "key_frames"

  /// What probes tell of.
  static let ofProbes: [ComparisonMetric] = [.recoveryMedian, .recoveryMean]

  /// Whether the change is a quotient rather than a difference.
  public var isRatio: Bool { self == .recoveryMedian || self == .bitrate }

  /// What repair costs: more of it is no regression.
  public var isCost: Bool { self == .bitrate || self == .keyFrames }

  var moreIsBetter: Bool { self == .shownPSNR || self == .shownSSIM }

  /// With its unit.
  var heading: String {
    switch self {
    case .recoveryMedian: "recovery, median, ms"
    case .recoveryMean: "recovery, mean, ms"
    case .freezeRatio: "time in freezes, %"
    case .brokenRatio: "time broken, %"
    case .shownPSNR: "PSNR shown, dB"
    case .shownSSIM: "SSIM shown"
    case .bitrate: "media, kbit/s"
    case .keyFrames: "key frames a minute"
    }
  }

  /// As in a sentence.
  var words: String {
    switch self {
    case .recoveryMedian: "median recovery"
    case .recoveryMean: "mean recovery"
    case .freezeRatio: "freezes"
    case .brokenRatio: "broken time"
    case .shownPSNR: "PSNR"
    case .shownSSIM: "SSIM"
    case .bitrate: "bitrate"
    case .keyFrames: "key frames"
    }
  }

  /// One side's figure.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return "∞" }
    switch self {
    case .recoveryMedian, .recoveryMean: return FigureText.milliseconds(value)
    case .freezeRatio, .brokenRatio: return FigureText.percent(value, decimals: 2)
    case .shownPSNR: return FixedPoint.text(value, decimals: 2)
    case .shownSSIM: return FixedPoint.text(value, decimals: 4)
    case .bitrate: return FixedPoint.text(value, decimals: 1)
    case .keyFrames: return FixedPoint.text(value, decimals: 1)
    }
  }

  /// A quotient, or a difference with its sign.
  func changeText(_ value: Double) -> String {
    guard value.isFinite else { return value < 0 ? "-∞" : "∞" }
    if isRatio { return FixedPoint.text(value, decimals: value >= 10 ? 1 : 3) }
    let text = text(value)
    return value > 0 ? "+" + text : text
  }
}

/// Sums over calls, from which all figures but recovery follow.
struct ComparisonTotals: Equatable, Sendable {
  /// Seconds, seconds in freezes, seconds broken, frames, dB and SSIM summed over frames, kbit, key
  /// frames.
  private(set) var sums: SIMD8<Double> = .zero

  init() {}

  init(_ totals: CallTotals) {
    let frames = Double(totals.frames)
    sums = SIMD8(
      totals.duration.inSeconds, totals.freezeTime.inSeconds, totals.brokenTime.inSeconds, frames,
      totals.meanShownPSNR * frames, totals.meanShownSSIM * frames,
      Double(totals.mediaOctets) * 8 / 1_000, Double(totals.keyFrames))
  }

  mutating func add(_ other: ComparisonTotals, times weight: Int = 1) {
    sums += other.sums * Double(weight)
  }

  /// nil where there is nothing to divide by.
  func value(_ metric: ComparisonMetric) -> Double? {
    func quotient(_ above: Int, _ below: Int) -> Double? {
      sums[below] > 0 ? sums[above] / sums[below] : nil
    }
    switch metric {
    case .recoveryMedian, .recoveryMean: return nil
    case .freezeRatio: return quotient(1, 0)
    case .brokenRatio: return quotient(2, 0)
    case .shownPSNR: return quotient(4, 3)
    case .shownSSIM: return quotient(5, 3)
    case .bitrate: return quotient(6, 0)
    case .keyFrames: return quotient(7, 0).map { $0 * 60 }
    }
  }
}
