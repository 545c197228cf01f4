import Testing

@testable import Campaigns

@Suite("RTP tracker")
struct RTPTrackerTests {
  private static func sighting(_ number: Int, ticks: Int, ms: Int64) -> RTPSighting {
    RTPSighting(
      sequenceNumber: UInt16(truncatingIfNeeded: number),
      timestamp: UInt32(truncatingIfNeeded: ticks), time: ms * 1_000_000)
  }

  /// Places packets one after the other, the first of which begins the stream.
  private func place(
    _ sightings: [RTPSighting]
  ) -> (placed: [RTPTracker.Placed], tracker: RTPTracker) {
    var tracker = RTPTracker(first: sightings[0], clockRate: 90_000)
    var placed: [RTPTracker.Placed] = []
    for sighting in sightings { tracker.place(sighting) { placed.append($0) } }
    return (placed, tracker)
  }

  @Test("numbers and timestamps go on across their wraps")
  func wraps() {
    let (placed, tracker) = place(
      (0..<100).map { Self.sighting(65_500 + $0, ticks: -90_000 + $0 * 3_000, ms: Int64($0) * 100) }
    )
    #expect(placed.map { $0.number - placed[0].number } == Array(0..<100))
    // Of 100 ms each, by the timestamps 33.
    #expect(placed.last!.nominal - placed[0].nominal == 3_300_000_000)
    #expect(tracker.restarts == 0 && tracker.segment == 0)
  }

  @Test("one packet with a number from nowhere is left out, two that follow one another begin anew")
  func restart() {
    var sightings = (0..<10).map { Self.sighting($0, ticks: $0 * 9_000, ms: Int64($0) * 100) }
    sightings.append(Self.sighting(30_000, ticks: 1 << 30, ms: 1_000))
    sightings.append(Self.sighting(10, ticks: 90_000, ms: 1_000))
    let once = place(sightings)
    #expect(once.placed.count == 11 && once.tracker.strays == 1 && once.tracker.restarts == 0)
    sightings += (0..<3).map {
      Self.sighting(30_000 + $0, ticks: 1 << 30 + $0 * 9_000, ms: 1_100 + Int64($0) * 100)
    }
    let twice = place(sightings)
    #expect(twice.tracker.restarts == 1 && twice.placed.count == 14)
    #expect(twice.placed.map { $0.number - twice.placed[0].number } == Array(0..<14))
    #expect(twice.placed.suffix(3).map(\.transit) == [0, 0, 0])
  }

  @Test("a packet that comes long after its time keeps its number")
  func late() {
    var sightings = (0..<500).filter { $0 != 5 }.map {
      Self.sighting($0, ticks: $0 * 900, ms: Int64($0) * 10)
    }
    sightings.append(Self.sighting(5, ticks: 4_500, ms: 5_000))
    let (placed, tracker) = place(sightings)
    #expect(placed.last!.number - placed[0].number == 5)
    #expect(placed.last!.transit == 4_950_000_000 && tracker.strays == 0)
  }
}
