import WireFormats

let rtcpPackets = [
  Seed("rtcp", "sender-report", senderReport.octets() + name.octets()),
  Seed("rtcp", "receiver-report-pli", receiverReport.octets() + name.octets() + pli.octets()),
  Seed("rtcp", "slice-loss", sli.octets()),
  Seed("rtcp", "reference-selection", receiverReport.octets() + name.octets() + rpsi.octets()),
  Seed("rtcp", "goodbye", RTCPHeader(packetType: 203, count: 0, packetByteCount: 4).octets()),
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
