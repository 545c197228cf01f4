import SimulationKernel
import WireFormats

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
  /// Mechanisms `none` and `nack`: a key frame this often. 10 s is Linphone's without AVPF.
  public var periodicKeyFrameInterval = SimDuration.seconds(10)
  /// Golden or altref is refreshed this often. 3 s is Linphone's.
  public var referenceInterval = SimDuration.seconds(3)
  /// Largest RTP payload (descriptor included), in octets.
  public var maximumPayload = 1200

  public init() {}
}

/// Retransmission (generic NACK and RFC 4588): the receiver's requests and the sender's history.
public struct RetransmissionSettings: Hashable, Sendable {
  /// A packet found missing this long ago is given up; nil: as long as the sender keeps packets.
  public var giveUpAge: SimDuration?
  /// Requests for one packet. 100 is libwebrtc's; the age ends most before.
  public var maximumRequests = 100
  /// Packets asked for at one time. 1000 is libwebrtc's.
  public var maximumOutstanding = 1_000
  /// The sender keeps packets this long; nil: 1 s, and 3 round trips at least, as libwebrtc does.
  public var historyAge: SimDuration?
  /// Packets that the sender keeps at the most.
  public var historyCapacity = 1_024

  public init() {}
}

/// How frames become RTP packets (RFC 7741).
public struct RTPSettings: Hashable, Sendable {
  public var packetization = VP8Packetization.fill
  public var pictureIDWidth = PictureID.Width.fifteenBits
  /// Counts what SRTP adds to each packet (RFC 3711 with HMAC-SHA1-80): 10 octets to RTP, 14 to RTCP
  /// (its index and E flag besides).
  public var usesSRTP = false

  public init() {}
}
