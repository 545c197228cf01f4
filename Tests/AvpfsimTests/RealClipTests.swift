import Foundation
import Testing

/// A trailer that lies beside the project on the machines that have it; it is no part of the project.
private let trailer = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/clips/sintel-trailer.mkv").standardized.path

private var canFilmTrailer: Bool {
  let programs = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
  return FileManager.default.fileExists(atPath: trailer)
    && programs.contains { FileManager.default.isExecutableFile(atPath: "\($0)/ffmpeg") }
}

@Suite("A call with a real clip")
struct RealClipTests {
  @Test(
    "one lost packet's story, from the loss to the exact picture",
    .enabled(if: canFilmTrailer, "the trailer or ffmpeg is not on this machine"))
  func story() throws {
    try Program.withFolder { folder in
      let scenario = """
        duration: 4s
        mechanism: sli+rpsi
        codec: {rc_target_bitrate: 700}
        network: {rtt: 80ms, lose: [{frame: 48, packet: 0}]}
        """
      try scenario.write(toFile: folder + "/call.yaml", atomically: true, encoding: .utf8)
      let result = try Program.run(
        ["run", "call.yaml", "-o", "out", "--source", trailer], in: folder)
      #expect(result.code == 0 && result.complaint.isEmpty)
      // 24 frames a second: frame 48 is captured and lost at 2 s.
      #expect(result.output.contains("Episode 1, frame 48: repaired after "))
      #expect(result.output.contains("      2.0000 s       +0.0 ms  lost      frame 48"))
      #expect(result.output.contains("which repairs: golden, "))
      #expect(result.output.contains("shown     exact again"))
      #expect(result.output.contains("episodes    1, 0 of them open at the call's end"))
    }
  }
}
