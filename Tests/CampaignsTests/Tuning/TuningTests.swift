import Configuration
import Testing

@testable import Campaigns

@Suite("Tuning: what is tried")
struct TuningTests {
  private static let file = """
    duration: 8s
    calls: 3
    settings:
      mechanism: pli
      video: {size: 160x120, rate: 15fps}
      codec: {rc_target_bitrate: 100, cpu-used: -16}
    networks:
      - {name: near, rtt: 40ms, loss: 2%}
      - {name: far, rtt: 200ms, loss: 2%}
    gates: [recovery.p95 <= 2s]
    """

  private func tuning(
    over: String, bound: Int = Tuning.defaultCandidates, seed: UInt64? = nil
  ) throws -> Tuning {
    try Tuning(
      ConfigurationFile.parse(Self.file, file: "s.yaml"), name: "s.yaml", over: over, bound: bound,
      seed: seed)
  }

  private func values(_ tuning: Tuning) -> [[String]] {
    tuning.candidates.map { candidate in
      zip(tuning.axes, candidate.values).map { axis, value in value.map(axis.text) ?? "-" }
    }
  }

  @Test("every short name has values that stand beside plain settings")
  func names() throws {
    for key in TuningKey.all {
      let tuning = try tuning(over: key.name)
      #expect(tuning.candidates.count >= 2, "\(key.name)")
      #expect(tuning.axes[0].path == key.path)
      let long = try self.tuning(over: key.key)
      #expect(values(long) == values(tuning))
    }
  }

  @Test("all combinations, the present settings first and once")
  func factorial() throws {
    let tuning = try tuning(over: "playout-delay=[40ms, 60ms], codec.cpu-used=-16..-14")
    #expect(
      values(tuning) == [
        ["-", "-"], ["-", "-15"], ["-", "-14"], ["40ms", "-"], ["40ms", "-15"], ["40ms", "-14"],
      ])
    #expect(tuning.found.present.map { $0.map(tuning.axes[0].text) } == ["60ms", "-16"])
    #expect(
      tuning.announcement
        == "trying 6 combinations of receiver.playout-delay, codec.cpu-used on near, far")
  }

  @Test("of more combinations than wanted a sample is tried, in which values occur equally often")
  func latin() throws {
    let over =
      "playout-delay=[40ms, 80ms, 100ms],repeat-interval=[100ms, 300ms, 400ms]"
      + ",key-frame-guard=[0ms, 100ms, 200ms]"
    let tuning = try tuning(over: over, bound: 20)
    #expect(tuning.found.combinations == 64 && tuning.found.isSample)
    #expect(tuning.candidates.count <= 21 && tuning.candidates.count > 12)
    #expect(tuning.announcement.contains("of 64 combinations of "))
    #expect(try values(tuning) == values(self.tuning(over: over, bound: 20)))
    #expect(try values(tuning) != values(self.tuning(over: over, bound: 20, seed: 2)))
    for axis in 0..<3 {
      let counts = Dictionary(grouping: values(tuning).dropFirst()) { $0[axis] }.mapValues(\.count)
      #expect(counts.count == 4 && counts.values.allSatisfy { $0 <= 5 })
    }
  }

  @Test("what makes no difference is tried once")
  func duplicates() throws {
    #expect(try tuning(over: "playout-delay=[60ms, 60ms]").candidates.count == 1)
  }

  @Test(
    "mistakes are told with the nearest name",
    arguments: [
      (
        "golden-intervall",
        "--over: unknown key \"golden-intervall\", did you mean golden-interval?"
      ),
      ("sendr.rate=[1]", "--over: unknown key \"sendr.rate\", expected one of mechanism, "),
      ("", "--over: found no key, expected some of mechanism, golden-interval, "),
      (
        "network.rtt=[20ms]",
        "--over: network.rtt: belongs to the file's networks and calls, expected a key of its settings"
      ),
      ("rtcp.trr-interval", "--over: rtcp.trr-interval: has no list of values of its own, "),
      ("cpu-used,codec.cpu-used", "--over: codec.cpu-used: is given twice, expected each key once"),
      ("playout-delay=60ms", "expected a list of values such as [20ms, 50ms], or a range such as "),
      ("playout-delay=[60]", "found \"60\", expected a duration such as 50ms or 2s"),
      ("receiver.playout-dely=[60ms]", "unknown key \"playout-dely\", did you mean playout-delay?"),
    ])
  func mistakes(over: String, sentence: String) {
    do {
      _ = try tuning(over: over)
      Issue.record("\(over) is taken")
    } catch {
      #expect("\(error)".contains(sentence), "\(error)")
    }
  }

  @Test("the plan of a round is one that workers read as it was meant")
  func overlay() throws {
    let tuning = try tuning(over: "playout-delay=[40ms],mechanism=[rpsi]")
    let scenarios = try tuning.file.scenarios(
      TuningCandidates.overlay(tuning.axes, tuning.candidates[3].values))
    #expect(scenarios.map(\.mechanism) == [.rpsi, .rpsi])
    let nodes = try tuning.file.scenarioNodes(
      TuningCandidates.overlay(tuning.axes, tuning.candidates[3].values))
    var read = try nodes.map { try ScenarioReader.read($0) }
    for index in read.indices {
      read[index].name = scenarios[index].name
      read[index].seed = scenarios[index].seed
    }
    #expect(read == scenarios)
  }
}
