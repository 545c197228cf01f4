import Foundation
import Testing

@testable import VP8Codec

@Suite("Clip")
struct ClipTests {
  /// Calls `body` with the path of a file that holds these octets.
  private func withFile(_ name: String, _ octets: [UInt8], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "clip-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(octets).write(to: file)
    try body(file.path)
  }

  private func load(_ path: String, frames: Int = 100) throws -> Clip {
    var settings = VideoSettings()
    settings.source = .file(path)
    return try Clip.load(settings, frames: frames)
  }

  private let header = Array("YUV4MPEG2 W176 H144 F30000:1001 Ip A1:1 C420jpeg\n".utf8)

  private func stream(_ frames: Int) -> [UInt8] {
    (0..<frames).reduce(into: header) {
      $0 += Array("FRAME\n".utf8) + testSamples($1)
    }
  }

  private func message(_ octets: [UInt8], name: String = "clip.y4m") throws -> String {
    var message = ""
    try withFile(name, octets) { path in
      let error = #expect(throws: ClipError.self) { try load(path) }
      message = error?.description.replacingOccurrences(of: path, with: "FILE") ?? ""
    }
    return message
  }

  @Test("every sample of a Y4M file arrives, with size and rate")
  func file() throws {
    try withFile("clip.y4m", stream(3)) { path in
      let clip = try load(path)
      #expect(clip.name == "clip.y4m")
      #expect(clip.width == 176 && clip.height == 144 && clip.frameCount == 3)
      #expect(clip.frameRate == FrameRate(30000, per: 1001))
      #expect(clip.octetCount == 3 * 176 * 144 * 3 / 2)
      for index in 0..<3 {
        #expect(isIdentical(clip.picture(at: index), testPicture(index)))
      }
      let beginning = try load(path, frames: 2)
      #expect(beginning.frameCount == 2)
    }
  }

  @Test("a Y4M stream is known by its beginning, whatever the file is called")
  func content() throws {
    try withFile("clip.bin", stream(1)) { path in
      let clip = try load(path)
      #expect(clip.frameCount == 1)
    }
  }

  @Test("a frame header's parameters are stepped over")
  func parameters() throws {
    let octets = header + Array("FRAME Ip\n".utf8) + testSamples(4)
    try withFile("clip.y4m", octets) { path in
      let clip = try load(path)
      #expect(isIdentical(clip.picture(at: 0), testPicture(4)))
    }
  }

  @Test("a cut-off frame is named, with what was found and expected")
  func truncated() throws {
    #expect(
      try message(stream(3).dropLast(100))
        == "FILE: frame 2 is cut off: found 37916 octets, expected 38016")
    #expect(
      try message(header + Array("FRAME\n".utf8))
        == "FILE: frame 0 is cut off: found 0 octets, expected 38016")
    #expect(try message(header) == "FILE: found no frame, expected at least one")
  }

  @Test("what is no frame header is named")
  func frameHeader() throws {
    #expect(
      try message(stream(1) + Array("RAME\n".utf8))
        == "FILE: before frame 1: found \"RAME\", expected a line that begins with FRAME")
  }

  @Test(
    "headers of what cannot be coded are refused with file and line",
    arguments: [
      "YUV4MPEG2 W175 H144 F25:1\n", "YUV4MPEG2 W176 H143 F25:1\n", "YUV4MPEG2 W176 H144\n",
      "YUV4MPEG2 W176 H144 F25:1 C444\n", "YUV4MPEG2 W176 H144 F25:1 C420p10\n",
      "YUV4MPEG2 W176 H144 F25:1 It\n", "YUV4MPEG2 W176 H144 F25:0\n", "YUV4MPEG2 W176",
    ])
  func headers(line: String) throws {
    let text = line.trimmingCharacters(in: .newlines)
    #expect(try message(Array(line.utf8)).hasPrefix("FILE: in the header \"\(text)\": "))
  }

  @Test("a rate that no call can have is refused", arguments: ["1:2", "121:1", "90000:1"])
  func rates(rate: String) throws {
    let text = try message(Array("YUV4MPEG2 W176 H144 F\(rate)\n".utf8))
    #expect(text.hasPrefix("the video has ") && text.contains("expected 1...120"))
  }

  @Test("a missing file and a folder are the system's errors")
  func unreadable() {
    #expect {
      try load("/nonexistent/clip.y4m")
    } throws: {
      "\($0)" == "/nonexistent/clip.y4m: cannot be read: No such file or directory"
    }
    #expect(throws: ClipError.self) { try load(FileManager.default.temporaryDirectory.path) }
  }

  @Test("forth and back: neither end twice in a row")
  func order() {
    #expect((0..<9).map { Clip.position(of: $0, count: 4) } == [0, 1, 2, 3, 2, 1, 0, 1, 2])
    #expect((0..<4).map { Clip.position(of: $0, count: 2) } == [0, 1, 0, 1])
    #expect((0..<3).map { Clip.position(of: $0, count: 1) } == [0, 0, 0])
  }

  @Test("built-in video is drawn when asked for and then shared")
  func builtIn() throws {
    var settings = VideoSettings()
    settings.source = .sports
    let clip = try Clip.load(settings, frames: 50)
    #expect(clip.name == "sports" && clip.frameCount == 50 && clip.frameRate == FrameRate(25))
    #expect(clip.picture(at: 3) === clip.picture(at: 3))
    #expect(clip.picture(at: 48) === clip.picture(at: 50))
    let expected = Picture(width: 320, height: 180)
    SyntheticSource(content: .sports, width: 320, height: 180, frameRate: FrameRate(25))
      .render(frame: 3, into: expected)
    #expect(isIdentical(clip.picture(at: 3), expected))
  }

  @Test("built-in video in impossible sizes and rates is refused")
  func impossible() {
    for (width, height, rate) in [(321, 180, 25), (158, 120, 25), (1282, 720, 25), (320, 180, 61)] {
      var settings = VideoSettings()
      (settings.width, settings.height, settings.frameRate) = (width, height, FrameRate(rate))
      #expect(throws: ClipError.self) { try Clip.load(settings, frames: 10) }
    }
  }

  @Test("memory is limited by frames and octets")
  func limits() {
    #expect(Clip.limit(10_000, width: 320, height: 180) == 600)
    #expect(Clip.limit(10_000, width: 1280, height: 720) == 388)
    #expect(Clip.limit(10_000, width: 16382, height: 16382) == 2)
    #expect(Clip.limit(1, width: 320, height: 180) == 1)
  }
}

@Suite("FFmpegPipe", .serialized)
struct FFmpegPipeTests {
  @Test("without ffmpeg the error says what to install")
  func missing() {
    #expect {
      try FFmpegPipe(path: "clip.mkv", program: "no-such-program-as-this")
    } throws: {
      "\($0)".contains("clip.mkv") && "\($0)".contains("install the package ffmpeg")
    }
  }

  @Test("what ffmpeg cannot read is refused with ffmpeg's own words", .enabled(if: hasFFmpeg))
  func unreadable() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "noise-\(UUID().uuidString).mkv")
    try Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7) }).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var settings = VideoSettings()
    settings.source = .file(file.path)
    #expect {
      try Clip.load(settings, frames: 10)
    } throws: {
      "\($0)".hasPrefix("\(file.path): ffmpeg could not read it: ") && "\($0)".contains("nvalid")
    }
  }

  @Test("any container comes as the samples that ffmpeg decodes", .enabled(if: hasFFmpeg))
  func container() throws {
    let folder = FileManager.default.temporaryDirectory
    let name = UUID().uuidString
    let (raw, lossless) = (
      folder.appendingPathComponent(name + ".yuv"), folder.appendingPathComponent(name + ".mkv")
    )
    defer {
      try? FileManager.default.removeItem(at: raw)
      try? FileManager.default.removeItem(at: lossless)
    }
    try Data((0..<5).flatMap { testSamples($0) }).write(to: raw)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "ffmpeg", "-nostdin", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s",
      "176x144", "-r", "25", "-i", raw.path, "-c:v", "ffv1", lossless.path,
    ]
    try process.run()
    process.waitUntilExit()
    var settings = VideoSettings()
    settings.source = .file(lossless.path)
    for frames in [5, 100, 2] {
      let clip = try Clip.load(settings, frames: frames)
      #expect(clip.frameCount == min(5, frames) && clip.frameRate == FrameRate(25))
      for index in 0..<clip.frameCount {
        #expect(isIdentical(clip.picture(at: index), testPicture(index)))
      }
    }
  }
}
