import CallSimulation
import MediaSession
import SimulationKernel
import VP8Codec

/// Whether the link carries what the encoder makes.
extension WarningCollector {
  mutating func checkRate(_ scenario: Scenario) {
    guard let rate = scenario.media.effectiveForward.rate else { return }
    let codec = scenario.codec
    // With constant quality the rate is no target.
    let sent = codec.rateControl == 3 ? 0 : mediaRate(scenario)
    guard sent <= Double(rate.bitsPerSecond) else {
      // That key frames take long as well goes without saying.
      return tell(
        ["codec", VP8EncoderSettings.Key.targetBitrate.rawValue],
        "\(codec.targetBitrate) kbit/s, which with headers are \(Int(sent / 1_000)), over a link of "
          + "\(rate.bitsPerSecond / 1_000) kbit/s: the queue fills and drops packets again and again, "
          + "so that the picture stays broken; expected a rate below the link's", .failure)
    }
    checkKeyFrameSize(scenario, rate)
  }

  /// The encoder's target with what the packets of mean frames have in front, in bit/s.
  private func mediaRate(_ scenario: Scenario) -> Double {
    let target = Double(scenario.codec.targetBitrate) * 1_000
    // A file's frame rate is not known yet.
    if case .file = scenario.video.source { return target }
    let frameTime = scenario.video.frameRate.captureTime(ofFrame: 1).inSeconds
    let headers = packetOverhead(scenario, frameOctets: Int(target * frameTime / 8))
    return target + Double(headers * 8) / frameTime
  }

  private func packetOverhead(_ scenario: Scenario, frameOctets: Int) -> Int {
    let payload = scenario.encoderControl.maximumPayload
    let packets = max(1, (frameOctets + payload - 1) / payload)
    return packets * (MediaPacketSize.largest - MediaPacketSize(scenario).largestPayload)
  }

  private mutating func checkKeyFrameSize(_ scenario: Scenario, _ rate: Bitrate) {
    let codec = scenario.codec
    let frameTime = scenario.video.frameRate.captureTime(ofFrame: 1).inSeconds
    // libwebrtc calls a gap between pictures a freeze that is 150 ms longer than the mean.
    let freeze = frameTime + 0.150
    let possible = KeyFrameProbe.largest(codec, scenario.video) * 8 / Double(rate.bitsPerSecond)
    guard possible > freeze else { return }
    let key = VP8EncoderSettings.Key.maximumIntraRate
    if case .file = scenario.video.source {
      guard codec.maximumIntraRate > 0 else { return }
      return tell(
        ["codec", key.rawValue],
        "found \(codec.maximumIntraRate): a key frame may take up to \(Int(possible * 1_000)) ms at "
          + "\(rate.bitsPerSecond / 1_000) kbit/s, which viewers see as a freeze by itself")
    }
    guard let measured = KeyFrameProbe.measure(codec, scenario.video) else { return }
    let octets = measured.octets + packetOverhead(scenario, frameOctets: measured.octets)
    let time = Double(octets * 8) / Double(rate.bitsPerSecond)
    guard time > freeze else { return }
    // What a limit would have to be for a key frame to pass in time.
    let mean = Double(codec.targetBitrate) * 1_000 * frameTime
    var aim = freeze * Double(rate.bitsPerSecond) / mean * 100
    // A key frame may pass its limit; the next one will by as much.
    if codec.maximumIntraRate > 0 { aim = min(aim, Double(codec.maximumIntraRate) * freeze / time) }
    let limit = Int(aim / 10) * 10
    let isSmallest = measured.quantizer >= codec.maximumQuantizer
    tell(
      ["codec", key.rawValue],
      "found \(codec.maximumIntraRate): a key frame of \(scenario.video.source.name) has about "
        + "\(measured.octets) octets\(isSmallest ? " at the worst quantizer" : ""), which take "
        + "\(Int(time * 1_000)) ms at \(rate.bitsPerSecond / 1_000) kbit/s, and viewers see a freeze "
        + "by the repair itself; expected "
        + (isSmallest || limit < 150 ? "a smaller picture" : "at most \(limit)"))
  }
}
