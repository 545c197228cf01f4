import Benchmark
import WireFormats

/// The headers of one media packet as avpfsim sends it: RTP's fixed 12 octets and a VP8 payload
/// descriptor with a 15-bit PictureID. An iteration is one packet.
func registerRTPBenchmarks() {
  let header = RTPHeader(
    marker: false, payloadType: 96, sequenceNumber: 1, timestamp: 90_000,
    synchronizationSource: 0x1234_5678)
  let descriptor = VP8PayloadDescriptor(
    isNonReference: false, startsPartition: true, partitionIndex: 0, pictureID: PictureID(1_000))
  let memory = PacketMemory(octetCount: 1_200)

  Benchmark("RTP and VP8 descriptor, write") { benchmark in
    var header = header
    for sequenceNumber in benchmark.scaledIterations {
      header.sequenceNumber = UInt16(truncatingIfNeeded: sequenceNumber)
      var writer = ByteWriter(memory.octets)
      header.serialize(into: &writer)
      descriptor.serialize(into: &writer)
      blackHole(writer.offset)
    }
  }

  Benchmark("RTP and VP8 descriptor, parse") { benchmark in
    var writer = ByteWriter(memory.octets)
    header.serialize(into: &writer)
    descriptor.serialize(into: &writer)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      var reader = ByteReader(UnsafeRawBufferPointer(memory.octets))
      let parsedHeader = try RTPHeader(parsing: &reader)
      let parsedDescriptor = try VP8PayloadDescriptor(parsing: &reader)
      blackHole(parsedHeader.sequenceNumber)
      blackHole(parsedDescriptor.startsFrame)
    }
  }
}
