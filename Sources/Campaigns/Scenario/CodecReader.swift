import Configuration
import VP8Codec

/// Reads `codec`: libvpx's VP8 settings by libvpx's own names.
enum CodecReader {
  typealias Key = VP8EncoderSettings.Key

  /// libvpx's names of the settings: fields, vpxenc's options, and names of controls.
  static let names =
    Key.allCases.map(\.rawValue) + Key.allCases.compactMap(\.controlName)
    + [preset, layerBitrates]

  static let preset = "preset"
  static let layerBitrates = "ts_target_bitrate"

  /// Reads the settings, and has libvpx open an encoder with them.
  ///
  /// - Parameters:
  ///   - video: the picture's size and rate, which some presets follow.
  ///   - profiles: whose preset holds where the file names none.
  static func read(
    _ top: ConfigurationReader, video: VideoSettings, profiles: EndpointProfiles
  ) throws(ConfigurationError) -> VP8EncoderSettings {
    guard let reader = try top.mapping("codec", keys: names) else {
      return profiles.codec(for: video, temporalLayers: 1)
    }
    let chosen = try reader.value(Self.preset, ConfigurationValue<VP8EncoderPreset>.oneOf)
    let layers = try reader.value(
      Key.temporalLayers.rawValue, .codecSetting(.temporalLayers))
    var settings =
      chosen?.settings(for: video, temporalLayers: layers ?? 1)
      ?? profiles.codec(for: video, temporalLayers: layers ?? 1)
    for key in Key.allCases {
      let name = try name(of: key, in: reader)
      guard let value = try reader.value(name, .codecSetting(key)) else { continue }
      do throws(VP8SettingError) {
        try settings.set(key, to: value)
      } catch {
        throw reader.error(name, error.problem)
      }
    }
    try readLayerBitrates(reader, into: &settings)
    guard settings != VP8EncoderSettings() else { return settings }
    do throws(VP8SettingError) {
      try settings.validateWithLibrary()
    } catch {
      throw reader.error(try name(of: error.key, in: reader), error.problem)
    }
    return settings
  }

  /// `ts_target_bitrate`: a rate for each layer, with those below it. The last is the whole rate.
  private static func readLayerBitrates(
    _ reader: ConfigurationReader, into settings: inout VP8EncoderSettings
  ) throws(ConfigurationError) {
    guard let nodes = try reader.list(layerBitrates) else { return }
    let path = reader.path(to: layerBitrates)
    let kind = ConfigurationValue<Int>.integer(Key.targetBitrate.range)
    settings.layerBitrates = []
    for (index, node) in nodes.prefix(3).enumerated() {
      settings.layerBitrates.append(try kind.read(node, path: "\(path)[\(index)]"))
    }
    guard nodes.count == settings.temporalLayers else {
      throw reader.error(
        layerBitrates,
        "found \(nodes.count) rates, expected one for each of "
          + "\(settings.temporalLayers) layers (ts_number_layers)")
    }
    if !reader.has(Key.targetBitrate.rawValue), let last = settings.layerBitrates.last {
      settings.targetBitrate = last
    }
  }

  /// The name by which the file sets a key; either of the two, not both.
  private static func name(
    of key: Key, in reader: ConfigurationReader
  ) throws(ConfigurationError) -> String {
    guard let control = key.controlName, reader.has(control) else { return key.rawValue }
    guard !reader.has(key.rawValue) else {
      throw reader.error(
        control, "given beside \(key.rawValue), expected one of the two, which are the same setting"
      )
    }
    return control
  }
}

extension ConfigurationValue where Value == Int {
  /// A whole number, or one of the words vpxenc has for a setting's values. The range is checked
  /// by the settings themselves, which know the reason.
  static func codecSetting(_ key: VP8EncoderSettings.Key) -> Self {
    let names = key.namedValues
    let numbers =
      key.range.lowerBound == key.range.upperBound
      ? "\(key.range.lowerBound)" : "\(key.range.lowerBound)...\(key.range.upperBound)"
    let unit = key.unit.isEmpty ? "" : " (a number in \(key.unit))"
    let expectation =
      names.isEmpty
      ? numbers + unit : "\(names.map(\.name).joined(separator: ", ")), or \(numbers)"
    return Self(expectation: expectation) { (text) throws(ConfigurationMismatch) in
      if let named = names.first(where: { $0.name == text }) { return named.value }
      guard let number = Int(text) else { throw ConfigurationMismatch(expectation) }
      return number
    }
  }
}
