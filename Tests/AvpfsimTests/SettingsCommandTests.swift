import Testing

@Suite("Command line: settings")
struct SettingsCommandTests {
  @Test("without options a table, with a preset its text; nothing is complained of")
  func tables() throws {
    let table = try Program.run(["settings"])
    #expect(table.code == 0 && table.complaint.isEmpty)
    #expect(table.output.hasPrefix("key ") && table.output.contains("\nrc_max_quantizer "))
    let preset = try Program.run(["settings", "--preset", "webrtc"])
    #expect(preset.code == 0 && preset.complaint.isEmpty)
    #expect(preset.output.contains("\ncodec:\n  preset: webrtc\n"))
  }

  @Test("what is taken over goes to standard output, what is not to standard error")
  func imports() throws {
    let result = try Program.run([
      "settings", "--from",
      "vpxenc --codec=vp8 --rt --cpu-used=-6 --threads=4 --target-bitrate=500 -w 640 -h 360",
    ])
    #expect(result.code == 0)
    #expect(
      result.output == """
        video:
          size: 640x360
        codec:
          preset: vpxenc-rt
          rc_target_bitrate: 500  # kbit/s
          cpu-used: -6

        """)
    #expect(
      result.complaint
        == "avpfsim: --from: --threads: found 4, taken as 1: one thread keeps runs reproducible\n")
  }

  @Test("a command line that cannot be taken over ends with 2 and prints nothing")
  func refusals() throws {
    let result = try Program.run(["settings", "--from", "vpxenc --codec=vp8 --rt --max-q=70"])
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.complaint
        == "avpfsim: --from: --max-q: libvpx says \"rc_max_quantizer out of range [..63]\", found "
        + "70, expected 0...63\n")
  }
}
