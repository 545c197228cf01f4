import MediaSession
import SimulationKernel
import Testing
import VP8Codec
import WireFormats

@testable import CallSimulation

@Suite("Temporal layers on real VP8")
struct TemporalLayersTests {
  private func scenario(layers: Int) -> Scenario {
    var scenario = smallScenario(.pli, seconds: 10)
    scenario.codec.temporalLayers = layers
    return scenario
  }

  private struct Coded {
    var index: Int
    var layer: Int
    var octets: [UInt8]
    var reconstruction: [UInt8]
  }

  /// Frames as the sender codes them, without a network.
  private func frames(layers: Int, count: Int) throws -> [Coded] {
    let scenario = scenario(layers: layers)
    let clip = try Clip.load(scenario.video, frames: 100)
    var sender = try MediaSender(
      scenario, clip: clip, identity: SessionIdentity(seed: scenario.seed))
    return try (0..<count).compactMap { index in
      let now = SimTime.zero + clip.frameRate.captureTime(ofFrame: Int64(index))
      guard let (frame, plan) = try sender.encode(clip.picture(at: index), index: index, now: now)
      else { return nil }
      sender.nextPicture += 1
      let copy = Picture(width: clip.width, height: clip.height)
      copy.copy(from: sender.encoder.reconstruction())
      return Coded(
        index: index, layer: Int(plan.temporalLayer?.index ?? 0), octets: Array(frame.octets),
        reconstruction: withExtendedLifetime(copy) { Array(copy.samples) })
    }
  }

  @Test("each layer takes about its share of the rate", arguments: [2, 3])
  func shares(layers: Int) throws {
    let frames = try frames(layers: layers, count: 250)
    var octets = [Int](repeating: 0, count: layers)
    // The key frame is nobody's share.
    for frame in frames.dropFirst() { octets[frame.layer] += frame.octets.count }
    let total = Double(octets.reduce(0, +))
    #expect((60...140).contains(total * 8 / 10_000), "kbit/s of 100")
    let base = Double(octets[0]) / total
    let expected = layers == 2 ? 0.6 : 0.4
    #expect(abs(base - expected) < 0.15, "\(octets)")
    if layers == 3 { #expect(abs(Double(octets[0] + octets[1]) / total - 0.6) < 0.15, "\(octets)") }
  }

  @Test(
    "lower layers alone decode bit for bit, as do all",
    arguments: [(2, 0), (2, 1), (3, 0), (3, 1), (3, 2)])
  func decodable(layers: Int, upTo layer: Int) throws {
    let frames = try frames(layers: layers, count: 100)
    let decoder = try VP8Decoder()
    let copy = Picture(width: 160, height: 120)
    var decoded = 0
    for frame in frames where frame.layer <= layer {
      let view = try #require(try frame.octets.withUnsafeBytes { try decoder.decode($0) })
      copy.copy(from: view)
      let samples = withExtendedLifetime(copy) { Array(copy.samples) }
      // Not in the expectation, which would print a million samples.
      let isExact = samples == frame.reconstruction
      #expect(isExact, "frame \(frame.index) of layer \(frame.layer)")
      decoded += 1
    }
    #expect(decoded == 100 >> (layers - 1 - layer))
  }

  @Test("the payload descriptor tells layer, sync, TL0PICIDX and that nobody refers to the frame")
  func descriptors() throws {
    let scenario = scenario(layers: 3)
    let clip = try Clip.load(scenario.video, frames: 20)
    var sender = try MediaSender(
      scenario, clip: clip, identity: SessionIdentity(seed: scenario.seed))
    var baseFrames = -1
    var storage = [UInt8](repeating: 0, count: 2_000)
    for index in 0..<20 {
      let now = SimTime.zero + clip.frameRate.captureTime(ofFrame: Int64(index))
      let coded = try #require(
        try sender.encode(clip.picture(at: index), index: index, now: now))
      sender.pieces.removeAll()
      sender.packetizer.cut(
        coded.frame.partitions, count: coded.frame.octets.count, into: &sender.pieces)
      if coded.plan.temporalLayer?.index == 0 { baseFrames += 1 }
      for piece in sender.pieces {
        let descriptor = try storage.withUnsafeMutableBytes { buffer in
          let count = sender.write(
            piece, of: coded.frame, timestamp: 0, sequence: 1, into: buffer)
          #expect(count <= 12 + scenario.encoderControl.maximumPayload)
          var reader = ByteReader(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
          _ = try RTPHeader(parsing: &reader)
          return try VP8PayloadDescriptor(parsing: &reader)
        }
        #expect(descriptor.temporalLayer == coded.plan.temporalLayer)
        #expect(descriptor.temporalLevelZeroIndex == UInt8(baseFrames))
        #expect(descriptor.isNonReference == (coded.plan.temporalLayer?.index == 2))
        #expect(descriptor.startsPartition == piece.startsPartition)
      }
      sender.nextPicture += 1
    }
  }

  @Test(
    "a loss in any layer is repaired", arguments: [Mechanism.pli, .sli, .sliRpsi],
    [40, 41, 42, 43])
  func repaired(mechanism: Mechanism, frame: Int) throws {
    var scenario = smallScenario(mechanism, losing: [(frame: frame, packet: 0)])
    scenario.codec.temporalLayers = 3
    let records = try scenario.simulated()
    #expect(records.episodes.count == 1)
    #expect(records.episodes.allSatisfy { $0.recovered != nil })
  }
}
