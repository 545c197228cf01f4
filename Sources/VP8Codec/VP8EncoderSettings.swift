/// libvpx's VP8 encoder settings for one-pass real-time coding.
///
/// The defaults are those of a real-time conference: constant bitrate, no lag, error resilience on,
/// key frames only on demand, a buffer of a second. `Key` names every setting as libvpx does, with
/// its unit and range; `set(_:to:)` refuses what is out of range and `validate()` checks the whole.
public struct VP8EncoderSettings: Hashable, Sendable {
  /// `rc_target_bitrate`, kbit/s.
  public var targetBitrate = 300
  /// `rc_end_usage`: 0 VBR, 1 CBR, 2 constrained quality, 3 constant quality.
  public var rateControl = 1
  /// `rc_min_quantizer`, 0 (best)...63. 2 is libwebrtc's.
  public var minimumQuantizer = 2
  /// `rc_max_quantizer`, 0...63 (worst). 56 is libwebrtc's.
  public var maximumQuantizer = 56
  /// `rc_undershoot_pct`, percent of the target rate. 95 is Linphone's.
  public var undershoot = 95
  /// `rc_overshoot_pct`, percent of the target rate. 15 is libwebrtc's.
  public var overshoot = 15
  /// `rc_buf_sz`, `rc_buf_initial_sz`, `rc_buf_optimal_sz`: the rate control's model of the
  /// receiver's buffer, in milliseconds of the target rate. 1000, 500, 600 are libwebrtc's.
  public var bufferSize = 1000
  public var bufferInitialSize = 500
  public var bufferOptimalSize = 600
  /// `rc_dropframe_thresh`: frames may be dropped while the buffer is below this percentage of its
  /// optimal size; 0 drops none.
  public var dropFrameThreshold = 0
  /// `rc_resize_allowed`; 0 only.
  public var resizeAllowed = 0
  /// `g_error_resilient`, bits: 1 frames stay decodable after a loss, 2 token partitions too.
  public var errorResilience = 1
  /// `g_lag_in_frames`; 0 only.
  public var lagInFrames = 0
  /// `g_threads`; 1 only.
  public var threads = 1
  /// `g_profile`: VP8's bitstream version, 0...3 (RFC 6386 section 9.1).
  public var profile = 0
  /// `kf_mode`: 0 key frames on demand only, 1 where the encoder likes as well.
  public var keyFrameMode = 0
  /// `kf_min_dist`, frames; with `keyFrameMode` 1: 0, or equal to `keyFrameMaximumDistance`.
  public var keyFrameMinimumDistance = 0
  /// `kf_max_dist`, frames; without effect where `keyFrameMode` is 0.
  public var keyFrameMaximumDistance = 3000
  /// `cpu-used`, -16...-1: a fixed speed, -1 is slow and good, -16 fast.
  public var cpuUsed = -8
  /// `noise-sensitivity`: the denoiser, 0 off...6.
  public var noiseSensitivity = 0
  /// `sharpness` of the loop filter, 0...7.
  public var sharpness = 0
  /// `static-thresh`: blocks that change less than this are skipped; 0 is off.
  public var staticThreshold = 0
  /// `token-parts`: the binary logarithm of the number of token partitions, 0...3.
  public var tokenPartitions = 0
  /// `max-intra-rate`: largest key frame, in percent of a mean frame; 0 is unlimited. 400 is
  /// Linphone's.
  public var maximumIntraRate = 400
  /// `gf-cbr-boost`: what a golden frame may cost more, in percent of a mean frame.
  public var goldenBoost = 0
  /// `screen-content-mode`: 0 off, 1 on, 2 on with more aggressive rate control.
  public var screenContentMode = 0
  /// `auto-alt-ref`; 0 only.
  public var autoAltRef = 0
  /// `tune`: 0 PSNR, 1 SSIM.
  public var tuning = 0
  /// `cq-level`, 0...63: the quantizer of rate controls 2 and 3.
  public var constantQualityLevel = 10
  /// `VPX_CODEC_USE_OUTPUT_PARTITION`: 1 libvpx tells the partitions' sizes, 0 they are read from
  /// the frame's own table. The same octets either way.
  public var outputPartitions = 1
  /// `ts_number_layers`, 1...3. Rates, periodicity and layers of the frames are those of the
  /// reference pattern that goes with the number (`TemporalLayerPattern`).
  public var temporalLayers = 1
  /// `ts_target_bitrate`: the rate of each layer with those below it, kbit/s; empty: libwebrtc's
  /// shares of `targetBitrate`, 60 and 100 % of two layers, 40, 60 and 100 % of three.
  public var layerBitrates: [Int] = []

  public init() {}

  /// The rates that libvpx is given: of each layer with those below it, kbit/s.
  public var effectiveLayerBitrates: [Int] {
    guard layerBitrates.isEmpty else { return layerBitrates }
    switch temporalLayers {
    // libwebrtc: modules/video_coding/utility/simulcast_rate_allocator.cc
    case 2: return [targetBitrate * 60 / 100, targetBitrate]
    case 3: return [targetBitrate * 40 / 100, targetBitrate * 60 / 100, targetBitrate]
    default: return [targetBitrate]
    }
  }

  /// The value of the setting with libvpx's name.
  public func value(of key: Key) -> Int {
    self[keyPath: key.path]
  }

  /// Changes the setting with libvpx's name.
  ///
  /// - Throws: where the value is outside the setting's range; nothing is changed then.
  public mutating func set(_ key: Key, to value: Int) throws(VP8SettingError) {
    guard key.range.contains(value) else {
      throw VP8SettingError(
        key: key, value: value, expected: key.expectation,
        libraryReason: key.restriction == nil ? libraryReason(against: value, as: key) : nil)
    }
    self[keyPath: key.path] = value
  }

  /// Checks every setting's range, and those that depend on each other.
  public func validate() throws(VP8SettingError) {
    for key in Key.allCases {
      var copy = self
      try copy.set(key, to: value(of: key))
    }
    if minimumQuantizer > maximumQuantizer {
      throw VP8SettingError(
        key: .minimumQuantizer, value: minimumQuantizer,
        expected: "at most rc_max_quantizer, which is \(maximumQuantizer)",
        libraryReason: libraryReason())
    }
    if rateControl >= 2,
      constantQualityLevel < minimumQuantizer || constantQualityLevel > maximumQuantizer
    {
      throw VP8SettingError(
        key: .constantQualityLevel, value: constantQualityLevel,
        expected: "rc_min_quantizer...rc_max_quantizer, "
          + "which is \(minimumQuantizer)...\(maximumQuantizer)")
    }
    if keyFrameMode == 1, keyFrameMinimumDistance != 0,
      keyFrameMinimumDistance != keyFrameMaximumDistance
    {
      throw VP8SettingError(
        key: .keyFrameMinimumDistance, value: keyFrameMinimumDistance,
        expected: "0 or kf_max_dist, which is \(keyFrameMaximumDistance)",
        libraryReason: libraryReason())
    }
    try validateLayers()
  }
}

/// A setting outside of what libvpx, or this project, accepts.
public struct VP8SettingError: Error, Equatable, CustomStringConvertible {
  /// The setting, what it was to be, and what it may be and why.
  public let key: VP8EncoderSettings.Key
  public let value: Int
  public let expected: String
  /// libvpx's own words, where it is libvpx that refuses.
  public let libraryReason: String?

  public init(
    key: VP8EncoderSettings.Key, value: Int, expected: String, libraryReason: String? = nil
  ) {
    self.key = key
    self.value = value
    self.expected = expected
    self.libraryReason = libraryReason
  }

  /// `libvpx says "...", found 70, expected 0...63`; without libvpx's part where it says nothing.
  public var problem: String {
    (libraryReason.map { "libvpx says \"\($0)\", " } ?? "") + "found \(value), expected \(expected)"
  }

  public var description: String {
    "\(key.rawValue) is \(value); expected \(expected)"
      + (libraryReason.map { " (libvpx says \"\($0)\")" } ?? "")
  }
}
