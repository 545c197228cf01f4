import Testing

@testable import VP8Codec

@Suite("VP8EncoderSettings")
struct VP8EncoderSettingsTests {
  typealias Key = VP8EncoderSettings.Key

  @Test("every key has its own property, and the default lies within its range")
  func properties() throws {
    for key in Key.allCases {
      #expect(key.range.contains(key.defaultValue), "\(key.rawValue)")
      #expect(!key.summary.isEmpty)
      guard let other = key.range.first(where: { $0 != key.defaultValue }) else { continue }
      var settings = VP8EncoderSettings()
      try settings.set(key, to: other)
      for each in Key.allCases {
        #expect(settings.value(of: each) == (each == key ? other : each.defaultValue))
      }
    }
    try VP8EncoderSettings().validate()
  }

  @Test("values beside the range are refused and change nothing", arguments: Key.allCases)
  func ranges(key: Key) {
    for value in [key.range.lowerBound - 1, key.range.upperBound + 1] {
      var settings = VP8EncoderSettings()
      let error = #expect(throws: VP8SettingError.self) { try settings.set(key, to: value) }
      #expect(error?.description.hasPrefix("\(key.rawValue) is \(value); expected ") == true)
      #expect(settings == VP8EncoderSettings())
    }
  }

  @Test("settings that libvpx has and a reproducible call has not are refused with the reason")
  func restrictions() {
    let refused: [(Key, Int)] = [
      (.cpuUsed, 4), (.lagInFrames, 10), (.threads, 2), (.resizeAllowed, 1), (.autoAltRef, 1),
    ]
    for (key, value) in refused {
      var settings = VP8EncoderSettings()
      let error = #expect(throws: VP8SettingError.self) { try settings.set(key, to: value) }
      #expect(error?.expected.contains(key.restriction ?? "no reason") == true)
    }
  }

  @Test("a property set beside the table is caught by validation")
  func validation() {
    var settings = VP8EncoderSettings()
    settings.targetBitrate = 0
    #expect(
      throws: VP8SettingError(
        key: .targetBitrate, value: 0, expected: "1...1000000 kbit/s")
    ) { try settings.validate() }
  }

  @Test("settings that contradict each other are refused")
  func contradictions() {
    var settings = VP8EncoderSettings()
    settings.minimumQuantizer = 60
    #expect(throws: VP8SettingError.self) { try settings.validate() }
    settings = VP8EncoderSettings()
    settings.rateControl = 3
    settings.constantQualityLevel = 60
    #expect(throws: VP8SettingError.self) { try settings.validate() }
    settings = VP8EncoderSettings()
    settings.keyFrameMode = 1
    settings.keyFrameMinimumDistance = 5
    #expect(throws: VP8SettingError.self) { try settings.validate() }
  }

  @Test("names of values are in range and reach back")
  func names() {
    #expect(Key.rateControl.namedValues.first { $0.name == "cbr" }?.value == 1)
    for key in Key.allCases {
      for (_, value) in key.namedValues { #expect(key.range.contains(value)) }
    }
  }
}
