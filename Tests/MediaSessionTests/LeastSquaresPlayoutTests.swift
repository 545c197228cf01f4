import SimulationKernel
import Testing

@testable import MediaSession

@Suite("Playout by least squares, as oRTP has it")
struct LeastSquaresPlayoutTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  private func settings(startLag: Int64 = 0) -> ReceiverSettings {
    var settings = ReceiverSettings()
    settings.playout = .leastSquares
    settings.startLag = .milliseconds(startLag)
    return settings
  }

  private func buffer(startLag: Int64 = 0, phase: Double = 0) -> LeastSquaresPlayout {
    LeastSquaresPlayout(
      settings(startLag: startLag),
      ticker: Ticker(interval: .milliseconds(10), phaseShare: phase))
  }

  /// Frames of five packets each 40 ms, captured and received at once but for `late`.
  ///
  /// - Returns: how long after its capture each frame is due, in milliseconds.
  private func waits(
    _ buffer: inout LeastSquaresPlayout, frames: Range<Int64>, late: (Int64) -> Int64 = { _ in 0 }
  ) -> [Double] {
    frames.map { frame in
      for _ in 0..<5 {
        buffer.packetArrived(timestamp: 3_600 * frame, now: time(40 * frame + late(frame)))
      }
      return (buffer.dueTime(ofTimestamp: 3_600 * frame) - time(40 * frame)).inMilliseconds
    }
  }

  @Test("the nominal size holds for 10 s, then the least one, and the tick comes on top")
  func quiet() {
    var buffer = buffer(phase: 0.4)
    let waits = waits(&buffer, frames: 0..<500)
    #expect(waits.prefix(250).allSatisfy { $0 == 64 })
    #expect(waits.suffix(240).allSatisfy { $0 == 44 })
  }

  @Test("a packet is read with the next tick, and nothing before the lag is over")
  func reading() {
    var buffer = buffer(startLag: 30, phase: 0.5)
    #expect(buffer.readingTime(ofArrival: time(5)) == time(5))
    #expect(buffer.readingTime(ofArrival: time(6)) == time(15))
    buffer.packetArrived(timestamp: 0, now: time(6))
    #expect(buffer.readingTime(ofArrival: time(7)) == time(45))
    #expect(buffer.readingTime(ofArrival: time(46)) == time(55))
  }

  @Test("what waits to be read at the start makes the buffer large, and it falls by 20 ms each 5 s")
  func startLag() {
    var buffer = buffer(startLag: 90)
    let waits = waits(&buffer, frames: 0..<750)
    let early = waits[100..<240]
    #expect(early.allSatisfy { (70...100).contains($0) }, "\(early.min()!) to \(early.max()!)")
    let middle = waits[270..<370]
    #expect(middle.allSatisfy { $0 < early.min()! && $0 > 40 })
    #expect(waits.last == 40)
    // Of 20 ms, but for a tick more or less as the line turns.
    let steps = zip(waits.dropFirst(100), waits.dropFirst(101)).map { $0 - $1 }
    #expect(steps.allSatisfy { $0 <= 30 })
  }

  @Test("a late packet makes the buffer as large as it was late, up to the largest size")
  func grows() {
    var buffer = buffer()
    _ = waits(&buffer, frames: 0..<500)
    let after = waits(&buffer, frames: 500..<510, late: { $0 == 500 ? 120 : 0 })
    #expect((110...130).contains(after.last!), "\(after)")
    let most = waits(&buffer, frames: 510..<520, late: { $0 == 510 ? 900 : 0 })
    #expect((490...520).contains(most.last!), "\(most)")
  }

  @Test("where some packets miss their tick the others wait for one more")
  func jitter() {
    var buffer = buffer()
    // Every tenth frame comes a millisecond after the tick that reads the others.
    let waits = waits(&buffer, frames: 0..<1_000, late: { $0 % 10 == 9 ? 1 : 0 })
    #expect(waits.suffix(100).allSatisfy { $0 == 50 })
  }

  @Test("a NACK makes the least size longer by 200 ms until none has left for 5 s")
  func requests() {
    var buffer = buffer()
    _ = waits(&buffer, frames: 0..<500)
    buffer.requestSent(now: time(20_000))
    // The packet sent again is late, and the size grows to what is least now.
    let held = waits(&buffer, frames: 501..<520, late: { $0 == 502 ? 90 : 0 })
    #expect((230...250).contains(held.last!), "\(held)")
    let later = waits(&buffer, frames: 640..<1_200)
    #expect(later.last == 40)
  }

  @Test("frames are due at ticks, none before it can have been read", arguments: 0..<20)
  func property(seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "least squares")
    let phase = stream.nextUnit()
    var buffer = buffer(startLag: Int64(stream.next(below: 100)), phase: phase)
    let ticker = Ticker(interval: .milliseconds(10), phaseShare: phase)
    var first: SimTime?
    for frame in 0..<2_000 as Range<Int64> {
      let arrival = time(40 * frame) + .microseconds(Int64(stream.next(below: 60_000)))
      buffer.packetArrived(timestamp: 3_600 * frame, now: arrival)
      first = first ?? buffer.readingTime(ofArrival: arrival)
      let due = buffer.dueTime(ofTimestamp: 3_600 * frame)
      #expect(due == ticker.next(from: due) && due >= first!)
      // The largest size, the estimate's error and a tick for reading are the most.
      #expect(due - time(40 * frame) < .milliseconds(720))
    }
  }
}

@Suite("Ticker")
struct TickerTests {
  @Test(
    "the next tick is at or after a time, whatever its sign",
    arguments: [(-7, -7), (-6, 3), (2, 3), (3, 3), (4, 13), (13, 13)] as [(Int64, Int64)])
  func next(time: Int64, tick: Int64) {
    let ticker = Ticker(interval: .milliseconds(10), phaseShare: 0.3)
    #expect(ticker.next(from: .zero + .milliseconds(time)) == .zero + .milliseconds(tick))
  }
}
