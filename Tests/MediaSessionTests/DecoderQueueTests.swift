import Testing

@testable import MediaSession

@Suite("Queue before the decoder")
struct DecoderQueueTests {
  @Test("frames leave in order, and the oldest whole one is known")
  func order() {
    var queue = DecoderQueue()
    #expect(queue.oldest == nil)
    queue.append(.damaged)
    queue.append(.whole(7))
    queue.append(.whole(8))
    #expect(queue.oldest == 7)
    var frames: [DecoderQueue.Frame] = []
    while let frame = queue.removeFirst() {
      frames.append(frame)
      if frame == .whole(7) { #expect(queue.oldest == 8) }
    }
    #expect(frames == [.damaged, .whole(7), .whole(8)])
  }

  @Test("news is told once")
  func news() {
    var queue = DecoderQueue()
    var told = [queue.takeNews()]
    queue.append(.damaged)
    queue.append(.whole(1))
    told += [queue.takeNews(), queue.takeNews()]
    #expect(told == [false, true, false])
  }
}
