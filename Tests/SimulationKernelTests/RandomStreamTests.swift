import Testing

@testable import SimulationKernel

@Suite("Random streams")
struct RandomStreamTests {
  @Test("the generator is SplitMix64")
  func splitMix() {
    var stream = RandomStream(seed: 1, name: "any")
    stream.state = 0
    // The first outputs of the published reference code from state 0.
    #expect(stream.next() == 0xE220_A839_7B1D_CDAF)
    #expect(stream.next() == 0x6E78_9E6A_A1B9_65F4)
    #expect(stream.next() == 0x06C4_5D18_8009_454F)
  }

  @Test("a key depends on the seed and on every octet of the name")
  func keys() {
    let keys = [
      StreamKey(seed: 1, name: "media.forward.loss"),
      StreamKey(seed: 2, name: "media.forward.loss"),
      StreamKey(seed: 1, name: "media.reverse.loss"), StreamKey(seed: 1, name: "media.forward.los"),
      StreamKey(seed: 1, name: "Media.forward.loss"), StreamKey(seed: 1, name: ""),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(keys[0] == StreamKey(seed: 1, name: "media.forward.loss"))
  }

  @Test("keys and slot draws are the same for all time")
  func pinned() {
    // Computed apart from this code: a change here would change every simulation ever published.
    let key = StreamKey(seed: 42, name: "media.forward.loss")
    #expect(key.value == 0x91B4_3995_AF74_89DC)
    #expect(key.draw(slot: 7, index: 3) == 0xE36D_6EE6_5E11_7FD6)
  }

  @Test("a slot's sequence is a function of its key, the slot and the index")
  func slots() {
    let key = StreamKey(seed: 42, name: "sip.proxy0")
    let other = StreamKey(seed: 43, name: "sip.proxy0")
    var streams = [
      RandomStream(key, slot: 7, index: 3), RandomStream(key, slot: 7, index: 4),
      RandomStream(key, slot: 8, index: 3), RandomStream(other, slot: 7, index: 3),
    ]
    let first = streams.indices.map { streams[$0].next() }
    #expect(Set(first).count == streams.count)
    var again = RandomStream(key, slot: 7, index: 3)
    #expect(again.next() == first[0] && again.next() == streams[0].next())
  }

  @Test("draws below a bound fill it evenly")
  func bounded() {
    var stream = RandomStream(seed: 3, name: "bounded")
    var counts = [Int](repeating: 0, count: 10)
    let count = 100_000
    for _ in 0..<count { counts[Int(stream.next(below: 10))] += 1 }
    let deviation = (Double(count) * 0.1 * 0.9).squareRoot()
    for found in counts { #expect(abs(Double(found - count / 10)) < 4 * deviation) }
  }

  @Test("unit draws lie in [0, 1) and average a half")
  func unit() {
    var stream = RandomStream(seed: 5, name: "unit")
    var sum = 0.0
    for _ in 0..<100_000 {
      let draw = stream.nextUnit()
      #expect(draw >= 0 && draw < 1)
      sum += draw
    }
    #expect(abs(sum / 100_000 - 0.5) < 3 * (1.0 / 12 / 100_000).squareRoot())
  }

  @Test("a probability accepts its share, all at 1 and none at 0")
  func probability() {
    #expect(Probability(1).accepts(.max) && Probability(1).accepts(0))
    #expect(!Probability.zero.accepts(0) && !Probability(0).accepts(.max))
    #expect(Probability(0.5).accepts(1 << 63 - 1) && !Probability(0.5).accepts(1 << 63))
    #expect(Probability(0.25).accepts(1 << 62 - 1) && !Probability(0.25).accepts(1 << 62))
  }

  @Test("a probability outside 0...1 is refused")
  func outside() async {
    await #expect(processExitsWith: .failure) { _ = Probability(1.01) }
    await #expect(processExitsWith: .failure) { _ = Probability(-0.01) }
    await #expect(processExitsWith: .failure) { _ = Probability(.nan) }
  }
}
