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
        "{at: [3s, 7s], frames: golden, position: last, packets: [1, 3], horizon: 2s, settle: 1s}"))
    #expect(settings.moments == .at([.seconds(3), .seconds(7)]))
    #expect(settings.frames == .golden && settings.position == .last)
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
}
