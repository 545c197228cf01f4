import Testing
import WireFormats

@Suite("Lost packets of a NACK")
struct LostPacketsTests {
  @Test("the lowest bit is the packet after PID, the highest the sixteenth")
  func bits() {
    #expect(Array(LostPackets(packetIdentifier: 100)) == [100])
    #expect(Array(LostPackets(packetIdentifier: 100, followingLost: 0x0001)) == [100, 101])
    #expect(Array(LostPackets(packetIdentifier: 100, followingLost: 0x8000)) == [100, 116])
    #expect(
      Array(LostPackets(packetIdentifier: 65_530, followingLost: 0xFFFF))
        == (0..<17).map { 65_530 &+ UInt16($0) })
    #expect(LostPackets(word: 0x1234_8001).word == 0x1234_8001)
  }

  @Test("what PID and sixteen bits cannot tell needs another entry")
  func adding() {
    var entry = LostPackets(packetIdentifier: 65_535)
    func add(_ number: UInt16) -> Bool { entry.add(number) }
    #expect(add(15))
    #expect(entry.followingLost == 0x8000)
    // PID again, and a packet told twice.
    #expect(add(65_535))
    #expect(add(15))
    #expect(entry.followingLost == 0x8000)
    #expect(!add(16))
    #expect(!add(65_534))
    #expect(entry == LostPackets(packetIdentifier: 65_535, followingLost: 0x8000))
  }

  @Test("a sorted run is packed into the fewest entries")
  func packing() {
    #expect(InlineWordList(packing: [] as [UInt16]).isEmpty)
    #expect(
      InlineWordList(packing: [7]) == [LostPackets(packetIdentifier: 7)])
    // Seventeen fit one entry, the eighteenth does not.
    #expect(
      InlineWordList(packing: 0...16) == [LostPackets(packetIdentifier: 0, followingLost: 0xFFFF)])
    #expect(
      InlineWordList(packing: 0...17) == [
        LostPackets(packetIdentifier: 0, followingLost: 0xFFFF), LostPackets(packetIdentifier: 17),
      ])
    #expect(
      InlineWordList(packing: [65_534, 0, 40]) == [
        LostPackets(packetIdentifier: 65_534, followingLost: 0x0002),
        LostPackets(packetIdentifier: 40),
      ])
  }

  @Test("unpacked, any run is what was packed, and no fewer entries could tell it")
  func property() {
    var random = SplitMix(seed: 22)
    for _ in 0..<2000 {
      var number = random.word16()
      let spread = 1 + random.below(30)
      var run: [UInt16] = []
      for _ in 0..<random.below(60) {
        run.append(number)
        number &+= UInt16(1 + random.below(spread))
      }
      let entries = InlineWordList(packing: run)
      #expect(Array(entries.joined()) == run)
      // Greedy from the left is the least: each entry begins out of reach of the one before.
      for (entry, next) in zip(entries, entries.dropFirst()) {
        #expect(next.packetIdentifier &- entry.packetIdentifier > 16)
      }
    }
  }

  @Test("numbers out of order are told all the same")
  func outOfOrder() {
    var random = SplitMix(seed: 23)
    for _ in 0..<500 {
      let numbers = (0..<random.below(20)).map { _ in UInt16(random.below(64)) }
      #expect(Set(InlineWordList(packing: numbers).joined()) == Set(numbers))
    }
  }
}
