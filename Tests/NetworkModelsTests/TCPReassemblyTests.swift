import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Reassembly of a TCP stream")
struct TCPReassemblyTests {
  @Test("ranges beyond a gap wait, merge, and follow once it is filled")
  func gap() {
    var reassembly = TCPReassembly(next: 1)
    #expect(reassembly.receive(TCPRange(start: 1, end: 11)) == .inOrder(octets: 10))
    #expect(reassembly.receive(TCPRange(start: 21, end: 31)) == .beyondGap)
    #expect(reassembly.receive(TCPRange(start: 41, end: 51)) == .beyondGap)
    #expect(reassembly.receive(TCPRange(start: 21, end: 31)) == .duplicate)
    // RFC 2018 section 4: the latest range first.
    #expect(reassembly.report.0 == TCPRange(start: 41, end: 51))
    #expect(reassembly.report.1 == TCPRange(start: 21, end: 31))
    #expect(reassembly.receive(TCPRange(start: 31, end: 41)) == .beyondGap)
    #expect(reassembly.ranges == [TCPRange(start: 21, end: 51)])
    #expect(reassembly.receive(TCPRange(start: 5, end: 21)) == .inOrder(octets: 40))
    #expect(reassembly.ranges.isEmpty)
    #expect(reassembly.receive(TCPRange(start: 1, end: 11)) == .duplicate)
    #expect(reassembly.next == 51)
  }

  @Test("any order of arrival delivers each octet once", arguments: 1...20 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "test.reassembly")
    var reassembly = TCPReassembly(next: 1)
    var have = Set<Int64>()
    var delivered = 0
    while delivered < 400 {
      let start = 1 + Int64(stream.next(below: 400))
      let end = min(401, start + 1 + Int64(stream.next(below: 30)))
      have.formUnion(start..<end)
      if case .inOrder(let octets) = reassembly.receive(TCPRange(start: start, end: end)) {
        delivered += octets
      }
      var prefix: Int64 = 1
      while have.contains(prefix) { prefix += 1 }
      #expect(reassembly.next == prefix)
      #expect(delivered == Int(prefix - 1))
    }
  }
}
