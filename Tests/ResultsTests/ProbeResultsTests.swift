import SimulationKernel
import Testing

@testable import Results

@Suite("Probe results")
struct ProbeResultsTests {
  @Test("rows become calls in the order of their runs, probes by number, and failures apart")
  func calls() throws {
    let fake = FakeProbes(seeds: 2, probesPerCall: 3)
    var rows = fake.rows
    let failed = rows.remove(at: 1)
    rows.append(
      ProbeRow(conditions: failed.conditions, probe: failed.probe, outcome: .failed("no codec")))
    rows.reverse()
    let probes = try ProbeResults(rows: rows)
    #expect(probes.calls.map(\.conditions) == fake.calls)
    #expect(
      probes.calls.map { $0.followed.map(\.probe.number) } == [
        [0, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2],
      ])
    #expect(probes.count == 11)
    #expect(probes.failures.map(\.reason) == ["no codec"])
    #expect(probes.failures[0].probe == failed.probe)
    #expect(probes.calls[0].followed[1].duration == .milliseconds(300))
    // 100 and 300 ms.
    #expect(probes.calls[0].causes[Cause.playout.rawValue] == .milliseconds(400))
    #expect(probes.groups == ["probes"])
  }

  @Test("a file reads as its rows do")
  func file() throws {
    let fake = FakeProbes(seeds: 2, probesPerCall: 3)
    let text = CSVFile.probes.header + fake.rows.map(CSVFile.line(for:)).joined()
    let read = try ProbeResults(
      CSVRowReader(CSVReader(name: "probes.csv", text: text)), name: "probes.csv")
    let made = try ProbeResults(rows: fake.rows)
    #expect(read.calls.map(\.followed) == made.calls.map(\.followed))
    #expect(read.calls.map(\.conditions) == made.calls.map(\.conditions))
  }

  @Test("a probe twice, and a run under two conditions, are refused")
  func unfitting() throws {
    let fake = FakeProbes(seeds: 1, probesPerCall: 2)
    let rows = fake.rows
    let twice = #expect(throws: CSVError.self) { try ProbeResults(rows: rows + [rows[1]]) }
    #expect(twice?.found == "probe 1 of run 0 twice")
    var mixed = rows
    mixed[1].conditions.roundTrip = .milliseconds(1)
    let two = #expect(throws: CSVError.self) { try ProbeResults(rows: mixed) }
    #expect(two?.found == "run 0 under two conditions")
  }
}
