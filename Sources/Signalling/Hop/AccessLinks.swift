import NetworkModels

/// The bottlenecks of the two ends' access links, each the way out: what an end sends, media and
/// signalling, waits in one queue.
public struct AccessLinks: Sendable {
  /// The way from the receiver of the media, which its requests take first.
  public var ofReceiver: Bottleneck
  /// The way from the sender of the media, which its responses take first.
  public var ofSender: Bottleneck

  public init(ofReceiver: Bottleneck, ofSender: Bottleneck) {
    self.ofReceiver = ofReceiver
    self.ofSender = ofSender
  }
}
