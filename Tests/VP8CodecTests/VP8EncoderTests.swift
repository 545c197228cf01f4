import Testing

@testable import VP8Codec

@Suite("VP8Encoder")
struct VP8EncoderTests {
  private func octets(of settings: VP8EncoderSettings, frames: Int = 60) throws -> [[UInt8]] {
    let encoder = try VP8Encoder(
      settings: settings, width: 176, height: 144, frameRate: FrameRate(25))
    return try (0..<frames).map { index in
      try encoder.encode(testPicture(index), index: Int64(index)).map { Array($0.octets) } ?? []
    }
  }

  @Test("two encoders give the same octets", arguments: [-16, -8, -1])
  func deterministic(speed: Int) throws {
    var settings = VP8EncoderSettings()
    settings.cpuUsed = speed
    let first = try octets(of: settings)
    #expect(first == (try octets(of: settings)))
    settings.targetBitrate = 100
    #expect(first != (try octets(of: settings)))
  }

  @Test("libvpx tells the partitions that the frame's own table tells", arguments: 0...3)
  func partitions(log2: Int) throws {
    var told = VP8EncoderSettings()
    told.tokenPartitions = log2
    var read = told
    read.outputPartitions = 0
    let encoders = try [told, read].map {
      try VP8Encoder(settings: $0, width: 176, height: 144, frameRate: FrameRate(25))
    }
    for index in 0..<30 {
      let frames = try encoders.map { try $0.encode(testPicture(index), index: Int64(index))! }
      #expect(frames[0].octets.elementsEqual(frames[1].octets))
      #expect(frames[0].partitions == frames[1].partitions)
      #expect(frames[0].partitions.tokenPartitionCount == 1 << log2)
    }
  }

  @Test("the first frame is a key frame, others only on demand")
  func keyFrames() throws {
    // RFC 6386 section 9.1: bit 0 of the first octet is 0 in a key frame.
    let frames = try octets(of: .init(), frames: 150)
    #expect(frames.indices.filter { frames[$0][0] & 1 == 0 } == [0])
  }

  @Test("the rate control holds the target")
  func rate() throws {
    var settings = VP8EncoderSettings()
    settings.targetBitrate = 200
    let octets = try octets(of: settings, frames: 250).reduce(0) { $0 + $1.count }
    #expect((180_000...220_000).contains(octets * 8 / 10))
  }

  @Test("a dropped frame is nil, not an empty frame")
  func dropped() throws {
    var settings = VP8EncoderSettings()
    settings.targetBitrate = 20
    settings.dropFrameThreshold = 90
    let frames = try octets(of: settings)
    #expect(frames.contains([]) && frames.contains { !$0.isEmpty })
  }

  @Test("speeds that follow the wall clock are refused", arguments: [0, 1, 8, 16, -17])
  func speeds(speed: Int) {
    var settings = VP8EncoderSettings()
    settings.cpuUsed = speed
    let error = #expect(throws: VP8Error.self) {
      try VP8Encoder(settings: settings, width: 176, height: 144, frameRate: FrameRate(25))
    }
    #expect(error?.description.hasPrefix("cpu-used is \(speed); expected -16...-1: ") == true)
  }

  @Test(
    "sizes that VP8 or 4:2:0 cannot have are refused",
    arguments: [(175, 144), (176, 143), (0, 144), (16384, 144), (176, -2)])
  func sizes(width: Int, height: Int) {
    #expect(throws: VP8Error.size(width: width, height: height)) {
      try VP8Encoder(settings: .init(), width: width, height: height, frameRate: FrameRate(25))
    }
  }

  @Test("libvpx's refusal comes with its own message and detail")
  func refusal() throws {
    // A time base beyond 10^9 is what libvpx itself refuses.
    let error = #expect(throws: VP8Error.self) {
      try VP8Encoder(
        settings: .init(), width: 176, height: 144, frameRate: FrameRate(1, per: 3_000_000_000))
    }
    guard case .library(_, let code, let message, let detail) = error else {
      Issue.record("expected an error of libvpx, found \(String(describing: error))")
      return
    }
    #expect(code != 0 && !message.isEmpty && detail?.contains("g_timebase") == true)
  }

  @Test("every setting reaches libvpx at both ends of its range")
  func extremes() throws {
    for key in VP8EncoderSettings.Key.allCases {
      for value in [key.range.lowerBound, key.range.upperBound] {
        var settings = VP8EncoderSettings()
        try settings.set(key, to: value)
        if key == .minimumQuantizer { settings.maximumQuantizer = 63 }
        if key == .maximumQuantizer { settings.minimumQuantizer = 0 }
        let encoder = try VP8Encoder(
          settings: settings, width: 176, height: 144, frameRate: FrameRate(25))
        let decoder = try VP8Decoder()
        for index in 0..<3 {
          guard let frame = try encoder.encode(testPicture(index), index: Int64(index)) else {
            continue
          }
          let shown = try #require(try decoder.decode(frame.octets))
          #expect(isIdentical(shown, encoder.reconstruction()), "\(key.rawValue) \(value)")
        }
      }
    }
  }

  @Test(
    "settings change what is coded",
    arguments: [
      (VP8EncoderSettings.Key.targetBitrate, 100), (.minimumQuantizer, 40),
      (.maximumQuantizer, 20), (.errorResilience, 0), (.profile, 3), (.cpuUsed, -1),
      (.noiseSensitivity, 4), (.sharpness, 7), (.staticThreshold, 5000), (.tokenPartitions, 2),
      (.maximumIntraRate, 100), (.rateControl, 3), (.bufferInitialSize, 100),
    ])
  func effective(key: VP8EncoderSettings.Key, value: Int) throws {
    var settings = VP8EncoderSettings()
    try settings.set(key, to: value)
    #expect(try octets(of: settings, frames: 30) != octets(of: .init(), frames: 30))
  }
}
