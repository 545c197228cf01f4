import CallSimulation
import Configuration
import Testing
import VP8Codec

@testable import Campaigns

@Suite("Codec settings of a scenario: presets, layers, and libvpx's reasons")
struct CodecReaderTests {
  private func codec(_ text: String) throws(ConfigurationError) -> VP8EncoderSettings {
    try ScenarioReader.read(ConfigurationFile.parse(text, file: "s.yaml")).codec
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try codec(text)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("a preset sets all keys, and single keys override it", arguments: VP8EncoderPreset.allCases)
  func presets(preset: VP8EncoderPreset) throws {
    #expect(try codec("codec: {preset: \(preset.rawValue)}\n") == preset.settings())
    var expected = preset.settings()
    expected.maximumQuantizer = 40
    expected.targetBitrate = 700
    #expect(
      try codec(
        "codec: {rc_max_quantizer: 40, preset: \(preset.rawValue), rc_target_bitrate: 700}\n")
        == expected)
  }

  @Test("a preset follows the picture, whatever the order of the keys")
  func picture() throws {
    let read = try codec("codec: {preset: webrtc}\nvideo: {size: 640x360, rate: 30}\n")
    #expect(read.cpuUsed == -6 && read.maximumIntraRate == 900)
    #expect(try codec("codec: {preset: webrtc, ts_number_layers: 2}\n").errorResilience == 1)
  }

  @Test("layers have rates of their own, and the last is the whole")
  func layers() throws {
    let read = try codec("codec: {ts_number_layers: 2, ts_target_bitrate: [150, 400]}\n")
    #expect(read.layerBitrates == [150, 400] && read.targetBitrate == 400)
  }

  @Test(
    "a refusal has the line, the key, libvpx's own words and the range",
    arguments: [
      (
        "codec:\n  rc_max_quantizer: 70\n",
        "s.yaml:2: codec.rc_max_quantizer: libvpx says \"rc_max_quantizer out of range [..63]\", "
          + "found 70, expected 0...63"
      ),
      (
        "codec:\n  rc_target_bitrate: 300\n  rc_min_quantizer: 60\n",
        "s.yaml:3: codec.rc_min_quantizer: libvpx says \"rc_min_quantizer out of range "
          + "[..cfg->rc_max_quantizer]\", found 60, expected at most rc_max_quantizer, which is 56"
      ),
      (
        "codec: {kf_mode: auto, kf_min_dist: 5}\n",
        "s.yaml:1: codec.kf_min_dist: libvpx says \"kf_min_dist not supported in auto mode, use 0 "
          + "or kf_max_dist instead.\", found 5, expected 0 or kf_max_dist, which is 3000"
      ),
      (
        "codec: {ts_number_layers: 2, ts_target_bitrate: [300, 200]}\n",
        "s.yaml:1: codec.ts_number_layers: libvpx says \"ts_target_bitrate entries are not "
          + "strictly increasing\", found 2, expected rates of 1 kbit/s or more that rise from layer "
          + "to layer, not 300, 200"
      ),
      (
        "codec: {ts_target_bitrate: [100, 200]}\n",
        "s.yaml:1: codec.ts_target_bitrate: found 2 rates, expected one for each of 1 layers "
          + "(ts_number_layers)"
      ),
      (
        "codec: {ts_number_layers: 2, ts_target_bitrate: [1, 200], rc_target_bitrate: 300}\n",
        "s.yaml:1: codec.rc_target_bitrate: found 300, expected the last rate of ts_target_bitrate, "
          + "whose rates are 1, 200"
      ),
      (
        "codec: {ts_number_layers: 4}\n",
        "s.yaml:1: codec.ts_number_layers: found 4, expected 1...3: the reference patterns here, "
          + "libwebrtc's, are of one to three"
      ),
      (
        "codec: {rc_resize_allowed: 1}\n",
        "s.yaml:1: codec.rc_resize_allowed: found 1, expected 0: a picture of another size cannot "
          + "be compared with its source"
      ),
      (
        "codec: {preset: webrct}\n",
        "s.yaml:1: codec.preset: found \"webrct\", expected one of none, linphone, webrtc, ffmpeg, "
          + "vpxenc-rt (did you mean webrtc?)"
      ),
    ])
  func refusals(text: String, sentence: String) {
    #expect(refusal(text) == sentence)
  }

  @Test("the text of a preset reads as the preset, with its comments taken for keys too")
  func text() throws {
    for preset in VP8EncoderPreset.allCases {
      let yaml = CodecSettingsText.yaml(preset: preset)
      #expect(try codec(yaml) == preset.settings())
      let lines = yaml.split(separator: "\n").map(String.init)
      let keys = lines.filter { $0.hasPrefix("  # ") && $0.contains(": ") }
        .map { "  " + $0.dropFirst(4) }
      #expect(keys.count == VP8EncoderSettings.Key.allCases.count - 1)
      #expect(
        try codec("codec:\n" + keys.joined(separator: "\n") + "\n") == preset.settings())
    }
  }

  @Test("the table has a line for every key and a column for every preset")
  func table() {
    let lines = CodecSettingsText.table().split(separator: "\n")
    for key in VP8EncoderSettings.Key.allCases {
      #expect(lines.filter { $0.hasPrefix(key.rawValue + " ") }.count == 1, "\(key.rawValue)")
    }
    for preset in ["default", "linphone", "webrtc", "ffmpeg", "vpxenc-rt"] {
      #expect(lines[0].contains(" \(preset) "))
    }
  }
}
