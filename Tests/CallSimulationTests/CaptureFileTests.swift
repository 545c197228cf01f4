import Foundation
import SimulationKernel
import Testing
import WireFormats

@testable import CallSimulation

@Suite("A capture's order")
struct CaptureFileTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  @Test("packets stand in the order of time, those of one instant as they were told")
  func order() throws {
    let path = NSTemporaryDirectory() + "order-\(UUID().uuidString).pcapng"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var file = try CaptureFile(path: path, header: PcapngSectionHeader(), interfaces: [])
    var random = RandomStream(seed: 5, name: "order")
    var expected: [(time: Int64, number: UInt8)] = []
    for number in UInt8.min...UInt8.max {
      let now = Int64(number) / 4 * 10
      let passes = now + Int64(random.next(below: 12)) * 10
      file.add(
        PcapngEnhancedPacket(interface: 0, timestamp: 0, octets: [number]), at: time(passes),
        now: time(now))
      // The call ends at 640 ms: what would pass then or later is left out.
      if passes < 640 { expected.append((passes, number)) }
    }
    try file.commit(end: time(640))
    // Sorting by time and then number keeps the order of those of one instant.
    expected.sort { ($0.time, $0.number) < ($1.time, $1.number) }
    var found: [UInt8] = []
    let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      var blocks = PcapngBlocks(reader)
      while let block = try blocks.next() {
        if case .enhancedPacket(let packet) = block { found += packet.octets }
      }
    }
    #expect(found == expected.map(\.number))
  }
}
