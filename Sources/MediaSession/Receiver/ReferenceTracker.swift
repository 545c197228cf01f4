import WireFormats

/// The receiver's belief about its decoder's reference buffers.
///
/// It knows what a receiver can know: which frames were complete, and what libvpx's decoder says a
/// frame used and updated. A missing frame is taken to have updated `last` only: a sender that waits
/// for acknowledgements does not predict from a golden or altref whose arrival it doubts, and with
/// SLI alone one that has heard of the damage does not either. Until it has, and where it never does,
/// the belief may be wrong: the picture drifts, and only the oracle sees it.
public struct ReferenceTracker: Sendable {
  /// When a receiver believes in a repair.
  public enum RepairRule: Sendable {
    /// With a complete key frame.
    case keyFrame
    /// With a key frame, or with a frame that used intact references only.
    case intactReferences
    /// With a key frame, or with any frame that the sender does not call a non-reference one (N).
    case referenceFrame
  }

  public var rule: RepairRule
  private var doubtful = VP8References.all
  private var golden: PictureNumber?
  private var altref: PictureNumber?
  /// Whether a key frame has ever been decoded.
  public private(set) var hasPicture = false

  public init(rule: RepairRule) {
    self.rule = rule
  }

  /// The picture shown would follow from damaged references.
  public var isDamaged: Bool { doubtful.contains(.last) }

  /// Whether a complete frame is worth decoding.
  ///
  /// - Parameter isNonReference: N (RFC 7741 section 4.2).
  public func shouldDecode(isKey: Bool, isNonReference: Bool = false) -> Bool {
    if isKey { return true }
    guard hasPicture else { return false }
    switch rule {
    case .intactReferences: return true
    case .keyFrame: return !isDamaged
    case .referenceFrame: return !isDamaged || !isNonReference
    }
  }

  /// A frame is missing or incomplete: what it would have updated is no longer known.
  public mutating func frameMissing() {
    doubtful.insert(.last)
  }

  /// A frame was decoded all the same that is not believed in, or in part: what it updated follows from
  /// damage.
  public mutating func frameDoubted(updated: VP8References) {
    doubtful.formUnion(updated)
  }

  /// Takes in a decoded frame; true where it followed from intact references and may be shown.
  public mutating func frameDecoded(
    _ picture: PictureNumber, isKey: Bool, used: VP8References, updated: VP8References
  ) -> Bool {
    if isKey {
      hasPicture = true
      doubtful = []
      golden = picture
      altref = picture
      return true
    }
    // What is decoded under this rule is believed in.
    if rule == .referenceFrame { doubtful = [] }
    let isIntact = used.isDisjoint(with: doubtful)
    if isIntact { doubtful.subtract(updated) } else { doubtful.formUnion(updated) }
    if updated.contains(.golden) { golden = picture }
    if updated.contains(.altref) { altref = picture }
    return isIntact
  }

  /// The newest intact golden or altref picture, for RPSI.
  public var preferredReference: PictureNumber? {
    let intactGolden = doubtful.contains(.golden) ? nil : golden
    let intactAltref = doubtful.contains(.altref) ? nil : altref
    switch (intactGolden, intactAltref) {
    case (let a?, let b?): return max(a, b)
    case (let a, let b): return a ?? b
    }
  }
}
