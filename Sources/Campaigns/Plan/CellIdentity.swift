import CallSimulation
import MediaSession
import Signalling
import VP8Codec

/// What makes a cell's calls differ from another's. Signalling counts only where SIP is used, and
/// retransmission where packets are sent again: cells that differ in nothing else would be the same
/// calls, and are made once. Two situations that come to the same are told apart there all the same,
/// so that each has its calls.
struct CellIdentity: Hashable {
  private var durationNanoseconds: Int64
  private var video: VideoSettings
  private var codec: VP8EncoderSettings
  private var mechanism: Mechanism
  private var media: MediaPathSettings
  private var receiver: ReceiverSettings
  private var encoderControl: EncoderControlSettings
  private var rtp: RTPSettings
  private var retransmission: RetransmissionSettings?
  private var rtcp: RTCPSettings
  private var signalling: SignallingSettings?
  private var situation: String?

  init(_ scenario: Scenario) {
    durationNanoseconds = scenario.duration.nanoseconds
    video = scenario.video
    codec = scenario.codec
    mechanism = scenario.mechanism
    media = scenario.media
    receiver = scenario.receiver
    encoderControl = scenario.encoderControl
    rtp = scenario.rtp
    retransmission = scenario.mechanism.usesRetransmission ? scenario.retransmission : nil
    rtcp = scenario.rtcp
    signalling = scenario.mechanism.usesSIP ? scenario.signalling : nil
    situation = scenario.situation
  }
}
