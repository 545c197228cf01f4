import SimulationKernel

/// Puts frames together from packets and notices what is missing.
///
/// A gap in the sequence numbers is noticed with the next packet that arrives. Where missing packets
/// may yet come, sent again or only overtaken, the pictures that the gap hits stay `expected` until
/// `giveUp`; otherwise they are damaged at once.
public struct Depacketizer: Sendable {
  public enum Action: Equatable, Sendable {
    /// These sequence numbers are missing; `newest` is the newest picture that they hit.
    case gapNoticed(missing: Range<Int64>, newest: PictureNumber)
    /// These pictures cannot be completed any more.
    case damageNoticed(first: PictureNumber, last: PictureNumber)
    /// All packets of this picture are there.
    case complete(PictureNumber)
    /// A packet's slot is not needed any more.
    case release(slot: PacketHandle)
  }

  /// What is known of a picture.
  public enum Status: Equatable, Sendable {
    /// Nothing shows that it is lost for good.
    case expected
    case complete
    case damaged
  }

  private struct Assembly {
    /// `nobody` where the place is free.
    var picture = Self.nobody
    var status = Status.expected
    var timestamp: Int64 = 0
    /// Of a damaged picture: the timestamp of the packet that shows it.
    var noticeTimestamp: Int64 = 0
    /// In the order of their sequence numbers.
    var packets: [MediaPacket] = []

    /// No picture has this number: those from before the first one are below zero.
    static let nobody = PictureNumber.min

    var isWhole: Bool {
      guard let first = packets.first, let last = packets.last else { return false }
      return first.startsFrame && last.isMarker
        && last.sequence - first.sequence == Int64(packets.count - 1)
    }
  }

  /// Missing sequence numbers without a packet between them, and the pictures they hit.
  private struct Hole {
    var sequences: Range<Int64>
    var first: PictureNumber
    var last: PictureNumber
    /// Of the packet behind the gap: when what is missing was due at the latest.
    var timestamp: Int64
  }

  private var assemblies: [Assembly]
  private let awaitsMissing: Bool
  private let gapTakesNextFrame: Bool
  private let overtakenAtStart: Int64
  private var holes: [Hole] = []
  private var expectedSequence: Int64?
  private var newest: MediaPacket?
  /// Pictures before this one have been removed.
  private var oldestWanted = PictureNumber.min

  /// - Parameters:
  ///   - capacity: frames that can wait for their playout.
  ///   - awaitsMissing: whether missing packets may still come, until `giveUp`.
  ///   - gapTakesNextFrame: whether a frame with a gap in front of it counts as damaged; not where packets
  ///     are sent again.
  ///   - overtakenAtStart: so many packets from before the first one that arrives may yet come, where that
  ///     one begins no frame; only where missing packets are waited for.
  public init(
    capacity: Int, awaitsMissing: Bool = false, gapTakesNextFrame: Bool = false,
    overtakenAtStart: Int64 = 0
  ) {
    self.overtakenAtStart = awaitsMissing ? overtakenAtStart : 0
    self.awaitsMissing = awaitsMissing
    self.gapTakesNextFrame = gapTakesNextFrame
    assemblies = (0..<max(4, capacity)).map { _ in
      var assembly = Assembly()
      assembly.packets.reserveCapacity(16)
      return assembly
    }
    holes.reserveCapacity(64)
  }

  public mutating func handle(_ packet: MediaPacket, into actions: inout [Action]) {
    if let expectedSequence, packet.sequence < expectedSequence {
      fillHole(with: packet, into: &actions)
      return
    }
    // What comes first is taken for the stream's beginning where it begins a frame.
    let gap = expectedSequence.map { packet.sequence > $0 } ?? !packet.startsFrame
    if gap { noticeGap(before: packet, into: &actions) }
    expectedSequence = packet.sequence + 1
    newest = packet
    store(packet, into: &actions)
  }

  /// These sequence numbers will not come any more: the pictures they hit are damaged.
  public mutating func giveUp(_ sequences: Range<Int64>, into actions: inout [Action]) {
    while let place = holes.firstIndex(where: { $0.sequences.overlaps(sequences) }) {
      declareDamaged(holes.remove(at: place), into: &actions)
    }
  }

  /// A picture's time is over before it was whole, or whole in time: it is damaged, and what comes of
  /// it yet is not kept. Not for a picture beyond reach (checked).
  ///
  /// - Parameter timestamp: of the packet that shows it.
  /// - Returns: the sequence number before which nothing is wanted any more; nil where no gap ends with
  ///   this picture.
  public mutating func giveUp(
    late picture: PictureNumber, timestamp: Int64, into actions: inout [Action]
  ) -> Int64? {
    precondition(!isBeyondReach(picture), "picture \(picture) has no place any more")
    let slot = open(picture, into: &actions)
    assemblies[slot].noticeTimestamp = timestamp
    if assemblies[slot].packets.isEmpty { assemblies[slot].timestamp = timestamp }
    if assemblies[slot].status != .damaged {
      assemblies[slot].status = .damaged
      actions.append(.damageNoticed(first: picture, last: picture))
    }
    var end: Int64?
    while let hole = holes.first, hole.last <= picture {
      end = hole.sequences.upperBound
      holes.removeFirst()
    }
    if let first = holes.first?.first { holes[0].first = max(first, picture + 1) }
    return end
  }

  // MARK: What is known

  /// Whether a picture is so old that its place belongs to a newer one.
  public func isBeyondReach(_ picture: PictureNumber) -> Bool {
    guard let newest else { return false }
    return newest.picture - picture >= Int64(assemblies.count)
  }

  /// The state of a picture.
  public func status(of picture: PictureNumber) -> Status {
    let assembly = assemblies[index(picture)]
    return assembly.picture == picture ? assembly.status : .expected
  }

  /// What is missing of this picture though a packet from behind it has arrived, and that packet's
  /// timestamp; nil where nothing is.
  public func gap(in picture: PictureNumber) -> (missing: Range<Int64>, timestamp: Int64)? {
    holes.first { $0.first <= picture && picture <= $0.last }.map { ($0.sequences, $0.timestamp) }
  }

  /// Whether all packets of a picture are there, though one in front of it may be missing.
  public func isWhole(_ picture: PictureNumber) -> Bool {
    let assembly = assemblies[index(picture)]
    return assembly.picture == picture && assembly.isWhole
  }

  /// The RTP timestamp of a picture of which something has arrived.
  public func timestamp(of picture: PictureNumber) -> Int64 {
    assemblies[index(picture)].timestamp
  }

  /// The timestamp of this picture, or of the first one behind it of which something has arrived; nil
  /// where nothing has.
  public func firstTimestamp(from picture: PictureNumber) -> Int64? {
    guard let newest, newest.picture >= picture else { return nil }
    let ahead = (0..<Int64(assemblies.count)).lazy.map { picture + $0 }
    return ahead.first { !packets(of: $0).isEmpty }.map(timestamp(of:))
  }

  /// Of a damaged picture: the timestamp of the packet behind the gap, its own or a later one.
  public func noticeTimestamp(of picture: PictureNumber) -> Int64 {
    assemblies[index(picture)].noticeTimestamp
  }

  /// The packets of a picture that are there, in order.
  public func packets(of picture: PictureNumber) -> [MediaPacket] {
    let assembly = assemblies[index(picture)]
    return assembly.picture == picture ? assembly.packets : []
  }

  /// The first complete key frame behind a picture; nil where there is none.
  public func completeKeyFrame(after picture: PictureNumber) -> PictureNumber? {
    var first: PictureNumber?
    for assembly in assemblies
    where assembly.picture > picture && assembly.status == .complete
      && assembly.packets[0].isKeyFrame
    {
      first = min(first ?? assembly.picture, assembly.picture)
    }
    return first
  }

  /// Nothing before this complete picture is wanted any more (checked): what is missing of it will
  /// not be waited for. Pictures are removed one by one.
  public mutating func skip(to picture: PictureNumber) -> Int64 {
    guard let first = packets(of: picture).first else {
      preconditionFailure("picture \(picture) is not complete")
    }
    holes.removeAll { $0.sequences.lowerBound < first.sequence }
    return first.sequence
  }

  /// Forgets a picture and hands its slots back.
  public mutating func remove(_ picture: PictureNumber, into actions: inout [Action]) {
    oldestWanted = max(oldestWanted, picture + 1)
    let slot = index(picture)
    guard assemblies[slot].picture == picture else { return }
    releasePackets(at: slot, into: &actions)
  }

  private func index(_ picture: PictureNumber) -> Int {
    let count = Int64(assemblies.count)
    // Without the sign, which pictures from before the first one have.
    return Int((picture % count + count) % count)
  }

  // MARK: Gaps

  private mutating func noticeGap(before packet: MediaPacket, into actions: inout [Action]) {
    // Without an end seen, the newest frame may go on; without a start, the packet's own is hit.
    let hole = Hole(
      sequences: (expectedSequence ?? packet.sequence - overtakenAtStart)..<packet.sequence,
      first: newest?.firstBehind ?? packet.picture,
      last: gapTakesNextFrame || newest == nil ? packet.picture : packet.lastBefore,
      timestamp: packet.timestamp)
    actions.append(.gapNoticed(missing: hole.sequences, newest: hole.last))
    if awaitsMissing, !hole.sequences.isEmpty {
      holes.append(hole)
    } else {
      declareDamaged(hole, into: &actions)
    }
  }

  private mutating func declareDamaged(_ hole: Hole, into actions: inout [Action]) {
    var first = hole.first
    if status(of: first) == .damaged { first += 1 }  // a second gap in one frame
    guard first <= hole.last else { return }
    // More than the ring holds is an outage: what is older cannot be waiting for playout.
    let oldest = max(first, hole.last - Int64(assemblies.count) + 1)
    for picture in oldest...hole.last {
      guard !isBeyondReach(picture), picture >= oldestWanted else { continue }
      let slot = open(picture, into: &actions)
      assemblies[slot].status = .damaged
      assemblies[slot].noticeTimestamp = hole.timestamp
      if assemblies[slot].packets.isEmpty { assemblies[slot].timestamp = hole.timestamp }
    }
    actions.append(.damageNoticed(first: first, last: hole.last))
  }

  /// A packet behind its time: what was missing, or a duplicate.
  private mutating func fillHole(with packet: MediaPacket, into actions: inout [Action]) {
    guard let place = holes.firstIndex(where: { $0.sequences.contains(packet.sequence) }) else {
      actions.append(.release(slot: packet.slot))
      return
    }
    let hole = holes.remove(at: place)
    var behind = hole
    behind.sequences = packet.sequence + 1..<hole.sequences.upperBound
    behind.first = packet.firstBehind
    if !behind.sequences.isEmpty { holes.insert(behind, at: place) }
    var before = hole
    before.sequences = hole.sequences.lowerBound..<packet.sequence
    before.last = packet.lastBefore
    before.timestamp = packet.timestamp
    if !before.sequences.isEmpty { holes.insert(before, at: place) }
    guard !isBeyondReach(packet.picture) else {
      actions.append(.release(slot: packet.slot))
      return
    }
    store(packet, into: &actions)
  }

  // MARK: Frames

  private mutating func store(_ packet: MediaPacket, into actions: inout [Action]) {
    guard packet.picture >= oldestWanted else {
      actions.append(.release(slot: packet.slot))
      return
    }
    let slot = open(packet.picture, into: &actions)
    assemblies[slot].timestamp = packet.timestamp
    let place = assemblies[slot].packets.lastIndex { $0.sequence < packet.sequence }
    assemblies[slot].packets.insert(packet, at: place.map { $0 + 1 } ?? 0)
    guard assemblies[slot].status != .damaged, assemblies[slot].isWhole else { return }
    assemblies[slot].status = .complete
    actions.append(.complete(packet.picture))
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
    assemblies[slot].picture = Assembly.nobody
  }
}
