import SimulationKernel

/// An RTP packet of the video stream, as far as putting frames together needs it.
public struct MediaPacket: Sendable {
  /// RTP sequence number, unwrapped.
  public var sequence: Int64
  /// PictureID, unwrapped.
  public var picture: PictureNumber
  /// RTP timestamp, unwrapped, in 1/90000 s.
  public var timestamp: Int64
  /// The frame's last packet (RFC 7741 section 4.1).
  public var isMarker: Bool
  /// S = 1 and PID = 0: the frame's first packet.
  public var startsFrame: Bool
  /// The packet pool's slot, and where in it the VP8 payload lies.
  public var slot: PacketHandle
  public var payloadOffset: Int
  public var payloadCount: Int

  public init(
    sequence: Int64, picture: PictureNumber, timestamp: Int64, isMarker: Bool, startsFrame: Bool,
    slot: PacketHandle, payloadOffset: Int, payloadCount: Int
  ) {
    self.sequence = sequence
    self.picture = picture
    self.timestamp = timestamp
    self.isMarker = isMarker
    self.startsFrame = startsFrame
    self.slot = slot
    self.payloadOffset = payloadOffset
    self.payloadCount = payloadCount
  }
}

/// Puts frames together from packets and notices what is missing.
///
/// Paths here deliver in order, so a gap in the sequence numbers is a loss at once; it is noticed
/// with the next packet that arrives.
public struct Depacketizer: Sendable {
  public enum Action: Equatable, Sendable {
    /// These pictures cannot be completed any more.
    case damageNoticed(first: PictureNumber, last: PictureNumber)
    /// All packets of this picture are there.
    case complete(PictureNumber)
    /// A packet's slot is not needed any more.
    case release(slot: PacketHandle)
  }

  /// What is known of a picture.
  public enum Status: Equatable, Sendable {
    /// Nothing shows that it is lost.
    case expected
    case complete
    case damaged
  }

  private struct Assembly {
    var picture: PictureNumber = -1
    var status = Status.expected
    var timestamp: Int64 = 0
    var packets: [MediaPacket] = []
  }

  private var assemblies: [Assembly]
  private var expectedSequence: Int64?
  private var newest: MediaPacket?

  /// - Parameter capacity: frames that can wait for their playout.
  public init(capacity: Int) {
    assemblies = (0..<max(4, capacity)).map { _ in
      var assembly = Assembly()
      assembly.packets.reserveCapacity(16)
      return assembly
    }
  }

  /// Whether a picture is so old that its place belongs to a newer one.
  public func isBeyondReach(_ picture: PictureNumber) -> Bool {
    guard let newest else { return false }
    return newest.picture - picture >= Int64(assemblies.count)
  }

  public mutating func handle(_ packet: MediaPacket, into actions: inout [Action]) {
    if let expectedSequence, packet.sequence < expectedSequence {
      actions.append(.release(slot: packet.slot))  // a duplicate
      return
    }
    // What comes first is taken for the stream's beginning where it begins a frame.
    let gap = expectedSequence.map { packet.sequence > $0 } ?? !packet.startsFrame
    if gap { noticeGap(before: packet, into: &actions) }
    expectedSequence = packet.sequence + 1
    newest = packet
    store(packet, into: &actions)
  }

  /// The state of a picture.
  public func status(of picture: PictureNumber) -> Status {
    let assembly = assemblies[index(picture)]
    return assembly.picture == picture ? assembly.status : .expected
  }

  /// The RTP timestamp of a picture of which something has arrived.
  public func timestamp(of picture: PictureNumber) -> Int64 {
    assemblies[index(picture)].timestamp
  }

  /// The packets of a complete picture, in order.
  public func packets(of picture: PictureNumber) -> [MediaPacket] {
    assemblies[index(picture)].packets
  }

  /// Forgets a picture and hands its slots back.
  public mutating func remove(_ picture: PictureNumber, into actions: inout [Action]) {
    let slot = index(picture)
    guard assemblies[slot].picture == picture else { return }
    releasePackets(at: slot, into: &actions)
  }

  private func index(_ picture: PictureNumber) -> Int {
    Int(picture % Int64(assemblies.count))
  }

  private mutating func noticeGap(before packet: MediaPacket, into actions: inout [Action]) {
    // Without an end seen, the newest frame may go on; without a start, the packet's own is hit.
    var first = packet.picture
    if let newest { first = newest.isMarker ? newest.picture + 1 : newest.picture }
    if status(of: first) == .damaged { first += 1 }  // a second gap in one frame
    let last = packet.startsFrame ? packet.picture - 1 : packet.picture
    guard first <= last else { return }
    // More than the ring holds is an outage: what is older cannot be waiting for playout.
    let oldest = max(first, last - Int64(assemblies.count) + 1)
    for picture in oldest...last {
      let slot = open(picture, into: &actions)
      assemblies[slot].status = .damaged
      assemblies[slot].timestamp = packet.timestamp
    }
    actions.append(.damageNoticed(first: first, last: last))
  }

  private mutating func store(_ packet: MediaPacket, into actions: inout [Action]) {
    let slot = open(packet.picture, into: &actions)
    assemblies[slot].timestamp = packet.timestamp
    guard assemblies[slot].status != .damaged else {
      actions.append(.release(slot: packet.slot))
      return
    }
    assemblies[slot].packets.append(packet)
    if packet.isMarker {
      assemblies[slot].status = .complete
      actions.append(.complete(packet.picture))
    }
  }

  /// The ring's place for a picture, emptied of an older one.
  private mutating func open(_ picture: PictureNumber, into actions: inout [Action]) -> Int {
    let slot = index(picture)
    if assemblies[slot].picture != picture {
      releasePackets(at: slot, into: &actions)
      assemblies[slot].picture = picture
      assemblies[slot].status = .expected
    }
    return slot
  }

  private mutating func releasePackets(at slot: Int, into actions: inout [Action]) {
    for packet in assemblies[slot].packets { actions.append(.release(slot: packet.slot)) }
    assemblies[slot].packets.removeAll(keepingCapacity: true)
    assemblies[slot].picture = -1
  }
}
