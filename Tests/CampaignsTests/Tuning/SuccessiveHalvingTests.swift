import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Successive halving")
struct SuccessiveHalvingTests {
  /// Candidates of which every fourth is on a known front; the others are beaten by one of these.
  private func truth(_ candidate: Int) -> TuningObjectives {
    let step = Double(candidate / 4)
    let behind = Double(candidate % 4)
    return TuningObjectives(
      recovery: 200 + 60 * step + 80 * behind, bitrate: 300 - 6 * step + 4 * behind,
      psnr: 35 - 0.4 * behind)
  }

  /// What chance adds to recovery, less with more seeds.
  private func noisy(_ candidate: Int, seeds: Int, seed: UInt64) -> TuningObjectives {
    var objectives = truth(candidate)
    var stream = RandomStream(seed: seed, name: "noise.\(candidate)")
    let sum = (0..<seeds).reduce(0.0) { sum, _ in sum + stream.nextUnit() - 0.5 }
    objectives.recovery += 80 * sum / Double(seeds)
    return objectives
  }

  @Test("the known front comes out, whatever chance adds", arguments: 1...10 as ClosedRange<UInt64>)
  func knownFront(seed: UInt64) {
    let rounds = SuccessiveHalving().run(changes: (0..<24).map { min($0, 1) }) { seeds, chosen in
      chosen.map { noisy($0, seeds: seeds.upperBound, seed: seed) }
    }
    let front = rounds.last?.entries.filter(\.isKept).map(\.candidate).sorted()
    #expect(front == [0, 4, 8, 12, 16, 20])
  }

  @Test("each round has half as many on more seeds, and never loses the present settings")
  func rounds() {
    var asked: [(seeds: Range<Int>, count: Int)] = []
    let rounds = SuccessiveHalving().run(changes: (0..<40).map { $0 }) { seeds, chosen in
      asked.append((seeds, chosen.count))
      // The present settings are the worst of all.
      return chosen.map {
        TuningObjectives(
          recovery: $0 == 0 ? 5_000 : 100 + 10 * Double($0), bitrate: $0 == 0 ? 900 : 300, psnr: 30)
      }
    }
    #expect(asked.map(\.seeds) == [0..<2, 2..<4, 4..<8, 8..<16])
    #expect(asked.map(\.count) == [40, 21, 12, 7])
    #expect(rounds.allSatisfy { $0.entries.contains { $0.candidate == 0 } })
    #expect(rounds.last?.entries.filter(\.isKept).map(\.candidate) == [1])
  }

  @Test("what cannot be measured is dropped")
  func failures() {
    let rounds = SuccessiveHalving().run(changes: [0, 1, 1]) { _, chosen in
      chosen.map { $0 == 1 ? nil : TuningObjectives(recovery: 100, bitrate: 300, psnr: 30) }
    }
    #expect(
      rounds.map { $0.entries.map(\.candidate).sorted() } == [[0, 2], [0, 2], [0, 2], [0, 2]])
  }
}
