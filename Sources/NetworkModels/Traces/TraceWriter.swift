import SimulationKernel

/// Writes traces as text that `TraceParser` reads; the same octets on every machine.
public enum TraceWriter {
  /// A trace of packets in a format of packets.
  ///
  /// Of formats without times the mean interval is kept, and neither delays nor sizes.
  ///
  /// - Parameter format: one that has packets (checked).
  public static func text(_ trace: PacketTrace, as format: TraceFormat) -> [UInt8] {
    var text = TraceText()
    switch format {
    case .pattern:
      text.addHead(format, interval: trace.meanInterval)
      for (index, packet) in trace.packets.enumerated() {
        text.add(packet.isLost ? "1" : "0")
        if index % 80 == 79 { text.add("\n") }
      }
      if trace.packets.count % 80 != 0 { text.add("\n") }
    case .runs:
      text.addHead(format, interval: trace.meanInterval)
      addRuns(trace, to: &text)
    case .lostSequence:
      text.add("# packets: \(trace.packets.count)\n")
      text.addHead(format, interval: trace.meanInterval)
      for (index, packet) in trace.packets.enumerated() where packet.isLost {
        text.add("\(index)\n")
      }
    case .packets:
      text.addHead(format)
      for packet in trace.packets { addRow(packet, to: &text) }
    case .rate, .mahimahi: preconditionFailure("\(format) has no packets")
    }
    return text.octets
  }

  /// A rate over time in a format of rates.
  ///
  /// As opportunities, steps leave out what does not fill 1500 octets, and times are whole
  /// milliseconds; as steps, opportunities become the mean rates of 100 ms each.
  ///
  /// - Parameter format: one that has a rate (checked).
  public static func text(_ timeline: RateTimeline, as format: TraceFormat) -> [UInt8] {
    var text = TraceText()
    text.addHead(format)
    switch (format, timeline) {
    case (.rate, .steps(let steps, let period)):
      for step in steps { text.addRow(step) }
      text.addMilliseconds(period)
      text.add(",\n")
    case (.rate, .opportunities(_, _, let period)):
      for window in RateStatistics.windows(of: timeline, length: RateStatistics.window(of: period))
      {
        text.addRow(RateTimeline.Step(from: window.from, rate: window.rate))
      }
      text.addMilliseconds(period)
      text.add(",\n")
    case (.mahimahi, .opportunities(let instants, let octets, _)):
      precondition(octets == MahimahiParser.octets, "Mahimahi's opportunities have 1500 octets")
      for instant in instants { text.add("\(instant.nanoseconds / 1_000_000)\n") }
    case (.mahimahi, .steps(let steps, let period)):
      addOpportunities(steps, period, to: &text)
    default: preconditionFailure("\(format) has no rate")
    }
    return text.octets
  }

  private static func addRuns(_ trace: PacketTrace, to text: inout TraceText) {
    var isLost = false
    var count = 0
    for packet in trace.packets {
      if packet.isLost != isLost {
        text.add(isLost ? "\(count)\n" : "\(count) ")
        (isLost, count) = (packet.isLost, 0)
      }
      count += 1
    }
    text.add("\(count)\n")
  }

  private static func addRow(_ packet: PacketTrace.Packet, to text: inout TraceText) {
    text.addMilliseconds(packet.time - .zero)
    text.add(packet.isLost ? ",1," : ",0,")
    if let delay = packet.delay { text.addMilliseconds(delay) }
    text.add(",")
    if let octets = packet.octets { text.add("\(octets)") }
    text.add("\n")
  }

  /// An opportunity whenever 1500 octets have come together, in the first whole millisecond then.
  /// The last one ends the period, as the format has it.
  private static func addOpportunities(
    _ steps: [RateTimeline.Step], _ period: SimDuration, to text: inout TraceText
  ) {
    // In bits times nanoseconds a second, which a rate times a duration is.
    let opportunity = Int64(MahimahiParser.octets) * 8 * 1_000_000_000
    var gathered: Int64 = 0
    for (index, step) in steps.enumerated() {
      let end = index + 1 < steps.count ? steps[index + 1].from : .zero + period
      var from = step.from
      let rate = step.rate.bitsPerSecond
      guard rate > 0 else { continue }
      while true {
        let wait = (opportunity - gathered + rate - 1) / rate
        guard wait <= (end - from).nanoseconds else {
          gathered += (end - from).nanoseconds * rate
          break
        }
        from += SimDuration(nanoseconds: wait)
        gathered += wait * rate - opportunity
        text.add("\((from.nanoseconds + 999_999) / 1_000_000)\n")
      }
    }
  }
}

/// Text under construction.
private struct TraceText {
  var octets: [UInt8] = []

  mutating func add(_ text: String) { octets.append(contentsOf: text.utf8) }

  /// What a reader needs before the lines: a header, or a comment where the format has none.
  mutating func addHead(_ format: TraceFormat, interval: SimDuration? = nil) {
    if let interval {
      add("# interval_ms: ")
      addMilliseconds(interval)
      add("\n")
    }
    add(
      format.header.map { "\($0)\n" }
        ?? (format == .mahimahi ? "" : "# format: \(format.rawValue)\n"))
  }

  mutating func addRow(_ step: RateTimeline.Step) {
    addMilliseconds(step.from - .zero)
    add(",")
    addDecimal(step.rate.bitsPerSecond, decimals: 3)
    add("\n")
  }

  mutating func addMilliseconds(_ duration: SimDuration) {
    addDecimal(duration.nanoseconds, decimals: 6)
  }

  /// A number in units of 10^-decimals, without zeros at its end.
  private mutating func addDecimal(_ value: Int64, decimals: Int) {
    var (value, decimals) = (value, decimals)
    while decimals > 0, value % 10 == 0 {
      value /= 10
      decimals -= 1
    }
    var power: Int64 = 1
    for _ in 0..<decimals { power *= 10 }
    add("\(value / power)")
    guard decimals > 0 else { return }
    let fraction = "\(value % power)"
    add("." + String(repeating: "0", count: decimals - fraction.utf8.count) + fraction)
  }
}
