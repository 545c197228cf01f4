import Testing

@testable import VP8Codec

@Suite("libvpx's own words against a setting")
struct VP8LibraryReasonTests {
  typealias Key = VP8EncoderSettings.Key

  @Test(
    "a value that libvpx refuses comes with its words",
    arguments: [
      (Key.maximumQuantizer, 70, "rc_max_quantizer out of range [..63]"),
      (.undershoot, 101, "rc_undershoot_pct out of range [..100]"),
      (.rateControl, 9, "rc_end_usage out of range [VPX_VBR..VPX_Q]"),
      (.sharpness, 8, "Sharpness out of range [..7]"),
      (.screenContentMode, 3, "screen_content_mode out of range [..2]"),
      (.constantQualityLevel, 64, "cq_level out of range [0..63]"),
    ])
  func words(key: Key, value: Int, words: String) {
    var settings = VP8EncoderSettings()
    let error = #expect(throws: VP8SettingError.self) { try settings.set(key, to: value) }
    #expect(error?.libraryReason == words)
    #expect(
      error?.problem == "libvpx says \"\(words)\", found \(value), expected \(key.expectation)")
  }

  @Test("where the limit is this project's own, or the value fits no type, libvpx is not quoted")
  func none() {
    var settings = VP8EncoderSettings()
    for (key, value) in [
      (Key.threads, 4), (.cpuUsed, 4), (.targetBitrate, 0), (.maximumQuantizer, -1),
      (.maximumQuantizer, .max), (.staticThreshold, 2_000_000),
    ] {
      let error = #expect(throws: VP8SettingError.self) { try settings.set(key, to: value) }
      #expect(error?.libraryReason == nil, "\(key.rawValue) \(value)")
    }
  }

  @Test("what libvpx refuses only as a whole is found by validation, with its words")
  func whole() {
    var settings = VP8EncoderSettings()
    settings.minimumQuantizer = 60
    var error = #expect(throws: VP8SettingError.self) { try settings.validate() }
    #expect(error?.libraryReason?.hasPrefix("rc_min_quantizer out of range") == true)
    settings = VP8EncoderSettings()
    settings.keyFrameMode = 1
    settings.keyFrameMinimumDistance = 5
    error = #expect(throws: VP8SettingError.self) { try settings.validateWithLibrary() }
    #expect(error?.libraryReason?.hasPrefix("kf_min_dist not supported in auto mode") == true)
  }

  @Test("layers' rates rise, are as many as the layers, and end with the whole")
  func layers() throws {
    var settings = VP8EncoderSettings()
    settings.temporalLayers = 3
    #expect(settings.effectiveLayerBitrates == [120, 180, 300])
    try settings.validateWithLibrary()
    settings.layerBitrates = [100, 300]
    #expect(throws: VP8SettingError.self) { try settings.validateWithLibrary() }
    settings.layerBitrates = [100, 200, 250]
    #expect(throws: VP8SettingError.self) { try settings.validateWithLibrary() }
    settings.layerBitrates = [250, 200, 300]
    let error = #expect(throws: VP8SettingError.self) { try settings.validateWithLibrary() }
    #expect(error?.libraryReason == "ts_target_bitrate entries are not strictly increasing")
    settings.layerBitrates = [100, 200, 300]
    try settings.validateWithLibrary()
  }
}
