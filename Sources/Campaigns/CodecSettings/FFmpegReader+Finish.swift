import Configuration
import VP8Codec

/// What follows from several options.
extension FFmpegReader {
  mutating func finish(_ result: inout CodecImport) throws(ConfigurationError) {
    if let encoder {
      guard Self.encoders.contains(encoder.name) else {
        throw CodecImport.error(
          encoder.option, "found \(quoted(encoder.name)), expected libvpx, which codes VP8")
      }
    } else {
      result.note("-c:v", "not given, taken as libvpx: ffmpeg chooses by the file's name then")
    }
    if !hasDeadline {
      result.setDeadline(isRealTime: false, found: "none, which is good", option: "-deadline")
    }
    if !hasSpeed {
      result.note("-cpu-used", "not given, which is 1, taken as \(DeterministicSpeed.reason)")
    }
    if !hasLag {
      result.note(
        "-lag-in-frames", "not given, which is 25, taken as 0: \(Key.lagInFrames.restriction ?? "")"
      )
    }
    try finishRates(&result)
    if let group, group >= 0 {
      if minimumGroup == group {
        try result.set(.keyFrameMinimumDistance, to: group, option: "-keyint_min")
      }
      try result.set(.keyFrameMaximumDistance, to: group, option: "-g")
    }
  }

  private func finishRates(_ result: inout CodecImport) throws(ConfigurationError) {
    let bits = bitrate ?? 0
    if bits > 0, minimumRate == bits, maximumRate == bits {
      try result.set(.rateControl, to: 1, option: "-b:v")
    } else if let quality, quality >= 0 {
      try result.set(.rateControl, to: 2, option: "-crf")
      try result.set(.constantQualityLevel, to: quality, option: "-crf")
    }
    if !result.settings.layerBitrates.isEmpty {
      noteLayers(bits, &result)
    } else if bits > 0 {
      try result.set(.targetBitrate, to: Self.nearest(bits, 1, per: 1_000), option: "-b:v")
    } else {
      // libvpx's default, and with a quality alone no bound.
      let rate = result.settings.rateControl == 2 ? 1_000_000 : 256
      try result.set(.targetBitrate, to: rate, option: "-b:v")
    }
    try finishBuffer(bits, &result)
  }

  private func noteLayers(_ bits: Int, _ result: inout CodecImport) {
    let rate = result.settings.targetBitrate
    guard bits > 0, Self.nearest(bits, 1, per: 1_000) != rate else { return }
    let rest = bufferSize > 0 ? " but for -bufsize" : ""
    result.note("-b:v", "left out\(rest): ts_target_bitrate ends at \(rate) kbit/s")
  }

  /// The buffer's lengths are times at the rate of -b:v, with layers too.
  private func finishBuffer(
    _ bits: Int, _ result: inout CodecImport
  ) throws(ConfigurationError) {
    guard bufferSize > 0 else { return }
    guard bits > 0 else {
      throw CodecImport.error("-bufsize", "found without -b:v, expected a rate beside it")
    }
    let size = Self.scaled(bufferSize, 1_000, per: bits)
    try result.set(.bufferSize, to: size, option: "-bufsize")
    // Three quarters, where nothing is said (libavcodec/encode.c and before it utils.c).
    let initial = initialOccupancy ?? Self.scaled(bufferSize, 3, per: 4)
    try result.set(
      .bufferInitialSize, to: Self.scaled(initial, 1_000, per: bits), option: "-rc_init_occupancy")
    try result.set(.bufferOptimalSize, to: size * 5 / 6, option: "-bufsize")
  }
}
