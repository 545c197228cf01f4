extension VP8EncoderSettings {
  /// Every setting by libvpx's own name: the fields of `vpx_codec_enc_cfg_t` by field name, the
  /// codec controls by the option of vpxenc or by `controlName`, the flag of
  /// `vpx_codec_enc_init` by its name.
  public enum Key: String, CaseIterable, Hashable, Sendable {
    case targetBitrate = "rc_target_bitrate"
    case rateControl = "rc_end_usage"
    case minimumQuantizer = "rc_min_quantizer"
    case maximumQuantizer = "rc_max_quantizer"
    case undershoot = "rc_undershoot_pct"
    case overshoot = "rc_overshoot_pct"
    case bufferSize = "rc_buf_sz"
    case bufferInitialSize = "rc_buf_initial_sz"
    case bufferOptimalSize = "rc_buf_optimal_sz"
    case dropFrameThreshold = "rc_dropframe_thresh"
    case resizeAllowed = "rc_resize_allowed"
    case errorResilience = "g_error_resilient"
    case lagInFrames = "g_lag_in_frames"
    case threads = "g_threads"
    case profile = "g_profile"
    case keyFrameMode = "kf_mode"
    case keyFrameMinimumDistance = "kf_min_dist"
    case keyFrameMaximumDistance = "kf_max_dist"
    case cpuUsed = "cpu-used"
    case noiseSensitivity = "noise-sensitivity"
    case sharpness = "sharpness"
    case staticThreshold = "static-thresh"
    case tokenPartitions = "token-parts"
    case maximumIntraRate = "max-intra-rate"
    case goldenBoost = "gf-cbr-boost"
    case screenContentMode = "screen-content-mode"
    case autoAltRef = "auto-alt-ref"
    case tuning = "tune"
    case constantQualityLevel = "cq-level"
    case temporalLayers = "ts_number_layers"
    case outputPartitions = "VPX_CODEC_USE_OUTPUT_PARTITION"

    /// The smallest and largest value: libvpx's, where nothing is said against it.
    public var range: ClosedRange<Int> { row.range }

    /// "kbit/s", "ms", "%", "frames"; empty where the value is a level, a mode or a count.
    public var unit: String { row.unit }

    /// What the setting does, in a few words.
    public var summary: String { row.summary }

    /// Why the range is narrower than libvpx's; nil where it is not.
    public var restriction: String? { row.restriction }

    /// libvpx's own name of a codec control, beside vpxenc's option; nil of other settings.
    public var controlName: String? {
      switch self {
      case .cpuUsed: "VP8E_SET_CPUUSED"
      case .noiseSensitivity: "VP8E_SET_NOISE_SENSITIVITY"
      case .sharpness: "VP8E_SET_SHARPNESS"
      case .staticThreshold: "VP8E_SET_STATIC_THRESHOLD"
      case .tokenPartitions: "VP8E_SET_TOKEN_PARTITIONS"
      case .maximumIntraRate: "VP8E_SET_MAX_INTRA_BITRATE_PCT"
      case .goldenBoost: "VP8E_SET_GF_CBR_BOOST_PCT"
      case .screenContentMode: "VP8E_SET_SCREEN_CONTENT_MODE"
      case .autoAltRef: "VP8E_SET_ENABLEAUTOALTREF"
      case .tuning: "VP8E_SET_TUNING"
      case .constantQualityLevel: "VP8E_SET_CQ_LEVEL"
      default: nil
      }
    }

    /// The value in a fresh `VP8EncoderSettings`.
    public var defaultValue: Int { VP8EncoderSettings().value(of: self) }

    /// Names for values, as vpxenc has them; empty where the setting is a number.
    public var namedValues: [(name: String, value: Int)] {
      switch self {
      case .rateControl: [("vbr", 0), ("cbr", 1), ("cq", 2), ("q", 3)]
      case .keyFrameMode: [("disabled", 0), ("auto", 1)]
      case .tuning: [("psnr", 0), ("ssim", 1)]
      default: []
      }
    }

    /// Range, unit and restriction as an error says them.
    var expectation: String {
      let values =
        range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound)...\(range.upperBound)"
      return values + (unit.isEmpty ? "" : " \(unit)") + (restriction.map { ": \($0)" } ?? "")
    }
  }
}

extension VP8EncoderSettings.Key {
  private struct Row {
    var range: ClosedRange<Int>
    var unit = ""
    var summary: String
    var restriction: String?
  }

  private var row: Row {
    switch self {
    case .targetBitrate:
      Row(range: 1...1_000_000, unit: "kbit/s", summary: "target bitrate")
    case .rateControl:
      Row(range: 0...3, summary: "rate control: 0 VBR, 1 CBR, 2 constrained, 3 constant quality")
    case .minimumQuantizer: Row(range: 0...63, summary: "best quantizer")
    case .maximumQuantizer: Row(range: 0...63, summary: "worst quantizer")
    case .undershoot: Row(range: 0...100, unit: "%", summary: "tolerated undershoot of the rate")
    case .overshoot: Row(range: 0...100, unit: "%", summary: "tolerated overshoot of the rate")
    case .bufferSize: Row(range: 1...600_000, unit: "ms", summary: "receiver's buffer")
    case .bufferInitialSize:
      Row(range: 0...600_000, unit: "ms", summary: "receiver's buffer at the start")
    case .bufferOptimalSize:
      Row(range: 0...600_000, unit: "ms", summary: "receiver's buffer to aim at")
    case .dropFrameThreshold:
      Row(range: 0...100, unit: "%", summary: "buffer level below which frames are dropped")
    case .resizeAllowed:
      Row(
        range: 0...0, summary: "spatial resampling",
        restriction: "a picture of another size cannot be compared with its source")
    case .errorResilience:
      Row(range: 0...3, summary: "bits: 1 independent of lost frames, 2 of lost partitions")
    case .lagInFrames:
      Row(
        range: 0...0, unit: "frames", summary: "look-ahead",
        restriction: "real-time coding sends each frame before the next is captured")
    case .threads:
      Row(
        range: 1...1, summary: "encoder threads",
        restriction: "one thread keeps runs reproducible")
    case .profile: Row(range: 0...3, summary: "bitstream version")
    case .keyFrameMode:
      Row(range: 0...1, summary: "key frames: 0 on demand, 1 also where the encoder likes")
    case .keyFrameMinimumDistance:
      Row(range: 0...Int(Int32.max), unit: "frames", summary: "least distance of key frames")
    case .keyFrameMaximumDistance:
      Row(range: 0...Int(Int32.max), unit: "frames", summary: "largest distance of key frames")
    case .temporalLayers:
      Row(
        range: 1...3, summary: "temporal layers",
        restriction: "the reference patterns here, libwebrtc's, are of one to three")
    case .outputPartitions:
      Row(range: 0...1, summary: "partition sizes: 1 told by libvpx, 0 read from the frame")
    default: controlRow
    }
  }

  /// The codec controls.
  private var controlRow: Row {
    switch self {
    case .cpuUsed:
      Row(
        range: -16 ... -1, summary: "speed, -1 slow and good, -16 fast",
        restriction: "from 0 on libvpx adapts its speed to the wall clock, "
          + "and no run could be repeated")
    case .noiseSensitivity: Row(range: 0...6, summary: "denoiser, 0 is off")
    case .sharpness: Row(range: 0...7, summary: "loop filter sharpness")
    case .staticThreshold:
      Row(range: 0...1_000_000, summary: "change below which a block is skipped")
    case .tokenPartitions: Row(range: 0...3, summary: "log2 of the number of token partitions")
    case .maximumIntraRate:
      Row(range: 0...100_000, unit: "%", summary: "largest key frame, of a mean frame; 0 any")
    case .goldenBoost:
      Row(range: 0...100_000, unit: "%", summary: "what a golden frame may cost more")
    case .screenContentMode: Row(range: 0...2, summary: "screen content, 0 is off")
    case .autoAltRef:
      Row(
        range: 0...0, summary: "altref frames that are never shown",
        restriction: "they need look-ahead, which real-time coding has not")
    case .tuning: Row(range: 0...1, summary: "0 PSNR, 1 SSIM")
    case .constantQualityLevel:
      Row(range: 0...63, summary: "quantizer of the quality rate controls")
    default: preconditionFailure("\(rawValue) is no codec control")
    }
  }

  /// Where the value lives.
  var path: WritableKeyPath<VP8EncoderSettings, Int> {
    switch self {
    case .targetBitrate: \.targetBitrate
    case .rateControl: \.rateControl
    case .minimumQuantizer: \.minimumQuantizer
    case .maximumQuantizer: \.maximumQuantizer
    case .undershoot: \.undershoot
    case .overshoot: \.overshoot
    case .bufferSize: \.bufferSize
    case .bufferInitialSize: \.bufferInitialSize
    case .bufferOptimalSize: \.bufferOptimalSize
    case .dropFrameThreshold: \.dropFrameThreshold
    case .resizeAllowed: \.resizeAllowed
    case .errorResilience: \.errorResilience
    case .lagInFrames: \.lagInFrames
    case .threads: \.threads
    case .profile: \.profile
    case .keyFrameMode: \.keyFrameMode
    case .keyFrameMinimumDistance: \.keyFrameMinimumDistance
    case .keyFrameMaximumDistance: \.keyFrameMaximumDistance
    case .cpuUsed: \.cpuUsed
    case .noiseSensitivity: \.noiseSensitivity
    case .sharpness: \.sharpness
    case .staticThreshold: \.staticThreshold
    case .tokenPartitions: \.tokenPartitions
    case .maximumIntraRate: \.maximumIntraRate
    case .goldenBoost: \.goldenBoost
    case .screenContentMode: \.screenContentMode
    case .autoAltRef: \.autoAltRef
    case .tuning: \.tuning
    case .constantQualityLevel: \.constantQualityLevel
    case .temporalLayers: \.temporalLayers
    case .outputPartitions: \.outputPartitions
    }
  }
}
