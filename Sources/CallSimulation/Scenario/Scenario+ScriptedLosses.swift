import Results

extension Scenario {
  /// A sentence for each packet that was to be lost on purpose and was never sent.
  ///
  /// - Parameter frames: the call's, all of them.
  public func scriptedLossWarnings(_ frames: [FrameRecord]) -> [String] {
    media.scriptedLosses.compactMap { loss in
      let packets = loss.frame < frames.count ? frames[loss.frame].packets : 0
      guard !(0..<packets).contains(where: { loss.hits(packet: $0, of: packets) }) else {
        return nil
      }
      let reason =
        loss.frame >= frames.count
        ? "the call has \(frames.count) frames"
        : packets == 0
          ? "the encoder dropped that frame"
          : packets == 1 ? "that frame has one packet" : "that frame has \(packets) packets"
      return "network.lose: frame \(loss.frame), packet \(loss.packet) was not lost: \(reason)"
    }
  }
}
