import SimulationKernel
import Testing
import WireFormats

@testable import VP8Codec

@Suite("VP8Decoder")
struct VP8DecoderTests {
  @Test("references used and updated are those of the flags")
  func references() throws {
    let encoder = try VP8Encoder(
      settings: .init(), width: 176, height: 144, frameRate: FrameRate(25))
    let decoder = try VP8Decoder()
    let frames: [(VP8FrameFlags, used: VP8References, updated: VP8References)] = [
      ([], [], .all),
      ([.noUpdateGolden, .noUpdateAltRef, .noReferenceGolden, .noReferenceAltRef], .last, .last),
      (
        [.forceGolden, .noUpdateAltRef, .noReferenceGolden, .noReferenceAltRef], .last,
        [.last, .golden]
      ),
      ([.noReferenceLast, .noReferenceAltRef, .noUpdateGolden, .noUpdateAltRef], .golden, .last),
      (
        [.forceAltRef, .noUpdateGolden, .noUpdateLast, .noReferenceLast, .noReferenceAltRef],
        .golden, .altref
      ),
      ([.noReferenceLast, .noReferenceGolden, .noUpdateGolden, .noUpdateAltRef], .altref, .last),
      ([.forceKeyFrame], [], .all),
    ]
    for (index, expected) in frames.enumerated() {
      let frame = try #require(
        try encoder.encode(testPicture(index), index: Int64(index), flags: expected.0))
      _ = try decoder.decode(frame.octets)
      #expect(decoder.referencesUsed == expected.used, "frame \(index)")
      #expect(decoder.referencesUpdated == expected.updated, "frame \(index)")
      #expect(!decoder.isFrameCorrupted)
    }
  }

  @Test("garbage is an error, and a key frame after it decodes exactly")
  func garbage() throws {
    let decoder = try VP8Decoder()
    var noise = RandomStream(seed: 3, name: "test.garbage")
    for length in [1, 2, 3, 9, 10, 50, 1500] {
      // An odd first octet is no key frame, and nothing came before it.
      var octets = (0..<length).map { _ in UInt8(truncatingIfNeeded: noise.next()) }
      octets[0] |= 1
      #expect(throws: VP8Error.self) { try octets.withUnsafeBytes { _ = try decoder.decode($0) } }
      // A key frame with a wrong start code.
      octets[0] &= 0xFE
      if length > 3 { octets[3] = 0 }
      #expect(throws: VP8Error.self) { try octets.withUnsafeBytes { _ = try decoder.decode($0) } }
    }
    let encoder = try VP8Encoder(
      settings: .init(), width: 176, height: 144, frameRate: FrameRate(25))
    let frame = try #require(try encoder.encode(testPicture(0), index: 0))
    let shown = try #require(try decoder.decode(frame.octets))
    #expect(isIdentical(shown, encoder.reconstruction()))
  }

  @Test("no octets are an error with a sentence of their own")
  func empty() throws {
    let decoder = try VP8Decoder()
    let error = #expect(throws: VP8Error.self) {
      try decoder.decode(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    #expect(
      error?.description == "libvpx could not decode a frame: the frame has no octets (code 8)")
  }

  @Test("names of reference sets")
  func names() {
    let names = (0...7).map { VP8References(rawValue: $0).description }
    #expect(
      names == [
        "", "last", "golden", "last+golden", "altref", "last+altref", "golden+altref",
        "last+golden+altref",
      ])
    #expect(VP8FrameFlags.forceKeyFrame.referencesAllowed == [])
    #expect(([.noReferenceLast, .noReferenceAltRef] as VP8FrameFlags).referencesAllowed == .golden)
  }
}
