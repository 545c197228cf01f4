import CallSimulation
import Configuration
import MediaSession
import Signalling
import SimulationKernel

/// The scenario settings that stand for what a stream's negotiation leaves in effect.
public struct NegotiatedSettings: Hashable, Sendable {
  /// The value of `mechanism`.
  public let mechanism: String
  /// Other mechanisms that what was negotiated allows, the preferred one first.
  public let alternatives: [String]
  public let hasFeedbackProfile: Bool
  /// Whether SRTP adds its octets to each packet.
  public let usesSRTP: Bool
  public let usesReducedSize: Bool
  /// T_rr_interval of the end that receives the video.
  public let regularReportInterval: SimDuration

  /// The preferred one first: repair by reference before repair by key frame, as endpoints that
  /// negotiate both do; FIR last, since RFC 5104 section 3.5.1 does not want it for losses.
  private static let mechanisms: [Mechanism] = [
    .sliRpsi, .rpsi, .sli, .nackPli, .pli, .nack, .fir,
  ]

  /// What stays where no feedback is in effect. SDP does not tell whether both ends take it
  /// (RFC 5168); an Allow header with INFO does.
  static let fallback = Mechanism.sipInfo.rawValue

  /// All names that `mechanism` may have here.
  static var names: [String] { mechanisms.map(\.rawValue) + [fallback] }

  /// The settings of a call in which `sender` sends the video.
  public init(_ stream: VideoNegotiation, sender: CallParty) {
    let features = Set(
      FeedbackFeature.allCases.filter {
        stream.verdict(on: $0, forVideoFrom: sender) == .inEffect
      })
    let names = Self.mechanisms.filter { features.isSuperset(of: $0.feedback) }.map(\.rawValue)
    mechanism = names.first ?? Self.fallback
    alternatives = Array(names.dropFirst())
    hasFeedbackProfile = stream.hasFeedbackProfile
    usesSRTP = stream.hasSecureProfile
    usesReducedSize = features.contains(.reducedSize)
    regularReportInterval = .milliseconds(
      Int64(stream.regularReportInterval(forVideoFrom: sender)))
  }

  /// Groups of a scenario's keys, and the value of each key.
  var groups: [(name: String, values: [(key: String, value: String)])] {
    [
      ("rtp", [("srtp", "\(usesSRTP)")]),
      (
        "rtcp",
        [
          ("profile", hasFeedbackProfile ? "avpf" : "avp"),
          ("reduced-size", "\(usesReducedSize)"),
          ("trr-interval", durationText(regularReportInterval)),
        ]
      ),
    ]
  }
}
