import Configuration
import VP8Codec

/// The options of `ffmpeg -c:v libvpx` (`ffmpeg -h encoder=libvpx`), with what libavcodec/libvpxenc.c
/// makes of them.
enum FFmpegOptions {
  typealias Key = VP8EncoderSettings.Key

  static func read(
    _ arguments: [String], into result: inout CodecImport
  ) throws(ConfigurationError) {
    var reader = FFmpegReader()
    for option in chosen(among: outputs(of: arguments), &result) {
      try apply(option, to: &reader, into: &result)
    }
    try reader.finish(&result)
  }

  private static func apply(
    _ option: Option, to reader: inout FFmpegReader, into result: inout CodecImport
  ) throws(ConfigurationError) {
    guard FFmpegReader.knows(option.name) else { return result.unknown(option.word) }
    guard let value = option.value else {
      throw CodecImport.error(option.word, "found no value, expected one behind it")
    }
    guard !option.isOfAnotherStream else {
      return result.note(option.word, "left out: a call has the first video stream alone")
    }
    try reader.take(option.name, value, option: option.word, into: &result)
  }

  /// An option of an output's video.
  private struct Option {
    /// As it was given: `-b:v`.
    var word: String
    var name: String
    /// Behind the colon: `v`, `v:0`, `0`.
    var stream: String?
    var value: String?

    init(_ word: String) {
      self.word = word
      let parts = word.dropFirst().split(separator: ":", maxSplits: 1).map(String.init)
      name = parts.first ?? ""
      stream = parts.count > 1 ? parts[1] : nil
    }

    /// Of sound, subtitles or data.
    var isNotOfVideo: Bool { ["a", "s", "d"].contains(stream?.first) }

    /// Of another than the first; ffmpeg's own order of streams, where no kind is named.
    var isOfAnotherStream: Bool {
      guard let number = stream?.split(separator: ":").first(where: { $0 != "v" && $0 != "V" })
      else { return false }
      return (Int(number) ?? 0) > 0
    }
  }

  /// What stands before each output. What stands before an input is that input's, and goes.
  private static func outputs(of arguments: [String]) -> [[Option]] {
    var outputs: [[Option]] = [[]]
    var index = 0
    while index < arguments.count {
      let word = arguments[index]
      index += 1
      guard word.hasPrefix("-"), word.utf8.count > 1 else {
        outputs.append([])
        continue
      }
      var option = Option(word)
      if option.name.isEmpty || flags.contains(option.name) { continue }
      let isOther = option.isNotOfVideo || ignored.contains(option.name)
      let isKnown = isOther || FFmpegReader.knows(option.name)
      if index < arguments.count, isKnown || !arguments[index].hasPrefix("-") {
        option.value = arguments[index]
        index += 1
      }
      if option.name == "i" { outputs[outputs.count - 1] = [] }
      if !isOther { outputs[outputs.count - 1].append(option) }
    }
    return outputs.filter { !$0.isEmpty }
  }

  /// The first output that is VP8, else the first; the others are noted.
  private static func chosen(among outputs: [[Option]], _ result: inout CodecImport) -> [Option] {
    let isVP8 = outputs.map { options in
      let codec = options.last { FFmpegReader.codec.contains($0.name) && !$0.isOfAnotherStream }
      return FFmpegReader.encoders.contains(codec?.value ?? "")
    }
    let choice = isVP8.firstIndex(of: true) ?? 0
    for (index, options) in outputs.enumerated() where index != choice {
      result.note(
        options[0].word, "left out with what stands beside it: a call has one output's video")
    }
    return outputs.isEmpty ? [] : outputs[choice]
  }

  /// Options without a value, none of which is the codec's.
  private static let flags: Set<String> = [
    "y", "n", "re", "an", "vn", "sn", "dn", "hide_banner", "nostdin", "stdin", "stats", "nostats",
    "shortest", "copyts", "start_at_zero", "benchmark", "benchmark_all", "report", "autorotate",
    "noautorotate", "accurate_seek", "noaccurate_seek", "fix_sub_duration", "xerror", "dump", "hex",
    "psnr", "ignore_unknown", "copy_unknown", "bitexact", "L", "version", "help",
    "find_stream_info",
    "copyinkf", "vstats", "qphist",
  ]

  /// Options of inputs, outputs, filters' graphs, sound and logs, each with a value.
  private static let ignored: Set<String> = [
    "i", "f", "map", "map_metadata", "map_chapters", "ss", "sseof", "t", "to", "fs", "itsoffset",
    "itsscale", "timestamp", "metadata", "program", "disposition", "attach", "dump_attachment",
    "target", "dframes", "frames", "vframes", "aframes", "loglevel", "v", "progress", "timelimit",
    "acodec", "scodec", "dcodec", "ac", "ar", "ab", "aq", "af", "aspect", "pix_fmt", "sample_fmt",
    "channel_layout", "ch_layout", "hwaccel", "hwaccel_device", "hwaccel_output_format",
    "init_hw_device", "filter_hw_device", "stream_loop", "thread_queue_size",
    "max_muxing_queue_size",
    "muxdelay", "muxpreload", "probesize", "analyzeduration", "fflags", "flags", "movflags",
    "vsync", "fps_mode", "async", "avoid_negative_ts", "strict", "framerate", "video_size",
    "rtsp_transport",
    "payload_type", "ssrc", "pkt_size", "buffer_size", "srtp_out_suite", "srtp_out_params",
    "sdp_file", "protocol_whitelist", "filter_threads", "filter_complex_threads", "lavfi",
    "color_range", "colorspace", "color_primaries", "color_trc", "field_order", "sws_flags", "bsf",
    "vbsf", "absf", "tag", "vtag", "atag", "dash", "live", "cluster_time_limit", "abr",
    "application",
    "vbr", "compression_level", "frame_duration", "passlogfile", "enc_time_base",
    "video_track_timescale", "copypriorss", "seek_timestamp", "isync",
  ]
}

/// What has been read of ffmpeg's options: some settings follow from several of them.
struct FFmpegReader {
  typealias Key = VP8EncoderSettings.Key

  private var bitrate: Int?
  private var minimumRate = 0
  private var maximumRate = 0
  private var bufferSize = 0
  private var initialOccupancy: Int?
  private var quality: Int?
  private var group: Int?
  private var minimumGroup: Int?
  /// The last that was named holds.
  private var encoder: (name: String, option: String)?
  private var hasSpeed = false
  private var hasDeadline = false
  private var hasLag = false

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

  // MARK: What follows from several options

  mutating func finish(_ result: inout CodecImport) throws(ConfigurationError) {
    if let encoder {
      guard Self.encoders.contains(encoder.name) else {
        throw CodecImport.error(
          encoder.option, "found \(quoted(encoder.name)), expected libvpx, which codes VP8")
      }
    } else {
      result.note("-c:v", "not given, taken as libvpx: ffmpeg chooses by the file's name then")
    }
    if !hasDeadline {
      result.setDeadline(isRealTime: false, found: "none, which is good", option: "-deadline")
    }
    if !hasSpeed {
      result.note("-cpu-used", "not given, which is 1, taken as \(DeterministicSpeed.reason)")
    }
    if !hasLag {
      result.note(
        "-lag-in-frames", "not given, which is 25, taken as 0: \(Key.lagInFrames.restriction ?? "")"
      )
    }
    try finishRates(&result)
    if let group, group >= 0 {
      if minimumGroup == group {
        try result.set(.keyFrameMinimumDistance, to: group, option: "-keyint_min")
      }
      try result.set(.keyFrameMaximumDistance, to: group, option: "-g")
    }
  }

  private func finishRates(_ result: inout CodecImport) throws(ConfigurationError) {
    let bits = bitrate ?? 0
    if bits > 0, minimumRate == bits, maximumRate == bits {
      try result.set(.rateControl, to: 1, option: "-b:v")
    } else if let quality, quality >= 0 {
      try result.set(.rateControl, to: 2, option: "-crf")
      try result.set(.constantQualityLevel, to: quality, option: "-crf")
    }
    if !result.settings.layerBitrates.isEmpty {
      noteLayers(bits, &result)
    } else if bits > 0 {
      try result.set(.targetBitrate, to: Self.nearest(bits, 1, per: 1_000), option: "-b:v")
    } else {
      // libvpx's default, and with a quality alone no bound.
      let rate = result.settings.rateControl == 2 ? 1_000_000 : 256
      try result.set(.targetBitrate, to: rate, option: "-b:v")
    }
    try finishBuffer(bits, &result)
  }

  private func noteLayers(_ bits: Int, _ result: inout CodecImport) {
    let rate = result.settings.targetBitrate
    guard bits > 0, Self.nearest(bits, 1, per: 1_000) != rate else { return }
    let rest = bufferSize > 0 ? " but for -bufsize" : ""
    result.note("-b:v", "left out\(rest): ts_target_bitrate ends at \(rate) kbit/s")
  }

  /// The buffer's lengths are times at the rate of -b:v, with layers too.
  private func finishBuffer(
    _ bits: Int, _ result: inout CodecImport
  ) throws(ConfigurationError) {
    guard bufferSize > 0 else { return }
    guard bits > 0 else {
      throw CodecImport.error("-bufsize", "found without -b:v, expected a rate beside it")
    }
    let size = Self.scaled(bufferSize, 1_000, per: bits)
    try result.set(.bufferSize, to: size, option: "-bufsize")
    // Three quarters, where nothing is said (libavcodec/encode.c and before it utils.c).
    let initial = initialOccupancy ?? Self.scaled(bufferSize, 3, per: 4)
    try result.set(
      .bufferInitialSize, to: Self.scaled(initial, 1_000, per: bits), option: "-rc_init_occupancy")
    try result.set(.bufferOptimalSize, to: size * 5 / 6, option: "-bufsize")
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

  // MARK: Numbers

  /// `2`, `500k`, `1.5M`, `1Mi`, `64kB`: as libavutil's av_strtod, rounded down to a whole number.
  private func number(_ text: String, _ option: String) throws(ConfigurationError) -> Int {
    guard let number = Self.number(text) else {
      throw CodecImport.error(
        option, "found \(quoted(text)), expected a number such as 2, 500k or 1.5M")
    }
    return number
  }

  static func number(_ text: String) -> Int? {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative { rest = rest.dropFirst() }
    let unit = rest.drop { $0.isASCII && $0.isNumber || $0 == "." }
    var factor = 1
    var letters = unit
    if letters.last == "B" {
      factor = 8
      letters = letters.dropLast()
    }
    switch letters {
    case "": break
    case "k", "K": factor *= 1_000
    case "M": factor *= 1_000_000
    case "G": factor *= 1_000_000_000
    case "ki", "Ki": factor *= 1_024
    case "Mi": factor *= 1_048_576
    default: return nil
    }
    let parts = rest[..<unit.startIndex].split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.count == 2 ? parts[1].prefix(9) : ""
    // Either side of the point may be left out, and not both.
    guard parts.count <= 2, !(parts[0].isEmpty && digits.isEmpty),
      let whole = Int(parts[0].isEmpty ? "0" : parts[0]), whole <= 1_000_000_000,
      let fraction = Int(digits.isEmpty ? "0" : digits)
    else { return nil }
    let power = digits.reduce(1) { product, _ in product * 10 }
    let value = whole * factor + scaled(fraction, factor, per: power)
    return isNegative ? -value : value
  }

  /// value * factor / divisor, rounded down, without overflow; the divisor is positive.
  private static func scaled(_ value: Int, _ factor: Int, per divisor: Int) -> Int {
    let product = value.multipliedFullWidth(by: factor)
    guard product.high == 0, value >= 0 else { return -1 }
    return Int(clamping: UInt(product.low) / UInt(divisor))
  }

  private static func nearest(_ value: Int, _ factor: Int, per divisor: Int) -> Int {
    scaled(value + divisor / 2, factor, per: divisor)
  }

  private static let sizes = [
    "qcif": "176x144", "qvga": "320x240", "cif": "352x288", "nhd": "640x360", "vga": "640x480",
    "svga": "800x600", "xga": "1024x768", "hd720": "1280x720", "hd1080": "1920x1080",
  ]
}
