import Configuration
import VP8Codec

/// What has been read of ffmpeg's options: some settings follow from several of them.
struct FFmpegReader {
  typealias Key = VP8EncoderSettings.Key

  var bitrate: Int?
  var minimumRate = 0
  var maximumRate = 0
  var bufferSize = 0
  var initialOccupancy: Int?
  var quality: Int?
  var group: Int?
  var minimumGroup: Int?
  /// The last that was named holds.
  var encoder: (name: String, option: String)?
  var hasSpeed = false
  var hasDeadline = false
  var hasLag = false

  private static let numbers: [String: Key] = [
    "qmin": .minimumQuantizer, "qmax": .maximumQuantizer, "speed": .cpuUsed, "cpu-used": .cpuUsed,
    "static-thresh": .staticThreshold, "max-intra-rate": .maximumIntraRate,
    "sharpness": .sharpness, "noise-sensitivity": .noiseSensitivity,
    "undershoot-pct": .undershoot, "overshoot-pct": .overshoot, "threads": .threads,
    "lag-in-frames": .lagInFrames, "rc_lookahead": .lagInFrames, "auto-alt-ref": .autoAltRef,
    "drop-threshold": .dropFrameThreshold, "screen-content-mode": .screenContentMode,
    "profile": .profile,
  ]

  /// Options of two-pass coding and of look-ahead.
  private static let twoPass: Set<String> = [
    "arnr-maxframes", "arnr-strength", "arnr-type", "arnr_max_frames", "arnr_strength", "arnr_type",
    "qcomp", "pass",
  ]

  private static let others: Set<String> = [
    "c", "codec", "vcodec", "b", "vb", "minrate", "maxrate", "bufsize", "rc_init_occupancy", "crf",
    "g",
    "keyint_min", "error-resilient", "vp8flags", "deadline", "quality", "tune", "slices",
    "ts-parameters", "s", "r", "vf", "filter", "filter_complex", "force_key_frames",
  ]

  private static let sizes = [
    "qcif": "176x144", "qvga": "320x240", "cif": "352x288", "nhd": "640x360", "vga": "640x480",
    "svga": "800x600", "xga": "1024x768", "hd720": "1280x720", "hd1080": "1920x1080",
  ]

  static let codec: Set<String> = ["c", "codec", "vcodec"]
  /// As ffmpeg calls what codes VP8.
  static let encoders: Set<String> = ["libvpx", "vp8"]

  static func knows(_ name: String) -> Bool {
    numbers[name] != nil || others.contains(name) || twoPass.contains(name)
  }

  mutating func take(
    _ name: String, _ text: String, option: String, into result: inout CodecImport
  ) throws(ConfigurationError) {
    if let key = Self.numbers[name] {
      let number = try number(text, option)
      if key == .cpuUsed { hasSpeed = true }
      if key == .lagInFrames { hasLag = true }
      // -1 says that libvpx's default holds; threads 0 leaves the number to ffmpeg.
      if number == -1, key != .cpuUsed { return }
      if number == 0, key == .threads { return }
      return try result.set(key, to: number, option: option)
    }
    switch name {
    case "b", "vb": bitrate = try number(text, option)
    case "minrate": minimumRate = try number(text, option)
    case "maxrate": maximumRate = try number(text, option)
    case "bufsize": bufferSize = try number(text, option)
    case "rc_init_occupancy": initialOccupancy = try number(text, option)
    case "crf": quality = try number(text, option)
    case "g": group = try number(text, option)
    case "keyint_min": minimumGroup = try number(text, option)
    case "s": result.setSize(Self.sizes[text] ?? text, option: option)
    case "r": result.setRate(text, option: option)
    default: try takeWord(name, text, option: option, into: &result)
    }
  }

  private mutating func takeWord(
    _ name: String, _ text: String, option: String, into result: inout CodecImport
  ) throws(ConfigurationError) {
    switch name {
    case _ where Self.codec.contains(name): encoder = (text, option)
    case "deadline", "quality":
      hasDeadline = true
      result.setDeadline(
        isRealTime: text == "realtime" || text == "1", found: quoted(text), option: option)
    case "error-resilient":
      // Any of the flags sets the first bit and no other (libvpxenc.c: a logical or).
      let words = text.split(whereSeparator: { $0 == "+" || $0 == "|" })
      let isOn = words.contains { !["0", "-default", "-partitions"].contains($0) }
      try result.set(.errorResilience, to: isOn ? 1 : 0, option: option)
    case "vp8flags":
      if text.contains("error_resilient") {
        try result.set(.errorResilience, to: 1, option: option)
      }
      if text.contains("altref") { try result.set(.autoAltRef, to: 1, option: option) }
    case "tune":
      let names = Key.tuning.namedValues
      guard let named = names.first(where: { $0.name == text || "\($0.value)" == text }) else {
        throw CodecImport.error(
          option, "found \(quoted(text)), \(suggestion(for: text, among: names.map(\.name)))")
      }
      try result.set(.tuning, to: named.value, option: option)
    case "slices":
      let slices = try number(text, option)
      guard (1...8).contains(slices) else {
        throw CodecImport.error(option, "found \(quoted(text)), expected 1...8")
      }
      // av_log2: the largest power of two within.
      let logarithm = Int.bitWidth - 1 - slices.leadingZeroBitCount
      try result.set(.tokenPartitions, to: logarithm, option: option)
    case "ts-parameters": try takeLayers(text, option: option, into: &result)
    case "vf", "filter", "filter_complex":
      result.note(option, "left out: give what it makes of the picture under video")
    case "force_key_frames":
      result.note(option, "left out: key frames come on request, by kf_mode and by kf_max_dist")
    default:
      result.note(option, "left out: a call is coded in one pass, while it is filmed")
    }
  }

  private func takeLayers(
    _ text: String, option: String, into result: inout CodecImport
  ) throws(ConfigurationError) {
    for entry in text.split(separator: ":") {
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      let (name, value) = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
      switch name {
      case "ts_number_layers":
        try result.set(.temporalLayers, to: try number(value, option), option: option)
      case "ts_target_bitrate":
        var rates: [Int] = []
        for rate in value.split(separator: ",") {
          let rate = try number(String(rate), option)
          guard Key.targetBitrate.range.contains(rate) else {
            throw CodecImport.error(option, "found \(rate), expected \(Key.targetBitrate.range)")
          }
          rates.append(rate)
        }
        result.setLayerBitrates(rates, option: option)
      case "ts_rate_decimator", "ts_periodicity", "ts_layer_id", "ts_layering_mode":
        result.note(
          "\(option) \(name)",
          "left out: frames and layers follow libwebrtc's pattern for the number")
      default: result.unknown("\(option) \(name)")
      }
    }
  }
}
