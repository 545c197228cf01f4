import MediaSession
import Signalling

extension Mechanism {
  /// The kinds of feedback that the receiver may come to send, all of which SDP must allow
  /// (RFC 4585 section 4.2). SIP INFO is none of them: SDP does not negotiate it.
  public var feedback: [FeedbackFeature] {
    switch self {
    case .none, .sipInfo: []
    case .pli, .sipInfoPli: [.pictureLossIndication]
    case .nack: [.genericNegativeAcknowledgement]
    case .nackPli: [.genericNegativeAcknowledgement, .pictureLossIndication]
    case .fir: [.fullIntraRequest]
    // The ones below ask for a key frame by PLI where nothing is left to predict from, as when the
    // first key frame is lost.
    case .sli: [.sliceLossIndication, .pictureLossIndication]
    case .sliRpsi:
      [.sliceLossIndication, .referencePictureSelectionPositive, .pictureLossIndication]
    // RPSI acknowledges (`ack`), and asks after damage (`nack`).
    case .rpsi:
      [
        .referencePictureSelectionPositive, .referencePictureSelectionNegative,
        .pictureLossIndication,
      ]
    }
  }
}
