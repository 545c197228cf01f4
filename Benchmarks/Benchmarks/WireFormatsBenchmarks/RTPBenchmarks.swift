import Benchmark
import ExamplePackets
import WireFormats

/// The headers of one media packet as avpfsim sends it: RTP's fixed 12 octets and a VP8 payload
/// descriptor with a 15-bit PictureID. An iteration is one packet.
func registerRTPBenchmarks() {
  let header = ExamplePackets.header
  let descriptor = ExamplePackets.descriptor
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

  Benchmark("RTP with 3 CSRCs, extension and padding, write and parse") { benchmark in
    let header = ExamplePackets.fullHeader
    for _ in benchmark.scaledIterations {
      var writer = ByteWriter(memory.octets)
      header.serialize(into: &writer)
      header.serializePadding(into: &writer)
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: memory.octets[..<writer.offset]))
      blackHole(try RTPHeader(parsing: &reader).paddingByteCount)
    }
  }

  Benchmark("RTX headers, write and parse") { benchmark in
    var stream = RetransmissionStream(
      payloadType: 97, synchronizationSource: 9, firstSequenceNumber: 1)
    for _ in benchmark.scaledIterations {
      var writer = ByteWriter(memory.octets)
      let (retransmitted, payload) = stream.headers(of: header)
      retransmitted.serialize(into: &writer)
      payload.serialize(into: &writer)
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: memory.octets[..<writer.offset]))
      blackHole(try RTPHeader(parsing: &reader).sequenceNumber)
      blackHole(try RetransmissionPayload(parsing: &reader).originalSequenceNumber)
    }
  }
}
