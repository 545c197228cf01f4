/// Settings of programs that people run, as far as a reproducible call can have them.
///
/// A preset leaves `rc_target_bitrate` alone, which every deployment chooses for itself, and stands
/// in for what cannot be reproduced with the nearest that can: `substitutions` names each.
public enum VP8EncoderPreset: String, CaseIterable, Hashable, Sendable {
  /// This project's own defaults.
  case none
  /// mediastreamer2 with AVPF on: src/videofilters/vp8.c.
  case linphone
  /// libwebrtc, camera, one temporal layer, on a desktop processor:
  /// modules/video_coding/codecs/vp8/libvpx_vp8_encoder.cc and api/video_codecs/video_encoder.cc.
  case webrtc
  /// `ffmpeg -c:v libvpx -deadline realtime`: libavcodec/libvpxenc.c, which keeps libvpx's defaults
  /// but for speed and look-ahead.
  case ffmpeg
  /// `vpxenc --codec=vp8 --rt`: libvpx's defaults.
  case vpxencRealTime = "vpxenc-rt"

  /// A setting that the program has and this one has not.
  public struct Substitution: Hashable, Sendable {
    public let key: VP8EncoderSettings.Key
    /// What the program sets, in words.
    public let original: String
    /// What stands for it, and why.
    public let reason: String
  }

  /// Where the values come from.
  public var source: String {
    switch self {
    case .none: "this project's defaults"
    case .linphone: "mediastreamer2 src/videofilters/vp8.c with AVPF"
    case .webrtc: "libwebrtc libvpx_vp8_encoder.cc, camera, one temporal layer, desktop"
    case .ffmpeg: "ffmpeg libavcodec/libvpxenc.c with -deadline realtime"
    case .vpxencRealTime: "vpxenc --codec=vp8 --rt, which are libvpx's defaults"
    }
  }

  public var substitutions: [Substitution] {
    switch self {
    case .none: []
    case .linphone:
      [
        Substitution(
          key: .cpuUsed, original: "0 on desktops, 1...16 on phones",
          reason: DeterministicSpeed.reason),
        Substitution(key: .threads, original: "one for each processor", reason: Self.oneThread),
      ]
    case .webrtc:
      [
        Substitution(
          key: .threads, original: "2 or 3 for pictures above 640x480", reason: Self.oneThread),
        Substitution(
          key: .resizeAllowed, original: "0, but pictures are scaled before coding under overload",
          reason: "0: a picture of another size cannot be compared with its source"),
      ]
    case .ffmpeg:
      [
        Substitution(key: .cpuUsed, original: "1", reason: DeterministicSpeed.reason),
        Substitution(
          key: .lagInFrames, original: "25",
          reason: "0: real-time coding sends each frame before the next is captured"),
        Substitution(key: .threads, original: "one for each processor", reason: Self.oneThread),
      ]
    case .vpxencRealTime:
      [Substitution(key: .cpuUsed, original: "0", reason: DeterministicSpeed.reason)]
    }
  }

  private static let oneThread = "1: one thread keeps runs reproducible"

  /// The preset's settings for a picture.
  ///
  /// - Parameters:
  ///   - video: its size and rate, which libwebrtc's speed and largest key frame follow.
  ///   - temporalLayers: with more than one libwebrtc turns error resilience on.
  public func settings(
    for video: VideoSettings = VideoSettings(), temporalLayers: Int = 1
  ) -> VP8EncoderSettings {
    var settings = VP8EncoderSettings()
    guard self != .none else { return settings }
    settings.applyLibraryDefaults()
    switch self {
    case .none, .ffmpeg, .vpxencRealTime: break
    case .linphone:
      settings.rateControl = 1
      settings.undershoot = 95
      settings.errorResilience = 3
      settings.keyFrameMode = 0
      settings.tokenPartitions = 2
      settings.maximumIntraRate = 400
    case .webrtc: settings.applyWebRTC(video, temporalLayers: temporalLayers)
    }
    return settings
  }
}

extension VP8EncoderSettings {
  /// A preset's settings for a picture.
  public static func preset(
    _ preset: VP8EncoderPreset, for video: VideoSettings = VideoSettings()
  ) -> VP8EncoderSettings {
    preset.settings(for: video)
  }

  /// What `vpx_codec_enc_config_default` and an encoder without controls have in libvpx 1.12, the
  /// rate left as it is.
  fileprivate mutating func applyLibraryDefaults() {
    rateControl = 0
    minimumQuantizer = 4
    maximumQuantizer = 63
    undershoot = 100
    overshoot = 100
    bufferSize = 6000
    bufferInitialSize = 4000
    bufferOptimalSize = 5000
    errorResilience = 0
    keyFrameMode = 1
    keyFrameMinimumDistance = 0
    keyFrameMaximumDistance = 128
    cpuUsed = DeterministicSpeed.settled
    maximumIntraRate = 0
  }

  fileprivate mutating func applyWebRTC(_ video: VideoSettings, temporalLayers: Int) {
    rateControl = 1
    minimumQuantizer = 2
    maximumQuantizer = 56
    undershoot = 100
    overshoot = 15
    bufferSize = 1000
    bufferInitialSize = 500
    bufferOptimalSize = 600
    dropFrameThreshold = 30
    errorResilience = temporalLayers > 1 ? 1 : 0
    keyFrameMaximumDistance = 3000
    // Below CIF there is time for a better picture.
    cpuUsed = video.width * video.height < 352 * 288 ? -4 : -6
    noiseSensitivity = 4
    staticThreshold = 1
    // Half the optimal buffer, at the largest rate of frames; never below three mean frames.
    let rate = video.frameRate
    maximumIntraRate = max(300, bufferOptimalSize * rate.numerator / (rate.denominator * 20))
  }
}

/// The fixed speed that stands for a `cpu-used` of 0 or more, with which libvpx measures its own
/// time and adapts (`vp8_auto_select_speed` in vp8/encoder/rdopt.c).
public enum DeterministicSpeed {
  /// Where libvpx begins and, with time to spare, stays.
  public static let settled = -4

  public static let reason =
    "-4: from 0 on libvpx adapts its speed to the wall clock, and begins at 4, where it stays while "
    + "it has time to spare"

  /// What stands for a value of -16...16: 16 leaves no time at all, so that the speed soon is 16.
  public static func standing(for cpuUsed: Int) -> Int {
    switch cpuUsed {
    case ..<0: cpuUsed
    case 16...: -16
    default: settled
    }
  }
}
