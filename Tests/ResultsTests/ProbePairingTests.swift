import SimulationKernel
import Testing

@testable import Results

@Suite("Probe pairing")
struct ProbePairingTests {
  private func entry(_ fake: FakeProbes, _ mechanism: String = "pli") throws -> ProbeGroup.Entry {
    let group = try #require(try fake.analysed())
    return try #require(group.entries.first { $0.style.name == mechanism })
  }

  @Test("a pair is one loss in one call: the same seed, conditions and probe")
  func pairs() throws {
    var fake = FakeProbes(seeds: 2, probesPerCall: 3, roundTrips: [20, 100])
    fake.recovery = { conditions, number in
      Double(conditions.seed) * 1_000 + conditions.roundTrip.inMilliseconds + Double(number)
        + (conditions.mechanism == "pli" ? 0.25 : 0.5)
    }
    let pairs = try entry(fake).pairs.map(\.pair)
    #expect(pairs.count == 12)
    #expect(pairs.allSatisfy { $0.second - $0.first == 0.25 })
    #expect(Set(pairs.map(\.first)).count == 12)
  }

  @Test("a call without SIP is paired with the calls of every road, and each pair knows its road")
  func roads() throws {
    let pairs = try entry(FakeProbes(seeds: 2, probesPerCall: 3, proxies: [0, 1, 3])).pairs
    #expect(pairs.count == 18)
    #expect(
      ResultSet.distinct(pairs.compactMap { $0.level(.proxies)?.title }).sorted()
        == ["0 proxies", "1 proxy", "3 proxies"])
  }

  @Test("two mechanisms with SIP are paired where their roads are the same")
  func twoRoads() throws {
    let fake = FakeProbes(
      seeds: 2, probesPerCall: 3, proxies: [0, 1], mechanisms: ["sip-info", "sip-info+pli"])
    #expect(try entry(fake, "sip-info+pli").pairs.count == 12)
  }

  @Test("calls that no column tells apart are paired one by one in the plan's order")
  func copies() throws {
    // As where the plan varies the bottleneck's rate.
    var rows: [ProbeRow] = []
    for rate in 0..<2 {
      var fake = FakeProbes(seeds: 1, probesPerCall: 2)
      fake.recovery = { _, number in Double(100 * (rate + 1) + number) }
      rows += fake.rows.map { row in
        var row = row
        row.conditions.run += 10 * rate
        return row
      }
    }
    let group = ProbeGroup(try ProbeResults(rows: rows), group: "probes", seed: 1)
    let pairs = try #require(group?.entries.first { $0.style.name == "pli" }).pairs.map(\.pair)
    #expect(pairs.map(\.first) == [100, 101, 200, 201])
    #expect(pairs.allSatisfy { $0.first == $0.second })
  }

  @Test("a probe that failed under one mechanism has no partner")
  func failed() throws {
    var rows = FakeProbes(seeds: 1, probesPerCall: 3).rows
    rows[1].outcome = .failed("process ended by signal 11")
    let group = ProbeGroup(try ProbeResults(rows: rows), group: "probes", seed: 1)
    let entry = try #require(group?.entries.first { $0.style.name == "pli" })
    #expect(entry.sample.count == 3)
    #expect(entry.pairs.map(\.pair.first) == [50, 150])
    #expect(group?.failures.count == 1)
  }
}
