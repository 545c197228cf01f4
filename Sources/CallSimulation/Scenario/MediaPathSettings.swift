import MediaSession
import NetworkModels

/// The path of RTP and RTCP between sender and receiver, and the direct path between the two, which
/// is the same unless media is relayed.
///
/// The signalling's hops derive from the direct path, whichever media takes.
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
  /// The path through a TURN server (RFC 8656), from end to end.
  public struct Relay: Hashable, Sendable {
    public var forward: LinkSettings
    public var reverse: LinkSettings

    public init(forward: LinkSettings, reverse: LinkSettings) {
      self.forward = forward
      self.reverse = reverse
    }
  }
  /// The direct path from the sender to the receiver.
  public var forward = LinkSettings()
  /// The direct path from the receiver to the sender.
  public var reverse = LinkSettings()
  /// The path that RTP and RTCP take instead; nil where they take the direct one.
  public var relay: Relay?
  public var scriptedLosses: [ScriptedLoss] = []
  public var scriptedFeedbackLosses: [ScriptedFeedbackLoss] = []

  public init() {}

  /// What carries RTP and sender reports, from the sender to the receiver.
  public var effectiveForward: LinkSettings { relay?.forward ?? forward }
  /// What carries feedback, from the receiver to the sender.
  public var effectiveReverse: LinkSettings { relay?.reverse ?? reverse }

  /// Whether the script loses the `packet`-th of a frame's packets.
  func loses(packet: Int, of count: Int, frame: Int) -> Bool {
    scriptedLosses.contains { $0.frame == frame && $0.hits(packet: packet, of: count) }
  }
}
