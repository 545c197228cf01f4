import SimulationKernel

@testable import NetworkModels

/// Reads a text as a trace.
///
/// - Parameter chunk: how many octets are fed at a time.
func trace(
  _ text: String, format: TraceFormat? = nil, interval: SimDuration? = nil, chunk: Int = 65_536
) throws(TraceError) -> (trace: Trace, format: TraceFormat) {
  try trace(Array(text.utf8), format: format, interval: interval, chunk: chunk)
}

func trace(
  _ octets: [UInt8], format: TraceFormat? = nil, interval: SimDuration? = nil, chunk: Int = 65_536
) throws(TraceError) -> (trace: Trace, format: TraceFormat) {
  var parser = TraceParser(format: format, interval: interval)
  for first in stride(from: 0, to: octets.count, by: chunk) {
    try withOctets(Array(octets[first..<min(first + chunk, octets.count)])) {
      (part) throws(TraceError) in try parser.feed(part)
    }
  }
  let trace = try parser.finish()
  return (trace, parser.format!)
}

func packets(_ text: String, format: TraceFormat? = nil) throws -> PacketTrace {
  guard case .packets(let packets) = try trace(text, format: format).trace else {
    throw TraceError(found: .words("a rate"), expected: "packets")
  }
  return packets
}

func rate(_ text: String, format: TraceFormat? = nil) throws -> RateTimeline {
  guard case .rate(let rate) = try trace(text, format: format).trace else {
    throw TraceError(found: .words("packets"), expected: "a rate")
  }
  return rate
}

/// `0110` as losses.
func losses(_ text: String) -> [Bool] { text.filter { $0 != " " }.map { $0 == "1" } }
