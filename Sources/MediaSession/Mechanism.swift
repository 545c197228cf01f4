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
  /// Generic NACK (RFC 4585 section 6.2.1): the lost packets again (RFC 4588). What stays lost is
  /// repaired by periodic key frames.
  case nack
  /// Generic NACK, and PLI for what stays lost.
  case nackPli = "nack+pli"
  /// Full Intra Request (RFC 5104 section 4.3.1): a key frame. RFC 5104 does not mean it for the
  /// repair of losses; it is here because endpoints use it so.
  case fir
  /// SIP INFO and PLI, both for the same damage, each by its own rules (PJSIP's default).
  case sipInfoPli = "sip-info+pli"

  public var usesSIP: Bool { self == .sipInfo || self == .sipInfoPli }
  public var usesRTCPFeedback: Bool { self != .none && self != .sipInfo }
  /// Whether lost packets are asked for again.
  public var usesRetransmission: Bool { self == .nack || self == .nackPli }
  /// Whether damage that the receiver has given up makes it ask the encoder over RTCP, again and
  /// again until the picture is repaired.
  public var asksEncoderByRTCP: Bool { usesRTCPFeedback && self != .nack }
  /// Whether only periodic key frames repair what nothing else does, because nobody asks for one.
  public var needsPeriodicKeyFrames: Bool { self == .none || self == .nack }
  /// Whether repair is a prediction from golden or altref rather than a key frame.
  public var repairsByReference: Bool { self == .sli || self == .rpsi || self == .sliRpsi }
  /// Whether the receiver acknowledges golden and altref.
  public var acknowledgesReferences: Bool { self == .rpsi || self == .sliRpsi }
}
