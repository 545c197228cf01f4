import Testing
import WireFormats

@Suite("Sequence numbers")
struct SequenceNumberTests {
  @Test(
    "the distance goes the shorter way round",
    arguments: [
      (UInt16(0), UInt16(0), 0), (0, 1, 1), (1, 0, -1), (65535, 0, 1), (0, 65535, -1),
      (0, 32767, 32767), (0, 32768, -32768), (65000, 100, 636),
    ])
  func distance(from earlier: UInt16, to later: UInt16, steps: Int) {
    #expect(SequenceNumber.distance(from: earlier, to: later) == steps)
    #expect(SequenceNumber.isNewer(later, than: earlier) == (steps > 0))
  }

  @Test(
    "a number is unwrapped to the nearest counter",
    arguments: [
      (UInt16(5), Int64(0), Int64(5)), (65535, 0, -1), (0, 65535, 65536), (65535, 65536, 65535),
      (10, 1_000_000, 983_050), (32768, 0, -32768), (32767, 0, 32767), (0, 98304, 65536),
    ])
  func unwrap(number: UInt16, reference: Int64, extended: Int64) {
    #expect(SequenceNumber.unwrap(number, near: reference) == extended)
  }

  @Test("an unwrapper follows a shuffled stream over many cycles")
  func unwrapper() {
    var random = SplitMix(seed: 2)
    var unwrapper = SequenceUnwrapper()
    #expect(unwrapper.highest == nil)
    #expect(unwrapper.unwrap(65_530) == 65_530)
    var newest: Int64 = 65_530
    for _ in 0..<20_000 {
      newest += Int64(random.below(40))
      let arriving = newest - Int64(random.below(200))
      #expect(unwrapper.unwrap(UInt16(truncatingIfNeeded: arriving)) == arriving)
    }
    #expect(newest > 5 * 65_536)
    #expect(unwrapper.highest! <= newest)
  }

  @Test("a packet from before the first gets a number below it")
  func beforeTheFirst() {
    var unwrapper = SequenceUnwrapper()
    #expect(unwrapper.unwrap(0) == 0)
    #expect(unwrapper.unwrap(65_535) == -1)
    #expect(unwrapper.highest == 0)
    #expect(unwrapper.unwrap(1) == 1)
  }
}
