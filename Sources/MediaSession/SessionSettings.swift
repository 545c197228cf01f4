import SimulationKernel

/// The receiving endpoint's rules.
public struct ReceiverSettings: Hashable, Sendable {
  /// Fixed playout delay after the first frame's arrival. 60 ms is Linphone's nominal jitter buffer.
  public var playoutDelay = SimDuration.milliseconds(60)
  /// RTCP only: while the picture waits for repair, ask again this long after the last request.
  /// 200 ms is libwebrtc's while it waits for a key frame.
  public var repeatInterval = SimDuration.milliseconds(200)

  public init() {}
}

/// The sending endpoint's rules.
public struct EncoderControlSettings: Hashable, Sendable {
  /// Key-frame requests within this time after a key frame are dropped. 300 ms is libwebrtc's.
  public var minimumKeyFrameInterval = SimDuration.milliseconds(300)
  /// Mechanism `none`: a key frame this often. 10 s is Linphone's without AVPF.
  public var periodicKeyFrameInterval = SimDuration.seconds(10)
  /// Golden or altref is refreshed this often. 3 s is Linphone's.
  public var referenceInterval = SimDuration.seconds(3)
  /// Largest RTP payload (descriptor included), in octets.
  public var maximumPayload = 1200

  public init() {}
}
