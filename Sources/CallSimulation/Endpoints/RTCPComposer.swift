import MediaSession
import SimulationKernel
import WireFormats

/// Writes the compound packets of both ends (RFC 3550 section 6.1: report, then CNAME, then the rest).
enum RTCPComposer {
  /// A receiver report with one block, SDES and a PLI, with UDP and IP headers: the first guess at
  /// the average size.
  static let typicalOctets = SessionIdentity.lowerHeaders + 32 + 36 + 12

  /// Writes a sender report; returns its octets.
  static func writeSenderReport(
    _ statistics: SenderStatistics, identity: SessionIdentity, now: SimTime,
    into storage: UnsafeMutableRawBufferPointer
  ) -> Int {
    var writer = ByteWriter(storage)
    SenderReport(
      packetSender: identity.senderSource, ntpTimestamp: ntpTimestamp(now),
      rtpTimestamp: UInt32(
        truncatingIfNeeded: identity.firstTimestamp + now.nanoseconds * 9 / 100_000),
      packetCount: statistics.packets, octetCount: statistics.octets
    ).serialize(into: &writer)
    SourceDescription(
      source: identity.senderSource, canonicalName: SessionIdentity.senderName
    ).serialize(into: &writer)
    return writer.offset
  }

  /// Writes a receiver report with feedback behind it, or the feedback alone where there is no
  /// block (RFC 5506); returns its octets.
  static func writeReceiverReport(
    _ block: ReportBlock?, feedback: [(message: FeedbackMessage, request: RequestIdentifier)],
    identity: SessionIdentity, macroblocks: Int, into storage: UnsafeMutableRawBufferPointer
  ) -> Int {
    var writer = ByteWriter(storage)
    if let block {
      ReceiverReport(packetSender: identity.receiverSource, reportBlocks: [block])
        .serialize(into: &writer)
      SourceDescription(
        source: identity.receiverSource, canonicalName: SessionIdentity.receiverName
      ).serialize(into: &writer)
    }
    for (message, _) in feedback {
      write(message, identity: identity, macroblocks: macroblocks, into: &writer)
    }
    return writer.offset
  }

  private static func write(
    _ message: FeedbackMessage, identity: SessionIdentity, macroblocks: Int,
    into writer: inout ByteWriter
  ) {
    let (sender, media) = (identity.receiverSource, identity.senderSource)
    switch message {
    case .pictureLoss:
      PictureLossIndication(packetSender: sender, mediaSource: media).serialize(into: &writer)
    case .sliceLoss(let picture):
      // RFC 7741 section 5.1: the whole picture, whatever part of it was hit.
      let entry = SliceLossIndication.Entry(
        wholePicture: PictureID(counter: picture), macroblockCount: macroblocks)
      SliceLossIndication(packetSender: sender, mediaSource: media, entries: [entry])
        .serialize(into: &writer)
    case .referencePictureSelection(let picture):
      ReferencePictureSelectionIndication(
        packetSender: sender, mediaSource: media, payloadType: SessionIdentity.payloadType,
        pictureID: PictureID(counter: picture)
      ).serialize(into: &writer)
    }
  }

  /// Simulated time as NTP time, counted from the first second of 2020 (UTC).
  static func ntpTimestamp(_ now: SimTime) -> UInt64 {
    let (seconds, rest) = UInt64(now.nanoseconds).quotientAndRemainder(dividingBy: 1_000_000_000)
    return (3_786_825_600 + seconds) << 32 | rest << 32 / 1_000_000_000
  }
}
