import CallSimulation
import Configuration
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("PlanAxis and PlanExclusion: ranges, pairings and exclusions")
struct PlanAxisTests {
  /// The cells of a plan's only group, whose lines are given.
  private func cells(_ lines: String) throws -> [Scenario] {
    let indented = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
    let text = "groups:\n  - name: g\n\(indented)"
    return try Plan(ConfigurationFile.parse(text, file: "p.yaml")).groups[0].cells
  }

  private func refusal(_ lines: String) -> String? {
    #expect(throws: ConfigurationError.self) { try cells(lines) }?.description
  }

  /// Milliseconds of the round trip of each cell.
  private func roundTrips(_ cells: [Scenario]) -> [Int64] {
    cells.map {
      ($0.media.forward.oneWayDelay + $0.media.reverse.oneWayDelay).nanoseconds / 1_000_000
    }
  }

  @Test("a range stands for its values, alone and within a list, and cells are named by them")
  func ranges() throws {
    let cells = try cells(
      """
      vary:
        network.rtt: 20ms..200ms in 5 steps
        network.loss: [0%, 0.5%..2% in 3 steps log]
      """)
    #expect(cells.count == 20)
    #expect(roundTrips(cells) == [20, 65, 110, 155, 200].flatMap { [$0, $0, $0, $0] })
    #expect(cells[..<4].map(\.media.forward.loss.rate) == [0, 0.005, 0.01, 0.02])
    #expect(cells[5].name == "g: rtt 65ms, loss 0.5%")
  }

  @Test("whole numbers stay whole, where a key needs them")
  func wholeNumbers() throws {
    let cells = try cells("vary: {mechanism: [sip-info], signalling.proxies: 0..3}")
    #expect(cells.map(\.signalling.proxies) == [0, 1, 2, 3])
    let speeds = try self.cells("vary: {codec.cpu-used: -12..-4 in 3 steps}")
    #expect(speeds.map(\.codec.cpuUsed) == [-12, -8, -4])
  }

  @Test("values that are alike in a list and a range are called once")
  func duplicates() throws {
    #expect(
      try roundTrips(cells("vary: {network.rtt: [20ms, 20ms..40ms in 2 steps, 0.04s]}")) == [
        20, 40,
      ])
  }

  @Test("a key whose values are ranges themselves keeps them")
  func rangesAsValues() throws {
    let cells = try cells(
      """
      set: {mechanism: sip-info}
      vary: {signalling.retry-after-491: [none, 0s..1s, 1s..2s in 2 steps]}
      exclude: [{signalling.retry-after-491: 2s}]
      """)
    #expect(
      cells.map(\.signalling.retryAfter491) == [
        nil, .zero ... .seconds(1), .seconds(1) ... .seconds(1),
      ])
  }

  @Test("a value that the key refuses is named with the range's place")
  func refusedValue() {
    #expect(
      refusal("vary:\n  signalling.proxies: 7..9")
        == "p.yaml:4: signalling.proxies: found \"9\", expected a whole number from 0 to 8")
  }

  @Test(
    "a malformed range is refused where it stands",
    arguments: [
      (
        "vary:\n  network.rtt: 20ms..200ms", 4,
        "vary.network.rtt: found \"20ms..200ms\", expected the"
      ),
      (
        "vary:\n  network.rtt: [1ms,\n    0ms..1s in 3 steps log]", 5,
        "vary.network.rtt: found \"0ms..1s in 3 steps log\", which cannot begin at 0"
      ),
      (
        "exclude:\n  - {network.rtt: 2s..1s}", 4,
        "exclude.network.rtt: found \"2s..1s\", whose first"
      ),
      (
        "pair:\n  - {network.rtt: 2s.., network.loss: [1%]}", 4,
        "pair[0].network.rtt: found \"2s..\", which has no second end"
      ),
    ])
  func malformed(lines: String, line: Int, expected: String) throws {
    let sentence = try #require(refusal(lines))
    #expect(sentence.hasPrefix("p.yaml:\(line): groups[0].\(expected)"), "\(sentence)")
  }

  @Test("keys of a pairing change together, slower than what is varied by itself")
  func pairings() throws {
    let cells = try cells(
      """
      pair:
        - network.rtt: 20ms..60ms in 3 steps
          network.loss: [1%, 2%, 5%]
        - {codec.rc_target_bitrate: [300, 600], network.rate: [1Mbps, 2Mbps]}
      vary: {mechanism: [pli, sli]}
      """)
    #expect(cells.count == 12)
    #expect(roundTrips(cells) == [20, 40, 60].flatMap { [$0, $0, $0, $0] })
    #expect(
      cells.map(\.media.forward.loss.rate) == [0.01, 0.02, 0.05].flatMap { [$0, $0, $0, $0] })
    #expect(cells[..<4].map(\.codec.targetBitrate) == [300, 300, 600, 600])
    #expect(
      cells[..<4].map(\.media.forward.queue.rate?.bitsPerSecond) == [
        1_000_000, 1_000_000, 2_000_000, 2_000_000,
      ])
    #expect(cells[..<2].map(\.mechanism) == [.pli, .sli])
    #expect(
      cells[2].name
        == "g: rtt 20ms, loss 1%, rc_target_bitrate 600, rate 2Mbps, mechanism pli")
  }

  @Test(
    "a pairing without a partner, or with lists of unequal length, is refused",
    arguments: [
      (
        "{network.rtt: [1ms, 2ms, 3ms], network.loss: 1%..9% in 2 steps}",
        "groups[0].pair[0].network.loss: found 2 values beside 3 values of network.rtt, expected as"
      ),
      (
        "{network.rtt: [1ms], mechanism: [pli, sli]}",
        "groups[0].pair[0].mechanism: found 2 values beside 1 value of network.rtt"
      ),
      ("{network.rtt: [1ms]}", "groups[0].pair[0]: expected two or more keys with lists"),
      ("pli", "groups[0].pair[0]: expected two or more keys with lists"),
      ("{network.rtt: 1ms, mechanism: [pli]}", "groups[0].pair[0].network.rtt: expected a list of"),
      ("{netwrk.rtt: [1ms], mechanism: [pli]}", "groups[0].pair[0]: unknown key \"netwrk.rtt\""),
    ])
  func pairingRefusals(pairing: String, expected: String) throws {
    let sentence = try #require(refusal("pair:\n  - \(pairing)"))
    #expect(sentence.hasPrefix("p.yaml:4: \(expected)"), "\(sentence)")
  }

  @Test("a key is varied once, in a pairing, by itself or by a situation")
  func once() throws {
    let pair = "pair: [{network.rtt: [1ms], network.loss: [1%]}"
    for (lines, expected) in [
      ("\(pair)]\nvary: {network.rtt: [1ms]}", "groups[0].vary.network.rtt: is varied a second"),
      (
        "\(pair), {mechanism: [pli], network.loss: [1%]}]",
        "pair[1].network.loss: is varied a second"
      ),
      (
        "\(pair)]\nsituations: [{name: s, set: {network: {loss: 1%}}}]",
        "situations[0].set.network.loss: is varied by the group too"
      ),
      ("pair: {network.rtt: [1ms]}", "groups[0].pair: found a mapping, expected a list"),
    ] {
      #expect(try #require(refusal(lines)).contains(expected))
    }
  }

  @Test(
    "an exclusion matches what values mean, any of a list, and all within a range",
    arguments: [
      ("{network.rtt: 0.02s}", [40, 60, 80]), ("{network.rtt: [80ms, 0.02s]}", [40, 60]),
      ("{network.rtt: 40ms..0.06s}", [20, 80]), ("{network.rtt: [20ms, 41ms..1h]}", [40]),
      ("{network.rtt: 20ms..60ms in 3 steps}", [80]),
      ("{network.rtt: 40ms..1s, mechanism: pli}", [20]),
      ("{network.rtt: 40ms..1s, mechanism: sli}", [20, 40, 60, 80]),
      ("{network.rtt: 20..80}", [20, 40, 60, 80]),
      ("{network: {rtt: 0.02s}}", [40, 60, 80]),
    ] as [(String, [Int64])])
  func exclusions(exclusion: String, left: [Int64]) throws {
    let cells = try cells(
      """
      set: {mechanism: pli}
      vary: {network.rtt: 20ms..80ms in 4 steps}
      exclude: [\(exclusion)]
      """)
    #expect(roundTrips(cells) == left)
  }

  @Test("values that are mappings or lists are excluded as a whole")
  func nestedExclusions() throws {
    let cells = try cells(
      """
      set: {mechanism: sip-info}
      vary:
        network.relay: [none, {rtt: 90ms, loss: 1%}]
        signalling.answers: [[200], [491, 200]]
      exclude:
        - {network.relay: {loss: 1.0%, rtt: 0.09s}, signalling.answers: [491, 200]}
        - {network.relay: none, signalling.answers: [[200]]}
      """)
    #expect(cells.map { $0.media.relay != nil } == [false, true])
    #expect(cells.map(\.signalling.answers.count) == [2, 1])
  }

  @Test("paired keys without a column are told apart by one that has one and differs each time")
  func columns() throws {
    func warnings(_ losses: String) throws -> [String] {
      let text = """
        groups:
          - name: g
            pair: [{codec.rc_target_bitrate: [300, 600], network.loss: [\(losses)]}]
        """
      return try Plan(ConfigurationFile.parse(text, file: "p.yaml")).warnings
    }
    #expect(try warnings("1%, 2%").isEmpty)
    #expect(
      try warnings("1%, 1%").map { $0.prefix(45) } == [
        "group g varies codec.rc_target_bitrate, which"
      ])
  }

  @Test("the values of a key are bounded before they are combined")
  func size() throws {
    let values = [String](repeating: "1us..1s in 1000 steps", count: 21).joined(separator: ", ")
    #expect(
      try #require(refusal("vary: {network.rtt: [\(values)]}")).contains("has over 20000 values"))
  }
}
