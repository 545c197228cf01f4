import CallSimulation
import Configuration
import MediaSession
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import Campaigns

@Suite("Probe set")
struct ProbeSetTests {
  private func drawing(
    _ change: (inout ProbeSettings) -> Void, seed: UInt64 = 1, frames: Int = 500,
    kinds: [FrameSchedule.Kind]? = nil
  ) -> [Probe] {
    var settings = ProbeSettings()
    change(&settings)
    return ProbeDrawing(
      settings: settings, frameRate: FrameRate(25), callFrames: frames, kinds: kinds
    ).probes(seed: seed)
  }

  @Test("random probes are as many as asked for, differ, and leave room on both sides")
  func random() {
    for seed in 1...200 as ClosedRange<UInt64> {
      let probes = drawing({ $0.moments = .random(20) }, seed: seed)
      let frames = probes.map(\.frame)
      #expect(frames.count == 20 && Set(frames).count == 20 && frames == frames.sorted())
      // From 2 s on, and 5 s before the end of 20 s.
      #expect(frames.allSatisfy { (50..<375).contains($0) })
      #expect(probes.map(\.number) == Array(0..<20))
    }
  }

  @Test("every frame has the same chance, and every position")
  func uniform() {
    var hits = [Int](repeating: 0, count: 13)
    var positions: [Probe.Position: Int] = [:]
    let calls = 2_000
    for seed in 0..<UInt64(calls) {
      for probe in drawing({ $0.moments = .random(4) }, seed: seed) {
        hits[(probe.frame - 50) / 25] += 1
        positions[probe.position, default: 0] += 1
      }
    }
    // 325 frames in 13 classes: 8,000 draws, 615 each; four standard errors are 95.
    for count in hits { #expect(abs(count - 4 * calls / 13) < 95) }
    for position in Probe.Position.allCases {
      #expect(abs(positions[position, default: 0] - 4 * calls / 3) < 170)
    }
  }

  @Test("a call of another seed is probed elsewhere, one of another mechanism is not")
  func seeds() {
    #expect(drawing({ _ in }, seed: 1) == drawing({ _ in }, seed: 1))
    #expect(drawing({ _ in }, seed: 1) != drawing({ _ in }, seed: 2))
  }

  @Test("given moments hit the first frame at them or after them, each with every burst")
  func given() {
    let probes = drawing {
      $0.moments = .at([.milliseconds(4_010), .seconds(3)])
      $0.packets = [1, 5]
      $0.position = .last
    }
    #expect(probes.map(\.frame) == [75, 75, 101, 101])
    #expect(probes.map(\.packets) == [1, 5, 1, 5])
    #expect(probes.allSatisfy { $0.position == .last })
  }

  @Test("of a kind of frame there may be fewer than asked for, and only those are hit")
  func kinds() {
    var kinds = [FrameSchedule.Kind](repeating: .ordinary, count: 500)
    for frame in [0, 75, 150, 225, 300, 480] { kinds[frame] = .golden }
    kinds[100] = .key
    func frames(_ choice: ProbeSettings.FrameChoice) -> [Int] {
      drawing(
        {
          $0.frames = choice
          $0.moments = .random(300)
        }, kinds: kinds
      ).map(\.frame)
    }
    #expect(frames(.golden) == [75, 150, 225, 300])
    #expect(frames(.key) == [100])
    #expect(Set(frames(.ordinary)).isDisjoint(with: [75, 100, 150, 225, 300]))
    #expect(frames(.ordinary).count == 300)
  }

  @Test(
    "calls that differ in how long they last are probed at the same frames, as the shortest allows")
  func durations() throws {
    let sets = try jobs(
      """
      base: {video: {size: 160x120}}
      groups:
        - {name: g, vary: {duration: [60s, 10s, 20s]}, probes: {count: 20}}
        - {name: short, set: {duration: 10s}, probes: {count: 20}}
      """
    ).compactMap(\.probes)
    #expect(sets.count == 4)
    let clip = try Clip.load(sets[0].variants[0].scenario.video, frames: 1_500)
    let probes = sets.map { $0.probes(clip: clip) }
    #expect(probes[0].count == 20 && probes.allSatisfy { $0 == probes[0] })
    // From 2 s on, and 5 s before the end of 10 s.
    #expect(probes[0].allSatisfy { (50..<125).contains($0.frame) })
  }

  @Test("a job for each hundred probes that there are, not that were asked for")
  func partsOfFewer() throws {
    // From 2 s to 5 s there are 75 frames, of which some are probed twice.
    let plan = try Plan(
      ConfigurationFile.parse(
        """
        base: {duration: 10s}
        groups: [{name: g, seeds: 2, probes: {count: 300, packets: [1, 2]}}]
        """, file: "p.yaml"))
    #expect(plan.jobs.compactMap(\.probes?.part) == [0..<100, 100..<150, 0..<100, 100..<150])
    #expect(plan.groups[0].probes == 300)
    #expect(
      plan.warnings.contains(
        "group g: found 75 frames a call to probe, expected 300 (count): no other one lies where it was "
          + "asked for and has its whole horizon within the call"), "\(plan.warnings)")
  }

  private func jobs(_ text: String) throws -> [Job] {
    try Plan(ConfigurationFile.parse(text, file: "p.yaml")).jobs
  }

  @Test("calls with their past in common are one job a seed, and keep their numbers")
  func grouping() throws {
    let jobs = try jobs(
      """
      seeds: 2
      base: {duration: 10s}
      groups:
        - name: whole
          vary: {mechanism: [pli, sli]}
        - name: probed
          vary: {network.rtt: [20ms, 50ms], mechanism: [pli, sli, sip-info]}
          probes: {count: 4}
      """)
    #expect(jobs[..<4].map(\.run) == [0, 1, 2, 3])
    let sets = jobs[4...].compactMap { job in
      if case .probes(let set) = job.work { set } else { nil }
    }
    #expect(sets.count == 8)
    #expect(sets.allSatisfy { $0.part == 0..<4 })
    // Cells in order: 20 ms with pli, sli, sip-info, then 50 ms; two calls each, from number 4 on.
    #expect(
      sets.map { $0.variants.map(\.run) }
        == [[4, 8], [5, 9], [6], [7], [10, 14], [11, 15], [12], [13]])
    #expect(sets[0].variants.map(\.scenario.mechanism) == [.pli, .sipInfo])
    #expect(sets[0].variants[0].scenario.seed == sets[4].variants[0].scenario.seed)
    #expect(sets[0].variants[0].scenario.seed != sets[1].variants[0].scenario.seed)
  }

  @Test("many probes of a call become several jobs that share them out")
  func parts() throws {
    let jobs = try jobs(
      """
      base: {duration: 60s, video: {size: 160x120}}
      groups: [{name: g, probes: {count: 250}}]
      """)
    let sets = jobs.compactMap { job in
      if case .probes(let set) = job.work { set } else { nil }
    }
    #expect(sets.map(\.part) == [0..<100, 100..<200, 200..<250])
    let clip = try Clip.load(sets[0].variants[0].scenario.video, frames: 1_500)
    let numbers = sets.flatMap { $0.probes(clip: clip).map(\.number) }
    #expect(numbers == Array(0..<250))
  }
}
