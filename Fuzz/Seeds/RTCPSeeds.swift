import WireFormats

let rtcpPackets = [
  Seed("rtcp", "sender-report", senderReport.octets() + name.octets()),
  Seed("rtcp", "receiver-report-pli", receiverReport.octets() + name.octets() + pli.octets()),
  Seed("rtcp", "slice-loss", sli.octets()),
  Seed("rtcp", "reference-selection", receiverReport.octets() + name.octets() + rpsi.octets()),
  Seed("rtcp", "goodbye", Goodbye(sources: [1, 2], reason: ShortOctets("gone")).octets()),
  Seed("rtcp", "application-defined", receiverReport.octets() + items.octets() + app.octets()),
  Seed("rtcp", "negative-acknowledgement", nack.octets() + fir.octets()),
  Seed("rtcp", "bitrate-estimate", remb.octets() + afb.octets()),
  Seed(
    "rtcp", "unknown",
    UnknownRTCPPacket(
      packetType: 205, count: 15, content: ShortOctets([UInt8](0..<12))
    ).octets()),
  Seed(
    "rtcp", "padded",
    RTCPHeader(packetType: 206, count: 1, packetByteCount: 16, hasPadding: true).octets()
      + pli.octets()[4...] + [0, 0, 0, 4]),
]

private let block = ReportBlock(
  source: 2, fractionLost: 3, cumulativeLost: -4, extendedHighestSequenceNumber: 65_541,
  interarrivalJitter: 6, lastSenderReport: 7, delaySinceLastSenderReport: 8)
private let senderReport = SenderReport(
  packetSender: 1, ntpTimestamp: 1 << 40, rtpTimestamp: 90_000, packetCount: 5, octetCount: 6_000,
  reportBlocks: [block, block])
private let receiverReport = ReceiverReport(packetSender: 1, reportBlocks: [block])
private let name = SourceDescription(source: 1, canonicalName: ShortOctets("a@example.com"))
private let pli = PictureLossIndication(packetSender: 1, mediaSource: 2)
private let sli = SliceLossIndication(
  packetSender: 1, mediaSource: 2,
  entries: [
    .init(first: 0, number: 240, pictureID: 21), .init(first: 5, number: 6, pictureID: 22),
  ])
private let rpsi = ReferencePictureSelectionIndication(
  packetSender: 1, mediaSource: 2, payloadType: 96, pictureID: PictureID(4_660))
private let items = SourceDescription(chunks: [
  .init(
    source: 1,
    items: [
      .init(.canonicalName, ShortOctets("a@example.com")),
      .init(privatePrefix: "x", value: "y"),
    ]), .init(source: 2, items: [.init(.tool, ShortOctets("avpfsim"))]),
])
private let app = ApplicationDefined(
  subtype: 3, source: 1, name: "TEST", content: ShortOctets([1, 2, 3, 4]))
private let nack = GenericNegativeAcknowledgement(
  packetSender: 1, mediaSource: 2, lost: [65_534, 65_535, 3, 40])
private let fir = FullIntraRequest(packetSender: 1, mediaSource: 2, sequenceNumber: 7)
private let remb = ReceiverEstimatedMaximumBitrate(
  packetSender: 1, bitsPerSecond: 2_500_000, sources: [2, 3])
private let afb = ApplicationLayerFeedback(
  packetSender: 1, mediaSource: 2, content: ShortOctets([9, 9, 9, 9]))
