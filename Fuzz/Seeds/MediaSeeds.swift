import WireFormats

let rtpPackets = [
  rtpSeed(
    "key-frame",
    VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0, pictureID: PictureID(4_660)),
    payload: keyFrame.octets() + [0, 1, 2]),
  rtpSeed(
    "continuation",
    VP8PayloadDescriptor(
      startsPartition: false, partitionIndex: 1, pictureID: PictureID(17, width: .sevenBits)),
    payload: [0xAA, 0xBB]),
  rtpSeed(
    "layers",
    VP8PayloadDescriptor(
      isNonReference: true, startsPartition: true, partitionIndex: 0,
      pictureID: PictureID(1), temporalLevelZeroIndex: 2,
      temporalLayer: .init(index: 2, isLayerSync: true), keyIndex: 5),
    payload: interFrame.octets()),
  rtpSeed(
    "padded", VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0),
    payload: interFrame.octets(), padding: 4, sources: [1, 2]),
  Seed(
    "rtp-vp8", "retransmission",
    RTPHeader(
      marker: false, payloadType: 97, sequenceNumber: 1, timestamp: 90_000,
      synchronizationSource: 0x0123_4567
    ).octets() + RetransmissionPayload(originalSequenceNumber: 4_660).octets()
      + VP8PayloadDescriptor(startsPartition: true, partitionIndex: 0, pictureID: PictureID(2))
      .octets() + keyFrame.octets()),
]

// The first octet: the ring's size, and 0x40 where lost packets are waited for. Of a packet: flags
// (0x80 marker, 0x20 gives up a gap, 0x40 removes the newest picture, both skip to a key frame, 0x10
// start of a partition, 0x08 key frame), sequence number, picture.
let packetOrders = [
  Seed(
    "depacketizer", "in-order",
    [8, 0x10, 0, 1, 0, 1] + [0x80, 0, 2, 0, 1] + [0x90, 0, 3, 0, 2] + [0x90, 0, 5, 0, 4]),
  Seed(
    "depacketizer", "filled",
    [0x48, 0x10, 0, 1, 0, 1] + [0x80, 0, 4, 0, 1] + [0, 0, 3, 0, 1] + [0, 0, 2, 0, 1]
      + [0x98, 0, 9, 0, 4] + [0xB0, 0, 10, 0, 5]
      + [0xF0, 0, 11, 0, 6]),
]

let vp8Frames = [
  Seed(
    "vp8-frame", "one-partition",
    [0] + keyFrame.octets() + [UInt8](repeating: 0xAB, count: keyFrame.firstPartitionSize + 5)),
  Seed(
    "vp8-frame", "four-partitions",
    [2] + interFrame.octets() + [0xAB, 0xAB] + [1, 0, 0, 0, 0, 0, 2, 0, 0] + [1, 2, 3, 4]),
]

let y4mStreams = [
  Y4MHeader(width: 352, height: 288, frameRate: .init(30_000, 1_001), pixelAspect: .init(128, 117)),
  Y4MHeader(width: 2, height: 2, frameRate: .init(25, 1), chroma: .mpeg2),
].map { header in
  Seed("y4m", "\(header.width)x\(header.height)", header.octets() + Y4MFrameHeader().octets())
}

let ivfFiles = [
  Seed(
    "ivf", "two-frames",
    IVFHeader(width: 352, height: 288, timeRate: 30, timeScale: 1, frameCount: 2).octets()
      + IVFFrameHeader(frameByteCount: 3, time: 0).octets() + [1, 2, 3]
      + IVFFrameHeader(frameByteCount: 10, time: 1).octets() + keyFrame.octets())
]

private let keyFrame = VP8FrameHeader(
  version: 0, isShown: true, firstPartitionSize: 3, dimensions: .init(width: 352, height: 288))
private let interFrame = VP8FrameHeader(
  version: 0, isShown: true, firstPartitionSize: 2, dimensions: nil)

private func rtpSeed(
  _ name: String, _ descriptor: VP8PayloadDescriptor, payload: [UInt8], padding: UInt8 = 0,
  sources: InlineWordList<UInt32> = []
) -> Seed {
  var header = RTPHeader(
    marker: true, payloadType: 96, sequenceNumber: 4_660, timestamp: 90_000,
    synchronizationSource: 0x89AB_CDEF)
  header.paddingByteCount = padding
  header.contributingSources = sources
  var tail = [UInt8](repeating: 0, count: Int(padding))
  tail.withUnsafeMutableBytes { buffer in
    var writer = ByteWriter(buffer)
    header.serializePadding(into: &writer)
  }
  return Seed("rtp-vp8", name, header.octets() + descriptor.octets() + payload + tail)
}
