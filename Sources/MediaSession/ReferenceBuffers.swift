/// A set of VP8's three reference buffers.
public struct ReferenceBuffers: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  // The same bits as VP8D_GET_LAST_REF_UPDATES reports.
  public static let last = ReferenceBuffers(rawValue: 1)
  public static let golden = ReferenceBuffers(rawValue: 2)
  public static let altref = ReferenceBuffers(rawValue: 4)
  public static let all: ReferenceBuffers = [.last, .golden, .altref]
}

/// A picture's place in the sender's sequence: PictureID unwrapped, so it never repeats.
public typealias PictureNumber = Int64
