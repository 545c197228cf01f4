import MediaSession
import SimulationKernel
import VP8Codec
import WireFormats

/// The receiving endpoint: depacketizer, playout, decoder, what it believes and what it asks.
struct MediaReceiver {
  var depacketizer: Depacketizer
  var playout: PlayoutBuffer
  /// The earliest event of the next frame to be shown, where the buffer goes by least squares.
  var nextScreen: (index: Int, time: SimTime)?
  /// The tick that reads what has arrived; nil where that has been done.
  var readingDue: SimTime?
  /// Used where the decoder stops at frames that it drops.
  var decoderQueue = DecoderQueue()
  /// Sequence numbers found missing since the last tick.
  var missingUnread: [Range<Int64>] = []
  let decoder: VP8Decoder
  var tracker: ReferenceTracker
  var policy: FeedbackPolicy
  var policyTimer = DeadlineTimer()
  /// nil where lost packets are not sent again.
  var requester: RetransmissionRequester?
  var requesterTimer = DeadlineTimer()
  /// nil where every gap counts as a loss at once.
  var reordering: ReorderingWait?
  var reorderingTimer = DeadlineTimer()
  var rtcp: AVPFScheduler
  var rtcpTimer = DeadlineTimer()
  var statistics = ReceptionStatistics()
  var retransmissionStatistics = ReceptionStatistics()

  private let identity: SessionIdentity
  var sequences = SequenceUnwrapper()
  var retransmissionSequences = SequenceUnwrapper()
  var newestSequence: Int64?
  /// Of the first packet that arrived.
  var firstSequence: Int64?
  private let frameRate: FrameRate
  /// The newest picture of which something has arrived, and its timestamp; before that the call's
  /// first, so that both ends count alike.
  private var newest: (picture: PictureNumber, timestamp: Int64)
  /// The picture to be played next; nil before the first packet.
  var nextPicture: PictureNumber?
  /// Frames before this one, by capture index, have been due, or never will be.
  var firstFrameToCome = 0
  /// The picture of the newest frame whose time to be shown has come.
  var newestDue: PictureNumber?
  /// What was damaged of pictures that are played already.
  var damagedRuns = DamagedRuns()
  /// Feedback that waits for the next RTCP packet.
  var waitingFeedback: [(message: FeedbackMessage, request: RequestIdentifier)] = []
  /// What is on screen: the pixels, and which picture they are.
  var screen: (pixels: Picture, picture: PictureNumber, isExact: Bool)?
  /// A frame's octets, put together for the decoder.
  let frame = FrameBuffer()
  /// Owns pixels that equal no reconstruction.
  let drifted: Picture

  /// The oldest picture that may yet be decoded, or compared with the screen; nil as long as
  /// nothing has been due. The last one played is left on screen, and counts as wanted.
  var oldestWanted: PictureNumber? {
    guard let nextPicture, let newestDue else { return nil }
    return min(nextPicture - 1, newestDue, decoderQueue.oldest ?? newestDue)
  }

  init(_ scenario: Scenario, clip: Clip, identity: SessionIdentity) throws {
    self.identity = identity
    frameRate = clip.frameRate
    newest = (identity.firstPicture, identity.firstTimestamp)
    let usesRetransmission = scenario.mechanism.usesRetransmission
    let awaitsOvertaken =
      scenario.receiver.reorderingTolerance > .zero || scenario.sortsUntilDue
    depacketizer = Depacketizer(
      capacity: scenario.framesUnderWay(frameRate: clip.frameRate),
      awaitsMissing: usesRetransmission || awaitsOvertaken,
      gapTakesNextFrame: scenario.receiver.gapTakesNextFrame && !usesRetransmission
        && scenario.receiver.reorderingTolerance == .zero,
      overtakenAtStart: awaitsOvertaken ? 32 : 0)
    requester =
      usesRetransmission
      ? RetransmissionRequester(
        settings: scenario.retransmission, giveUpAge: scenario.retransmissionGiveUpAge) : nil
    if scenario.receiver.reorderingTolerance > .zero {
      reordering = ReorderingWait(tolerance: scenario.receiver.reorderingTolerance)
    }
    // One ticker serves both, and where its ticks are is chance.
    var ticker = RandomStream(seed: scenario.seed, name: "receiver.ticker")
    let tickerPhase = ticker.nextUnit()
    playout = PlayoutBuffer(settings: scenario.receiver, tickerPhase: tickerPhase)
    decoder = try VP8Decoder()
    tracker = ReferenceTracker(rule: scenario.repairRule)
    policy = FeedbackPolicy(
      mechanism: scenario.mechanism, settings: scenario.receiver,
      namesPictures: scenario.rtp.pictureIDWidth != nil,
      nameableDistance: scenario.nameableDistance(frameRate: clip.frameRate))
    rtcp = AVPFScheduler(
      settings: scenario.rtcp, sessionBandwidth: scenario.sessionBandwidth,
      firstPacketOctets: RTCPComposer.typicalOctets, timerPhase: tickerPhase,
      stream: RandomStream(seed: scenario.seed, name: "rtcp.receiver.interval"))
    drifted = Picture(width: clip.width, height: clip.height)
  }

  /// Reads an RTP packet, of the stream itself or of its retransmissions, and counts it for the
  /// reports.
  ///
  /// - Parameter unnamed: the picture of a timestamp, for packets without PictureID.
  /// - Returns: the packet as it was when first sent, and of a retransmission its own number.
  /// - Throws: what the parsers say; the simulated sender writes none that they refuse.
  mutating func parse(
    _ octets: UnsafeRawBufferPointer, slot: PacketHandle, now: SimTime,
    unnamed: (Int64) -> PictureNumber
  ) throws(WireError) -> (packet: MediaPacket, retransmission: UInt16?) {
    var reader = ByteReader(octets)
    var header = try RTPHeader(parsing: &reader)
    var retransmission: UInt16?
    let timestamp = UInt32Counter.unwrap(header.timestamp, near: newest.timestamp)
    if header.synchronizationSource == identity.retransmissionSource {
      retransmission = header.sequenceNumber
      let sequence = retransmissionSequences.unwrap(header.sequenceNumber)
      retransmissionStatistics.packetArrived(sequence: sequence, timestamp: timestamp, now: now)
      header = header.original(
        try RetransmissionPayload(parsing: &reader), payloadType: SessionIdentity.payloadType,
        synchronizationSource: identity.senderSource)
    }
    let descriptor = try VP8PayloadDescriptor(parsing: &reader)
    // Seven bits come round after five seconds: the timestamp tells which round it is.
    let picture =
      descriptor.pictureID.map {
        $0.counter(near: newest.picture + frameRate.frames(inTicks: timestamp - newest.timestamp))
      } ?? unnamed(timestamp)
    if picture > newest.picture { newest = (picture, timestamp) }
    var payload = reader
    let isKeyFrame =
      descriptor.startsFrame ? try VP8PayloadHeader(parsing: &payload).isKeyFrame : false
    let sequence = sequences.unwrap(header.sequenceNumber)
    if retransmission == nil {
      statistics.packetArrived(sequence: sequence, timestamp: timestamp, now: now)
    }
    let packet = MediaPacket(
      sequence: sequence, picture: picture, timestamp: timestamp, isMarker: header.marker,
      startsPartition: descriptor.startsPartition, partitionIndex: descriptor.partitionIndex,
      isKeyFrame: isKeyFrame, isNonReference: descriptor.isNonReference, slot: slot,
      payloadOffset: reader.offset,
      payloadCount: reader.remaining)
    return (packet, retransmission)
  }

  /// The blocks of the next report: one for each source heard (RFC 3550 section 6.4).
  mutating func makeBlocks(now: SimTime) -> InlineList<ReportBlock> {
    var blocks = InlineList<ReportBlock>()
    if statistics.hasReceived {
      blocks.append(statistics.makeBlock(source: identity.senderSource, now: now))
    }
    if retransmissionStatistics.hasReceived {
      blocks.append(
        retransmissionStatistics.makeBlock(source: identity.retransmissionSource, now: now))
    }
    return blocks
  }

  mutating func senderReportArrived(_ report: SenderReport, now: SimTime) {
    let time = report.compactNTPTimestamp
    if report.packetSender == identity.retransmissionSource {
      retransmissionStatistics.senderReportArrived(compactNTP: time, now: now)
    } else {
      statistics.senderReportArrived(compactNTP: time, now: now)
    }
  }

  /// Puts the octets of a complete picture together; valid until the next call.
  mutating func assemble(_ picture: PictureNumber, pool: borrowing PacketPool)
    -> UnsafeRawBufferPointer
  {
    let packets = depacketizer.packets(of: picture)
    let count = packets.reduce(0) { $0 + $1.payloadCount }
    let buffer = frame.storage(ofAtLeast: count)
    var offset = 0
    for packet in packets {
      let octets = pool.octets(of: packet.slot)
      let payload = octets[packet.payloadOffset..<packet.payloadOffset + packet.payloadCount]
      UnsafeMutableRawBufferPointer(rebasing: buffer[offset...])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: payload))
      offset += packet.payloadCount
    }
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }
}

/// The damaged macroblocks of the newest damaged pictures, as many as an SLI's six bits tell apart (RFC
/// 4585 section 6.3.2).
struct DamagedRuns {
  private static let capacity = 64
  private var runs: [(picture: PictureNumber, run: MacroblockRun)] = []

  mutating func keep(_ run: MacroblockRun?, of picture: PictureNumber) {
    guard let run else { return }
    if runs.count == Self.capacity { runs.removeFirst() }
    runs.append((picture, run))
  }

  subscript(picture: PictureNumber) -> MacroblockRun? {
    runs.last { $0.picture == picture }?.run
  }
}

/// Memory for one frame's octets; grows as needed and is kept.
final class FrameBuffer {
  private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  deinit {
    storage.deallocate()
  }

  /// At least `count` octets, valid until the next call.
  func storage(ofAtLeast count: Int) -> UnsafeMutableRawBufferPointer {
    if count > storage.count {
      storage.deallocate()
      storage = .allocate(byteCount: count * 2, alignment: 16)
    }
    return storage
  }
}

extension FrameRate {
  /// Frames in so many ticks of RTP's 90 kHz clock, to the nearest; may be negative.
  func frames(inTicks ticks: Int64) -> Int64 {
    let period = Int64(denominator) * 90_000
    let doubled = 2 * ticks * Int64(numerator) + (ticks < 0 ? -period : period)
    return doubled / (2 * period)
  }
}

/// Unwrapping of 32-bit counters such as RTP timestamps.
enum UInt32Counter {
  /// The counter nearest to `reference` whose low 32 bits are `number`.
  static func unwrap(_ number: UInt32, near reference: Int64) -> Int64 {
    let step = Int32(bitPattern: number &- UInt32(truncatingIfNeeded: reference))
    return reference + Int64(step)
  }
}
