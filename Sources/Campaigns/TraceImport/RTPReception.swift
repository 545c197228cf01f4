import WireFormats

/// What passed one interface of one source between one pair of addresses.
struct RTPReception {
  struct Key: Hashable {
    var source: UInt32
    var flow: UDPFlow
    var interface: Int
  }

  /// More new beginnings, of numbers or timestamps, than a stream has.
  private static let maximumSegments = 1_000

  let key: Key
  let first: RTPSighting
  private(set) var tracker: RTPTracker
  private(set) var packets = 0
  /// Of IP packets.
  private(set) var octets = 0
  private(set) var lastTime: Int64
  private(set) var lowest = Int64.max
  private(set) var highest = Int64.min
  /// The shortest transit of each segment, against its first packet's.
  private(set) var fastest: [Int64] = []
  /// Packets that were the next, and those that came not far behind.
  private var next = 0
  private var near = 0
  /// Packets by payload type, the first few types.
  private var types: [(type: UInt8, packets: Int)] = []

  init(_ key: Key, first: RTPSighting, clockRate: Int) {
    self.key = key
    self.first = first
    lastTime = first.time
    tracker = RTPTracker(first: first, clockRate: clockRate)
  }

  mutating func add(_ sighting: RTPSighting, payloadType: UInt8, octets count: Int) {
    guard tracker.segment < Self.maximumSegments else { return }
    packets += 1
    octets += count
    lastTime = max(lastTime, sighting.time)
    note(payloadType)
    tracker.place(sighting) { placed in
      let step = highest == .min ? 0 : placed.number - highest
      if step == 1 { next += 1 }
      if (1...64).contains(step) { near += 1 }
      lowest = min(lowest, placed.number)
      highest = max(highest, placed.number)
      while fastest.count <= placed.segment { fastest.append(.max) }
      fastest[placed.segment] = min(fastest[placed.segment], placed.transit)
    }
  }

  private mutating func note(_ type: UInt8) {
    if let index = types.firstIndex(where: { $0.type == type }) {
      types[index].packets += 1
    } else if types.count < 4 {
      types.append((type, 1))
    }
  }

  /// Whether it is RTP rather than something that looks so: most packets follow one another, and not
  /// nearly all are missing.
  var isRTP: Bool {
    next >= 3 && near * 2 >= packets - 1 && tracker.segment < Self.maximumSegments
      && span <= 100 * Int64(packets) + 100_000
  }

  /// The type that most packets have.
  var payloadType: UInt8 { types.max { $0.packets < $1.packets }?.type ?? 0 }

  /// From the first packet's number to the last one's.
  var span: Int64 { highest - lowest + 1 }

  /// In nanoseconds.
  var duration: Int64 { lastTime - first.time }

  /// The sender's clock rate in Hz as far as the packets show it; nil where they are too few.
  var measuredClockRate: Double? {
    let (ticks, time) = tracker.followed
    guard time >= 1_000_000_000, ticks > 0 else { return nil }
    return Double(ticks) / Double(time) * 1e9
  }

  /// How much longer packets take to here than to the other place, by each one's fastest.
  func fastestTransit(against other: RTPReception) -> Int64 {
    let ticks = Int64(Int32(bitPattern: first.timestamp &- other.first.timestamp))
    let expected = ticks * 1_000_000_000 / Int64(tracker.clockRate)
    return (first.time + fastest[0]) - (other.first.time + other.fastest[0]) - expected
  }
}
