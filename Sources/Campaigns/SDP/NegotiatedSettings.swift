import Configuration
import Signalling
import SimulationKernel

/// The scenario settings that stand for what a stream's negotiation leaves in effect.
public struct NegotiatedSettings: Hashable, Sendable {
  /// The value of `mechanism`.
  public let mechanism: String
  /// Other mechanisms that what was negotiated allows, the preferred one first.
  public let alternatives: [String]
  public let hasFeedbackProfile: Bool
  public let usesReducedSize: Bool
  /// T_rr_interval of the end that receives the video.
  public let regularReportInterval: SimDuration

  /// The mechanisms and what each needs of feedback, the preferred one first: repair by reference
  /// before repair by key frame, as endpoints that negotiate both do; FIR last, since RFC 5104
  /// section 3.5.1 does not want it for losses.
  private static let mechanisms: [(name: String, needs: @Sendable (Set<FeedbackFeature>) -> Bool)] =
    [
      ("sli+rpsi", { $0.contains(.sliceLossIndication) && $0.hasReferencePictureSelection }),
      ("rpsi", { $0.hasReferencePictureSelection }),
      ("sli", { $0.contains(.sliceLossIndication) }),
      (
        "nack+pli",
        { $0.isSuperset(of: [.genericNegativeAcknowledgement, .pictureLossIndication]) }
      ),
      ("pli", { $0.contains(.pictureLossIndication) }),
      ("nack", { $0.contains(.genericNegativeAcknowledgement) }),
      ("fir", { $0.contains(.fullIntraRequest) }),
    ]

  /// What stays where no feedback is in effect. SDP does not tell whether both ends take it
  /// (RFC 5168); an Allow header with INFO does.
  static let fallback = "sip-info"

  /// All names that `mechanism` may have here.
  static var names: [String] { mechanisms.map(\.name) + [fallback] }

  /// The settings of a call in which `sender` sends the video.
  public init(_ stream: VideoNegotiation, sender: CallParty) {
    let features = Set(
      FeedbackFeature.allCases.filter {
        stream.verdict(on: $0, forVideoFrom: sender) == .inEffect
      })
    let names = Self.mechanisms.filter { $0.needs(features) }.map(\.name)
    mechanism = names.first ?? Self.fallback
    alternatives = Array(names.dropFirst())
    hasFeedbackProfile = stream.hasFeedbackProfile
    usesReducedSize = features.contains(.reducedSize)
    regularReportInterval = .milliseconds(
      Int64(stream.regularReportInterval(forVideoFrom: sender)))
  }

  /// The values of keys under `rtcp`.
  var rtcp: [(key: String, value: String)] {
    [
      ("profile", hasFeedbackProfile ? "avpf" : "avp"), ("reduced-size", "\(usesReducedSize)"),
      ("trr-interval", durationText(regularReportInterval)),
    ]
  }
}

extension Set<FeedbackFeature> {
  /// RPSI as acknowledgement or as request: the packet is the same.
  fileprivate var hasReferencePictureSelection: Bool {
    contains(.referencePictureSelectionPositive) || contains(.referencePictureSelectionNegative)
  }
}
