import Configuration
import VP8Codec

/// The options of vpxenc (`vpxenc --help`, libvpx 1.12).
enum VpxencOptions {
  typealias Key = VP8EncoderSettings.Key

  static func read(
    _ arguments: [String], into result: inout CodecImport
  ) throws(ConfigurationError) {
    var reader = Reader()
    var index = 0
    while index < arguments.count {
      let word = arguments[index]
      index += 1
      if word == "--" { break }
      if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        try reader.take(
          String(parts[0]), parts.count > 1 ? String(parts[1]) : nil, option: "--" + parts[0],
          into: &result)
      } else if let long = shortNames[word] {
        var value: String?
        if !flags.contains(long), index < arguments.count {
          value = arguments[index]
          index += 1
        }
        try reader.take(long, value, option: word, into: &result)
      } else if word.hasPrefix("-"), word != "-" {
        result.unknown(word)
      }
    }
    try reader.finish(&result)
  }

  private static let shortNames = [
    "-D": "debug", "-o": "output", "-p": "passes", "-d": "deadline", "-q": "quiet",
    "-v": "verbose", "-P": "output-partitions", "-y": "disable-warning-prompt", "-u": "usage",
    "-t": "threads", "-w": "width", "-h": "height", "-b": "bit-depth",
  ]

  /// Options that take no value.
  private static let flags: Set<String> = [
    "help", "debug", "best", "good", "rt", "quiet", "verbose", "psnr", "webm", "ivf",
    "output-partitions", "disable-warnings", "disable-warning-prompt", "disable-kf", "nv12", "yv12",
    "i420", "i422", "i444", "i440", "test-16bit-internal",
  ]

  /// Options of files, of what is printed, or of other codecs.
  private static let ignored: Set<String> = [
    "output", "fpf", "limit", "skip", "q-hist", "rate-hist", "test-decode", "usage", "stereo-mode",
    "timebase", "bit-depth", "input-bit-depth", "y4m",
  ]

  /// Options of two-pass coding, which real-time coding has no use for.
  private static let twoPass: Set<String> = [
    "bias-pct", "minsection-pct", "maxsection-pct", "corpus-complexity", "arnr-maxframes",
    "arnr-strength", "arnr-type", "fpf",
  ]

  private static let numbers: [String: Key] = [
    "threads": .threads, "profile": .profile, "error-resilient": .errorResilience,
    "lag-in-frames": .lagInFrames, "drop-frame": .dropFrameThreshold,
    "resize-allowed": .resizeAllowed, "target-bitrate": .targetBitrate, "min-q": .minimumQuantizer,
    "max-q": .maximumQuantizer, "undershoot-pct": .undershoot, "overshoot-pct": .overshoot,
    "buf-sz": .bufferSize, "buf-initial-sz": .bufferInitialSize,
    "buf-optimal-sz": .bufferOptimalSize, "kf-min-dist": .keyFrameMinimumDistance,
    "kf-max-dist": .keyFrameMaximumDistance, "cpu-used": .cpuUsed, "auto-alt-ref": .autoAltRef,
    "noise-sensitivity": .noiseSensitivity, "sharpness": .sharpness,
    "static-thresh": .staticThreshold, "token-parts": .tokenPartitions,
    "cq-level": .constantQualityLevel, "max-intra-rate": .maximumIntraRate,
    "gf-cbr-boost": .goldenBoost, "screen-content-mode": .screenContentMode,
  ]

  private static let named: [String: Key] = ["end-usage": .rateControl, "tune": .tuning]

  private struct Reader {
    private var width: String?
    private var height: String?
    private var hasCodec = false
    private var hasSpeed = false
    private var hasRate = false
    private var isRealTime = false

    mutating func take(
      _ name: String, _ text: String?, option: String, into result: inout CodecImport
    ) throws(ConfigurationError) {
      if let key = numbers[name] {
        if key == .cpuUsed { hasSpeed = true }
        if key == .targetBitrate { hasRate = true }
        return try result.set(key, to: try number(text, option), option: option)
      }
      if let key = named[name] {
        let value = try value(text, option)
        // vpxenc takes the number as well as the name (args.c, arg_parse_enum_helper).
        let number = Int(value)
        let found = key.namedValues.first { $0.name == value || $0.value == number }
        guard let named = found else {
          let names = key.namedValues.map(\.name)
          throw CodecImport.error(
            option, "found \(quoted(value)), \(suggestion(for: value, among: names))")
        }
        return try result.set(key, to: named.value, option: option)
      }
      try takeOther(name, text, option: option, into: &result)
    }

    private mutating func takeOther(
      _ name: String, _ text: String?, option: String, into result: inout CodecImport
    ) throws(ConfigurationError) {
      switch name {
      case "codec":
        hasCodec = true
        let codec = try value(text, option)
        guard codec == "vp8" else {
          throw CodecImport.error(option, "found \(quoted(codec)), expected vp8")
        }
      case "rt": isRealTime = true
      case "good", "best":
        isRealTime = true
        result.setDeadline(isRealTime: false, found: name, option: option)
      case "deadline":
        isRealTime = true
        let deadline = try number(text, option)
        result.setDeadline(isRealTime: deadline == 1, found: "\(deadline)", option: option)
      case "passes":
        if try number(text, option) != 1 { result.note(option, "taken as 1: \(onePass)") }
      case "pass": result.note(option, "taken as one pass of one: \(onePass)")
      case "width": width = try value(text, option)
      case "height": height = try value(text, option)
      case "fps": result.setRate(try value(text, option), option: option)
      case "disable-kf": try result.set(.keyFrameMode, to: 0, option: option)
      case "output-partitions": try result.set(.outputPartitions, to: 1, option: option)
      case "resize-width", "resize-height", "resize-up", "resize-down":
        result.note(option, "left out: \(Key.resizeAllowed.restriction ?? "")")
      case _ where twoPass.contains(name): result.note(option, "left out: \(onePass)")
      case _ where ignored.contains(name) || flags.contains(name): break
      default: result.unknown(option)
      }
    }

    func finish(_ result: inout CodecImport) throws(ConfigurationError) {
      if !hasRate {
        // libvpx's default.
        try result.set(.targetBitrate, to: 256, option: "--target-bitrate")
      }
      if width != nil || height != nil {
        let option = width == nil ? "--height" : "--width"
        if let width, let height {
          result.setSize("\(width)x\(height)", option: option)
        } else {
          result.note(option, "left out: found one of --width and --height, expected both")
        }
      }
      if !hasCodec {
        result.note("--codec", "not given, taken as vp8: newer vpxenc codes VP9 then")
      }
      if !isRealTime {
        result.setDeadline(isRealTime: false, found: "none of it", option: "--rt")
      }
      if !hasSpeed {
        result.note("--cpu-used", "not given, which is 0, taken as \(DeterministicSpeed.reason)")
      }
    }

    private func value(_ text: String?, _ option: String) throws(ConfigurationError) -> String {
      guard let text, !text.isEmpty else {
        let place = option.hasPrefix("--") ? "after an equals sign" : "behind it"
        throw CodecImport.error(option, "found no value, expected one \(place)")
      }
      return text
    }

    private func number(_ text: String?, _ option: String) throws(ConfigurationError) -> Int {
      let text = try value(text, option)
      guard let number = Int(text) else {
        throw CodecImport.error(option, "found \(quoted(text)), expected a whole number")
      }
      return number
    }
  }

  private static let onePass = "a call is coded in one pass, while it is filmed"
}
