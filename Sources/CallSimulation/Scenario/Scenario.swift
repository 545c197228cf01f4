import MediaSession
import NetworkModels
import Signalling
import SimulationKernel
import VP8Codec

/// All that decides the course of one call. The same scenario gives the same bytes.
public struct Scenario: Sendable, Equatable {
  public var name = "call"
  public var seed: UInt64 = 1
  /// How long frames are captured; the call ends then.
  public var duration = SimDuration.seconds(20)
  public var video = VideoSettings()
  public var codec = VP8EncoderSettings()
  public var mechanism = Mechanism.pli
  public var media = MediaPathSettings()
  public var receiver = ReceiverSettings()
  public var encoderControl = EncoderControlSettings()
  public var rtcp = RTCPSettings()
  public var signalling = SignallingSettings()

  public init() {}
}
