import Results

extension Scenario {
  /// The packets that were to be lost on purpose and were never sent: their position in
  /// `media.scriptedLosses`, and what became of them.
  ///
  /// - Parameter frames: the call's, all of them.
  public func missedScriptedLosses(
    _ frames: [FrameRecord]
  ) -> [(position: Int, problem: String)] {
    media.scriptedLosses.enumerated().compactMap { position, loss in
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
      return (position, "frame \(loss.frame), packet \(loss.packet) was not lost: \(reason)")
    }
  }
}
