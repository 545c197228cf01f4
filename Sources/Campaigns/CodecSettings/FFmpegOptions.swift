import Configuration
import VP8Codec

/// The options of `ffmpeg -c:v libvpx` (`ffmpeg -h encoder=libvpx`), with what libavcodec/libvpxenc.c
/// makes of them.
enum FFmpegOptions {
  typealias Key = VP8EncoderSettings.Key

  static func read(
    _ arguments: [String], into result: inout CodecImport
  ) throws(ConfigurationError) {
    var reader = FFmpegReader()
    for option in chosen(among: outputs(of: arguments), &result) {
      try apply(option, to: &reader, into: &result)
    }
    try reader.finish(&result)
  }

  private static func apply(
    _ option: Option, to reader: inout FFmpegReader, into result: inout CodecImport
  ) throws(ConfigurationError) {
    guard FFmpegReader.knows(option.name) else { return result.unknown(option.word) }
    guard let value = option.value else {
      throw CodecImport.error(option.word, "found no value, expected one behind it")
    }
    guard !option.isOfAnotherStream else {
      return result.note(option.word, "left out: a call has the first video stream alone")
    }
    try reader.take(option.name, value, option: option.word, into: &result)
  }

  /// An option of an output's video.
  private struct Option {
    /// As it was given: `-b:v`.
    var word: String
    var name: String
    /// Behind the colon: `v`, `v:0`, `0`.
    var stream: String?
    var value: String?

    init(_ word: String) {
      self.word = word
      let parts = word.dropFirst().split(separator: ":", maxSplits: 1).map(String.init)
      name = parts.first ?? ""
      stream = parts.count > 1 ? parts[1] : nil
    }

    /// Of sound, subtitles or data.
    var isNotOfVideo: Bool { ["a", "s", "d"].contains(stream?.first) }

    /// Of another than the first; ffmpeg's own order of streams, where no kind is named.
    var isOfAnotherStream: Bool {
      guard let number = stream?.split(separator: ":").first(where: { $0 != "v" && $0 != "V" })
      else { return false }
      return (Int(number) ?? 0) > 0
    }
  }

  /// What stands before each output. What stands before an input is that input's, and goes.
  private static func outputs(of arguments: [String]) -> [[Option]] {
    var outputs: [[Option]] = [[]]
    var index = 0
    while index < arguments.count {
      let word = arguments[index]
      index += 1
      guard word.hasPrefix("-"), word.utf8.count > 1 else {
        outputs.append([])
        continue
      }
      var option = Option(word)
      if option.name.isEmpty || flags.contains(option.name) { continue }
      let isOther = option.isNotOfVideo || ignored.contains(option.name)
      let isKnown = isOther || FFmpegReader.knows(option.name)
      if index < arguments.count, isKnown || !arguments[index].hasPrefix("-") {
        option.value = arguments[index]
        index += 1
      }
      if option.name == "i" { outputs[outputs.count - 1] = [] }
      if !isOther { outputs[outputs.count - 1].append(option) }
    }
    return outputs.filter { !$0.isEmpty }
  }

  /// The first output that is VP8, else the first; the others are noted.
  private static func chosen(among outputs: [[Option]], _ result: inout CodecImport) -> [Option] {
    let isVP8 = outputs.map { options in
      let codec = options.last { FFmpegReader.codec.contains($0.name) && !$0.isOfAnotherStream }
      return FFmpegReader.encoders.contains(codec?.value ?? "")
    }
    let choice = isVP8.firstIndex(of: true) ?? 0
    for (index, options) in outputs.enumerated() where index != choice {
      result.note(
        options[0].word, "left out with what stands beside it: a call has one output's video")
    }
    return outputs.isEmpty ? [] : outputs[choice]
  }

  /// Options without a value, none of which is the codec's.
  private static let flags: Set<String> = [
    "y", "n", "re", "an", "vn", "sn", "dn", "hide_banner", "nostdin", "stdin", "stats", "nostats",
    "shortest", "copyts", "start_at_zero", "benchmark", "benchmark_all", "report", "autorotate",
    "noautorotate", "accurate_seek", "noaccurate_seek", "fix_sub_duration", "xerror", "dump", "hex",
    "psnr", "ignore_unknown", "copy_unknown", "bitexact", "L", "version", "help",
    "find_stream_info",
    "copyinkf", "vstats", "qphist",
  ]

  /// Options of inputs, outputs, filters' graphs, sound and logs, each with a value.
  private static let ignored: Set<String> = [
    "i", "f", "map", "map_metadata", "map_chapters", "ss", "sseof", "t", "to", "fs", "itsoffset",
    "itsscale", "timestamp", "metadata", "program", "disposition", "attach", "dump_attachment",
    "target", "dframes", "frames", "vframes", "aframes", "loglevel", "v", "progress", "timelimit",
    "acodec", "scodec", "dcodec", "ac", "ar", "ab", "aq", "af", "aspect", "pix_fmt", "sample_fmt",
    "channel_layout", "ch_layout", "hwaccel", "hwaccel_device", "hwaccel_output_format",
    "init_hw_device", "filter_hw_device", "stream_loop", "thread_queue_size",
    "max_muxing_queue_size",
    "muxdelay", "muxpreload", "probesize", "analyzeduration", "fflags", "flags", "movflags",
    "vsync", "fps_mode", "async", "avoid_negative_ts", "strict", "framerate", "video_size",
    "rtsp_transport",
    "payload_type", "ssrc", "pkt_size", "buffer_size", "srtp_out_suite", "srtp_out_params",
    "sdp_file", "protocol_whitelist", "filter_threads", "filter_complex_threads", "lavfi",
    "color_range", "colorspace", "color_primaries", "color_trc", "field_order", "sws_flags", "bsf",
    "vbsf", "absf", "tag", "vtag", "atag", "dash", "live", "cluster_time_limit", "abr",
    "application",
    "vbr", "compression_level", "frame_duration", "passlogfile", "enc_time_base",
    "video_track_timescale", "copypriorss", "seek_timestamp", "isync",
  ]
}
