import Testing

@testable import Campaigns

@Suite("Pareto rank")
struct ParetoRankTests {
  private func contender(
    _ recovery: Double, _ bitrate: Double, _ psnr: Double, changes: Int = 1
  ) -> ParetoRank.Contender {
    ParetoRank.Contender(
      objectives: TuningObjectives(recovery: recovery, bitrate: bitrate, psnr: psnr),
      changes: changes)
  }

  @Test("what another beats in all three stands behind it")
  func ranks() {
    let order = ParetoRank.order([
      contender(400, 400, 30), contender(200, 300, 34), contender(300, 350, 33),
      contender(100, 500, 35), contender(500, 200, 28),
    ])
    let ranks = Dictionary(uniqueKeysWithValues: order.map { ($0.position, $0.rank) })
    #expect(ranks == [1: 0, 3: 0, 4: 0, 2: 1, 0: 2])
    #expect(order.map(\.rank) == order.map(\.rank).sorted())
  }

  @Test("of equals the one with fewer changes is ahead; what differs by next to nothing is equal")
  func equals() {
    let order = ParetoRank.order([
      contender(200, 300, 34, changes: 2), contender(200.1, 300.05, 34.001, changes: 0),
      contender(200, 300, 34, changes: 1),
    ])
    #expect(order.map(\.position) == [1, 2, 0])
    #expect(order.map(\.rank) == [0, 1, 2])
  }

  @Test("the ends of a front come before what is crowded")
  func crowding() {
    let order = ParetoRank.order([
      contender(100, 500, 30), contender(200, 400, 30), contender(210, 390, 30),
      contender(220, 380, 30), contender(500, 100, 30),
    ])
    #expect(order.allSatisfy { $0.rank == 0 })
    #expect(Set(order.prefix(2).map(\.position)) == [0, 4])
    #expect(order.last?.position == 2)
  }
}
