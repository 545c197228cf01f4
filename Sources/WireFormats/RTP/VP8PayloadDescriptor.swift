/// The VP8 payload descriptor that begins every RTP payload (RFC 7741 section 4.2).
///
/// An extension octet is written only where one of the optional fields is there. Reserved bits are
/// written zero and ignored when read, as the standard tells receivers to.
public struct VP8PayloadDescriptor: WireValue {
  /// TID and Y of the extension.
  public struct TemporalLayer: Hashable, Sendable {
    /// TID: the temporal layer's index, 0...3.
    public var index: UInt8
    /// Y: whether the frame depends on the base layer only.
    public var isLayerSync: Bool

    public init(index: UInt8, isLayerSync: Bool) {
      self.index = index
      self.isLayerSync = isLayerSync
    }
  }

  /// N: the frame can be discarded without affecting others.
  public var isNonReference: Bool
  /// S: the first payload octet begins a VP8 partition.
  public var startsPartition: Bool
  /// PID: the partition of the first payload octet, 0...7.
  public var partitionIndex: UInt8
  /// I.
  public var pictureID: PictureID?
  /// L: TL0PICIDX, the running index of base-layer frames; only with a temporal layer.
  public var temporalLevelZeroIndex: UInt8?
  /// T.
  public var temporalLayer: TemporalLayer?
  /// K: KEYIDX, the temporal key-frame index, 0...31.
  public var keyIndex: UInt8?

  public init(
    isNonReference: Bool = false, startsPartition: Bool, partitionIndex: UInt8,
    pictureID: PictureID? = nil, temporalLevelZeroIndex: UInt8? = nil,
    temporalLayer: TemporalLayer? = nil, keyIndex: UInt8? = nil
  ) {
    self.isNonReference = isNonReference
    self.startsPartition = startsPartition
    self.partitionIndex = partitionIndex
    self.pictureID = pictureID
    self.temporalLevelZeroIndex = temporalLevelZeroIndex
    self.temporalLayer = temporalLayer
    self.keyIndex = keyIndex
  }

  /// Whether the payload begins a frame, so that a `VP8PayloadHeader` follows.
  public var startsFrame: Bool { startsPartition && partitionIndex == 0 }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let first = try reader.read8("VP8 payload descriptor")
    isNonReference = first & 0x20 != 0
    startsPartition = first & 0x10 != 0
    partitionIndex = first & 0x07
    guard first & 0x80 != 0 else { return }
    let extensionAt = reader.offset
    let present = try reader.read8("VP8 payload descriptor extension")
    // Section 4.2: a running index of base-layer frames goes with the frame's layer.
    guard present & 0x60 != 0x40 else {
      throw WireError(
        "VP8 T bit", at: extensionAt, .badValue(found: 0), expected: "1 where L is set")
    }
    if present & 0x80 != 0 {
      pictureID = try PictureID(parsing: &reader)
    }
    if present & 0x40 != 0 {
      temporalLevelZeroIndex = try reader.read8("VP8 TL0PICIDX")
    }
    guard present & 0x30 != 0 else { return }
    // One octet for both; the part whose bit is unset is ignored.
    let layerAndKey = try reader.read8("VP8 TID and KEYIDX")
    if present & 0x20 != 0 {
      temporalLayer = TemporalLayer(
        index: layerAndKey >> 6, isLayerSync: layerAndKey & 0x20 != 0)
    }
    if present & 0x10 != 0 {
      keyIndex = layerAndKey & 0x1F
    }
  }

  private var hasLayerOctet: Bool { temporalLayer != nil || keyIndex != nil }
  private var hasExtension: Bool {
    pictureID != nil || temporalLevelZeroIndex != nil || hasLayerOctet
  }

  public var serializedByteCount: Int {
    guard hasExtension else { return 1 }
    return 2 + (pictureID?.serializedByteCount ?? 0) + (temporalLevelZeroIndex == nil ? 0 : 1)
      + (hasLayerOctet ? 1 : 0)
  }

  public func serialize(into writer: inout ByteWriter) {
    precondition(partitionIndex < 8, "PID has 3 bits")
    precondition(
      temporalLevelZeroIndex == nil || temporalLayer != nil, "TL0PICIDX goes with a TID")
    writer.write8(
      (hasExtension ? 0x80 : 0) | (isNonReference ? 0x20 : 0) | (startsPartition ? 0x10 : 0)
        | partitionIndex)
    guard hasExtension else { return }
    writer.write8(
      (pictureID != nil ? 0x80 : 0) | (temporalLevelZeroIndex != nil ? 0x40 : 0)
        | (temporalLayer != nil ? 0x20 : 0) | (keyIndex != nil ? 0x10 : 0))
    pictureID?.serialize(into: &writer)
    if let temporalLevelZeroIndex { writer.write8(temporalLevelZeroIndex) }
    guard hasLayerOctet else { return }
    let key = keyIndex ?? 0
    let layer = temporalLayer ?? TemporalLayer(index: 0, isLayerSync: false)
    precondition(layer.index < 4 && key < 32, "TID has 2 bits and KEYIDX 5")
    writer.write8(layer.index << 6 | (layer.isLayerSync ? 0x20 : 0) | key)
  }
}
