import MediaSession
import SimulationKernel
import VP8Codec
import WireFormats

/// The sending endpoint: encoder, its control, packetizer, and its side of RTCP.
struct MediaSender {
  let encoder: VP8Encoder
  var control: EncoderControl
  let packetizer: VP8Packetizer
  let pictureIDWidth: PictureID.Width?
  var reconstructions: ReconstructionRing
  var rtcp: AVPFScheduler
  var rtcpTimer = DeadlineTimer()
  var statistics = SenderStatistics()
  /// Where lost packets are sent again: what can be, and the stream it goes on.
  let history: RetransmissionHistory?
  var retransmissions: RetransmissionStream
  var retransmissionStatistics = SenderStatistics()

  let identity: SessionIdentity
  var nextPicture: PictureNumber
  var nextSequence: Int64
  /// The frame that has been encoded and has not left yet.
  var encoded: VP8EncodedFrame?
  let encodingChance: StreamKey
  var pieces: [VP8Packetizer.Piece] = []
  /// What the descriptor says of the frame being sent, its layer among it.
  private var descriptor: VP8PayloadDescriptor

  init(_ scenario: Scenario, clip: Clip, identity: SessionIdentity) throws {
    encoder = try VP8Encoder(
      settings: scenario.codec, width: clip.width, height: clip.height, frameRate: clip.frameRate)
    control = EncoderControl(scenario, frameRate: clip.frameRate)
    pictureIDWidth = scenario.rtp.pictureIDWidth
    descriptor = VP8PayloadDescriptor(
      startsPartition: true, partitionIndex: 0,
      pictureID: pictureIDWidth.map { PictureID(counter: 0, width: $0) })
    if scenario.codec.temporalLayers > 1 {
      // TL0PICIDX begins anywhere: the first base-layer frame makes it 0.
      descriptor.temporalLevelZeroIndex = .max
      descriptor.temporalLayer = .init(index: 0, isLayerSync: false)
    }
    packetizer = VP8Packetizer(
      mode: scenario.rtp.packetization, maximumPayload: scenario.encoderControl.maximumPayload,
      descriptorByteCount: descriptor.serializedByteCount)
    history =
      scenario.mechanism.usesRetransmission
      ? RetransmissionHistory(
        capacity: scenario.retransmission.historyCapacity, age: scenario.retransmissionHistoryAge,
        slotSize: Call.slotSize) : nil
    retransmissions = RetransmissionStream(
      payloadType: SessionIdentity.retransmissionPayloadType,
      synchronizationSource: identity.retransmissionSource,
      firstSequenceNumber: identity.firstRetransmissionSequence)
    reconstructions = ReconstructionRing(
      capacity: scenario.framesWithinReach(frameRate: clip.frameRate))
    self.identity = identity
    nextPicture = identity.firstPicture
    encodingChance = StreamKey(seed: scenario.seed, name: "sender.encoding")
    nextSequence = identity.firstSequence
    rtcp = AVPFScheduler(
      settings: scenario.rtcp, sessionBandwidth: scenario.sessionBandwidth, isSender: true,
      firstPacketOctets: RTCPComposer.typicalOctets,
      stream: RandomStream(seed: scenario.seed, name: "rtcp.sender.interval"))
  }

  /// RTP time of a captured frame: 90 kHz from a random start (RFC 7741 section 4.1).
  func timestamp(ofFrame index: Int, frameRate: FrameRate) -> Int64 {
    identity.firstTimestamp + frameRate.captureTime(ofFrame: Int64(index)).nanoseconds * 9 / 100_000
  }

  /// Encodes a frame as the control plans it; nil where the rate control drops it, and then the
  /// plan stands for the next frame.
  mutating func encode(
    _ picture: Picture, index: Int, now: SimTime
  ) throws -> (frame: VP8EncodedFrame, plan: FramePlan)? {
    let before = control
    var plan = control.plan(nextPicture, now: now)
    guard
      let frame = try encoder.encode(
        picture, index: Int64(index), flags: plan.flags,
        temporalLayer: Int(plan.temporalLayer?.index ?? 0))
    else {
      control = before
      return nil
    }
    if frame.isKeyFrame, !plan.isKey {
      // The encoder's own idea, where `kf_mode` lets it have one.
      plan = control.keyFrameHappened(nextPicture, now: now)
    }
    describe(plan)
    return (frame, plan)
  }

  /// The parts of the descriptor that all packets of a frame share (RFC 7741 section 4.2).
  private mutating func describe(_ plan: FramePlan) {
    descriptor.pictureID = pictureIDWidth.map { PictureID(counter: nextPicture, width: $0) }
    descriptor.isNonReference = plan.isNonReference || plan.isMarkedNonReference
    guard let layer = plan.temporalLayer else { return }
    descriptor.temporalLayer = layer
    if layer.index == 0 { descriptor.temporalLevelZeroIndex? &+= 1 }
  }

  /// Writes one packet of a frame into a slot; returns its octets without lower headers.
  func write(
    _ piece: VP8Packetizer.Piece, of frame: VP8EncodedFrame, timestamp: Int64, sequence: Int64,
    into storage: UnsafeMutableRawBufferPointer
  ) -> Int {
    var writer = ByteWriter(storage)
    RTPHeader(
      marker: piece.isLast, payloadType: SessionIdentity.payloadType,
      sequenceNumber: UInt16(truncatingIfNeeded: sequence),
      timestamp: UInt32(truncatingIfNeeded: timestamp),
      synchronizationSource: identity.senderSource
    ).serialize(into: &writer)
    var descriptor = descriptor
    descriptor.startsPartition = piece.startsPartition
    descriptor.partitionIndex = piece.partitionIndex
    descriptor.serialize(into: &writer)
    writer.write(UnsafeRawBufferPointer(rebasing: frame.octets[piece.range]))
    return writer.offset
  }

  /// Writes a packet of the history as a retransmission into a slot; returns its octets without
  /// lower headers.
  mutating func writeRetransmission(
    of packet: UnsafeRawBufferPointer, into storage: UnsafeMutableRawBufferPointer
  ) throws(WireError) -> Int {
    var reader = ByteReader(packet)
    let (header, payload) = retransmissions.headers(of: try RTPHeader(parsing: &reader))
    var writer = ByteWriter(storage)
    header.serialize(into: &writer)
    payload.serialize(into: &writer)
    writer.write(reader.unread)
    return writer.offset
  }
}

/// The sender's counts for its reports.
struct SenderStatistics {
  var packets: UInt32 = 0
  var octets: UInt32 = 0
}

extension FramePlan {
  /// The plan in libvpx's flags.
  var flags: VP8FrameFlags {
    if isKey { return .forceKeyFrame }
    var flags: VP8FrameFlags = []
    if !allowed.contains(.last) { flags.insert(.noReferenceLast) }
    if !allowed.contains(.golden) { flags.insert(.noReferenceGolden) }
    if !allowed.contains(.altref) { flags.insert(.noReferenceAltRef) }
    if !updated.contains(.last) { flags.insert(.noUpdateLast) }
    flags.insert(updated.contains(.golden) ? .forceGolden : .noUpdateGolden)
    flags.insert(updated.contains(.altref) ? .forceAltRef : .noUpdateAltRef)
    if isNonReference { flags.insert(.noUpdateEntropy) }
    return flags
  }
}
