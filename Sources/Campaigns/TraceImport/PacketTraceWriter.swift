import Results

/// Writes the rows of a packet trace, and counts what is in them.
struct PacketTraceWriter {
  static let header = "time_ms,lost,delay_ms,octets"

  /// nil counts only.
  private let file: GrowingFile?
  private var buffer: [UInt8] = []
  private var origin: Int64?
  private var burst = 0
  private var delays = 0.0
  private(set) var summary = PacketTraceSummary()

  init(path: String?) throws(OutputError) {
    file = try path.map { path throws(OutputError) in try GrowingFile(path: path) }
    buffer.append(contentsOf: Array("\(Self.header)\n".utf8))
  }

  mutating func write(_ packet: PacketLedger.Packet) {
    let origin = origin ?? packet.sent
    self.origin = origin
    summary.packets += 1
    summary.duration = packet.sent - origin
    if let arrived = packet.arrived {
      burst = 0
      summary.octets += packet.octets
      let delay = max(arrived - packet.sent, 0)
      delays += Double(delay)
      summary.longestDelay = max(summary.longestDelay, delay)
      append(packet, after: origin, delay: delay)
    } else {
      summary.lost += 1
      summary.bursts += burst == 0 ? 1 : 0
      burst += 1
      summary.longestBurst = max(summary.longestBurst, burst)
      append(packet, after: origin, delay: nil)
    }
  }

  /// Completes the file.
  mutating func finish() throws(OutputError) -> PacketTraceSummary {
    flush()
    try file?.commit()
    let arrived = summary.packets - summary.lost
    summary.meanDelay = arrived > 0 ? delays / Double(arrived) : 0
    return summary
  }

  private mutating func append(
    _ packet: PacketLedger.Packet, after origin: Int64, delay: Int64?
  ) {
    guard file != nil else { return }
    appendMilliseconds(packet.sent - origin)
    buffer.append(contentsOf: delay == nil ? [44, 49, 44] : [44, 48, 44])  // ",1," or ",0,"
    if let delay { appendMilliseconds(delay) }
    buffer.append(UInt8(ascii: ","))
    FixedPoint.append(Int64(packet.octets), decimals: 0, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= 1 << 16 { flush() }
  }

  /// Nanoseconds, which are not negative, to the nearest microsecond.
  private mutating func appendMilliseconds(_ nanoseconds: Int64) {
    FixedPoint.append((nanoseconds + 500) / 1_000, decimals: 3, to: &buffer)
  }

  private mutating func flush() {
    buffer.withUnsafeBytes { file?.write($0) }
    buffer.removeAll(keepingCapacity: true)
  }
}
