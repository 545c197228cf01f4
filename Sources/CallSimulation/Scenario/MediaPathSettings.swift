import MediaSession
import NetworkModels

/// The path of RTP and RTCP between sender and receiver.
public struct MediaPathSettings: Hashable, Sendable {
  /// One packet to lose on purpose: the `packet`-th (from 0; -1 is the last) of frame `frame`.
  public struct ScriptedLoss: Hashable, Sendable {
    public var frame: Int
    public var packet: Int

    public init(frame: Int, packet: Int) {
      self.frame = frame
      self.packet = packet
    }

    /// Whether this is the `packet`-th of its frame's packets.
    func hits(packet: Int, of count: Int) -> Bool {
      self.packet == packet || self.packet + count == packet
    }
  }
  /// One feedback packet to lose on purpose: the one that carries the `number`-th message of this
  /// kind (from 0) that the receiver sends.
  public struct ScriptedFeedbackLoss: Hashable, Sendable {
    public var message: FeedbackMessage.Kind
    public var number: Int

    public init(message: FeedbackMessage.Kind, number: Int) {
      self.message = message
      self.number = number
    }
  }
  /// Sender to receiver: RTP and sender reports.
  public var forward = LinkSettings()
  /// Receiver to sender: feedback.
  public var reverse = LinkSettings()
  public var scriptedLosses: [ScriptedLoss] = []
  public var scriptedFeedbackLosses: [ScriptedFeedbackLoss] = []

  public init() {}

  /// Whether the script loses the `packet`-th of a frame's packets.
  func loses(packet: Int, of count: Int, frame: Int) -> Bool {
    scriptedLosses.contains { $0.frame == frame && $0.hits(packet: packet, of: count) }
  }
}
