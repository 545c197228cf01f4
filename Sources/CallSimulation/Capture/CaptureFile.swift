import Results
import SimulationKernel
import WireFormats

/// A pcapng file whose packets stand in the order of simulated time.
///
/// Packets are told when they are sent, their arrivals with them: an arrival waits here until the
/// simulation has come to it.
struct CaptureFile {
  /// The first second of 2020 (UTC), from which `RTCPComposer` counts NTP times too: a capture's
  /// times and those in its sender reports are one clock.
  static let epoch: UInt64 = 1_577_836_800

  private let file: GrowingFile
  private var buffer: [UInt8] = []
  /// Sorted by time, equal times in the order in which they were told; those before `head` are
  /// written.
  private var waiting: [(time: SimTime, packet: PcapngEnhancedPacket)] = []
  private var head = 0

  /// - Throws: where the file cannot be made.
  init(
    path: String, header: PcapngSectionHeader, interfaces: [PcapngInterfaceDescription]
  ) throws(OutputError) {
    file = try GrowingFile(path: path)
    write(header)
    for interface in interfaces { write(interface) }
  }

  /// Adds a packet that passes an interface at `time`; `now` never goes back, and `time` is not
  /// before it (checked).
  mutating func add(_ packet: PcapngEnhancedPacket, at time: SimTime, now: SimTime) {
    precondition(time >= now, "a packet is captured before it passes")
    writeWaiting(until: now)
    var packet = packet
    packet.timestamp = Self.epoch * 1_000_000_000 + UInt64(time.nanoseconds)
    var index = waiting.count
    while index > head, waiting[index - 1].time > time { index -= 1 }
    waiting.insert((time, packet), at: index)
  }

  /// Writes what passes before `end`, drops the rest, and gives the file its name.
  mutating func commit(end: SimTime) throws(OutputError) {
    writeWaiting(until: SimTime(nanoseconds: end.nanoseconds - 1))
    try file.commit()
  }

  private mutating func writeWaiting(until now: SimTime) {
    while head < waiting.count, waiting[head].time <= now {
      write(waiting[head].packet)
      head += 1
    }
    if head > 64, head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
  }

  private mutating func write(_ block: some WireValue) {
    let count = block.serializedByteCount
    if count > buffer.count { buffer = [UInt8](repeating: 0, count: count * 2) }
    buffer.withUnsafeMutableBytes { octets in
      var writer = ByteWriter(octets)
      block.serialize(into: &writer)
      file.write(UnsafeRawBufferPointer(rebasing: octets[..<count]))
    }
  }
}
