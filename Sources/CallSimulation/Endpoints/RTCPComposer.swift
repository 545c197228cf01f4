import MediaSession
import SimulationKernel
import WireFormats

/// Writes the compound packets of both ends (RFC 3550 section 6.1: reports, then CNAME, then the rest).
struct RTCPComposer {
  /// A receiver report with one block, SDES and a PLI, with UDP and IP headers: the first guess at
  /// the average size.
  static let typicalOctets = WireSize.lowerHeaders + 32 + 36 + 12
  /// The most feedback messages of one packet, so that it stays below an Ethernet packet whatever
  /// they are: the largest, SLI, has 20 octets.
  static let maximumMessages = 64

  let identity: SessionIdentity
  let pictureIDWidth: PictureID.Width
  /// Of a whole picture.
  let macroblocks: Int
  /// SDES TOOL of both ends; nil where they tell none.
  let tool: ShortOctets?

  /// Writes sender reports, one of the retransmission stream too once there is one (RFC 4588
  /// section 4: each stream has its own reports); returns their octets.
  func writeSenderPacket(
    _ statistics: SenderStatistics, retransmissions: SenderStatistics, now: SimTime,
    into storage: UnsafeMutableRawBufferPointer
  ) -> Int {
    var writer = ByteWriter(storage)
    let hasRetransmissions = retransmissions.packets > 0
    report(of: identity.senderSource, statistics, now: now).serialize(into: &writer)
    if hasRetransmissions {
      report(of: identity.retransmissionSource, retransmissions, now: now).serialize(into: &writer)
    }
    description(of: identity.senderSource, SessionIdentity.senderName).serialize(into: &writer)
    if hasRetransmissions {
      // The same CNAME ties the two streams together (RFC 4588 section 5.2).
      SourceDescription(
        source: identity.retransmissionSource, canonicalName: SessionIdentity.senderName
      ).serialize(into: &writer)
    }
    return writer.offset
  }

  private func report(
    of source: UInt32, _ statistics: SenderStatistics, now: SimTime
  ) -> SenderReport {
    SenderReport(
      packetSender: source, ntpTimestamp: Self.ntpTimestamp(now),
      rtpTimestamp: UInt32(
        truncatingIfNeeded: identity.firstTimestamp + now.nanoseconds * 9 / 100_000),
      packetCount: statistics.packets, octetCount: statistics.octets)
  }

  /// Writes a receiver report with feedback behind it, or the feedback alone where there are no
  /// blocks (RFC 5506); returns the packet's octets.
  ///
  /// - Parameter damaged: the macroblocks of a picture that are; nil: all.
  func writeReceiverPacket(
    _ blocks: InlineList<ReportBlock>?,
    feedback: [(message: FeedbackMessage, request: RequestIdentifier)],
    damaged: (PictureNumber) -> MacroblockRun?, into storage: UnsafeMutableRawBufferPointer
  ) -> Int {
    var writer = ByteWriter(storage)
    if let blocks {
      ReceiverReport(packetSender: identity.receiverSource, reportBlocks: blocks)
        .serialize(into: &writer)
      description(of: identity.receiverSource, SessionIdentity.receiverName)
        .serialize(into: &writer)
    }
    var lost = InlineWordList<LostPackets>()
    for (message, _) in feedback {
      if case .negativeAcknowledgement(let request) = message {
        lost.append(
          LostPackets(
            packetIdentifier: UInt16(truncatingIfNeeded: request.first),
            followingLost: request.following))
        continue
      }
      write(&lost, into: &writer)
      write(message, damaged: damaged, into: &writer)
    }
    write(&lost, into: &writer)
    return writer.offset
  }

  private func description(of source: UInt32, _ name: ShortOctets) -> SourceDescription {
    var chunk = SourceDescription.Chunk(source: source, canonicalName: name)
    if let tool { chunk.items.append(SourceDescription.Item(.tool, tool)) }
    return SourceDescription(chunks: InlineList(chunk))
  }

  /// Messages that follow each other share a packet (RFC 4585 section 6.2.1).
  private func write(_ lost: inout InlineWordList<LostPackets>, into writer: inout ByteWriter) {
    guard !lost.isEmpty else { return }
    GenericNegativeAcknowledgement(
      packetSender: identity.receiverSource, mediaSource: identity.senderSource, entries: lost
    ).serialize(into: &writer)
    lost = InlineWordList()
  }

  private func write(
    _ message: FeedbackMessage, damaged: (PictureNumber) -> MacroblockRun?,
    into writer: inout ByteWriter
  ) {
    let (sender, media) = (identity.receiverSource, identity.senderSource)
    switch message {
    case .pictureLoss:
      PictureLossIndication(packetSender: sender, mediaSource: media).serialize(into: &writer)
    case .fullIntraRequest(let command):
      FullIntraRequest(packetSender: sender, mediaSource: media, sequenceNumber: command)
        .serialize(into: &writer)
    case .negativeAcknowledgement: break  // written with its neighbours
    case .sliceLoss(let oldest, let newest):
      var entries = InlineWordList<SliceLossIndication.Entry>()
      entries.append(entry(oldest, damaged(oldest)))
      if newest != oldest { entries.append(entry(newest, damaged(newest))) }
      SliceLossIndication(packetSender: sender, mediaSource: media, entries: entries)
        .serialize(into: &writer)
    case .referencePictureSelection(let picture):
      ReferencePictureSelectionIndication(
        packetSender: sender, mediaSource: media, payloadType: SessionIdentity.payloadType,
        pictureID: PictureID(counter: picture, width: pictureIDWidth)
      ).serialize(into: &writer)
    }
  }

  /// RFC 7741 section 5.1: the whole picture may be named whatever part of it was hit.
  private func entry(
    _ picture: PictureNumber, _ run: MacroblockRun?
  ) -> SliceLossIndication.Entry {
    let pictureID = PictureID(counter: picture, width: pictureIDWidth)
    var entry = SliceLossIndication.Entry(wholePicture: pictureID, macroblockCount: macroblocks)
    if let run {
      // Thirteen bits each.
      entry.first = UInt16(min(run.first, 0x1FFF))
      entry.number = UInt16(min(run.count, 0x1FFF))
    }
    return entry
  }

  /// Simulated time as NTP time, counted from the first second of 2020 (UTC).
  static func ntpTimestamp(_ now: SimTime) -> UInt64 {
    let (seconds, rest) = UInt64(now.nanoseconds).quotientAndRemainder(dividingBy: 1_000_000_000)
    return (3_786_825_600 + seconds) << 32 | rest << 32 / 1_000_000_000
  }
}
