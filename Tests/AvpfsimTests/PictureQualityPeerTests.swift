import Foundation
import Testing

/// What ffmpeg's filters say of the pictures that the viewer saw.
@Suite("Picture quality, held against ffmpeg")
struct PictureQualityPeerTests {
  @Test(
    "luma and weighted PSNR are ffmpeg's for every frame on screen, and SSIM within 0.002",
    .enabled(if: Program.installed("ffmpeg") != nil, "ffmpeg is not installed"))
  func everyFrame() throws {
    try Program.withFolder { folder in
      func run(_ scenario: String, _ arguments: [String]) throws {
        try scenario.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
        let result = try Program.run(["run", "call.yaml"] + arguments, in: folder)
        #expect(result.code == 0, "\(result.complaint)")
      }
      // A clip, by the way of a call that loses nothing.
      try run(
        "duration: 3s\nvideo: {source: sports, size: 160x120}\ncodec: {rc_target_bitrate: 2000}\n",
        ["-o", "first", "--y4m", "clip.y4m"])
      try run(
        """
        duration: 2500ms
        codec: {rc_target_bitrate: 60}
        receiver: {damage: skip}
        network: {lose: [{frame: 20, packet: 0}]}
        """, ["-o", "second", "--source", "clip.y4m", "--y4m", "shown.y4m"])
      let own = try frames(folder + "/second/frames.csv")
      let psnr = try statistics(of: "psnr", in: folder)
      let ssim = try statistics(of: "ssim", in: folder)
      #expect(own.count > 50 && psnr.count >= own.count && ssim.count >= own.count)
      for (frame, (mine, theirs)) in zip(own, zip(psnr, ssim)).enumerated() {
        let y = try #require(theirs.0["psnr_y"])
        let u = try #require(theirs.0["psnr_u"])
        let v = try #require(theirs.0["psnr_v"])
        // They print two decimals.
        #expect(abs(mine.luma - y) <= 0.0051, "frame \(frame)")
        #expect(abs(mine.weighted - (6 * y + u + v) / 8) <= 0.0051, "frame \(frame)")
        // Theirs has variances of 63 degrees of freedom, ours of all 64 samples, as libvpx.
        let similarity = try #require(theirs.1["Y"])
        #expect(abs(mine.ssim - similarity) < 0.002, "frame \(frame)")
      }
    }
  }

  /// The frames that were due, in order.
  private func frames(
    _ path: String
  ) throws -> [(luma: Double, weighted: Double, ssim: Double)] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let names = lines[0].split(separator: ",").map(String.init)
    func place(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }
    let columns = try [
      place("shown"), place("shown_psnr_db"), place("shown_psnr_weighted_db"), place("shown_ssim"),
    ]
    return try lines.dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields[columns[0]] != "pending" else { return nil }
      return try (
        #require(Double(fields[columns[1]])), #require(Double(fields[columns[2]])),
        #require(Double(fields[columns[3]]))
      )
    }
  }

  /// Per frame, the figures of a filter's statistics: "n:1 psnr_y:30.12 ..." or "n:1 Y:0.98 ...".
  private func statistics(of filter: String, in folder: String) throws -> [[String: Double]] {
    let result = try Program.run(
      executable: Program.installed("ffmpeg")!,
      [
        "-v", "error", "-i", "shown.y4m", "-i", "clip.y4m", "-lavfi",
        "[0][1]\(filter)=stats_file=\(filter).log", "-f", "null", "-",
      ], in: folder)
    #expect(result.code == 0, "\(result.complaint)")
    let log = try String(contentsOfFile: "\(folder)/\(filter).log", encoding: .utf8)
    return log.split(separator: "\n").map { line in
      var figures: [String: Double] = [:]
      for word in line.split(separator: " ") {
        let parts = word.split(separator: ":")
        if parts.count == 2, let value = Double(parts[1]) { figures[String(parts[0])] = value }
      }
      return figures
    }
  }
}
