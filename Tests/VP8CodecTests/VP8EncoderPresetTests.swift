import Testing

@testable import VP8Codec

@Suite("VP8EncoderPreset")
struct VP8EncoderPresetTests {
  @Test(
    "libvpx takes every preset, and each leaves the rate alone",
    arguments: VP8EncoderPreset.allCases)
  func valid(preset: VP8EncoderPreset) throws {
    for layers in 1...3 {
      var settings = preset.settings(temporalLayers: layers)
      #expect(settings.targetBitrate == VP8EncoderSettings().targetBitrate)
      settings.temporalLayers = layers
      try settings.validateWithLibrary()
    }
    #expect(!preset.source.isEmpty)
    for substitution in preset.substitutions {
      #expect(substitution.key.restriction != nil, "\(substitution.key.rawValue)")
      let value = preset.settings().value(of: substitution.key)
      #expect(substitution.reason.hasPrefix("\(value): "), "\(substitution.key.rawValue)")
    }
  }

  @Test("none is this project's defaults, and no two presets of programs that differ are equal")
  func distinct() {
    #expect(VP8EncoderPreset.none.settings() == VP8EncoderSettings())
    let programs: [VP8EncoderPreset] = [.none, .linphone, .webrtc, .vpxencRealTime]
    #expect(Set(programs.map { $0.settings() }).count == programs.count)
    // ffmpeg adds nothing of its own to libvpx's defaults but speed and look-ahead.
    #expect(VP8EncoderPreset.ffmpeg.settings() == VP8EncoderPreset.vpxencRealTime.settings())
  }

  @Test("libwebrtc's speed follows the size, its largest key frame the rate, resilience the layers")
  func webRTC() {
    var video = VideoSettings()
    (video.width, video.height) = (352, 288)
    video.frameRate = FrameRate(30)
    let settings = VP8EncoderSettings.preset(.webrtc, for: video)
    #expect(settings.cpuUsed == -6 && settings.maximumIntraRate == 900)
    #expect(settings.errorResilience == 0)
    (video.width, video.height) = (320, 180)
    video.frameRate = FrameRate(5)
    let small = VP8EncoderPreset.webrtc.settings(for: video, temporalLayers: 2)
    #expect(small.cpuUsed == -4 && small.maximumIntraRate == 300 && small.errorResilience == 1)
  }

  @Test("speeds that are fixed stay; adaptive ones become the speed that libvpx settles at")
  func speeds() {
    for speed in -16 ... -1 { #expect(DeterministicSpeed.standing(for: speed) == speed) }
    #expect(DeterministicSpeed.standing(for: 0) == -4)
    #expect(DeterministicSpeed.standing(for: 15) == -4)
    #expect(DeterministicSpeed.standing(for: 16) == -16)
  }
}
