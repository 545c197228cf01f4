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
  /// N: nobody needs the frame, as the sender says (RFC 7741 section 4.2).
  public var isMarkedNonReference = false

  public init(
    isKey: Bool, allowed: VP8References, updated: VP8References,
    answers: RequestIdentifier? = nil
  ) {
    self.isKey = isKey
    self.allowed = allowed
    self.updated = updated
    self.answers = answers
  }
}

/// Names a message from the receiver, so that its course can be followed to the frame it brings.
/// It travels beside the octets for the record only; no policy reads it.
public typealias RequestIdentifier = Int
