import Testing

@testable import VP8Codec

/// The encoder's reconstruction is what an undamaged decoder shows: all measurement rests on it.
@Suite("The recovery oracle")
struct OracleTests {
  private func encoder(_ settings: VP8EncoderSettings = .init()) throws -> VP8Encoder {
    try VP8Encoder(settings: settings, width: 176, height: 144, frameRate: FrameRate(25))
  }

  @Test("600 undamaged frames are bit-exact, whichever references they use and update")
  func undamaged() throws {
    let (encoder, decoder) = (try encoder(), try VP8Decoder())
    var exact = 0
    for index in 0..<600 {
      var flags: VP8FrameFlags = []
      switch index % 50 {
      case 10: flags = [.forceGolden, .noUpdateAltRef]
      case 20: flags = [.forceAltRef, .noUpdateGolden, .noReferenceAltRef]
      case 30: flags = [.noReferenceLast]
      case 40: flags = index == 140 ? [.forceKeyFrame] : [.noUpdateLast, .noReferenceGolden]
      default: flags = [.noUpdateGolden, .noUpdateAltRef]
      }
      let frame = try #require(
        try encoder.encode(testPicture(index), index: Int64(index), flags: flags))
      #expect(frame.isKeyFrame == (index == 0 || index == 140))
      #expect((0...63).contains(frame.quantizer))
      let shown = try #require(try decoder.decode(frame.octets))
      if isIdentical(shown, encoder.reconstruction()) { exact += 1 }
    }
    #expect(exact == 600)
  }

  /// Loses frame 12, then predicts frame 15 from golden (frame 5); counts exact frames from 15 on.
  ///
  /// With camera-like content: the lost frame must have changed the entropy contexts.
  private func exactAfterGoldenRecovery(errorResilience: Int) throws -> Int {
    var settings = VP8EncoderSettings()
    settings.errorResilience = errorResilience
    let source = SyntheticSource(
      content: .sports, width: 320, height: 180, frameRate: FrameRate(25))
    let encoder = try VP8Encoder(
      settings: settings, width: 320, height: 180, frameRate: FrameRate(25))
    let decoder = try VP8Decoder()
    let picture = Picture(width: 320, height: 180)
    var exact = 0
    for index in 0..<40 {
      var flags: VP8FrameFlags = [.noUpdateGolden, .noUpdateAltRef]
      if index == 5 { flags = [.forceGolden, .noUpdateAltRef] }
      if index == 15 {
        flags = [.noReferenceLast, .noReferenceAltRef, .noUpdateGolden, .noUpdateAltRef]
      }
      source.render(frame: index, into: picture)
      let frame = try #require(try encoder.encode(picture, index: Int64(index), flags: flags))
      guard index != 12 else { continue }
      let shown = try #require(try decoder.decode(frame.octets), "libvpx reports no error")
      let matches = isIdentical(shown, encoder.reconstruction())
      if index < 12 { #expect(matches) }
      if (13..<15).contains(index) { #expect(!matches, "frame \(index) lacks its reference") }
      if index >= 15 && matches { exact += 1 }
    }
    return exact
  }

  @Test("recovery from golden is exact with error resilience", arguments: [1, 2, 3])
  func resilient(errorResilience: Int) throws {
    #expect(try exactAfterGoldenRecovery(errorResilience: errorResilience) == 25)
  }

  @Test("recovery from golden is never exact without error resilience")
  func fragile() throws {
    #expect(try exactAfterGoldenRecovery(errorResilience: 0) == 0)
  }

  @Test("a key frame repairs without error resilience")
  func keyFrame() throws {
    var settings = VP8EncoderSettings()
    settings.errorResilience = 0
    let (encoder, decoder) = (try encoder(settings), try VP8Decoder())
    for index in 0..<20 {
      let frame = try #require(
        try encoder.encode(
          testPicture(index), index: Int64(index), flags: index == 8 ? .forceKeyFrame : []))
      guard index != 5 else { continue }
      let shown = try #require(try decoder.decode(frame.octets))
      #expect(isIdentical(shown, encoder.reconstruction()) == (index < 5 || index >= 8))
    }
  }
}
