import CallSimulation
import Configuration
import Testing
import VP8Codec

@testable import Campaigns

@Suite("Settings taken over from ffmpeg and vpxenc")
struct CodecImportTests {
  typealias Key = VP8EncoderSettings.Key

  private func refusal(_ commandLine: String) -> String? {
    do {
      _ = try CodecImport(commandLine: commandLine)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// What is printed reads back as the same settings.
  private func readBack(_ result: CodecImport) throws -> Scenario {
    let text = CodecSettingsText.yaml(result)
    let scenario = try ScenarioReader.read(ConfigurationFile.parse(text, file: "s.yaml"))
    #expect(scenario.codec == result.settings, "\(text)")
    return scenario
  }

  @Test("every option of vpxenc that is a setting lands in its place")
  func vpxenc() throws {
    let result = try CodecImport(
      commandLine: """
        /usr/bin/vpxenc --codec=vp8 --rt --cpu-used=-6 --target-bitrate=500 -w 640 -h 360 \
          --fps=30000/1001 --end-usage=cbr --min-q=2 --max-q=56 --undershoot-pct=90 \
          --overshoot-pct=20 --buf-sz=1000 --buf-initial-sz=500 --buf-optimal-sz=600 \
          --drop-frame=30 --resize-allowed=0 --kf-min-dist=0 --kf-max-dist=300 --disable-kf \
          --token-parts=2 --error-resilient=3 --noise-sensitivity=4 --sharpness=3 \
          --static-thresh=100 --max-intra-rate=400 --gf-cbr-boost=50 --screen-content-mode=1 \
          --tune=ssim --cq-level=20 --profile=1 -t 1 --lag-in-frames=0 --auto-alt-ref=0 \
          --ivf --limit=100 -o "out put.ivf" 'in put.y4m'
        """)
    #expect(result.notes.isEmpty)
    var expected = VP8EncoderSettings()
    for (key, value) in [
      (Key.cpuUsed, -6), (.targetBitrate, 500), (.rateControl, 1), (.minimumQuantizer, 2),
      (.maximumQuantizer, 56), (.undershoot, 90), (.overshoot, 20), (.bufferSize, 1000),
      (.bufferInitialSize, 500), (.bufferOptimalSize, 600), (.dropFrameThreshold, 30),
      (.keyFrameMaximumDistance, 300), (.keyFrameMode, 0), (.tokenPartitions, 2),
      (.errorResilience, 3), (.noiseSensitivity, 4), (.sharpness, 3), (.staticThreshold, 100),
      (.maximumIntraRate, 400), (.goldenBoost, 50), (.screenContentMode, 1), (.tuning, 1),
      (.constantQualityLevel, 20), (.profile, 1),
    ] { try expected.set(key, to: value) }
    #expect(result.settings == expected)
    let scenario = try readBack(result)
    #expect(scenario.video.width == 640 && scenario.video.height == 360)
    #expect(scenario.video.frameRate == FrameRate(30_000, per: 1_001))
  }

  @Test("ffmpeg's options become what libvpxenc.c makes of them")
  func ffmpeg() throws {
    let result = try CodecImport(
      commandLine: """
        ffmpeg -hide_banner -re -i clip.mp4 -an -c:v libvpx -b:v 500k -minrate 0.5M -maxrate 500K \
          -bufsize 1M -s cif -r 25 -g 250 -keyint_min 250 -qmin 2 -qmax 50 -deadline realtime \
          -speed -5 -error-resilient default+partitions -slices 4 -static-thresh 10 \
          -max-intra-rate 300 -sharpness -1 -noise-sensitivity 2 -undershoot-pct 80 \
          -overshoot-pct 30 -drop-threshold 20 -screen-content-mode 1 -tune ssim -threads 0 \
          -lag-in-frames 0 -auto-alt-ref 0 -f rtp rtp://host:5004
        """)
    #expect(result.notes.isEmpty)
    var expected = VP8EncoderSettings.preset(.ffmpeg)
    for (key, value) in [
      // As `ffmpeg -loglevel debug` prints them for these options.
      (Key.targetBitrate, 500), (.rateControl, 1), (.bufferSize, 2000), (.bufferInitialSize, 1500),
      (.bufferOptimalSize, 1666), (.keyFrameMinimumDistance, 250), (.keyFrameMaximumDistance, 250),
      (.minimumQuantizer, 2), (.maximumQuantizer, 50), (.cpuUsed, -5), (.errorResilience, 1),
      (.tokenPartitions, 2), (.staticThreshold, 10), (.maximumIntraRate, 300),
      (.noiseSensitivity, 2), (.undershoot, 80), (.overshoot, 30), (.dropFrameThreshold, 20),
      (.screenContentMode, 1), (.tuning, 1),
    ] { try expected.set(key, to: value) }
    #expect(result.settings == expected)
    let scenario = try readBack(result)
    #expect(scenario.video.width == 352 && scenario.video.frameRate == FrameRate(25))
  }

  @Test("without a rate both have libvpx's; a quality alone has no bound in ffmpeg")
  func defaults() throws {
    let plain = try CodecImport(commandLine: "ffmpeg -c:v libvpx")
    #expect(plain.settings.targetBitrate == 256 && plain.settings.rateControl == 0)
    let quality = try CodecImport(commandLine: "ffmpeg -c:v libvpx -crf 20")
    #expect(quality.settings.targetBitrate == 1_000_000 && quality.settings.rateControl == 2)
    #expect(quality.settings.constantQualityLevel == 20)
    let vpxenc = try CodecImport(commandLine: "vpxenc --codec=vp8 --rt")
    #expect(vpxenc.settings.targetBitrate == 256)
    for result in [plain, quality, vpxenc] { _ = try readBack(result) }
  }

  @Test("ffmpeg's temporal layers are taken over with their rates")
  func layers() throws {
    let result = try CodecImport(
      commandLine: "ffmpeg -c:v libvpx -b:v 1000k -error-resilient 1 -ts-parameters "
        + "ts_number_layers=3:ts_target_bitrate=250,500,900:ts_rate_decimator=4,2,1")
    #expect(result.settings.temporalLayers == 3)
    #expect(result.settings.layerBitrates == [250, 500, 900])
    #expect(result.settings.targetBitrate == 900)
    #expect(result.notes.contains { $0.contains("ts_rate_decimator") })
    _ = try readBack(result)
  }

  @Test("a buffer's size beside layers is a time at the rate of -b:v, as in ffmpeg")
  func layersAndBuffer() throws {
    let layers = "-ts-parameters ts_number_layers=3:ts_target_bitrate=250,500,900"
    let result = try CodecImport(
      commandLine: "ffmpeg -c:v libvpx -b:v 1000k -bufsize 2M \(layers)")
    // As `ffmpeg -loglevel debug` prints them for these options.
    #expect(result.settings.bufferSize == 2000)
    #expect(result.settings.bufferInitialSize == 1500)
    #expect(result.settings.bufferOptimalSize == 1666)
    #expect(result.settings.targetBitrate == 900)
    #expect(result.notes.contains { $0.hasPrefix("--from: -b:v: left out but for -bufsize: ") })
    let refused = refusal("ffmpeg -c:v libvpx -bufsize 2M \(layers)")
    #expect(refused == "--from: -bufsize: found without -b:v, expected a rate beside it")
    _ = try readBack(result)
  }

  @Test("vpxenc's numbers stand for its names")
  func enumerations() throws {
    let result = try CodecImport(
      commandLine: "vpxenc --codec=vp8 --rt --cpu-used=-6 --end-usage=1 --tune=0")
    #expect(result.notes.isEmpty)
    #expect(result.settings.rateControl == 1 && result.settings.tuning == 0)
  }

  @Test("what stands before an input is the input's, and nothing of the output")
  func inputs() throws {
    let result = try CodecImport(
      commandLine: "ffmpeg -f v4l2 -vcodec mjpeg -s 1280x720 -r 30 -frobnicate 3 -b:v 9M "
        + "-i /dev/video0 -c:v libvpx -b:v 300k -deadline realtime -cpu-used -8 -lag-in-frames 0 "
        + "-r 15 out.webm")
    #expect(result.notes.isEmpty)
    #expect(result.size == nil)
    #expect(result.settings.targetBitrate == 300)
    #expect(try readBack(result).video.frameRate == FrameRate(15))
  }

  @Test(
    "of a codec and of a rate the last one for the stream holds, by whatever name",
    arguments: [
      ("-c copy -c:v libvpx -b:v 300k", 300), ("-c:v libx264 -vcodec libvpx -vb 300k", 300),
      ("-c:v libvpx -b:v 300k -b:v:0 400k", 400), ("-c:v libvpx -b:v:0 400k -b:v 300k", 300),
      ("-c:v libvpx -b:v .5M", 500), ("-codec:v:0 libvpx -vb 500k", 500),
    ])
  func lastOne(options: String, rate: Int) throws {
    let result = try CodecImport(
      commandLine: "ffmpeg -i a.mp4 \(options) -deadline realtime -cpu-used -8 -lag-in-frames 0 x")
    #expect(result.notes.isEmpty)
    #expect(result.settings.targetBitrate == rate)
  }

  @Test("of several streams the first is taken over, of several outputs the first with VP8")
  func several() throws {
    let common = "-deadline realtime -cpu-used -8 -lag-in-frames 0"
    let streams = try CodecImport(
      commandLine: "ffmpeg -i a -c:v:0 libvpx -b:v:0 1M -c:v:1 libx264 -b:v:1 200k \(common) x.webm"
    )
    #expect(streams.settings.targetBitrate == 1_000)
    #expect(
      streams.notes == [
        "--from: -c:v:1: left out: a call has the first video stream alone",
        "--from: -b:v:1: left out: a call has the first video stream alone",
      ])
    let outputs = try CodecImport(
      commandLine: "ffmpeg -i a -c:v libx264 -b:v 2M x.mp4 -c:v libvpx -b:v 1M \(common) x.webm "
        + "-c:v libvpx -b:v 3M y.webm")
    #expect(outputs.settings.targetBitrate == 1_000)
    let left = "--from: -c:v: left out with what stands beside it: a call has one output's video"
    #expect(outputs.notes == [left, left])
  }

  @Test(
    "what cannot be had is mapped, and named with the reason",
    arguments: [
      ("vpxenc --codec=vp8 --rt --cpu-used=4", "--cpu-used: found 4, taken as -4: from 0 on"),
      ("vpxenc --codec=vp8 --rt --cpu-used=16", "--cpu-used: found 16, taken as -16: "),
      ("vpxenc --codec=vp8 --rt --threads=4", "--threads: found 4, taken as 1: one thread"),
      ("vpxenc --codec=vp8 --rt -t 4", "-t: found 4, taken as 1: one thread"),
      ("vpxenc --codec=vp8 --good", "--good: found good, taken as real time: "),
      ("vpxenc --codec=vp8 --rt -p 2", "-p: taken as 1: a call is coded in one pass"),
      ("vpxenc --codec=vp8 --rt --lag-in-frames=25", "--lag-in-frames: found 25, taken as 0: "),
      ("vpxenc --codec=vp8 --rt --resize-allowed=1", "--resize-allowed: found 1, taken as 0: "),
      ("vpxenc --codec=vp8 --rt --auto-alt-ref=1", "--auto-alt-ref: found 1, taken as 0: "),
      ("vpxenc --rt", "--codec: not given, taken as vp8"),
      ("vpxenc --codec=vp8 --rt --frobnicate=1", "--frobnicate: not known, left out; if it is"),
      ("vpxenc --codec=vp8 --rt -w 1920 -h 1080", "--width: found \"1920x1080\", left out"),
      ("vpxenc --codec=vp8 --rt -w 640", "--width: left out: found one of"),
      ("vpxenc --codec=vp8 --rt --fps=120/1", "--fps: found \"120/1\", left out"),
      ("ffmpeg -c:v libvpx -deadline good", "-deadline: found \"good\", taken as real time"),
      ("ffmpeg -c:v libvpx -cpu-used 4", "-cpu-used: found 4, taken as -4: "),
      ("ffmpeg -c:v libvpx", "-lag-in-frames: not given, which is 25, taken as 0: "),
      ("ffmpeg -c:v libvpx -pass 2", "-pass: left out: a call is coded in one pass"),
      ("ffmpeg -c:v libvpx -vf scale=640:360", "-vf: left out"),
      ("ffmpeg -c:v libvpx -frobnicate 3", "-frobnicate: not known, left out"),
      ("ffmpeg -i x.webm", "-c:v: not given, taken as libvpx"),
    ])
  func notes(commandLine: String, note: String) throws {
    let result = try CodecImport(commandLine: commandLine)
    #expect(result.notes.contains { $0.hasPrefix("--from: " + note) }, "\(result.notes)")
    _ = try readBack(result)
  }

  @Test("files, sound and what is printed are nobody's concern")
  func ignored() throws {
    let result = try CodecImport(
      commandLine: "FOO=1 nice ffmpeg -y -ss 5 -i 'a b.mp4' -map 0 -c:a libopus -b:a 32k -ar 48000 "
        + "-c:v libvpx -deadline realtime -cpu-used -8 -lag-in-frames 0 -metadata title=x out.webm "
        + "2>&1 | tee log")
    #expect(result.notes.isEmpty)
    #expect(result.settings.cpuUsed == -8)
  }

  @Test(
    "what is wrong is said in one sentence",
    arguments: [
      (
        "x264 --crf 3",
        "--from: found \"x264 --crf 3\", expected a command line of ffmpeg or vpxenc"
      ),
      ("", "--from: found \"\", expected a command line of ffmpeg or vpxenc"),
      ("vpxenc 'a", "--from: found no end of a quotation, expected another '"),
      (
        "vpxenc --codec=vp9 --rt", "--from: --codec: found \"vp9\", expected vp8"
      ),
      ("ffmpeg -c:v libvpx-vp9", "--from: -c:v: found \"libvpx-vp9\", expected libvpx"),
      (
        "vpxenc --rt --max-q=70",
        "--from: --max-q: libvpx says \"rc_max_quantizer out of range [..63]\", found 70, "
          + "expected 0...63"
      ),
      (
        "vpxenc --rt --min-q=50 --max-q=20", "--from: rc_min_quantizer: libvpx says "
      ),
      (
        "vpxenc --rt --kf-min-dist=5",
        "--from: kf_min_dist: libvpx says \"kf_min_dist not supported in auto mode"
      ),
      ("vpxenc --rt --target-bitrate=fast", "--from: --target-bitrate: found \"fast\", expected a"),
      (
        "vpxenc --rt --cpu-used", "--from: --cpu-used: found no value, expected one after an equals"
      ),
      ("vpxenc --rt --end-usage=cbx", "--from: --end-usage: found \"cbx\", expected one of vbr"),
      ("vpxenc --rt --cpu-used=99", "--from: --cpu-used: found 99, expected -16...16"),
      ("ffmpeg -b:v $RATE", "--from: -b:v: found \"$RATE\", expected a number such as"),
      ("vpxenc --rt --end-usage=9", "--from: --end-usage: found \"9\", expected one of vbr"),
      ("ffmpeg -c:v libvpx -c copy", "--from: -c: found \"copy\", expected libvpx"),
      ("ffmpeg -b:v", "--from: -b:v: found no value, expected one behind it"),
      ("ffmpeg -c:v\0\u{1}", "--from: -c:v??: found no value, expected one behind it"),
      ("ffmpeg -bufsize 1M", "--from: -bufsize: found without -b:v, expected a rate"),
      ("ffmpeg -b:v 1M -slices 9", "--from: -slices: found \"9\", expected 1...8"),
    ])
  func refusals(commandLine: String, sentence: String) {
    let refused = refusal(commandLine)
    #expect(refused?.hasPrefix(sentence) == true, "\(refused ?? "nothing")")
    #expect(refused?.contains("\n") == false)
  }

  @Test(
    "ffmpeg's numbers have suffixes",
    arguments: [
      ("2", 2), ("-1", -1), ("500k", 500_000), ("1.5M", 1_500_000), ("0.5K", 500),
      ("1Mi", 1_048_576),
      ("64kB", 512_000), (".5k", 500), ("5.", 5), ("-.5M", -500_000), (".", nil), (".k", nil),
      ("1.2.3", nil), ("k", nil), ("1x", nil), ("", nil),
      ("99999999999999999999", nil), ("1G", 1_000_000_000),
    ] as [(String, Int?)])
  func numbers(text: String, value: Int?) {
    #expect(FFmpegReader.number(text) == value)
  }
}
