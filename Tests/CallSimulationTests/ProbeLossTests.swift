import Results
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Probe loss")
struct ProbeLossTests {
  /// The packets taken, as frame and packet, of frames with these numbers of packets.
  private func taken(
    _ position: Probe.Position, packets: Int, frame: Int, of counts: [Int]
  ) -> [[Int]] {
    var loss = ProbeLoss(
      Probe(number: 0, frame: frame, position: position, packets: packets, horizon: .seconds(1)))
    var taken: [[Int]] = []
    for (frame, count) in counts.enumerated() {
      for packet in 0..<count where loss.takes(packet: packet, of: count, frame: frame) {
        taken.append([frame, packet])
      }
    }
    return taken
  }

  @Test("one packet is the first, the middle or the last of its frame")
  func positions() {
    #expect(taken(.first, packets: 1, frame: 1, of: [3, 3, 3]) == [[1, 0]])
    #expect(taken(.middle, packets: 1, frame: 1, of: [3, 3, 3]) == [[1, 1]])
    #expect(taken(.middle, packets: 1, frame: 0, of: [1]) == [[0, 0]])
    #expect(taken(.last, packets: 1, frame: 1, of: [3, 4, 3]) == [[1, 3]])
  }

  @Test("a burst goes on into the frames behind")
  func burst() {
    #expect(
      taken(.last, packets: 4, frame: 0, of: [2, 1, 2, 2]) == [[0, 1], [1, 0], [2, 0], [2, 1]])
  }

  @Test("where the encoder dropped the frame, the next one is hit")
  func dropped() {
    #expect(taken(.middle, packets: 1, frame: 1, of: [2, 0, 2]) == [[2, 1]])
  }
}
