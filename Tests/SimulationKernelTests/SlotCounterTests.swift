import SimulationKernel
import Testing

@Suite("Slot counters")
struct SlotCounterTests {
  @Test("what happens within a millisecond is counted, and each millisecond counts anew")
  func counting() {
    var counter = SlotCounter()
    let places = [0, 0, 999_999, 1_000_000, 1_000_000, 7_500_000].map {
      counter.next(at: SimTime(nanoseconds: $0))
    }
    #expect(places.map(\.slot) == [0, 0, 0, 1, 1, 7])
    #expect(places.map(\.index) == [0, 1, 2, 0, 1, 0])
  }
}
