import MediaSession
import Results

extension Scenario {
  /// The call whose course is this one's for as long as nothing has been lost: equal for all that
  /// have their past in common.
  ///
  /// Without a loss, a mechanism shows in what it does unasked: whether key frames come
  /// periodically, whether golden and altref are renewed and acknowledged, and, with packets sent
  /// again, how much is kept for that. Signalling waits beside the media and touches it only where
  /// both share an access link.
  public var past: Scenario {
    var past = self
    past.name = ""
    past.situation = nil
    past.media.scriptedLosses = []
    if mechanism.usesSIP, signalling.sharesAccessLinks { return past }
    past.signalling = .init()
    past.mechanism = unaskedMechanism
    if !past.mechanism.usesRetransmission { past.retransmission = .init() }
    return past
  }

  /// The mechanism that stands for all that do the same unasked.
  private var unaskedMechanism: Mechanism {
    let control = encoderControl
    if mechanism.acknowledgesReferences { return mechanism }
    let isPeriodic = control.periodicKeyFrames == .unasked && mechanism.needsPeriodicKeyFrames
    if mechanism.usesRetransmission { return isPeriodic ? .nack : .nackPli }
    if isPeriodic { return .none }
    switch control.refresh {
    case .references: return mechanism.repairsByReference ? .sli : .pli
    case .feedback: return mechanism.usesRTCPFeedback ? .pli : .none
    }
  }
}
