import FuzzSupport
import MediaSession
import SimulationKernel
import WireFormats

/// The first octet tells the ring's size and whether lost packets are waited for; the others are
/// packets in the order of their arrival, five octets each: what the parsers would have read.
@main
enum DepacketizerFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let first = octets.first else { return }
    var receiver = Receiver(capacity: Int(first & 0x3F), awaitsMissing: first & 0x40 != 0)
    var reader = ByteReader(UnsafeRawBufferPointer(rebasing: octets[1...]))
    while let flags = try? reader.read8("flags"), let sequence = try? reader.read16("sequence"),
      let picture = try? reader.read16("picture")
    {
      receiver.handle(flags: flags, sequence: sequence, picture: PictureID(picture))
    }
    receiver.finish()
  }
}

/// Counters are followed as a receiver of RTP follows them, and slots come from a pool, which stops
/// at one that is given back twice.
private struct Receiver: ~Copyable {
  private var depacketizer: Depacketizer
  private var pool = PacketPool(slotSize: 1, slotsPerSlab: 64)
  private var sequences = SequenceUnwrapper()
  private var newest: PictureNumber?
  private var pictures: [PictureNumber] = []
  private var missing: [Range<Int64>] = []
  private var actions: [Depacketizer.Action] = []

  init(capacity: Int, awaitsMissing: Bool) {
    depacketizer = Depacketizer(capacity: capacity, awaitsMissing: awaitsMissing)
  }

  mutating func handle(flags: UInt8, sequence: UInt16, picture identifier: PictureID) {
    // Before the packet arrives, two bits tell what its receiver does.
    switch flags & 0x60 {
    case 0x20:
      if !missing.isEmpty { depacketizer.giveUp(missing.removeFirst(), into: &actions) }
    case 0x40 where flags & 0x07 == 0x07:
      if let newest {
        _ = depacketizer.giveUp(late: newest, timestamp: newest * 3_000, into: &actions)
        check(depacketizer.status(of: newest) == .damaged, "\(newest) was late and is not damaged")
      }
    case 0x40:
      if let newest { depacketizer.remove(newest, into: &actions) }
    case 0x60: skipToKeyFrame()
    default: break
    }
    let picture = newest.map { identifier.counter(near: $0) } ?? Int64(identifier.value)
    newest = max(newest ?? picture, picture)
    pictures.append(picture)
    depacketizer.handle(
      MediaPacket(
        sequence: sequences.unwrap(sequence), picture: picture, timestamp: picture * 3_000,
        isMarker: flags & 0x80 != 0, startsPartition: flags & 0x10 != 0,
        partitionIndex: flags & 0x07, isKeyFrame: flags & 0x08 != 0, slot: pool.allocate(),
        payloadOffset: 0, payloadCount: 0),
      into: &actions)
    carryOut()
  }

  private mutating func skipToKeyFrame() {
    guard let newest, let picture = depacketizer.completeKeyFrame(after: newest - 16) else {
      return
    }
    check(
      depacketizer.status(of: picture) == .complete && picture > newest - 16,
      "\(picture) is no complete picture behind \(newest - 16)")
    let sequence = depacketizer.skip(to: picture)
    check(
      depacketizer.packets(of: picture).first?.sequence == sequence,
      "\(picture) does not begin with packet \(sequence)")
  }

  private mutating func carryOut() {
    for action in actions {
      switch action {
      case .gapNoticed(let sequences, _):
        if !sequences.isEmpty { missing.append(sequences) }
      case .damageNoticed(let first, let last):
        check(first <= last, "damage from \(first) to \(last)")
      case .complete(let picture):
        let packets = depacketizer.packets(of: picture)
        check(
          depacketizer.status(of: picture) == .complete && packets.first?.startsFrame == true
            && packets.last?.isMarker == true
            && zip(packets, packets.dropFirst()).allSatisfy { $0.sequence + 1 == $1.sequence },
          "\(picture) is called complete with \(packets)")
      case .release(let slot): pool.release(slot)
      }
    }
    actions.removeAll(keepingCapacity: true)
  }

  /// Checks that no slot is lost.
  mutating func finish() {
    for picture in pictures { depacketizer.remove(picture, into: &actions) }
    carryOut()
    check(pool.inUse == 0, "\(pool.inUse) slots are never given back")
  }
}
