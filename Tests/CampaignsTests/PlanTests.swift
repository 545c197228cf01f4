import CallSimulation
import Configuration
import MediaSession
import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Plan")
struct PlanTests {
  private func plan(_ text: String, seed: UInt64? = nil) throws(ConfigurationError) -> Plan {
    try Plan(ConfigurationFile.parse(text, file: "p.yaml"), seed: seed)
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try plan(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("jobs come by group, cell and seed, the first varied key changing slowest")
  func order() throws {
    let jobs = try plan(
      """
      seeds: 2
      base: {network: {loss: 1%}}
      groups:
        - name: a
          vary: {network.rtt: [20ms, 40ms], mechanism: [pli, sli]}
        - name: b
          seeds: 1
          frames: true
          set: {mechanism: rpsi}
      """
    ).jobs
    #expect(jobs.map(\.group) == ["a", "a", "a", "a", "a", "a", "a", "a", "b"])
    #expect(
      jobs.map(\.scenario.mechanism)
        == [.pli, .pli, .sli, .sli, .pli, .pli, .sli, .sli, .rpsi])
    #expect(
      jobs.map { $0.scenario.media.forward.oneWayDelay.nanoseconds / 1_000_000 }
        == [10, 10, 10, 10, 20, 20, 20, 20, 25])
    let keepsFrames = jobs.map { job in
      if case .call(_, let keepsFrames) = job.work { keepsFrames } else { false }
    }
    #expect(keepsFrames == [Bool](repeating: false, count: 8) + [true])
    #expect(jobs.map(\.run) == Array(0..<9))
    #expect(jobs.allSatisfy { $0.scenario.media.forward.loss.rate == 0.01 })
    #expect(jobs[3].scenario.name == "a: rtt 20ms, mechanism sli")
  }

  @Test("what every cell of a group says in vain is told once, what some say is a comparison")
  func warnings() throws {
    let text = """
      base: {mechanism: sip-info, signalling: {transport: udp, connection: warm}}
      groups:
        - {name: a, vary: {network.rtt: [20ms, 40ms]}}
        - {name: b, vary: {signalling.proxies: [0, 1]}}
      """
    #expect(
      try plan(text).warnings.filter { $0.contains("connection") } == [
        "p.yaml:1: signalling.connection: found warm beside transport udp, which has no connections: "
          + "remove it"
      ])
    let compared = text.replacing("network.rtt: [20ms, 40ms]", with: "mechanism: [pli, sip-info]")
      .replacing("{signalling.proxies: [0, 1]}", with: "{signalling.transport: [udp, tcp]}")
    #expect(try plan(compared).warnings.isEmpty)
    #expect(try plan(Plan.builtInText).warnings.isEmpty)
  }

  @Test("calls of one number have the same seed in every cell and group")
  func seeds() throws {
    let text = """
      seed: 5
      seeds: 3
      groups:
        - {name: a, vary: {mechanism: [pli, sip-info]}}
        - {name: b, set: {network: {rtt: 200ms}}}
      """
    let seeds = try plan(text).jobs.map(\.scenario.seed)
    #expect(seeds.count == 9)
    #expect(Set(seeds).count == 3)
    #expect(seeds[0...2] == seeds[3...5] && seeds[0...2] == seeds[6...8])
    #expect(seeds.allSatisfy { $0 < 1 << 53 })
    #expect(try plan(text, seed: 5).jobs.map(\.scenario.seed) == seeds)
    let others = try plan(text, seed: 6)
    #expect(others.seed == 6)
    #expect(Set(others.jobs.map(\.scenario.seed)).isDisjoint(with: seeds))
  }

  @Test("without SIP, cells that differ in signalling alone are made once")
  func signallingCells() throws {
    let jobs = try plan(
      """
      groups:
        - name: proxies
          vary: {signalling.proxies: [0, 1, 2], mechanism: [sip-info, pli]}
      """
    ).jobs
    #expect(jobs.map(\.scenario.mechanism) == [.sipInfo, .pli, .sipInfo, .sipInfo])
    #expect(jobs.map(\.scenario.signalling.proxies) == [0, 0, 1, 2])
  }

  @Test("cells that differ in RTP, or in retransmission where it is used, are different calls")
  func mediaCells() throws {
    let jobs = try plan(
      """
      groups:
        - {name: rtp, vary: {rtp.srtp: [false, true]}}
        - name: history
          vary: {retransmission.history-packets: [16, 32], mechanism: [pli, nack]}
      """
    ).jobs
    #expect(jobs.filter { $0.group == "rtp" }.map(\.scenario.rtp.usesSRTP) == [false, true])
    #expect(
      jobs.filter { $0.group == "history" }.map(\.scenario.mechanism) == [.pli, .nack, .nack])
  }

  @Test("a relay, a policy and its rules can be varied, and columns tell the cells apart")
  func newColumns() throws {
    let plan = try plan(
      """
      base: {mechanism: sip-info}
      groups:
        - name: relay
          vary:
            network.relay: [none, {rtt: 90ms}, {rtt: 90ms, loss: 1%}]
            signalling.policy: [none, linphone, pjsip, freeswitch]
            signalling.outstanding: [one, any]
            signalling.repeat: [until-repaired, once]
        - name: trips
          vary: {network.relay.rtt: [90ms, 150ms], network.relay.loss: [0%, 1%]}
      """)
    #expect(plan.warnings.isEmpty)
    let conditions = plan.jobs.map { $0.scenario.conditions(run: 0, group: $0.group) }
    #expect(conditions.count == 48 + 4)
    let told = conditions.map { conditions in
      var conditions = conditions
      conditions.seed = 0
      return conditions
    }
    #expect(Set(told).count == 48 + 4)
    #expect(Set(conditions.map(\.relayRoundTrip)).count == 3)
    let others = try self.plan(
      "groups:\n  - {name: a, vary: {signalling.retry-after-491: [none, 0s..1s]}}\n")
    #expect(others.warnings.count == 1)
  }

  @Test("excluded combinations are left out")
  func exclusion() throws {
    let jobs = try plan(
      """
      groups:
        - name: a
          vary: {network.rtt: [20ms, 40ms], mechanism: [pli, sli]}
          exclude: [{network.rtt: 40ms, mechanism: pli}]
      """
    ).jobs
    #expect(jobs.map(\.scenario.mechanism) == [.pli, .sli, .sli])
  }

  @Test(
    "mistakes are refused where they stand",
    arguments: [
      ("groups: []\n", "p.yaml:1: groups: found no group"),
      ("name: x\n", "p.yaml:1: groups: found no group"),
      ("groups:\n  - {seeds: 2}\n", "p.yaml:2: groups[0].name: missing"),
      ("groups:\n  - {name: a}\n  - {name: a}\n", "p.yaml:3: groups[1].name: \"a\" names two"),
      (
        "groups:\n  - name: a\n    vary:\n      network.rtt: [20ms,\n        50]\n",
        "p.yaml:5: network.rtt: found \"50\", expected a duration"
      ),
      (
        "groups:\n  - name: a\n    vary:\n      netwrk.rtt: [20ms]\n",
        "p.yaml:4: groups[0].vary: unknown key \"netwrk.rtt\", did you mean network?"
      ),
      ("groups:\n  - name: a\n    vary:\n      network.rt: [1ms]\n", "unknown key \"rt\""),
      // A refusal is one line, whatever is refused.
      ("groups:\n  - {name: a, vary: {\"x\\ny\": [1]}}\n", "vary: unknown key \"x\\ny\", "),
      ("groups:\n  - {name: a, exclude: [{\"x\\ny\": 1}]}\n", "unknown key \"x\\ny\", "),
      (
        "groups:\n  - {name: a, vary: {\"network.x\\ny\": 1}}\n",
        "p.yaml:2: groups[0].vary.network.x\\ny: expected a list"
      ),
      ("groups:\n  - name: a\n    vary:\n      mechanism: pli\n", "expected a list of values"),
      ("groups:\n  - name: a\n    vary:\n      mechanism: []\n", "expected a list of values"),
      ("groups:\n  - {name: a, set: {seed: 5}}\n", "groups[0].set: unknown key \"seed\""),
      ("base: {name: x}\ngroups:\n  - {name: a}\n", "p.yaml:1: base: unknown key \"name\""),
      ("base: {mechanism: x}\ngroups:\n  - {name: a}\n", "p.yaml:1: mechanism: found \"x\""),
      ("base: {video: {source: '-'}}\ngroups:\n  - {name: a}\n", "video.source: found \"-\""),
      ("seeds: 0\ngroups:\n  - {name: a}\n", "seeds: found \"0\""),
      (
        "groups:\n  - name: a\n    vary: {mechanism: [pli]}\n    exclude: [{mechanism: pli}]\n",
        "p.yaml:4: groups[0].exclude: leaves no combination"
      ),
      ("groups:\n  - {name: a, exclude: [pli]}\n", "groups[0].exclude: expected keys and values"),
    ])
  func refusals(text: String, expected: String) throws {
    #expect(try #require(refusal(text)).contains(expected))
  }

  @Test("a plan's size is bounded before it is made")
  func size() throws {
    let values = (0..<200).map { "\($0)ms" }.joined(separator: ", ")
    let cells = """
      groups:
        - name: a
          vary: {network.rtt: [\(values)], network.queue: [\(values)]}
      """
    #expect(try #require(refusal(cells)).contains("over 20000 combinations"))
    let calls = """
      seeds: 100000
      groups:
        - name: a
          vary: {network.rtt: [\(values)]}
      """
    #expect(try #require(refusal(calls)).contains("over 1000000 calls"))
  }

  @Test("a varied key that no column tells apart is warned of")
  func variedWithoutColumn() throws {
    let plan = try plan(
      """
      groups:
        - name: rates
          vary:
            codec.rc_target_bitrate: [150, 600]
            network.rtt: [20ms, 50ms]
            receiver.playout-delay: [60ms]
      """)
    #expect(plan.warnings.count == 1)
    #expect(plan.warnings[0].contains("group rates varies codec.rc_target_bitrate"))
    #expect(try self.plan(Plan.builtInText).warnings.isEmpty)
  }

  @Test("situations are settings with a name, combined with what the group varies")
  func situations() throws {
    let plan = try plan(
      """
      base: {duration: 1s, signalling: {proxies: 2}}
      groups:
        - name: roads
          vary: {mechanism: [sip-info, pli]}
          situations:
            - name: direct
              set: {signalling: {proxies: 0}}
            - name: also direct
              set: {signalling: {proxies: 0}}
            - name: long
              set: {duration: 2s}
      """)
    // Two that come to the same have calls of their own, where the road matters; where it does not,
    // calls that no situation touches are made once, and are none's.
    #expect(
      plan.jobs.map { "\($0.scenario.situation ?? "") \($0.scenario.mechanism.rawValue)" } == [
        "direct sip-info", " pli", "also direct sip-info", "long sip-info", "long pli",
      ])
    #expect(plan.jobs.map(\.scenario.signalling.proxies) == [0, 0, 0, 2, 2])
    #expect(plan.jobs[0].scenario.name == "roads: direct: mechanism sip-info")
    #expect(plan.jobs[0].scenario.conditions(run: 0, group: "roads").situation == "direct")
  }

  @Test(
    "a situation without a name, settings or one's own name is refused",
    arguments: [
      ("[]", "groups[0].situations: found none"),
      ("[{set: {duration: 2s}}]", "groups[0].situations[0].name: missing"),
      ("[{name: a}]", "groups[0].situations[0].set: missing"),
      ("[{name: a, set: {seed: 2}}]", "unknown key \"seed\""),
      (
        "[{name: a, set: {mechanism: pli}}]\n    vary: {mechanism: [pli, sip-info]}",
        "groups[0].situations[0].set.mechanism: is varied by the group too"
      ),
      ("[{name: a, set: {}}, {name: a, set: {}}]", "\"a\" names two situations, expected one"),
    ])
  func situationRefusals(text: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try self.plan("groups:\n  - name: g\n    situations: \(text)\n")
    }
    #expect(error.map { "\($0)" }?.contains(expected) == true, "\(String(describing: error))")
  }

  @Test(
    "the built-in plan meets every mechanism, but not two roads at once, in a bounded number of calls"
  )
  func builtIn() throws {
    let plan = try plan(Plan.builtInText)
    #expect(plan.jobs.count > 400 && plan.jobs.count <= 1_350)
    for group in ["cost", "one-loss"] {
      let mechanisms = Set(plan.jobs.filter { $0.group == group }.map(\.scenario.mechanism))
      #expect(mechanisms == Set(Mechanism.allCases).subtracting([.sipInfoPli]))
    }
    let probed = plan.jobs.filter { $0.group == "recovery" }.flatMap(\.calls)
    #expect(
      Set(probed.map(\.scenario.mechanism))
        == Set(Mechanism.allCases).subtracting([.none, .nack, .sipInfoPli]))
    #expect(Set(probed.map(\.scenario.seed)).count == 10)
    let costs = plan.jobs.filter { $0.group == "cost" }
    #expect(Set(costs.map(\.scenario.seed)).count >= Bootstrap.minimumClusters)
    let roads = plan.jobs.filter { $0.group == "proxies" && $0.scenario.mechanism == .sipInfo }
      .map(\.scenario.signalling)
    #expect(Set(roads.map(\.transport)).count == 2)
    let networks = plan.jobs.filter { $0.group == "field" }
    #expect(networks.count == 5 * 4 * NetworkProfile.allCases.count)
    let settings = Set(networks.map(\.scenario.media.forward))
    #expect(settings == Set(NetworkProfile.allCases.map(\.settings.forward)))
    let situations = plan.jobs.filter { $0.group == "roads" && $0.scenario.mechanism == .sipInfo }
    #expect(Set(situations.map(\.scenario.situation)).count >= 15)
    var groups: [String] = []
    for job in plan.jobs where groups.last != job.group { groups.append(job.group) }
    #expect(
      groups == [
        "recovery", "loss", "proxies", "on-path", "limit", "roads", "cost", "field", "one-loss",
      ])
  }
}
