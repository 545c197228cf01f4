import SimulationKernel
import Testing
import WireFormats

@testable import MediaSession

@Suite("Temporal layers: patterns, and how the encoder's control follows them")
struct TemporalLayerPatternTests {
  private let buffers: [VP8References] = [.last, .golden, .altref]

  @Test("one layer needs no pattern; the first frame of others is of the base layer")
  func bases() throws {
    #expect(TemporalLayerPattern(layers: 1) == nil)
    for layers in 2...3 {
      let pattern = try #require(TemporalLayerPattern(layers: layers))
      #expect(pattern.positions[0].layer == 0)
      #expect(pattern.positions.map(\.layer).max() == UInt8(layers - 1))
    }
  }

  @Test(
    "no frame depends on a layer above its own, and sync frames on the base only",
    arguments: [2, 3])
  func dependencies(layers: Int) throws {
    let positions = try #require(TemporalLayerPattern(layers: layers)).positions
    // The layer that last wrote into each buffer; a key frame begins, and is of the base.
    var writers: [UInt8] = [0, 0, 0]
    for step in 0..<(4 * positions.count) {
      let position = positions[step % positions.count]
      for (index, buffer) in buffers.enumerated() where position.allowed.contains(buffer) {
        // After the first cycle golden holds the middle layer also where a sync frame was before.
        #expect(writers[index] <= position.layer, "step \(step)")
        if position.isLayerSync { #expect(writers[index] == 0, "step \(step)") }
      }
      for (index, buffer) in buffers.enumerated() where position.updated.contains(buffer) {
        writers[index] = position.layer
      }
    }
  }

  @Test("each layer doubles the rate of frames, as libvpx is told", arguments: [2, 3])
  func rates(layers: Int) throws {
    let positions = try #require(TemporalLayerPattern(layers: layers)).positions
    let identifiers: [UInt8] = layers == 2 ? [0, 1] : [0, 2, 1, 2]
    for (index, position) in positions.enumerated() {
      #expect(position.layer == identifiers[index % identifiers.count])
    }
  }

  private func plans(
    _ mechanism: Mechanism, layers: Int, count: Int64
  ) -> (control: EncoderControl, plans: [FramePlan]) {
    var control = EncoderControl(
      mechanism: mechanism, settings: EncoderControlSettings(), temporalLayers: layers)
    var plans: [FramePlan] = []
    for picture in 0..<count {
      plans.append(control.plan(picture, now: .zero + .milliseconds(picture * 40)))
    }
    return (control, plans)
  }

  @Test("frames follow the pattern, beginning with a key frame of the base layer")
  func follows() throws {
    let (_, plans) = plans(.pli, layers: 3, count: 17)
    let positions = try #require(TemporalLayerPattern(layers: 3)).positions
    #expect(plans[0].isKey && plans[0].temporalLayer?.index == 0)
    for (index, plan) in plans.enumerated().dropFirst() {
      let position = positions[index % positions.count]
      #expect(plan.allowed == position.allowed && plan.updated == position.updated)
      #expect(plan.temporalLayer == position.temporalLayer)
      #expect(plan.isNonReference == (position.layer == 2))
    }
  }

  @Test("a key frame and a repair begin the cycle anew; neither belongs to a layer above the base")
  func anew() {
    var (control, _) = plans(.pli, layers: 2, count: 14)
    #expect(control.handle(.keyFrame, id: 1, now: .zero + .milliseconds(550)) == .answered)
    #expect(control.plan(14, now: .zero + .milliseconds(560)).isKey)
    #expect(control.plan(15, now: .zero + .milliseconds(600)).temporalLayer?.isLayerSync == true)

    var (repairing, _) = plans(.sli, layers: 2, count: 14)
    // Golden was replaced at 13, behind the damage; altref still holds the key frame.
    _ = repairing.handle(
      .damaged(oldest: 12, newest: 12), id: 1, now: .zero + .milliseconds(550))
    let repair = repairing.plan(14, now: .zero + .milliseconds(560))
    #expect(!repair.isKey && repair.allowed == .altref && repair.temporalLayer?.index == 0)
    #expect(repair.updated == [.last, .golden])
    #expect(
      repairing.plan(15, now: .zero + .milliseconds(600)).temporalLayer?.isLayerSync == true)
  }

  @Test("an altref that is not acknowledged is not referred to")
  func unacknowledged() {
    let (_, plans) = plans(.sliRpsi, layers: 3, count: 9)
    #expect(plans.dropFirst().allSatisfy { !$0.allowed.contains(.altref) })
  }

  @Test("without layers no plan speaks of one")
  func single() {
    #expect(plans(.pli, layers: 1, count: 5).plans.allSatisfy { $0.temporalLayer == nil })
  }
}
