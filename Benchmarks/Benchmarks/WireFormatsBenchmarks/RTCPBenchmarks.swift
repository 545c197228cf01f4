import Benchmark
import ExamplePackets
import WireFormats

func registerRTCPBenchmarks() {
  registerUsualCompoundBenchmarks()
  registerFullCompoundBenchmarks()
  registerNegativeAcknowledgementBenchmarks()
}

/// The feedback packet of a receiver: RR with one report block, SDES with a CNAME, and PLI or SLI.
/// An iteration is one compound.
private func registerUsualCompoundBenchmarks() {
  let report = ReceiverReport(packetSender: 1, reportBlocks: [ExamplePackets.block])
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

/// One packet of each kind that a receiver sends. An iteration is one compound.
private func registerFullCompoundBenchmarks() {
  let packets = ExamplePackets.compound
  let memory = PacketMemory(octetCount: 1_200)

  Benchmark("RTCP compound of 12 kinds, write") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(ExamplePackets.write(packets, paddingByteCount: 8, into: memory.octets))
    }
  }

  Benchmark("RTCP compound of 12 kinds, parse") { benchmark in
    let octetCount = ExamplePackets.write(packets, paddingByteCount: 8, into: memory.octets)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      let octets = UnsafeRawBufferPointer(rebasing: memory.octets[..<octetCount])
      var compound = RTCPCompound(ByteReader(octets))
      var count = 0
      while let packet = try compound.next() {
        blackHole(packet)
        count += 1
      }
      precondition(count == packets.count, "the compound has other than \(packets.count) packets")
    }
  }
}

/// From lost sequence numbers to octets and back. An iteration is one NACK of 120 losses.
private func registerNegativeAcknowledgementBenchmarks() {
  let lost = ExamplePackets.lost
  let memory = PacketMemory(octetCount: 1_200)

  Benchmark("NACK of 120 losses, pack and write") { benchmark in
    for _ in benchmark.scaledIterations {
      var writer = ByteWriter(memory.octets)
      GenericNegativeAcknowledgement(packetSender: 1, mediaSource: 2, lost: lost)
        .serialize(into: &writer)
      blackHole(writer.offset)
    }
  }

  Benchmark("NACK of 120 losses, parse and unpack") { benchmark in
    var writer = ByteWriter(memory.octets)
    GenericNegativeAcknowledgement(packetSender: 1, mediaSource: 2, lost: lost)
      .serialize(into: &writer)
    let octets = UnsafeRawBufferPointer(rebasing: memory.octets[..<writer.offset])
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      var reader = ByteReader(octets)
      let message = try GenericNegativeAcknowledgement(parsing: &reader)
      var count = 0
      for entry in message.entries {
        for number in entry {
          blackHole(number)
          count += 1
        }
      }
      precondition(count == 120, "the NACK has other than 120 losses")
    }
  }
}
