import Foundation
import Testing

@Suite("Files that a call writes beside its results")
struct CallFilesTests {
  private static let scenario = """
    duration: 4s
    mechanism: sli+rpsi
    video: {size: 160x120, rate: 15fps}
    network: {rtt: 80ms, lose: [{frame: 20, packet: 0}]}
    """

  private func withRun(
    _ arguments: [String], scenario: String = scenario,
    _ body: (String, Program.Result) throws -> Void
  ) throws {
    try Program.withFolder { folder in
      try scenario.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      let result = try Program.run(["run", "call.yaml", "-o", "out"] + arguments, in: folder)
      try body(folder, result)
    }
  }

  @Test(
    "a file that the call is made from is never written over, by whatever path",
    arguments: ["--capture", "--ivf", "--y4m"], ["call.yaml", "./call.yaml", "link.yaml"])
  func inputs(flag: String, path: String) throws {
    try Program.withFolder { folder in
      try Self.scenario.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.yaml", withDestinationPath: "call.yaml")
      let result = try Program.run(["run", "call.yaml", "-o", "out", flag, path], in: folder)
      #expect(result.code == 2)
      #expect(
        result.complaint
          == "avpfsim: \(flag): \(path) is the call's scenario, expected a file of its own\n")
      #expect(try String(contentsOfFile: folder + "/call.yaml", encoding: .utf8) == Self.scenario)
      #expect(Program.names(folder) == ["call.yaml", "link.yaml"])
    }
  }

  @Test(
    "a clip of any size that a Y4M file may have is filmed, and measured",
    arguments: [(2, 2), (64, 4), (4, 64), (6, 6)])
  func smallClips(width: Int, height: Int) throws {
    try Program.withFolder { folder in
      var octets = Array("YUV4MPEG2 W\(width) H\(height) F15:1 Ip C420jpeg\n".utf8)
      for frame in 0..<30 {
        octets += Array("FRAME\n".utf8)
        octets += (0..<width * height * 3 / 2).map { UInt8(60 + (7 * $0 + 5 * frame) % 120) }
      }
      try Data(octets).write(to: URL(fileURLWithPath: folder + "/clip.y4m"))
      let scenario = """
        duration: 2s
        video: {source: clip.y4m}
        network: {lose: [{frame: 12, packet: 0}]}
        """
      try scenario.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      let result = try Program.run(["run", "call.yaml", "-o", "out"], in: folder)
      #expect(result.code == 0 && result.complaint.isEmpty, "\(result.complaint)")
      let rows = try String(contentsOfFile: folder + "/out/runs.csv", encoding: .utf8)
        .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      for column in ["shown_ssim_mean", "encoded_ssim_mean"] {
        let position = try #require(rows[0].firstIndex(of: Substring(column)))
        let ssim = try #require(Double(rows[1][position]))
        #expect(ssim > -1 && ssim < 1, "\(column)")
      }
    }
  }

  @Test("a clip that is filmed is not written over by what the viewer saw")
  func clip() throws {
    try withRun(["--y4m", "clip.y4m"]) { folder, made in
      #expect(made.code == 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: folder + "/clip.y4m"))
      let scenario = "duration: 1s\n"
      try scenario.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      let result = try Program.run(
        ["run", "call.yaml", "-o", "o", "--source", "clip.y4m", "--y4m", "clip.y4m"], in: folder)
      #expect(result.code == 2 && result.complaint.contains("is the call's clip"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/clip.y4m")) == before)
    }
  }

  @Test(
    "the smallest clip that is accepted is simulated", arguments: ["W2 H2", "W2 H64", "W64 H6"])
  func smallestClips(size: String) throws {
    let sides = size.split(separator: " ").map { Int($0.dropFirst())! }
    var clip = Data("YUV4MPEG2 \(size) F15:1\n".utf8)
    for frame in 0..<15 {
      clip += Data("FRAME\n".utf8)
      clip += Data((0..<sides[0] * sides[1] * 3 / 2).map { UInt8(($0 * 7 + frame * 3) % 200) })
    }
    try Program.withFolder { folder in
      try clip.write(to: URL(fileURLWithPath: folder + "/small.y4m"))
      let scenario = "duration: 1s\nnetwork: {lose: [{frame: 3, packet: 0}]}\n"
      try scenario.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      let result = try Program.run(
        ["run", "call.yaml", "-o", "out", "--source", "small.y4m", "--filmstrip", "f.png"],
        in: folder)
      #expect(result.code == 0, "\(result.complaint)")
      let row = try #require(try rows(of: folder + "/out/frames.csv").first)
      #expect(row["encoded_ssim"].flatMap(Double.init).map { $0 > 0 && $0 <= 1 } == true, "\(row)")
    }
  }

  @Test("all three may go into the results folder, and are the same every time")
  func determinism() throws {
    let names = ["call.pcapng", "sent.ivf", "shown.y4m"]
    let arguments = zip(["--capture", "--ivf", "--y4m"], names).flatMap { [$0, "out/" + $1] }
    var contents: [[Data]] = []
    for _ in 0..<2 {
      try withRun(arguments) { folder, result in
        #expect(result.code == 0 && result.complaint.isEmpty)
        #expect(Set(names).isSubset(of: Program.names(folder + "/out")))
        #expect(Program.names(folder + "/out").allSatisfy { !$0.hasPrefix(".") })
        contents.append(
          try names.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/out/\($0)")) })
      }
    }
    #expect(contents[0] == contents[1])
  }

  @Test(
    "vpxdec decodes the IVF to the pictures shown, bit for bit where they were exact",
    .enabled(
      if: Program.installed("vpxdec") != nil, "vpxdec is not installed (apt-get install vpx-tools)"),
    arguments: ["sli+rpsi", "none"])
  func vpxdec(mechanism: String) throws {
    // Without losses every frame is shown exactly; with one, those beside it.
    let losses = mechanism == "none" ? "" : ", lose: [{frame: 20, packet: 0}]"
    let scenario = """
      duration: 4s
      mechanism: \(mechanism)
      video: {size: 160x120, rate: 15fps}
      network: {rtt: 80ms\(losses)}
      """
    try withRun(["--ivf", "sent.ivf", "--y4m", "shown.y4m"], scenario: scenario) {
      folder, result in
      #expect(result.code == 0)
      let decoded = try Program.run(
        executable: Program.installed("vpxdec")!, ["-o", "decoded.y4m", "sent.ivf"], in: folder)
      #expect(decoded.code == 0, "\(decoded.complaint)")
      let sent = try frames(folder + "/decoded.y4m")
      let shown = try frames(folder + "/shown.y4m")
      let rows = try rows(of: folder + "/out/frames.csv")
      #expect(sent.count == 60 && rows.count == 60 && shown.count >= 57)
      var exact = 0
      for (index, row) in rows.enumerated() where row["shown"] == "exact" {
        exact += 1
        #expect(sent[index] == shown[index], "frame \(index)")
      }
      // All that were due, but the lost frame and those until its repair.
      #expect(mechanism == "none" ? exact == shown.count : exact > 50 && exact < shown.count)
    }
  }

  @Test(
    "ffprobe finds VP8 of the right size, rate and length",
    .enabled(
      if: Program.installed("ffprobe") != nil, "ffprobe is not installed (apt-get install ffmpeg)"))
  func ffprobe() throws {
    try withRun(["--ivf", "sent.ivf", "--y4m", "shown.y4m"]) { folder, _ in
      let sent = try probe("sent.ivf", in: folder)
      let shown = try probe("shown.y4m", in: folder)
      #expect(sent == "vp8,160,120,15/1,60\n")
      #expect(shown.hasPrefix("rawvideo,160,120,15/1,"))
    }
  }

  private func probe(_ name: String, in folder: String) throws -> String {
    try Program.run(
      executable: Program.installed("ffprobe")!,
      [
        "-v", "error", "-count_frames", "-show_entries",
        "stream=codec_name,width,height,r_frame_rate,nb_read_frames", "-of", "csv=p=0", name,
      ], in: folder
    ).output
  }

  @Test(
    "a place that cannot be written ends with 3, one sentence and no file",
    arguments: ["--capture", "--ivf", "--y4m"])
  func unwritable(flag: String) throws {
    try withRun([flag, "nowhere/file"]) { folder, result in
      #expect(result.code == 3)
      #expect(
        result.complaint
          == "avpfsim: nowhere/file: no such file or directory, expected to write there\n")
      #expect(Program.names(folder + "/out").isEmpty)
    }
    try withRun([flag, "."]) { folder, result in
      #expect(result.code == 3)
      #expect(
        result.complaint == "avpfsim: .: found a folder or a device, expected to write there\n")
    }
  }

  @Test(
    "paths that cannot be meant end with 2",
    arguments: [
      (
        ["--capture", "x", "--y4m", "./x"],
        "--y4m: found the file of --capture, expected one of its own"
      ),
      (["--ivf", ""], "--ivf: found nothing, expected a file's path"),
    ])
  func usage(arguments: [String], sentence: String) throws {
    try withRun(arguments) { folder, result in
      #expect(result.code == 2)
      #expect(result.complaint == "avpfsim: \(sentence) (see avpfsim run --help)\n")
      #expect(Program.names(folder) == ["call.yaml"])
    }
  }

  @Test(
    "a filmstrip that cannot be is refused before the call",
    arguments: [
      (
        ["--filmstrip", "f.png", "--mechanisms", "plii"], Int32(2),
        "--mechanisms: found \"plii\", expected some of "
      ),
      (["--filmstrip", "f.png", "--mechanisms", "pli,pli"], 2, "--mechanisms: found pli twice"),
      (["--filmstrip", "nowhere/f.png"], 3, "nowhere/f.png: no such file or directory, expected"),
      (["--filmstrip", "."], 3, ".: found a folder or a device, expected to write there"),
    ])
  func filmstripRefused(arguments: [String], code: Int32, sentence: String) throws {
    try withRun(arguments) { folder, result in
      #expect(result.code == code && result.output.isEmpty)
      #expect(result.complaint.hasPrefix("avpfsim: \(sentence)"), "\(result.complaint)")
      #expect(Program.names(folder) == ["call.yaml"])
    }
  }

  @Test("a call that lost nothing is told, and then that it has no loss to draw")
  func filmstripWithoutLoss() throws {
    let scenario = "duration: 1s\nvideo: {size: 160x120, rate: 15fps}\n"
    try withRun(["--filmstrip", "f.png"], scenario: scenario) { folder, result in
      #expect(result.code == 2 && !result.output.isEmpty)
      #expect(
        result.complaint
          == "avpfsim: --filmstrip: the call lost nothing, so there is no loss to draw; expected "
          + "network.loss or network.lose in the scenario\n")
      #expect(Program.names(folder) == ["call.yaml", "out"])
      let story = try String(contentsOfFile: folder + "/out/story.txt", encoding: .utf8)
      #expect(result.output == story + "The call's timeline is in out/call.html\n")
    }
  }

  @Test("a call of a single frame has a filmstrip", arguments: ["pli", "none"])
  func filmstripOfOneFrame(mechanism: String) throws {
    let scenario = """
      duration: 1s
      video: {rate: 1fps, size: 160x120}
      mechanism: \(mechanism)
      network: {lose: [{frame: 0, packet: 0}]}
      """
    try withRun(["--filmstrip", "f.png"], scenario: scenario) { folder, result in
      #expect(result.code == 0, "\(result.complaint)")
      #expect(Program.names(folder) == ["call.yaml", "f.png", "out"])
    }
  }

  /// The pictures of a Y4M file.
  private func frames(_ path: String) throws -> [Data] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let newline = UInt8(ascii: "\n")
    let size = 160 * 120 * 3 / 2
    var frames: [Data] = []
    var place = data.firstIndex(of: newline)! + 1
    while place < data.count {
      place = data[place...].firstIndex(of: newline)! + 1
      frames.append(data[place..<place + size])
      place += size
    }
    return frames
  }
}
