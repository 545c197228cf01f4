import MediaSession
import Results
import SimulationKernel
import Testing
import VP8Codec
import WireFormats

@testable import CallSimulation

/// What is on screen while the picture waits for repair.
@Suite("What a receiver shows of damage")
struct DamagePolicyTests {
  /// Frame 30 loses the packet of its third token partition of four.
  private func scenario(_ damage: DamagePolicy, _ mechanism: Mechanism = .pli) -> Scenario {
    var scenario = smallScenario(mechanism, losing: [(frame: 30, packet: 3)])
    scenario.video.width = 320
    scenario.video.height = 240
    scenario.codec.targetBitrate = 400
    scenario.codec.tokenPartitions = 2
    scenario.rtp.packetization = .partitions
    scenario.receiver.damage = damage
    return scenario
  }

  /// The frames from the loss up to the repair.
  private func damaged(_ records: CallRecords) throws -> ArraySlice<FrameRecord> {
    let episode = try #require(records.episodes.first)
    return records.frames[30..<(try #require(episode.repairFrame))]
  }

  @Test("freeze shows the last good picture, until an exact one")
  func freeze() throws {
    let frames = try damaged(try scenario(.freeze).simulated())
    #expect(frames.allSatisfy { $0.shown == .frozen && $0.onScreen == 29 })
  }

  @Test("skip shows what follows the missing frame, and the oracle calls it drifted")
  func skip() throws {
    let records = try scenario(.skip).simulated()
    let frames = try damaged(records)
    #expect(frames.first?.shown == .frozen)
    #expect(frames.dropFirst().allSatisfy { $0.shown == .drifted })
    #expect(records.episodes[0].repairKind == "key")
  }

  @Test("partial shows the damaged frame itself, and all of it comes closer than with skip")
  func partial() throws {
    let partial = try scenario(.partial).simulated()
    let frames = try damaged(partial)
    #expect(frames.allSatisfy { $0.shown == .drifted })
    let skipped = try damaged(try scenario(.skip).simulated())
    let mean = { (frames: ArraySlice<FrameRecord>) in
      frames.compactMap(\.shownAgainstReconstructionPSNR).reduce(0, +) / Double(frames.count)
    }
    #expect(mean(frames) > mean(skipped))
    #expect(partial.episodes[0].lostPSNR < (try scenario(.freeze).simulated().episodes[0].lostPSNR))
  }

  @Test("what is asked for, and the episode's end, do not depend on what is shown")
  func sameRepair() throws {
    let ends = try DamagePolicy.allCases.map { try scenario($0).simulated().episodes[0].end }
    #expect(Set(ends.map(\.nanoseconds)).count == 1)
  }

  @Test("the same call gives the same records", arguments: DamagePolicy.allCases)
  func deterministic(damage: DamagePolicy) throws {
    #expect(try scenario(damage).simulated() == scenario(damage).simulated())
  }

  @Test("with partial an SLI names the macroblocks from the first row of the lost partition on")
  func sliceLoss() throws {
    let found = try PartialFrameProbe.run(scenario: scenario(.partial, .sliRpsi), damagedFrame: 30)
    let run = try #require(found)
    // Rows 2, 6, ... are in the third of four token partitions; 20 macroblocks a row, 15 rows.
    #expect(run.first == 40)
    #expect(run.count == 260)
  }

  @Test("a lost first partition leaves nothing to decode: the frame is left out, as with skip")
  func firstPartition() throws {
    var scenario = scenario(.partial)
    scenario.media.scriptedLosses = [.init(frame: 30, packet: 0)]
    let frames = try damaged(try scenario.simulated())
    #expect(frames.first?.shown == .frozen)
    #expect(frames.dropFirst().allSatisfy { $0.shown == .drifted })
  }
}

/// The macroblocks that a call's first SLI would name.
private enum PartialFrameProbe {
  static func run(scenario: Scenario, damagedFrame: Int) throws -> MacroblockRun? {
    let clip = try Clip.load(scenario.video, frames: 100)
    let call = try Call(scenario, clip: clip)
    var found: MacroblockRun?
    struct Stop: Error {}
    do {
      try call.run { _ in
        let picture = call.identity.firstPicture + Int64(damagedFrame)
        if let run = call.damagedMacroblocks(of: picture) {
          found = run
          throw Stop()
        }
      }
    } catch is Stop {}
    return found
  }
}
