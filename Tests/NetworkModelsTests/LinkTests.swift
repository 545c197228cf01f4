import NetworkModels
import SimulationKernel
import Testing

@Suite("Link")
struct LinkTests {
  private func milliseconds(_ value: Int64) -> SimTime { .zero + .milliseconds(value) }

  @Test("a clean link delivers after its delay")
  func clean() {
    var link = Link(LinkSettings(oneWayDelay: .milliseconds(50)), seed: 1, name: "test")
    let outcome = link.send(octets: 1_200, at: milliseconds(3))
    #expect(outcome == .delivered(at: milliseconds(53)))
  }

  @Test(
    "delivery is waiting, sending and propagation; a full queue drops at the instant of sending")
  func bottleneck() {
    // 1,250 octets at 1 Mbit/s take 10 ms.
    let settings = LinkSettings(
      oneWayDelay: .milliseconds(25), rate: .kilobitsPerSecond(1_000), queueLimit: .milliseconds(15)
    )
    var link = Link(settings, seed: 1, name: "test")
    let outcomes = [0, 0, 0, 6].map { link.send(octets: 1_250, at: milliseconds($0)) }
    #expect(
      outcomes == [
        .delivered(at: milliseconds(35)), .delivered(at: milliseconds(45)),
        .dropped(at: .zero), .delivered(at: milliseconds(55)),
      ])
  }

  @Test("a lost packet took its turn in the bottleneck and is lost when its last bit has left")
  func lost() {
    let settings = LinkSettings(
      oneWayDelay: .milliseconds(25), loss: .independent(rate: 1), rate: .kilobitsPerSecond(1_000))
    var link = Link(settings, seed: 1, name: "test")
    let outcomes = [0, 4].map { link.send(octets: 1_250, at: milliseconds($0)) }
    #expect(outcomes == [.lost(at: milliseconds(10)), .lost(at: milliseconds(20))])
  }

  @Test("the channel is met when a packet leaves the bottleneck, not when it enters the queue")
  func channelTime() {
    let loss = LossModel.gilbertElliott(rate: 0.5, meanBurst: .milliseconds(5))
    // Slow: 200 ms of sending first, so each packet meets the channel 200 ms after it was sent.
    var slow = Link(
      LinkSettings(oneWayDelay: .zero, loss: loss, rate: .kilobitsPerSecond(1_000)), seed: 9,
      name: "test")
    var fast = Link(LinkSettings(oneWayDelay: .zero, loss: loss), seed: 9, name: "test")
    for packet in 0..<200 as Range<Int64> {
      let throughBottleneck = slow.send(octets: 25_000, at: milliseconds(packet * 200))
      let unhindered = fast.send(octets: 25_000, at: milliseconds(packet * 200 + 200))
      #expect(throughBottleneck == unhindered)
    }
  }

  @Test(
    "a scripted loss changes the fate of no other packet",
    arguments: [
      LossModel.none, .independent(rate: 0.2),
      .gilbertElliott(rate: 0.2, meanBurst: .milliseconds(4)),
    ])
  func scripted(loss: LossModel) {
    let settings = LinkSettings(loss: loss, rate: .kilobitsPerSecond(50_000))
    var plain = Link(settings, seed: 4, name: "test")
    var withScript = Link(settings, seed: 4, name: "test")
    for packet in 0..<3_000 {
      let now = SimTime.zero + .microseconds(Int64(packet) * 210)
      let isScripted = packet % 10 == 3
      let expected = plain.send(octets: 1_200, at: now)
      let outcome = withScript.send(octets: 1_200, at: now, losing: isScripted)
      if case .delivered(let arrival) = expected, isScripted {
        #expect(outcome == .lost(at: arrival - settings.oneWayDelay))
      } else {
        #expect(outcome == expected)
      }
    }
  }

  @Test("the same seed and name give the same link; another name another")
  func reproducible() {
    let settings = LinkSettings(loss: .independent(rate: 0.3))
    func pattern(seed: UInt64, name: String) -> [Link.Outcome] {
      var link = Link(settings, seed: seed, name: name)
      return (0..<500).map { link.send(octets: 100, at: milliseconds($0)) }
    }
    #expect(pattern(seed: 1, name: "a") == pattern(seed: 1, name: "a"))
    #expect(pattern(seed: 1, name: "a") != pattern(seed: 1, name: "b"))
    #expect(pattern(seed: 1, name: "a") != pattern(seed: 2, name: "a"))
  }

  @Test("the losses come from the stream NAME.loss, by slot and index")
  func streamName() {
    var link = Link(
      LinkSettings(oneWayDelay: .zero, loss: .independent(rate: 0.3)), seed: 8,
      name: "media.forward")
    let key = StreamKey(seed: 8, name: "media.forward.loss")
    for slot in 0..<200 as Range<Int64> {
      for index in 0..<3 {
        let now = milliseconds(slot) + .microseconds(Int64(index) * 400)
        let lost = Probability(0.3).accepts(key.draw(slot: slot, index: index))
        let outcome = link.send(octets: 100, at: now)
        #expect(outcome == (lost ? .lost(at: now) : .delivered(at: now)))
      }
    }
  }

  @Test("settings that no link can have are refused")
  func refused() async {
    await #expect(processExitsWith: .failure) {
      _ = Link(LinkSettings(oneWayDelay: .milliseconds(-1)), seed: 1, name: "x")
    }
    await #expect(processExitsWith: .failure) {
      _ = Link(LinkSettings(rate: Bitrate(bitsPerSecond: 0)), seed: 1, name: "x")
    }
    await #expect(processExitsWith: .failure) {
      _ = Link(LinkSettings(queueLimit: .milliseconds(-1)), seed: 1, name: "x")
    }
    await #expect(processExitsWith: .failure) {
      _ = Link(LinkSettings(loss: .independent(rate: 1.5)), seed: 1, name: "x")
    }
  }
}
