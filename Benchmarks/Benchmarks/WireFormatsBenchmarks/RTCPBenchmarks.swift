import Benchmark
import WireFormats

/// The feedback packet of a receiver: RR with one report block, SDES with a CNAME, and PLI or SLI.
/// An iteration is one compound.
func registerRTCPBenchmarks() {
  let report = ReceiverReport(
    packetSender: 1,
    reportBlocks: [
      ReportBlock(
        source: 2, fractionLost: 5, cumulativeLost: 17, extendedHighestSequenceNumber: 70_000,
        interarrivalJitter: 90, lastSenderReport: 0x1234_5678, delaySinceLastSenderReport: 6_554)
    ])
  let description = SourceDescription(source: 1, canonicalName: ShortOctets("receiver@avpfsim"))
  let pictureLoss = PictureLossIndication(packetSender: 1, mediaSource: 2)
  let sliceLoss = SliceLossIndication(
    packetSender: 1, mediaSource: 2, entries: [.init(first: 0, number: 396, pictureID: 9)])
  let memory = PacketMemory(octetCount: 1_200)

  @Sendable func writeCompound() -> Int {
    var writer = ByteWriter(memory.octets)
    report.serialize(into: &writer)
    description.serialize(into: &writer)
    pictureLoss.serialize(into: &writer)
    sliceLoss.serialize(into: &writer)
    return writer.offset
  }

  Benchmark("RTCP compound RR SDES PLI SLI, write") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(writeCompound())
    }
  }

  Benchmark("RTCP compound RR SDES PLI SLI, parse") { benchmark in
    let octetCount = writeCompound()
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      let octets = UnsafeRawBufferPointer(rebasing: memory.octets[..<octetCount])
      var compound = RTCPCompound(ByteReader(octets))
      var count = 0
      while let packet = try compound.next() {
        blackHole(packet)
        count += 1
      }
      precondition(count == 4, "the compound has four packets, not \(count)")
    }
  }
}
