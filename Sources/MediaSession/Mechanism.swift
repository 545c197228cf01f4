/// A way for the receiver to get a broken picture repaired.
public enum Mechanism: String, CaseIterable, Sendable {
  /// Nobody asks; periodic key frames repair.
  case none
  /// SIP INFO with picture_fast_update (RFC 5168): a key frame.
  case sipInfo = "sip-info"
  /// Picture Loss Indication (RFC 4585 section 6.3.1): a key frame.
  case pli
  /// Slice Loss Indication (section 6.3.2): a frame predicted from golden or altref older than
  /// the damage; silence is taken for success.
  case sli
  /// Reference Picture Selection Indication (section 6.3.3), used both ways: it acknowledges
  /// golden and altref, and named again it asks for prediction from that picture.
  case rpsi
  /// RPSI acknowledges, SLI reports damage (RFC 7741 section 5).
  case sliRpsi = "sli+rpsi"

  public var usesSIP: Bool { self == .sipInfo }
  public var usesRTCPFeedback: Bool { self != .none && self != .sipInfo }
  /// Whether repair is a prediction from golden or altref rather than a key frame.
  public var repairsByReference: Bool { self == .sli || self == .rpsi || self == .sliRpsi }
  /// Whether the receiver acknowledges golden and altref.
  public var acknowledgesReferences: Bool { self == .rpsi || self == .sliRpsi }
}
