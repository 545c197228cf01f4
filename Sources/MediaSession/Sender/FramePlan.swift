import WireFormats

/// How the next frame is to be encoded, and why.
public struct FramePlan: Equatable, Sendable {
  public var isKey: Bool
  /// Buffers the frame may be predicted from; empty for a key frame.
  public var allowed: VP8References
  /// Buffers the frame replaces.
  public var updated: VP8References
  /// The request this frame answers, as the sender's counter of answered requests; nil: nobody's.
  public var answers: RequestIdentifier?
  /// N is set though later frames may depend on it (`EncoderControlSettings.marksNonReference`).
  public var isMarkedNonReference = false
  /// The frame's temporal layer; nil where there is one only.
  public var temporalLayer: VP8PayloadDescriptor.TemporalLayer?

  public init(
    isKey: Bool, allowed: VP8References, updated: VP8References,
    answers: RequestIdentifier? = nil,
    temporalLayer: VP8PayloadDescriptor.TemporalLayer? = nil
  ) {
    self.isKey = isKey
    self.allowed = allowed
    self.updated = updated
    self.answers = answers
    self.temporalLayer = temporalLayer
  }

  /// No later frame depends on it: N of the payload descriptor (RFC 7741 section 4.2).
  public var isNonReference: Bool { updated.isEmpty }
}

/// Names a message from the receiver, so that its course can be followed to the frame it brings.
/// It travels beside the octets for the record only; no policy reads it.
public typealias RequestIdentifier = Int
