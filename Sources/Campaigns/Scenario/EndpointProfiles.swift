import Configuration
import MediaSession
import Signalling
import VP8Codec

/// The endpoints whose rules a scenario's two ends have, and what follows from them where the file
/// does not say otherwise.
struct EndpointProfiles {
  private let sender: EndpointProfile?
  private let receiver: EndpointProfile?
  private let mechanism: Mechanism

  init(_ top: ConfigurationReader, mechanism: Mechanism) throws(ConfigurationError) {
    self.mechanism = mechanism
    sender = try Self.profile("sender", keys: SessionReader.senderKeys, top)
    receiver = try Self.profile("receiver", keys: SessionReader.receiverKeys, top)
  }

  private static func profile(
    _ end: String, keys: [String], _ top: ConfigurationReader
  ) throws(ConfigurationError) -> EndpointProfile? {
    try top.mapping(end, keys: keys)?
      .value("profile", ConfigurationValue<EndpointProfile>.oneOf.or("none")) ?? nil
  }

  /// Whether the two negotiate AVPF.
  private var usesFeedback: Bool { mechanism.usesRTCPFeedback }

  var encoderControl: EncoderControlSettings {
    sender.map { EncoderControlSettings($0, usesFeedback: usesFeedback) }
      ?? EncoderControlSettings()
  }

  var receiverSettings: ReceiverSettings {
    receiver.map { ReceiverSettings($0, usesFeedback: usesFeedback) } ?? ReceiverSettings()
  }

  var rtcp: RTCPSettings { receiver.map { RTCPSettings($0) } ?? RTCPSettings() }

  var retransmission: RetransmissionSettings {
    RetransmissionSettings(receiver: receiver, sender: sender)
  }

  /// How the sender cuts frames and names pictures.
  var rtp: RTPSettings {
    var settings = RTPSettings()
    switch sender {
    case .linphone:
      // A packet for each partition and a PictureID with AVPF; neither without.
      settings.packetization = usesFeedback ? .partitions : .fill
      settings.pictureIDWidth = usesFeedback ? .fifteenBits : nil
    case .webrtc: settings.packetization = .balanced
    default: break
    }
    return settings
  }

  /// Whose rules INFO requests follow.
  var signallingPolicy: SignallingSettings.Policy? {
    guard mechanism.usesSIP else { return nil }
    return receiver.flatMap { SignallingSettings.Policy(rawValue: $0.rawValue) }
  }

  /// The codec settings of the sender's endpoint.
  func codec(for video: VideoSettings, temporalLayers: Int) -> VP8EncoderSettings {
    let preset: VP8EncoderPreset =
      switch sender {
      case .linphone: .linphone
      case .webrtc: .webrtc
      default: .none
      }
    var settings = preset.settings(for: video, temporalLayers: temporalLayers)
    if sender == .linphone {
      settings.tokenPartitions = usesFeedback ? 2 : 0
      settings.outputPartitions = usesFeedback ? 1 : 0
      if !usesFeedback {
        // VPX_KF_AUTO, at the latest after 10 s.
        settings.keyFrameMode = 1
        settings.keyFrameMaximumDistance = video.frameRate.frameCount(within: .seconds(10))
      }
    }
    return settings
  }
}
