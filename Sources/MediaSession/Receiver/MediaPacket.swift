import SimulationKernel

/// An RTP packet of the video stream, as far as putting frames together needs it.
public struct MediaPacket: Sendable {
  /// RTP sequence number, unwrapped; of a retransmission the original one (RFC 4588).
  public var sequence: Int64
  /// PictureID, unwrapped.
  public var picture: PictureNumber
  /// RTP timestamp, unwrapped, in 1/90000 s.
  public var timestamp: Int64
  /// The frame's last packet (RFC 7741 section 4.1).
  public var isMarker: Bool
  /// S: the packet begins a VP8 partition.
  public var startsPartition: Bool
  /// PID: the partition of the packet's first octet.
  public var partitionIndex: UInt8
  /// Of a frame's first packet: whether it begins a key frame (RFC 7741 section 4.3).
  public var isKeyFrame: Bool
  /// N: the sender says that nobody needs the frame (RFC 7741 section 4.2).
  public var isNonReference: Bool
  /// The packet pool's slot, and where in it the VP8 payload lies.
  public var slot: PacketHandle
  public var payloadOffset: Int
  public var payloadCount: Int

  public init(
    sequence: Int64, picture: PictureNumber, timestamp: Int64, isMarker: Bool,
    startsPartition: Bool, partitionIndex: UInt8, isKeyFrame: Bool = false,
    isNonReference: Bool = false,
    slot: PacketHandle,
    payloadOffset: Int, payloadCount: Int
  ) {
    self.sequence = sequence
    self.picture = picture
    self.timestamp = timestamp
    self.isMarker = isMarker
    self.startsPartition = startsPartition
    self.partitionIndex = partitionIndex
    self.isKeyFrame = isKeyFrame
    self.isNonReference = isNonReference
    self.slot = slot
    self.payloadOffset = payloadOffset
    self.payloadCount = payloadCount
  }

  /// S = 1 and PID = 0: the frame's first packet.
  public var startsFrame: Bool { startsPartition && partitionIndex == 0 }
  /// The first picture that may lack a packet if the next one is missing.
  var firstBehind: PictureNumber { isMarker ? picture + 1 : picture }
  /// The last picture that lacks a packet if the one before is missing.
  var lastBefore: PictureNumber { startsFrame ? picture - 1 : picture }
}
