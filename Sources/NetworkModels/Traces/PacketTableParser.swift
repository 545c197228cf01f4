import SimulationKernel

/// `time_ms,lost,delay_ms,octets`: a row for each packet in the order of sending.
struct PacketTableParser: Sendable {
  private(set) var packets: [PacketTrace.Packet] = []
  private static let largest = 65_535

  mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) {
    guard let fields = TraceNumbers.fields(line, count: 4) else {
      throw TraceError(
        line: number, found: line, expected: "4 fields, \(TraceFormat.packets.header!)")
    }
    guard packets.count < TraceLimits.packets else {
      throw .tooManyPackets(line: number, limit: TraceLimits.packets)
    }
    let time = try time(fields[0], number)
    let isLost = try isLost(fields[1], number)
    packets.append(
      PacketTrace.Packet(
        time: time, isLost: isLost, delay: try delay(fields[2], isLost: isLost, number),
        octets: try octets(fields[3], number)))
  }

  private func time(_ text: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) -> SimTime {
    guard let nanoseconds = TraceNumbers.milliseconds(text) else {
      throw TraceError(
        line: number, found: text,
        expected: "time_ms from 0 to \(TraceLimits.milliseconds), such as 20 or 20.125")
    }
    let time = SimTime(nanoseconds: nanoseconds)
    guard time >= packets.last?.time ?? .zero else {
      throw TraceError(
        line: number, found: text, expected: "time_ms not before that of the packet above")
    }
    return time
  }

  private func isLost(_ text: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) -> Bool {
    guard text.count == 1, let digit = text.first, digit == 0x30 || digit == 0x31 else {
      throw TraceError(
        line: number, found: text, expected: "lost as 0 for received, or 1 for lost")
    }
    return digit == 0x31
  }

  private func delay(
    _ text: UnsafeRawBufferPointer, isLost: Bool, _ number: Int
  ) throws(TraceError) -> SimDuration? {
    guard !text.isEmpty else { return nil }
    guard !isLost else {
      throw TraceError(
        line: number, found: text, expected: "delay_ms empty, since the packet was lost")
    }
    guard let nanoseconds = TraceNumbers.milliseconds(text) else {
      throw TraceError(
        line: number, found: text,
        expected: "delay_ms above the fastest transit, 0 or more, or nothing where it is unknown")
    }
    return SimDuration(nanoseconds: nanoseconds)
  }

  private func octets(_ text: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) -> Int? {
    guard !text.isEmpty else { return nil }
    guard let octets = TraceNumbers.whole(text), octets >= 1, octets <= Self.largest else {
      throw TraceError(
        line: number, found: text,
        expected: "octets from 1 to \(Self.largest), or nothing where they are unknown")
    }
    return Int(octets)
  }
}

extension TraceNumbers {
  /// Milliseconds as nanoseconds; nil where it is no number or too large.
  static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    guard let value = decimal(text, decimals: 6, limit: TraceLimits.milliseconds),
      value <= TraceLimits.milliseconds * 1_000_000
    else { return nil }
    return value
  }
}
