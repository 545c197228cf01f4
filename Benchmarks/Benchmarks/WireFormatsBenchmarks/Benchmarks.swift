import Benchmark

/// Room for one packet, for the whole run of the benchmarks and on one thread.
struct PacketMemory: @unchecked Sendable {
  let octets: UnsafeMutableRawBufferPointer

  init(octetCount: Int) {
    octets = .allocate(byteCount: octetCount, alignment: 16)
    octets.initializeMemory(as: UInt8.self, repeating: 0)
  }
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .cpuTotal], warmupIterations: 2, scalingFactor: .kilo,
    maxDuration: .seconds(2))
  registerRTPBenchmarks()
  registerRTCPBenchmarks()
}
