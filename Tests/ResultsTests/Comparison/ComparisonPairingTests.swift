import Testing

@testable import Results

@Suite("Pairing of calls")
struct ComparisonPairingTests {
  private func calls(
    _ mechanisms: [String], roundTrips: [Int64] = [50], seeds: [UInt64], proxies: Int = 1
  ) -> [CallConditions] {
    mechanisms.flatMap { mechanism in
      roundTrips.flatMap { roundTrip in
        seeds.map {
          FakeCampaign().conditions(
            "rtt", mechanism, rtt: roundTrip, proxies: proxies, seed: $0)
        }
      }
    }
  }

  @Test("calls of the same conditions and seed pair, in whatever order they stand")
  func sameConditions() {
    let first = calls(["pli", "sli"], roundTrips: [50, 100], seeds: [1, 2, 3])
    let second = Array(calls(["sli", "pli"], roundTrips: [100, 50], seeds: [3, 2, 9]).reversed())
    let pairing = ComparisonPairing(first, second, isPaired: true)
    #expect(pairing.cells.count == 4)
    for cell in pairing.cells {
      #expect(cell.firstCalls.map { first[$0].seed } == [2, 3])
      #expect(cell.secondCalls.map { second[$0].seed } == [2, 3])
      #expect(cell.first == cell.second)
    }
    #expect(pairing.firstLeft.map { first[$0].seed } == [1, 1, 1, 1])
    #expect(pairing.secondLeft.map { second[$0].seed } == [9, 9, 9, 9])
  }

  @Test(
    "one way of asking on each side is compared even where they differ; of several only equals are")
  func changedMechanism() {
    let one = ComparisonPairing(
      calls(["pli"], seeds: [1, 2]), calls(["sip-info"], seeds: [1, 2]), isPaired: true)
    #expect(one.cells.map(\.first.mechanism) == ["pli"])
    #expect(one.cells.map(\.second.mechanism) == ["sip-info"])
    let several = ComparisonPairing(
      calls(["pli", "sli"], seeds: [1]), calls(["pli", "rpsi"], seeds: [1]), isPaired: true)
    #expect(several.cells.map(\.first.mechanism) == ["pli"])
    #expect(several.firstLeft == [1] && several.secondLeft == [1])
  }

  @Test("calls that no column tells apart pair one by one, and the rest has no partner")
  func copies() {
    let first = calls(["pli", "pli", "pli"], seeds: [1])
    let pairing = ComparisonPairing(first, calls(["pli", "pli"], seeds: [1]), isPaired: true)
    #expect(pairing.cells.map(\.firstCalls) == [[0, 1]])
    #expect(pairing.cells.map(\.secondCalls) == [[0, 1]])
    #expect(pairing.firstLeft == [2] && pairing.secondLeft.isEmpty)
  }

  @Test("without a common seed, conditions are compared as wholes")
  func differentSeeds() {
    let (first, second) = (calls(["pli"], seeds: [1, 2]), calls(["pli"], seeds: [3, 4, 5]))
    #expect(!ComparisonPairing.pairs(first, second))
    #expect(ComparisonPairing.pairs(first, first))
    let pairing = ComparisonPairing(first, second, isPaired: false)
    #expect(pairing.cells.map(\.firstCalls) == [[0, 1]])
    #expect(pairing.cells.map(\.secondCalls) == [[0, 1, 2]])
    #expect(pairing.firstLeft.isEmpty && pairing.secondLeft.isEmpty)
  }
}
