import WireFormats

/// The packets that benchmarks and the allocation check write and parse.
public enum ExamplePackets {
  /// A media packet's header as avpfsim sends it.
  public static let header = RTPHeader(
    marker: false, payloadType: 96, sequenceNumber: 1, timestamp: 90_000,
    synchronizationSource: 0x1234_5678)

  /// A header with all that is optional: three contributing sources, an extension of two elements
  /// as browsers send it, and padding.
  public static var fullHeader: RTPHeader {
    var full = header
    full.contributingSources = [1, 2, 3]
    full.headerExtension = .init(
      profile: 0xBEDE, content: ShortOctets([0x22, 1, 2, 3, 0x31, 4, 5, 0]))
    full.paddingByteCount = 4
    return full
  }

  public static let descriptor = VP8PayloadDescriptor(
    isNonReference: false, startsPartition: true, partitionIndex: 0, pictureID: PictureID(1_000))

  /// The lost packets of four bursts, which eight NACK entries tell.
  public static let lost: [UInt16] = [100, 900, 1_700, 65_500].flatMap { first in
    (0..<30).map { first &+ $0 }
  }

  /// What a receiver says that has everything to complain of; its RR and SDES come first.
  public static let compound: [RTCPPacket] = [
    .receiverReport(ReceiverReport(packetSender: 1, reportBlocks: [block])),
    .sourceDescription(
      SourceDescription(source: 1, canonicalName: ShortOctets("receiver@avpfsim"))),
    .genericNegativeAcknowledgement(
      GenericNegativeAcknowledgement(packetSender: 1, mediaSource: 2, lost: lost)),
    .pictureLossIndication(PictureLossIndication(packetSender: 1, mediaSource: 2)),
    .sliceLossIndication(
      SliceLossIndication(
        packetSender: 1, mediaSource: 2, entries: [.init(first: 0, number: 396, pictureID: 9)])),
    .referencePictureSelectionIndication(
      ReferencePictureSelectionIndication(
        packetSender: 1, mediaSource: 2, payloadType: 96, pictureID: PictureID(1_000))),
    .fullIntraRequest(FullIntraRequest(packetSender: 1, mediaSource: 2, sequenceNumber: 3)),
    .receiverEstimatedMaximumBitrate(
      ReceiverEstimatedMaximumBitrate(
        packetSender: 1, bitsPerSecond: 1_234_567, sources: [2, 3])),
    .applicationLayerFeedback(
      ApplicationLayerFeedback(
        packetSender: 1, mediaSource: 2, content: ShortOctets([1, 2, 3, 4]))),
    .unknown(
      UnknownRTCPPacket(
        packetType: 207, count: 0, content: ShortOctets([UInt8](repeating: 7, count: 20)))),
    .applicationDefined(ApplicationDefined(subtype: 1, source: 1, name: "Test")),
    .goodbye(Goodbye(sources: [1, 2], reason: ShortOctets("the call is over"))),
  ]

  public static let block = ReportBlock(
    source: 2, fractionLost: 5, cumulativeLost: 17, extendedHighestSequenceNumber: 70_000,
    interarrivalJitter: 90, lastSenderReport: 0x1234_5678, delaySinceLastSenderReport: 6_554)

  /// Writes packets one behind the other and pads the last; returns the octets of the whole.
  public static func write(
    _ packets: [RTCPPacket], paddingByteCount: Int = 0,
    into octets: UnsafeMutableRawBufferPointer
  ) -> Int {
    var writer = RTCPCompoundWriter(ByteWriter(octets))
    for packet in packets { writer.append(packet) }
    return writer.finish(paddingByteCount: paddingByteCount)
  }
}
