import CAllocationCount
import ExamplePackets
import Glibc
import WireFormats

/// Counts the heap allocations of writing and parsing: none are allowed. The counter stands in front
/// of malloc, so that memory which is freed at once is counted too, and is itself checked against
/// packets that must allocate.
@main
struct Allocations {
  static let repetitions = 100_000

  static func main() throws {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1_500, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    defer { memory.deallocate() }
    print("heap allocations in \(repetitions) repetitions")
    let counts = [
      try writeMedia(ExamplePackets.header, "RTP and VP8 descriptor, write", memory),
      try parseMedia(ExamplePackets.header, "RTP and VP8 descriptor, parse", memory),
      try writeMedia(
        ExamplePackets.fullHeader, "RTP with CSRCs, extension and padding, write", memory),
      try parseMedia(
        ExamplePackets.fullHeader, "RTP with CSRCs, extension and padding, parse", memory),
      try retransmit(memory),
      try writeCompound(memory),
      try parseCompound(memory),
      try checkCompound(memory),
      try refuse(memory),
      try writeSliceLoss(memory),
      try parseSliceLoss(memory),
    ]
    let caught = [
      try parseLongNegativeAcknowledgement(memory), try parseLongReport(memory),
    ]
    guard caught.allSatisfy({ $0 >= repetitions }) else {
      fail("the counter missed allocations in the last rows")
    }
    guard counts.allSatisfy({ $0 == 0 }) else { fail("only the last two rows may allocate") }
  }

  static func fail(_ what: StaticString) -> Never {
    print(what)
    exit(1)
  }

  /// Runs `body` once to warm up, then counts over the repetitions.
  static func count(_ name: String, _ body: () throws -> Void) rethrows -> Int {
    try body()
    let before = allocation_count()
    for _ in 0..<repetitions { try body() }
    let count = Int(allocation_count() - before)
    print("\(name): \(count)")
    return count
  }

  static func demand(_ condition: Bool, _ what: StaticString) {
    guard condition else { fatalError("\(what) went wrong") }
  }

  // MARK: RTP

  static func write(_ header: RTPHeader, into memory: UnsafeMutableRawBufferPointer) -> Int {
    var writer = ByteWriter(memory)
    header.serialize(into: &writer)
    ExamplePackets.descriptor.serialize(into: &writer)
    writer.writeZeros(1_100)
    header.serializePadding(into: &writer)
    return writer.offset
  }

  static func writeMedia(
    _ header: RTPHeader, _ name: String, _ memory: UnsafeMutableRawBufferPointer
  ) throws -> Int {
    let size = write(header, into: memory)
    return count(name) { demand(write(header, into: memory) == size, "writing RTP") }
  }

  static func parseMedia(
    _ header: RTPHeader, _ name: String, _ memory: UnsafeMutableRawBufferPointer
  ) throws -> Int {
    let octets = UnsafeRawBufferPointer(rebasing: memory[..<write(header, into: memory)])
    return try count(name) {
      var reader = ByteReader(octets)
      demand(try RTPHeader(parsing: &reader) == header, "parsing RTP")
      demand(
        try VP8PayloadDescriptor(parsing: &reader) == ExamplePackets.descriptor,
        "parsing a VP8 descriptor")
      demand(reader.remaining == 1_100, "finding the payload")
    }
  }

  static func retransmit(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    var stream = RetransmissionStream(
      payloadType: 97, synchronizationSource: 9, firstSequenceNumber: 1)
    let original = ExamplePackets.header
    return try count("RTX, write and parse") {
      var writer = ByteWriter(memory)
      let (header, payload) = stream.headers(of: original)
      header.serialize(into: &writer)
      payload.serialize(into: &writer)
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: memory[..<writer.offset]))
      let received = try RTPHeader(parsing: &reader)
      let restored = received.original(
        try RetransmissionPayload(parsing: &reader), payloadType: original.payloadType,
        synchronizationSource: original.synchronizationSource)
      demand(restored == original, "a retransmission")
    }
  }

  // MARK: RTCP

  static func writeCompound(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let packets = ExamplePackets.compound
    let size = ExamplePackets.write(packets, paddingByteCount: 8, into: memory)
    return count("RTCP compound of \(packets.count) kinds, padded, write") {
      demand(
        ExamplePackets.write(packets, paddingByteCount: 8, into: memory) == size,
        "writing a compound")
    }
  }

  static func parseCompound(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let packets = ExamplePackets.compound
    let size = ExamplePackets.write(packets, paddingByteCount: 8, into: memory)
    return try count("RTCP compound of \(packets.count) kinds, padded, parse") {
      var compound = RTCPCompound(ByteReader(.init(rebasing: memory[..<size])))
      var parsed = 0
      while let packet = try compound.next() {
        demand(packet == packets[parsed], "parsing a compound")
        parsed += 1
      }
      demand(parsed == packets.count && compound.paddingByteCount == 8, "ending a compound")
    }
  }

  static func checkCompound(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let size = ExamplePackets.write(ExamplePackets.compound, into: memory)
    return try count("RTCP compound, check of its composition") {
      try RTCPCompound(ByteReader(.init(rebasing: memory[..<size]))).checkComposition()
    }
  }

  /// A typed error is a value: to refuse a packet allocates nothing either.
  static func refuse(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let size = ExamplePackets.write(ExamplePackets.compound, into: memory)
    return count("RTCP compound, cut short and refused") {
      do throws(WireError) {
        try RTCPCompound(ByteReader(.init(rebasing: memory[..<(size - 1)]))).checkComposition()
        demand(false, "refusing a compound")
      } catch {
        demand(error.kind == .truncated(needed: 28, available: 27), "the reason of a refusal")
      }
    }
  }

  /// Nine entries are more than are held in place: each parse must allocate, and be seen to.
  static func parseLongNegativeAcknowledgement(
    _ memory: UnsafeMutableRawBufferPointer
  ) throws -> Int {
    let message = GenericNegativeAcknowledgement(
      packetSender: 1, mediaSource: 2, lost: (0..<9).map { UInt16(17 * $0) })
    var writer = ByteWriter(memory)
    message.serialize(into: &writer)
    let octets = UnsafeRawBufferPointer(rebasing: memory[..<writer.offset])
    return try count("NACK of nine entries, which must allocate, parse") {
      var reader = ByteReader(octets)
      demand(
        try GenericNegativeAcknowledgement(parsing: &reader) == message, "parsing a long NACK")
    }
  }

  /// What a call's receiver writes while a loss goes on: the oldest picture and the newest.
  static let sliceLoss = SliceLossIndication(
    packetSender: 1, mediaSource: 2,
    entries: [
      .init(first: 0, number: 396, pictureID: 9), .init(first: 0, number: 396, pictureID: 12),
    ])

  static func write(
    _ message: SliceLossIndication, into memory: UnsafeMutableRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    var writer = ByteWriter(memory)
    message.serialize(into: &writer)
    return UnsafeRawBufferPointer(rebasing: memory[..<writer.offset])
  }

  static func writeSliceLoss(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let entries = Array(sliceLoss.entries)
    return count("SLI of two entries, write") {
      var message = SliceLossIndication(packetSender: 1, mediaSource: 2, entries: [])
      for entry in entries { message.entries.append(entry) }
      demand(write(message, into: memory).count == 20, "writing an SLI")
    }
  }

  static func parseSliceLoss(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let octets = write(sliceLoss, into: memory)
    return try count("SLI of two entries, parse") {
      var reader = ByteReader(octets)
      demand(try SliceLossIndication(parsing: &reader) == sliceLoss, "parsing an SLI")
    }
  }

  /// A report holds one block in place; the second, of a retransmission stream, allocates.
  static func parseLongReport(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let report = ReceiverReport(
      packetSender: 1, reportBlocks: [ExamplePackets.block, ExamplePackets.block])
    var writer = ByteWriter(memory)
    report.serialize(into: &writer)
    let octets = UnsafeRawBufferPointer(rebasing: memory[..<writer.offset])
    return try count("RR of two blocks, which must allocate, parse") {
      var reader = ByteReader(octets)
      demand(try ReceiverReport(parsing: &reader) == report, "parsing a long report")
    }
  }
}
