import WireFormats

/// What is known of golden and altref, and of the receiver's copies.
extension EncoderControl {
  /// One long-term buffer: what it holds and what is known of the receiver's copy.
  struct LongTermReference {
    var picture: PictureNumber
    /// The receiver is taken to hold the same picture: acknowledged, or (SLI alone) not reported.
    var isEstablished: Bool
    /// Not predicted from `last`, so that no damage to it has passed on.
    var isIndependent = true
  }

  /// Whether an acknowledgement of this buffer means that it is intact: it may follow from a damaged
  /// picture that the receiver has forgotten.
  func isBelieved(_ reference: LongTermReference) -> Bool {
    guard settings.doubtsDependentReferences, !reference.isIndependent, let lastReported else {
      return true
    }
    return reference.picture - lastReported >= framesPerRefresh
  }

  /// Without acknowledgements silence is taken for success, from the start.
  var isEstablishedUnasked: Bool {
    settings.trustsSilence && !mechanism.acknowledgesReferences
  }

  var renewsReferences: Bool {
    switch settings.refresh {
    case .references: mechanism.repairsByReference
    case .feedback: mechanism.usesRTCPFeedback
    }
  }

  /// What a repair is predicted from; nil where nothing is established.
  var repairReferences: VP8References? {
    guard let newest = newestEstablished else { return nil }
    return settings.repairReferences == .all ? established : newest
  }

  var established: VP8References {
    var buffers: VP8References = []
    if golden?.isEstablished == true { buffers.insert(.golden) }
    if altref?.isEstablished == true { buffers.insert(.altref) }
    return buffers
  }

  private var newestEstablished: VP8References? {
    switch (golden?.isEstablished ?? false, altref?.isEstablished ?? false) {
    case (true, true): golden!.picture >= altref!.picture ? .golden : .altref
    case (true, false): .golden
    case (false, true): .altref
    case (false, false): nil
    }
  }

  func buffer(holding picture: PictureNumber) -> VP8References? {
    if golden?.picture == picture { return .golden }
    if altref?.picture == picture { return .altref }
    return nil
  }

  /// RFC 7741 section 5: the only established reference is not overwritten; otherwise the older one
  /// is. Where they are equal it is altref in the example of section 5.3.
  var refreshTarget: VP8References {
    switch (golden?.isEstablished ?? false, altref?.isEstablished ?? false) {
    case (true, false): .altref
    case (false, true): .golden
    default:
      golden!.picture == altref!.picture
        ? firstTarget
        : golden!.picture < altref!.picture ? .golden : .altref
    }
  }

  private var firstTarget: VP8References {
    settings.firstRenewed == .golden ? .golden : .altref
  }
}
