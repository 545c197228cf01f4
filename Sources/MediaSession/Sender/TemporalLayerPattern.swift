import WireFormats

/// Which frame belongs to which temporal layer, and which buffers it may refer to and replaces.
///
/// The patterns are libwebrtc's (modules/video_coding/codecs/vp8/default_temporal_layers.cc): the
/// base layer lives in `last`, the middle one in `golden`, `altref` keeps the last key frame, and
/// frames of the top layer that nobody refers to replace nothing. A key frame, and a repair,
/// begin the cycle anew.
public struct TemporalLayerPattern: Hashable, Sendable {
  /// One frame of the cycle.
  public struct Position: Hashable, Sendable {
    public var layer: UInt8
    public var allowed: VP8References
    public var updated: VP8References
    /// The frame depends on the base layer only: from here on a receiver may take up its layer
    /// (RFC 7741 section 4.2, Y).
    public var isLayerSync: Bool

    init(
      _ layer: UInt8, from allowed: VP8References, into updated: VP8References, isSync: Bool = false
    ) {
      self.layer = layer
      self.allowed = allowed
      self.updated = updated
      isLayerSync = isSync
    }

    var temporalLayer: VP8PayloadDescriptor.TemporalLayer {
      .init(index: layer, isLayerSync: isLayerSync)
    }
  }

  /// The cycle; the first is of the base layer.
  public let positions: [Position]

  /// - Parameter layers: 1...3 (checked); nil for one layer, which needs no pattern.
  public init?(layers: Int) {
    precondition((1...3).contains(layers), "there are patterns for one to three layers")
    switch layers {
    case 2: positions = Self.two
    case 3: positions = Self.three
    default: return nil
    }
  }

  private static let two = [
    Position(0, from: .last, into: .last),
    Position(1, from: .last, into: .golden, isSync: true),
    Position(0, from: .last, into: .last),
    Position(1, from: [.last, .golden], into: []),
  ]

  private static let three = [
    Position(0, from: [.last, .altref], into: .last),
    Position(2, from: [.last, .altref], into: [], isSync: true),
    Position(1, from: [.last, .altref], into: .golden, isSync: true),
    Position(2, from: .all, into: []),
    Position(0, from: [.last, .altref], into: .last),
    Position(2, from: .all, into: []),
    Position(1, from: .all, into: .golden),
    Position(2, from: .all, into: []),
  ]
}

/// Where in the cycle of a pattern the next frame is.
struct TemporalLayerCycle: Sendable {
  private let pattern: TemporalLayerPattern
  private var position = 0

  /// nil for one layer.
  init?(layers: Int) {
    guard let pattern = TemporalLayerPattern(layers: layers) else { return nil }
    self.pattern = pattern
  }

  /// The frame's place in the cycle, from its first on where `anew`.
  mutating func next(anew: Bool = false) -> TemporalLayerPattern.Position {
    if anew { position = 0 }
    defer { position = (position + 1) % pattern.positions.count }
    return pattern.positions[position]
  }
}
