import Foundation
import SimulationKernel
import Testing

@testable import VP8Codec

/// Our measures held against ffmpeg's filters `psnr` and `ssim` over two Y4M files.
@Suite(
  "Picture quality beside ffmpeg's", .enabled(if: hasFFmpeg, "ffmpeg is not on this machine"))
struct FFmpegMeasuresTests {
  /// A picture and what became of it.
  private struct Pair {
    var name: String
    var shown: Picture
    var source: Picture
  }

  /// ffmpeg keeps what it found in single precision, half a last bit of which is 0.0000019 below
  /// 64 dB, and prints six decimals.
  private static let psnrTolerance = 0.000_003
  /// It adds up 1,600 windows in single precision too.
  private static let ssimTolerance = 0.000_002

  private static func drawn(_ content: SyntheticSource.Content, _ frame: Int) -> Picture {
    // Neither side is a multiple of 4, so that what lies behind the last whole block is met.
    let picture = Picture(width: 198, height: 134)
    SyntheticSource(content: content, width: 198, height: 134, frameRate: FrameRate(25))
      .render(frame: frame, into: picture)
    return picture
  }

  /// A copy whose samples are changed, within the limited range of 16 to 235.
  private static func changed(_ picture: Picture, _ change: (Int, Int) -> Int) -> Picture {
    let copy = Picture(width: picture.width, height: picture.height)
    for (index, sample) in picture.samples.enumerated() {
      copy.samples[index] = UInt8(max(16, min(235, change(index, Int(sample)))))
    }
    return copy
  }

  private static func noisy(_ picture: Picture, amplitude: Int) -> Picture {
    var noise = RandomStream(seed: UInt64(amplitude), name: "test.noise")
    return changed(picture) { $1 + Int(noise.next(below: UInt64(2 * amplitude + 1))) - amplitude }
  }

  /// Each frame as VP8 makes it of few bits.
  private static func coded(_ pictures: [Picture]) throws -> [Picture] {
    var settings = VP8EncoderSettings()
    (settings.minimumQuantizer, settings.maximumQuantizer) = (40, 63)
    let encoder = try VP8Encoder(
      settings: settings, width: pictures[0].width, height: pictures[0].height,
      frameRate: FrameRate(25))
    return try pictures.enumerated().map { index, picture in
      _ = try encoder.encode(picture, index: Int64(index))
      let copy = Picture(width: picture.width, height: picture.height)
      copy.copy(from: encoder.reconstruction())
      return copy
    }
  }

  private static func pairs() throws -> [Pair] {
    try [SyntheticSource.Content.talkingHead, .screenShare, .sports].flatMap { content in
      let pictures = [0, 1, 40].map { drawn(content, $0) }
      let coded = try coded(pictures)
      let source = pictures[2]
      let chroma = source.width * source.height
      return [
        Pair(name: "coded, key frame", shown: coded[0], source: pictures[0]),
        Pair(name: "coded, next frame", shown: coded[1], source: pictures[1]),
        Pair(name: "frozen", shown: pictures[0], source: source),
        Pair(name: "little noise", shown: noisy(source, amplitude: 2), source: source),
        Pair(name: "noise", shown: noisy(source, amplitude: 12), source: source),
        Pair(name: "much noise", shown: noisy(source, amplitude: 60), source: source),
        Pair(name: "darker", shown: changed(source) { $1 - 9 }, source: source),
        Pair(name: "negative", shown: changed(source) { 251 - $1 }, source: source),
        Pair(
          name: "other colours", shown: changed(source) { $0 < chroma ? $1 : $1 + 7 },
          source: source),
        Pair(name: "identical", shown: source, source: source),
      ].map { pair in
        var pair = pair
        pair.name = "\(content), \(pair.name)"
        return pair
      }
    }
  }

  /// What a filter finds of each pair: its metadata by key, without `lavfi.` and the filter's name.
  private func measured(_ filter: String, _ pairs: [Pair]) throws -> [[String: Double]] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "measures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ pictures: [Picture]) throws -> String {
      var octets = Array(
        "YUV4MPEG2 W\(pictures[0].width) H\(pictures[0].height) F25:1 Ip C420jpeg\n".utf8)
      for picture in pictures { octets += Array("FRAME\n".utf8) + Array(picture.samples) }
      let file = folder.appendingPathComponent(name)
      try Data(octets).write(to: file)
      return file.path
    }
    let inputs = [
      try write("shown.y4m", pairs.map(\.shown)), try write("source.y4m", pairs.map(\.source)),
    ]
    let output = folder.appendingPathComponent("output")
    FileManager.default.createFile(atPath: output.path, contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["ffmpeg", "-nostdin", "-v", "error"] + inputs.flatMap { ["-i", $0] } + [
        "-lavfi", "[0:v][1:v]\(filter),metadata=print:file=-", "-f", "null", "-",
      ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    var frames: [[String: Double]] = []
    for line in try String(contentsOf: output, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("frame:") { frames.append([:]) }
      let parts = line.split(separator: "=")
      if parts.count == 2, parts[0].hasPrefix("lavfi.\(filter).") {
        frames[frames.count - 1][String(parts[0].dropFirst(7 + filter.count))] = Double(parts[1])
      }
    }
    try #require(frames.count == pairs.count)
    return frames
  }

  @Test("luma and weighted PSNR are ffmpeg's, as exactly as it tells them")
  func psnr() throws {
    let pairs = try Self.pairs()
    for (pair, frame) in zip(pairs, try measured("psnr", pairs)) {
      let quality = PictureQuality(of: pair.shown, against: pair.source)
      // An identical plane is infinitely good in ffmpeg; here it has no PSNR, and counts 100 dB.
      let planes = try ["y", "u", "v"].map { plane -> Double? in
        let value = try #require(frame["psnr.\(plane)"])
        return value.isFinite ? value : nil
      }
      func agree(_ ours: Double?, _ theirs: Double?) -> Bool {
        guard let ours, let theirs else { return ours == nil && theirs == nil }
        return abs(ours - theirs) <= Self.psnrTolerance
      }
      #expect(agree(quality.lumaPSNR, planes[0]), "\(pair.name)")
      let weighted = planes.map { $0 ?? PictureQuality.identicalPSNR }
      let expected =
        planes.allSatisfy { $0 == nil } ? nil : (6 * weighted[0] + weighted[1] + weighted[2]) / 8
      #expect(agree(quality.weightedPSNR, expected), "\(pair.name)")
    }
  }

  /// ffmpeg has the same windows, but C1 is divided by 64, since it is put on the scale of 64 samples
  /// where sums multiplied are of 64 squared, and C2 is multiplied by 63/64, as for variances of a
  /// sample (libavfilter/vf_ssim.c, after x264).
  @Test(
    "SSIM is ffmpeg's where the formula has ffmpeg's constants, so that the windows are the same")
  func windows() throws {
    let pairs = try Self.pairs()
    let (c1, c2) = (416.0 / 4_096, 235_963.0 / 4_096)
    for (pair, frame) in zip(pairs, try measured("ssim", pairs)) {
      let theirs = try #require(frame["Y"])
      let ours = referenceSSIM(pair.shown, pair.source, c1: c1, c2: c2)
      #expect(abs(ours - theirs) <= Self.ssimTolerance, "\(pair.name): \(ours) \(theirs)")
    }
  }

  /// How far the constants lead apart follows from the formula. A window's similarity is
  /// (1 - x)(1 - y) with x = (a - b)^2 / (a^2 + b^2 + C1) of the means and y = (the variance of the
  /// difference) / (the sum of both variances + C2). ffmpeg's smaller constants make x greater by at
  /// most 1.25 % where both means are at least 16, as in limited range, and y by at most 64/63. As y is
  /// at most 2, the product changes by at most 4.5 % of its distance from 1. (1.4 % is the most that
  /// these pairs show.)
  @Test("SSIM differs from ffmpeg's by at most 4.5 % of the distance from 1, and orders alike")
  func ssim() throws {
    let pairs = try Self.pairs()
    let values = try zip(pairs, measured("ssim", pairs)).map { pair, frame in
      (
        name: pair.name, ours: lumaSSIM(pair.shown, pair.source), theirs: try #require(frame["Y"])
      )
    }
    for value in values {
      let bound = 0.045 * (1 - value.ours) + Self.ssimTolerance
      #expect(abs(value.ours - value.theirs) <= bound, "\(value)")
      if value.name.contains("identical") { #expect(value.ours == 1 && value.theirs == 1) }
    }
    for first in values {
      // Further apart than the constants can account for.
      for second in values where first.ours > second.ours + 0.045 * (1 - second.ours) {
        #expect(first.theirs > second.theirs, "\(first.name), \(second.name)")
      }
    }
  }
}
