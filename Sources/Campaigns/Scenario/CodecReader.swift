import Configuration
import VP8Codec

/// Reads `codec`: libvpx's VP8 settings by libvpx's own names.
enum CodecReader {
  typealias Key = VP8EncoderSettings.Key

  /// libvpx's names of the settings: fields, vpxenc's options, and names of controls.
  static let names = Key.allCases.map(\.rawValue) + Key.allCases.compactMap(\.controlName)

  static func read(
    _ top: ConfigurationReader, defaults: VP8EncoderSettings
  ) throws(ConfigurationError) -> VP8EncoderSettings {
    var settings = defaults
    guard let reader = try top.mapping("codec", keys: names) else { return settings }
    for key in Key.allCases {
      let name = try name(of: key, in: reader)
      guard let value = try reader.value(name, .codecSetting(key)) else { continue }
      do throws(VP8SettingError) {
        try settings.set(key, to: value)
      } catch {
        throw reader.error(name, "found \(value), expected \(error.expected)")
      }
    }
    do throws(VP8SettingError) {
      try settings.validate()
    } catch {
      let name = try name(of: error.key, in: reader)
      throw reader.error(name, "found \(error.value), expected \(error.expected)")
    }
    return settings
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
