import NetworkModels
import SimulationKernel

/// Figures of a trace in slices of time of the same length, for pictures.
struct TraceSeries {
  enum Kind { case loss, delay, rate }

  let kind: Kind
  let slice: SimDuration
  /// The share of packets lost, the largest delay in ms, or kbit/s; nil where no packet tells.
  let values: [Double?]

  /// All that a trace tells, with as many slices at most.
  static func all(of trace: Trace, slices: Int) -> [TraceSeries] {
    switch trace {
    case .rate(let timeline):
      let period =
        switch timeline {
        case .steps(_, let period), .opportunities(_, _, let period): period
        }
      let slice = length(of: period, slices: slices, least: .milliseconds(1))
      let values = RateStatistics.windows(of: timeline, length: slice)
        .map { Double($0.rate.bitsPerSecond) / 1_000 }
      return [TraceSeries(kind: .rate, slice: slice, values: values)]
    case .packets(let trace):
      let slice = length(of: trace.period, slices: slices, least: trace.meanInterval)
      let loss = TraceSeries(kind: .loss, slice: slice, values: losses(trace, slice))
      guard trace.hasDelays else { return [loss] }
      return [loss, TraceSeries(kind: .delay, slice: slice, values: delays(trace, slice))]
    }
  }

  private static func length(
    of period: SimDuration, slices: Int, least: SimDuration
  ) -> SimDuration {
    max(SimDuration(nanoseconds: (period.nanoseconds - 1) / Int64(slices) + 1), least)
  }

  private static func losses(_ trace: PacketTrace, _ slice: SimDuration) -> [Double?] {
    var counts = [(lost: Int, all: Int)](repeating: (0, 0), count: count(trace, slice))
    for packet in trace.packets {
      let index = Int(packet.time.nanoseconds / slice.nanoseconds)
      counts[index].all += 1
      if packet.isLost { counts[index].lost += 1 }
    }
    return counts.map { $0.all == 0 ? nil : Double($0.lost) / Double($0.all) }
  }

  private static func delays(_ trace: PacketTrace, _ slice: SimDuration) -> [Double?] {
    var values = [Double?](repeating: nil, count: count(trace, slice))
    for packet in trace.packets {
      guard let delay = packet.delay?.inMilliseconds else { continue }
      let index = Int(packet.time.nanoseconds / slice.nanoseconds)
      values[index] = max(values[index] ?? 0, delay)
    }
    return values
  }

  private static func count(_ trace: PacketTrace, _ slice: SimDuration) -> Int {
    Int((trace.period.nanoseconds - 1) / slice.nanoseconds) + 1
  }
}
