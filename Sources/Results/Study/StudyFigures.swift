import SimulationKernel

/// What one mechanism does, and costs, on one network.
public struct StudyFigures: Sendable, Equatable {
  public var calls: Int
  public var episodes: Int
  /// The share of call time without the exact, current picture on screen, 0...1.
  public var broken: Estimate
  /// Recovery times in milliseconds.
  public var recoveryP50: Estimate
  public var recoveryP95: Estimate
  /// Mean luma PSNR in dB of what was on screen, and of what the encoder made.
  public var shownPSNR: Estimate
  public var encodedPSNR: Double
  /// Media with all headers, retransmissions included, and RTCP of the receiver, in kbit/s.
  public var mediaKilobitsPerSecond: Double
  public var feedbackKilobitsPerSecond: Double
  public var keyFramesPerMinute: Double

  init(_ sample: CallSample, seed: UInt64) {
    calls = sample.calls.count
    episodes = sample.episodes
    broken = sample.estimate(of: .brokenTime, seed: seed)
    recoveryP50 = sample.recovery(0.5, seed: seed)
    recoveryP95 = sample.estimate(of: .recoveryP95, seed: seed)
    shownPSNR = sample.estimate(of: .shownPicture, seed: seed)
    let totals = sample.calls.compactMap { $0.run.outcome?.totals }
    let seconds = totals.reduce(0) { $0 + $1.duration.inSeconds }
    func perSecond(_ value: (CallTotals) -> Double) -> Double {
      seconds > 0 ? totals.reduce(0) { $0 + value($1) } / seconds : 0
    }
    encodedPSNR = totals.reduce(0) { $0 + $1.meanEncodedPSNR } / Double(max(totals.count, 1))
    mediaKilobitsPerSecond = perSecond { Double($0.mediaOctets) * 8 / 1_000 }
    feedbackKilobitsPerSecond = perSecond { Double($0.rtcpOctets) * 8 / 1_000 }
    keyFramesPerMinute = perSecond { Double($0.keyFrames) * 60 }
  }
}
