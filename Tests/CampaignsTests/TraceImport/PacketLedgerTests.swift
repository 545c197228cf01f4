import Testing

@testable import Campaigns

@Suite("Packet ledger")
struct PacketLedgerTests {
  /// What a ledger handed over.
  private struct Kept {
    var ledger = PacketLedger(first: 1_000)
    var packets: [PacketLedger.Packet] = []

    mutating func arrive(_ number: Int64, at time: Int64? = nil) {
      ledger.arrive(number, sent: number * 10, at: time ?? number * 10 + 40, octets: 100) {
        packets.append($0)
      }
    }

    mutating func see(_ number: Int64, fate: PacketLedger.Fate = .unknown) {
      ledger.see(number, sent: number * 10, at: number * 10, octets: 100, fate: fate) {
        packets.append($0)
      }
    }

    mutating func finish(at end: Int64 = .max / 2) {
      ledger.finish(at: end) { packets.append($0) }
    }

    var lost: [Int64] { packets.filter { $0.arrived == nil }.map { $0.sent / 10 } }
  }

  @Test("a packet is waited for until so many came after it that its number comes again")
  func window() {
    var kept = Kept()
    kept.arrive(1_000)
    kept.arrive(1_002)
    for number in stride(from: Int64(1_003), through: 33_768, by: 1) { kept.arrive(number) }
    // The 32,767th behind it: it may still come.
    #expect(kept.lost == [])
    kept.arrive(1_001)
    kept.finish()
    #expect(kept.lost == [] && kept.ledger.reordered == 1 && kept.packets.count == 32_769)

    var late = Kept()
    late.arrive(1_000)
    for number in stride(from: Int64(1_002), through: 33_770, by: 1) { late.arrive(number) }
    late.arrive(1_001)
    late.finish()
    #expect(late.lost == [1_001] && late.ledger.tooLate == 1)
  }

  @Test("what was seen on its way and did not come is lost, but not shortly before the end")
  func underWay() {
    var kept = Kept()
    for number in Int64(1_000)...1_010 { kept.see(number) }
    for number in Int64(1_002)...1_005 { kept.arrive(number) }
    // Packets take 40: those seen at 10,060 and later may be under way at 10,100.
    kept.finish(at: 10_100)
    #expect(kept.lost == [1_000, 1_001])
    #expect(kept.ledger.underWay == 5 && kept.packets.count == 6)
  }

  @Test("what the capture's writer says of a packet near the end decides")
  func fate() {
    var kept = Kept()
    for number in Int64(1_000)...1_003 { kept.see(number) }
    kept.see(1_004, fate: .lost)
    kept.see(1_005, fate: .underWay)
    for number in Int64(1_000)...1_003 { kept.arrive(number) }
    kept.finish(at: 10_050)
    #expect(kept.lost == [1_004] && kept.ledger.underWay == 1)
  }

  @Test("packets leave in the order of their numbers, whatever their timestamps")
  func order() {
    var kept = Kept()
    kept.ledger.arrive(1_000, sent: 500, at: 600, octets: 10) { _ in }
    kept.ledger.arrive(1_001, sent: 400, at: 610, octets: 10) { _ in }
    kept.ledger.arrive(1_004, sent: 800, at: 900, octets: 31) { _ in }
    kept.finish()
    #expect(kept.packets.map(\.sent) == [500, 500, 600, 700, 800])
    #expect(kept.packets.map(\.octets) == [10, 10, 21, 21, 31])
  }
}
