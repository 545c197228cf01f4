import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Depacketizer")
struct DepacketizerTests {
  /// Frames of three packets from sequence number 100 and picture 50 on; `lost` never arrive.
  private func actions(frames: Int, lost: Set<Int64>, capacity: Int = 32) -> [Depacketizer.Action] {
    var depacketizer = Depacketizer(capacity: capacity)
    var pool = PacketPool()
    var actions: [Depacketizer.Action] = []
    for frame in 0..<Int64(frames) {
      for packet in 0..<Int64(3) {
        let sequence = 100 + frame * 3 + packet
        guard !lost.contains(sequence) else { continue }
        depacketizer.handle(
          MediaPacket(
            sequence: sequence, picture: 50 + frame, timestamp: frame * 3600,
            isMarker: packet == 2, startsPartition: packet == 0, partitionIndex: 0,
            slot: pool.allocate(), payloadOffset: 16, payloadCount: 1000), into: &actions)
      }
    }
    return actions.filter {
      switch $0 {
      case .release, .gapNoticed: false
      default: true
      }
    }
  }

  /// A depacketizer that waits for retransmissions, and frames of three packets as above.
  private final class Waiting {
    var depacketizer = Depacketizer(capacity: 8, awaitsMissing: true)
    var pool = PacketPool()

    func receive(_ sequences: [Int64]) -> [Depacketizer.Action] {
      var actions: [Depacketizer.Action] = []
      for sequence in sequences {
        let (frame, packet) = (sequence - 100).quotientAndRemainder(dividingBy: 3)
        depacketizer.handle(
          MediaPacket(
            sequence: sequence, picture: 50 + frame, timestamp: frame * 3600,
            isMarker: packet == 2, startsPartition: packet == 0, partitionIndex: 0,
            slot: pool.allocate(), payloadOffset: 16, payloadCount: 1000), into: &actions)
      }
      return actions
    }

    func giveUp(_ sequences: Range<Int64>) -> [Depacketizer.Action] {
      var actions: [Depacketizer.Action] = []
      depacketizer.giveUp(sequences, into: &actions)
      return actions
    }
  }

  @Test("a gap is known until it is filled or given up, with the packet that shows it")
  func gap() {
    let waiting = Waiting()
    _ = waiting.receive([100, 101, 103, 104])
    let hole = waiting.depacketizer.gap(in: 50)
    #expect(hole?.missing == 102..<103 && hole?.timestamp == 3_600)
    #expect(waiting.depacketizer.gap(in: 51) == nil && !waiting.depacketizer.isWhole(51))
    _ = waiting.receive([102])
    #expect(waiting.depacketizer.gap(in: 50) == nil && waiting.depacketizer.isWhole(50))
    _ = waiting.receive([105, 107, 108])
    #expect(waiting.depacketizer.gap(in: 52)?.missing == 106..<107)
    _ = waiting.giveUp(106..<107)
    #expect(waiting.depacketizer.gap(in: 52) == nil)
  }

  @Test("a frame whose lost packet comes again is completed in the right order")
  func completedByRetransmission() {
    let waiting = Waiting()
    let before = waiting.receive([100, 102, 103, 104, 105])
    #expect(before == [.gapNoticed(missing: 101..<102, newest: 50), .complete(51)])
    #expect(waiting.depacketizer.status(of: 50) == .expected)
    let after = waiting.receive([101])
    #expect(after == [.complete(50)])
    #expect(waiting.depacketizer.packets(of: 50).map(\.sequence) == [100, 101, 102])
  }

  @Test("a gap over three frames closes packet by packet, in any order")
  func closingGap() {
    let waiting = Waiting()
    let before = waiting.receive([100, 101, 107, 108])
    #expect(before == [.gapNoticed(missing: 102..<107, newest: 52)])
    let first = waiting.receive([104])
    #expect(first.isEmpty)
    let rest = waiting.receive([102, 106, 105, 103])
    #expect(rest == [.complete(50), .complete(52), .complete(51)])
  }

  @Test("what is given up damages just the frames that still lack it")
  func givenUp() {
    let waiting = Waiting()
    _ = waiting.receive([100, 101, 107, 108])
    // Frame 50 lacks 102, frame 51 lacks 103 and 105.
    let filled = waiting.receive([104, 106])
    #expect(filled == [.complete(52)])
    let given = waiting.giveUp(102..<104)
    #expect(given == [.damageNoticed(first: 50, last: 51)])
    #expect(waiting.depacketizer.status(of: 52) == .complete)
    // 103 comes too late: its slot is given back, and nothing else happens.
    let late = waiting.receive([103])
    guard late.count == 1, case .release = late[0] else {
      Issue.record("found \(late)")
      return
    }
    let rest = waiting.giveUp(104..<107)
    #expect(rest.isEmpty, "frame 51 is damaged already")
  }

  @Test("a frame that is late is damaged, and the gaps that end with it are closed")
  func late() {
    let waiting = Waiting()
    // Frames 51 and 52 lack packets; of frame 53 one has come.
    _ = waiting.receive([100, 101, 102, 103, 105, 107, 108, 109])
    var actions: [Depacketizer.Action] = []
    #expect(waiting.depacketizer.firstTimestamp(from: 51) == 3600)
    let unwanted = waiting.depacketizer.giveUp(late: 51, timestamp: 3600, into: &actions)
    #expect(actions == [.damageNoticed(first: 51, last: 51)])
    #expect(unwanted == 105)
    #expect(waiting.depacketizer.status(of: 51) == .damaged)
    #expect(waiting.depacketizer.status(of: 52) == .expected)
    // 104 comes too late, 106 in time.
    let rest = waiting.receive([104, 106])
    #expect(rest.contains(.complete(52)) && rest.count == 2)
    waiting.depacketizer.remove(51, into: &actions)
    #expect(waiting.depacketizer.firstTimestamp(from: 51) == 7200)
    #expect(waiting.depacketizer.firstTimestamp(from: 54) == nil)
  }

  @Test("what comes of a frame that was removed is handed back")
  func removed() {
    let waiting = Waiting()
    _ = waiting.receive([100, 101])
    var actions: [Depacketizer.Action] = []
    _ = waiting.depacketizer.giveUp(late: 50, timestamp: 0, into: &actions)
    waiting.depacketizer.remove(50, into: &actions)
    let late = waiting.receive([102])
    guard late.count == 1, case .release = late[0] else {
      Issue.record("found \(late)")
      return
    }
    let next = waiting.receive([103, 104, 105])
    #expect(next == [.complete(51)])
  }

  @Test("of a damaged frame the packets that are there are kept until it is removed")
  func keptPackets() {
    let waiting = Waiting()
    _ = waiting.receive([100, 102, 103])
    _ = waiting.giveUp(101..<102)
    #expect(waiting.depacketizer.packets(of: 50).map(\.sequence) == [100, 102])
    var actions: [Depacketizer.Action] = []
    waiting.depacketizer.remove(50, into: &actions)
    #expect(actions.count == 2)
  }

  @Test("whole frames are complete with their last packet")
  func complete() {
    #expect(actions(frames: 2, lost: []) == [.complete(50), .complete(51)])
  }

  @Test("a loss within a frame is noticed with that frame's next packet")
  func lossInside() {
    #expect(
      actions(frames: 3, lost: [104]) == [
        .complete(50), .damageNoticed(first: 51, last: 51), .complete(52),
      ])
  }

  @Test("a lost last packet is noticed with the next frame, which stays whole")
  func lostMarker() {
    #expect(
      actions(frames: 3, lost: [105]) == [
        .complete(50), .damageNoticed(first: 51, last: 51), .complete(52),
      ])
  }

  @Test("a lost first packet damages its own frame only")
  func lostStart() {
    #expect(
      actions(frames: 3, lost: [103]) == [
        .complete(50), .damageNoticed(first: 51, last: 51), .complete(52),
      ])
  }

  @Test("whole frames that are missing are all damaged")
  func lostFrames() {
    #expect(
      actions(frames: 5, lost: [103, 104, 105, 106, 107, 108]) == [
        .complete(50), .damageNoticed(first: 51, last: 52), .complete(53), .complete(54),
      ])
  }

  @Test("a last packet and a first packet lost together damage both frames")
  func lostAcrossFrames() {
    #expect(
      actions(frames: 4, lost: [105, 106]) == [
        .complete(50), .damageNoticed(first: 51, last: 52), .complete(53),
      ])
  }

  @Test("two gaps in one frame are noticed once")
  func twoGaps() {
    #expect(
      actions(frames: 2, lost: [100, 102]) == [
        .damageNoticed(first: 50, last: 50), .complete(51),
      ])
  }

  @Test("an outage longer than the ring leaves the newest pictures in order")
  func outage() {
    let lost = Set((103...100 + 3 * 99 - 1).map(Int64.init))
    #expect(
      actions(frames: 101, lost: lost, capacity: 8) == [
        .complete(50), .damageNoticed(first: 51, last: 148), .complete(149), .complete(150),
      ])
  }

  @Test("duplicates and the packets of a removed picture give their slots back")
  func releases() {
    var depacketizer = Depacketizer(capacity: 8)
    var pool = PacketPool()
    var actions: [Depacketizer.Action] = []
    var packet = MediaPacket(
      sequence: 1, picture: 1, timestamp: 0, isMarker: true, startsPartition: true,
      partitionIndex: 0,
      slot: pool.allocate(), payloadOffset: 0, payloadCount: 1)
    depacketizer.handle(packet, into: &actions)
    let first = packet.slot
    packet.slot = pool.allocate()
    depacketizer.handle(packet, into: &actions)
    #expect(actions == [.complete(1), .release(slot: packet.slot)])
    actions.removeAll()
    depacketizer.remove(1, into: &actions)
    #expect(actions == [.release(slot: first)])
  }

  @Test("pictures numbered below zero, from before the first one, are put together as others are")
  func belowZero() {
    var depacketizer = Depacketizer(capacity: 8)
    var pool = PacketPool()
    var actions: [Depacketizer.Action] = []
    for (sequence, picture) in [(1, -1), (2, -9), (3, 7)] as [(Int64, PictureNumber)] {
      depacketizer.handle(
        MediaPacket(
          sequence: sequence, picture: picture, timestamp: 0, isMarker: true,
          startsPartition: true, partitionIndex: 0, slot: pool.allocate(), payloadOffset: 0,
          payloadCount: 1), into: &actions)
    }
    let completed = actions.compactMap { action in
      if case .complete(let picture) = action { picture } else { nil }
    }
    #expect(completed == [-1, -9, 7])
    #expect(depacketizer.status(of: 7) == .complete)
    #expect(depacketizer.status(of: -1) == .expected, "its place is the newest picture's")
  }
}
