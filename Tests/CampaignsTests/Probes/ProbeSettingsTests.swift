import Configuration
import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Probe settings")
struct ProbeSettingsTests {
  private func plan(_ probes: String, group: String = "") throws(ConfigurationError) -> Plan {
    try Plan(
      ConfigurationFile.parse(
        """
        base: {duration: 20s}
        groups:
          - name: g
            probes: \(probes)
        \(group)
        """, file: "p.yaml"))
  }

  private func settings(_ probes: String) throws -> ProbeSettings? {
    guard case .probes(let set) = try plan(probes).jobs[0].work else { return nil }
    return set.settings
  }

  private func refusal(_ probes: String, group: String = "") -> String? {
    do {
      _ = try plan(probes, group: group)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("what is left out has a value that makes sense")
  func defaults() throws {
    let settings = try #require(try settings("{count: 3}"))
    #expect(settings.moments == .random(3))
    #expect(settings.frames == .any && settings.position == nil && settings.packets == [1])
    #expect(settings.from == .seconds(2) && settings.horizon == .seconds(5))
    #expect(settings.settling == .milliseconds(200))
    #expect(try self.settings("{}")?.moments == .random(10))
  }

  @Test("every key is read, lists and single values alike")
  func all() throws {
    let settings = try #require(
      try settings(
        "{at: [3s, 7s], frames: ordinary, position: last, packets: [1, 3], horizon: 2s, settle: 1s}"
      ))
    #expect(settings.moments == .at([.seconds(3), .seconds(7)]))
    #expect(settings.frames == .ordinary && settings.position == .last)
    #expect(settings.packets == [1, 3] && settings.probesPerCall == 4)
    #expect(settings.horizon == .seconds(2) && settings.settling == .seconds(1))
    #expect(try self.settings("{at: 3s, packets: 5}")?.packets == [5])
  }

  @Test("what cannot be is refused with its place and what was expected")
  func refusals() {
    #expect(
      refusal("{count: 2, at: [3s]}")
        == "p.yaml:4: groups[0].probes.at: stands beside count, expected one of the two")
    #expect(
      refusal("{at: [3s, 16s]}")
        == "p.yaml:4: groups[0].probes.at: leaves no room: the calls last 20s, and a probe is followed "
        + "for 5s (horizon); expected a probe before 15s")
    #expect(
      refusal("{horizon: 30s}")
        == "p.yaml:4: groups[0].probes.horizon: leaves no room: the calls last 20s, and a probe is "
        + "followed for 30s (horizon); expected a probe before 0ms")
    #expect(refusal("{at: []}")?.contains("found an empty list, expected values") == true)
    #expect(refusal("{packets: [2, 2]}")?.contains("found a value twice") == true)
    #expect(refusal("{frames: gold}")?.contains("did you mean golden?") == true)
    #expect(refusal("{positon: last}")?.contains("positon") == true)
    #expect(refusal("{count: 0}")?.contains("from 1 to 10000") == true)
    #expect(
      refusal("{}", group: "    frames: true")?.contains("stands beside probes") == true)
  }

  /// Frames come 40 ms apart: 178 in the call, of which the last 126 have not their whole horizon.
  private func uneven(_ probes: String, sender: String = "{}") -> Result<Plan, ConfigurationError> {
    Result { () throws(ConfigurationError) in
      try Plan(
        ConfigurationFile.parse(
          """
          base: {duration: 7.1s, video: {rate: 25fps}, sender: \(sender)}
          groups:
            - name: g
              vary: {mechanism: [pli, sli+rpsi]}
              probes: \(probes)
          """, file: "p.yaml"))
    }
  }

  private func sentence(_ result: Result<Plan, ConfigurationError>) -> String {
    if case .failure(let error) = result { error.description } else { "" }
  }

  @Test("where a moment has room and the next frame has none, the last one that has is named")
  func roomInFrames() throws {
    let room =
      "leaves no room: the calls last 7100ms, and a probe is followed for 5010ms (horizon); at 25 frames "
      + "a second expected a probe at 2040ms at the latest"
    for key in ["from", "at"] {
      #expect(
        sentence(uneven("{horizon: 5.01s, \(key): 2.085s}"))
          == "p.yaml:5: groups[0].probes.\(key): \(room)")
    }
    #expect(try uneven("{horizon: 5.01s, at: 2.04s}").get().groups[0].probes == 2)
    #expect(try uneven("{count: 1, horizon: 5.01s, from: 2.04s}").get().groups[0].probes == 2)
    // 178 frames have a horizon of 178 frames nowhere.
    #expect(
      sentence(uneven("{horizon: 7.09s, from: 0ms}")).hasSuffix(
        "at 25 frames a second expected longer calls or a shorter horizon"))
  }

  @Test("frames of a kind that no mechanism plans there are refused, with what plans some")
  func noneOfTheKind() throws {
    #expect(
      sentence(uneven("{count: 30, frames: key, horizon: 2s}"))
        == "p.yaml:5: groups[0].probes.frames: found no key frame planned from 2s to 5080ms under any "
        + "mechanism of the group, expected at least one (sender: {periodic-key-frames: always} plans "
        + "some)")
    #expect(
      sentence(uneven("{at: [3s, 4s], frames: key, horizon: 2s}")).hasPrefix(
        "p.yaml:5: groups[0].probes.frames: found no key frame planned at the given times under any "
      ))
    let periodic = "{periodic-key-frames: always, periodic-key-frame-interval: 1s}"
    #expect(
      try uneven("{count: 3, frames: key, horizon: 2s}", sender: periodic).get().groups[0].probes
        == 6)
  }

  @Test(
    "fewer frames of a kind than asked for are counted as they are, and told once for the group")
  func fewerOfTheKind() throws {
    let plan = try uneven(
      "{count: 30, frames: golden, horizon: 2s}", sender: "{reference-interval: 2s}"
    ).get()
    #expect(plan.groups[0].probes == 2 * 2 && plan.jobs.compactMap(\.probes?.part.count) == [2, 2])
    let warnings = plan.warnings.filter { $0.contains("to probe") }
    #expect(
      warnings == [
        "group g: found 2 golden frames a call to probe, expected 30 (count): no other one lies where it "
          + "was asked for and has its whole horizon within the call"
      ])
    // Two moments that hit the same frame are one.
    let same = try uneven("{at: [2.05s, 2.06s, 3s], horizon: 2s}").get()
    #expect(same.groups[0].probes == 2 * 2)
    #expect(
      same.warnings.contains {
        $0.hasPrefix("group g: found 2 frames a call to probe, expected 3 (at)")
      }
    )
  }

  @Test("what a clip from a file has to probe is told by what came of it")
  func tally() throws {
    func tally(_ choice: String, lines: Int, failed: Bool = false) throws -> String? {
      let job = try #require(
        plan(
          "{count: 30, frames: \(choice), packets: [1, 2]}",
          group: "    set: {video: {source: clip.y4m}}"
        ).jobs.first)
      let set = try #require(job.probes)
      #expect(set.part.count == 60)
      var tally = ProbeTally(group: "g", frames: set.settings.frames)
      let rows = CSVFile.allCases.map {
        $0 == .probes ? String(repeating: "row\n", count: lines) : ""
      }
      tally.add(failed ? .failed("why") : .rows(rows), of: set)
      return tally.warning
    }
    #expect(
      try tally("golden", lines: 4)
        == "group g: found a golden frame for 4 probes, expected 60; other frames, longer calls, an earlier "
        + "from or a shorter horizon give more")
    #expect(
      try tally("key", lines: 0)
        == "group g: found no key frame to probe in any call, expected 60 probes; other frames, longer "
        + "calls, an earlier from or a shorter horizon give more")
    #expect(try tally("any", lines: 60) == nil)
    #expect(try tally("any", lines: 0, failed: true) == nil)
  }
}
