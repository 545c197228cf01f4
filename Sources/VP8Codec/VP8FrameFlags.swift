import WireFormats

/// What the encoder may refer to and update in one frame.
public struct VP8FrameFlags: OptionSet, Hashable, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// A key frame: refers to nothing and updates all three buffers.
  public static let forceKeyFrame = VP8FrameFlags(rawValue: 1 << 0)
  /// Do not predict from this buffer.
  public static let noReferenceLast = VP8FrameFlags(rawValue: 1 << 16)
  public static let noReferenceGolden = VP8FrameFlags(rawValue: 1 << 17)
  public static let noReferenceAltRef = VP8FrameFlags(rawValue: 1 << 21)
  /// Leave this buffer as it is.
  public static let noUpdateLast = VP8FrameFlags(rawValue: 1 << 18)
  public static let noUpdateGolden = VP8FrameFlags(rawValue: 1 << 22)
  public static let noUpdateAltRef = VP8FrameFlags(rawValue: 1 << 23)
  /// Write this frame into the buffer, whatever the rate control thinks.
  public static let forceGolden = VP8FrameFlags(rawValue: 1 << 19)
  public static let forceAltRef = VP8FrameFlags(rawValue: 1 << 24)
  /// Leave the entropy contexts as they are, so that no later frame depends on this one.
  public static let noUpdateEntropy = VP8FrameFlags(rawValue: 1 << 20)

  /// The buffers a frame with these flags may be predicted from.
  public var referencesAllowed: VP8References {
    guard !contains(.forceKeyFrame) else { return [] }
    var references = VP8References.all
    if contains(.noReferenceLast) { references.remove(.last) }
    if contains(.noReferenceGolden) { references.remove(.golden) }
    if contains(.noReferenceAltRef) { references.remove(.altref) }
    return references
  }
}
