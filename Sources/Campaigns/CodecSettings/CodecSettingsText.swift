import Configuration
import VP8Codec

/// What `avpfsim settings` prints.
public enum CodecSettingsText {
  typealias Key = VP8EncoderSettings.Key

  /// A table of all settings: range, unit, and the value that each preset has.
  ///
  /// - Parameter video: the picture that presets are asked for.
  public static func table(for video: VideoSettings = VideoSettings()) -> String {
    let presets = VP8EncoderPreset.allCases
    let settings = presets.map { $0.settings(for: video) }
    var rows = [["key", "range", "unit"] + presets.map { $0 == .none ? "default" : $0.rawValue }]
    rows[0].append("meaning")
    for key in Key.allCases {
      let values = settings.map { text($0.value(of: key), of: key) }
      rows.append([key.rawValue, range(of: key), key.unit] + values + [key.summary])
    }
    rows.append(
      ["ts_target_bitrate", "rising", "kbit/s"] + presets.map { _ in "shares" }
        + ["a list: each layer's rate with those below it"])
    var lines = aligned(rows)
    lines.append("")
    lines.append("Presets (codec: {preset: ...}) for \(pictureText(video)):")
    for preset in presets { lines += notes(on: preset).map { "  " + $0 } }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A scenario's `codec` with a preset, and what it stands for in comments.
  public static func yaml(
    preset: VP8EncoderPreset, for video: VideoSettings = VideoSettings()
  ) -> String {
    let settings = preset.settings(for: video)
    var lines = notes(on: preset).map { "# " + $0 }
    lines += ["codec:", "  preset: \(preset.rawValue)"]
    lines.append("  # For \(pictureText(video)) it stands for these; give those you change.")
    for key in Key.allCases where key != .targetBitrate {
      lines.append("  # " + entry(key, settings))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What is under `video` and `codec` of a scenario that codes as an imported command line does.
  public static func yaml(_ result: CodecImport) -> String {
    var lines: [String] = []
    if result.size != nil || result.rate != nil {
      lines.append("video:")
      if let size = result.size { lines.append("  size: \(size.width)x\(size.height)") }
      if let rate = result.rate {
        lines.append("  rate: \(FrameRate(rate.numerator, per: rate.denominator))")
      }
    }
    lines += ["codec:", "  preset: \(result.preset.rawValue)"]
    let defaults = result.preset.settings()
    for key in Key.allCases
    where key == .targetBitrate || result.settings.value(of: key) != defaults.value(of: key) {
      lines.append("  " + entry(key, result.settings))
    }
    if !result.settings.layerBitrates.isEmpty {
      let rates = result.settings.layerBitrates.map(String.init).joined(separator: ", ")
      lines.append("  ts_target_bitrate: [\(rates)]")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: Parts

  private static func entry(_ key: Key, _ settings: VP8EncoderSettings) -> String {
    "\(key.rawValue): \(text(settings.value(of: key), of: key))"
      + (key.unit.isEmpty ? "" : "  # \(key.unit)")
  }

  /// A value by its name, where it has one.
  private static func text(_ value: Int, of key: Key) -> String {
    key.namedValues.first { $0.value == value }?.name ?? "\(value)"
  }

  private static func range(of key: Key) -> String {
    let range = key.range
    guard key.namedValues.isEmpty else {
      return key.namedValues.map(\.name).joined(separator: ", ")
    }
    return range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound)...\(range.upperBound)"
  }

  private static func pictureText(_ video: VideoSettings) -> String {
    "\(video.width)x\(video.height) at \(video.frameRate) frames a second"
  }

  private static func notes(on preset: VP8EncoderPreset) -> [String] {
    ["\(preset.rawValue): \(preset.source)"]
      + preset.substitutions.map {
        "  \($0.key.rawValue): there \($0.original), here \($0.reason)"
      }
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
