import NetworkModels
import SimulationKernel

// The first octet: the format that is asked for, here none, and in chunks of how many octets but one.
let traceFiles =
  TraceFormat.allCases.map { format in
    Seed("trace", format.rawValue, [UInt8(7 | 2 << 3)] + text(format))
  } + [
    Seed(
      "trace", "delays",
      [7] + "time_ms,lost,delay_ms,octets\n0,0,1.5,1200\n5,1,,80\n10,0,0,\n".utf8)
  ]

private func text(_ format: TraceFormat) -> [UInt8] {
  guard format.hasPackets else {
    let walk = TraceGenerator.RandomWalk(
      lowest: .kilobitsPerSecond(100), highest: .kilobitsPerSecond(900),
      interval: .milliseconds(200))
    return TraceWriter.text(
      TraceGenerator.rate(walk, duration: .seconds(1), seed: 1), as: format)
  }
  let model = TraceGenerator.gilbert(rate: 0.2, meanBurst: 2)
  return TraceWriter.text(
    PacketTrace(losses: TraceGenerator.losses(model, count: 40, seed: 1)), as: format)
}
