import NetworkModels
import SimulationKernel
import Testing
import WireFormats

@testable import Signalling

@Suite("Other signalling on the path")
struct SignallingLoadTests {
  /// How late each of 100 requests, one a second, arrived.
  private func delays(_ settings: SignallingSettings, link: LinkSettings) -> [Double] {
    var run = PathRun(settings, link: link, seed: 3)
    run.at(0, .begin)
    for second in 1...100 as ClosedRange<Int64> { run.ask(at: second * 1_000) }
    run.run(until: .seconds(102))
    #expect(run.received.count == 100)
    // None of it is among the call's own messages.
    #expect(run.hops.allSatisfy { $0.request >= 0 })
    #expect(run.path.openMessages().isEmpty)
    return zip(run.received, run.sent).map { $0 - $1 }.sorted()
  }

  @Test("messages come as a Poisson process, a function of the seed and the hop alone")
  func arrivals() {
    let load = SignallingLoad(interval: .milliseconds(20), sizes: [700, 1_500, 3_000])
    var generator = LoadGenerator(load, hop: 0, seed: 1)
    var same = LoadGenerator(load, hop: 0, seed: 1)
    var sum = 0.0
    var sizes: [Int: Int] = [:]
    var ends = [0, 0]
    for _ in 0..<6_000 {
      let gap = generator.gap()
      #expect(same.gap() == gap)
      sum += gap.inMilliseconds
      let (octets, end) = generator.message()
      #expect(same.message() == (octets, end))
      sizes[octets, default: 0] += 1
      ends[end] += 1
    }
    #expect(abs(sum / 6_000 - 20) < 1)
    for size in load.sizes { #expect(abs(sizes[size, default: 0] - 2_000) < 150) }
    #expect(abs(ends[0] - 3_000) < 150)
  }

  @Test("a burst is as many messages as its octets make")
  func bursts() {
    let load = SignallingLoad(interval: .seconds(1), sizes: [1_500], burst: 20_000)
    let generator = LoadGenerator(load, hop: 1, seed: 1)
    #expect(generator.burst == Array(repeating: 1_500, count: 13) + [500])
    #expect(generator.firstBurstTime! < .zero + .seconds(10))
  }

  @Test(
    "it takes its share of the link, and an INFO waits behind it",
    arguments: [SignallingSettings.Transport.udp, .tcp, .tls13])
  func sharing(transport: SignallingSettings.Transport) {
    var settings = SignallingSettings.test(transport)
    let link = LinkSettings(rate: .kilobitsPerSecond(256), queueLimit: .seconds(10))
    let idle = delays(settings, link: link)
    // Half of what the link carries one way.
    settings.load = SignallingLoad(interval: .milliseconds(50), sizes: [1_500])
    let loaded = delays(settings, link: link)
    #expect(idle[95] < 50)
    #expect(loaded[0] < 50 && loaded[95] > idle[95] + 30)
  }

  @Test("a message of others lost on the connection holds an INFO up that comes behind it")
  func headOfLine() {
    var settings = SignallingSettings.test(.tcp)
    let link = LinkSettings(loss: .independent(rate: 0.02))
    let idle = delays(settings, link: link)
    settings.load = SignallingLoad(interval: .milliseconds(20), sizes: [3_000])
    let loaded = delays(settings, link: link)
    #expect(idle.count { $0 > 30 } < 10)
    #expect(loaded.count { $0 > 30 } > 2 * idle.count { $0 > 30 })
  }

  @Test("a proxy works on it: at 80 % of its time others' messages are in front")
  func proxyTime() {
    var settings = SignallingSettings.test(.tcp, proxies: 1)
    settings.proxyProcessing = .milliseconds(8)
    // From both hops, half of it towards the proxy: one message each 10 ms.
    settings.load = SignallingLoad(interval: .milliseconds(10), sizes: [700])
    let loaded = delays(settings, link: LinkSettings())
    let mean = loaded.reduce(0, +) / 100
    // M/D/1: 50 ms on the way, 8 of work, and 0.8 / (2 * 0.2) * 8 = 16 of waiting on average.
    #expect((62...90).contains(mean))
  }

  @Test(
    "in a capture it is a NOTIFY of its size", arguments: [500, 501, 700, 1_500, 3_000, 65_000])
  func capture(octets: Int) throws {
    for transport in [SIPTransport.udp, .tcp, .tls] {
      let message = SignallingLoad.message(octets: octets, transport: transport)
      #expect(message.octets().count == octets)
      try message.checkComposition()
    }
  }

  @Test("messages that come to a proxy at the same instant take a time of their own each")
  func sameInstant() {
    var queue = ProxyQueue(
      processing: .milliseconds(2), .exponential, chance: StreamKey(seed: 1, name: "sip.proxy0"))
    var times: Set<SimDuration> = []
    var latest = SimTime.zero
    for _ in 0..<100 {
      let done = queue.accept(ProxyQueue.Item(request: -1, status: nil, received: .zero))
      times.insert(done - latest)
      latest = done
    }
    #expect(times.count == 100)
  }

  @Test("a proxy's exponential time has its mean, and is a function of when the message came")
  func exponential() {
    func queue() -> ProxyQueue {
      ProxyQueue(
        processing: .milliseconds(2), .exponential, chance: StreamKey(seed: 1, name: "sip.proxy0"))
    }
    var (all, half) = (queue(), queue())
    var sum = 0.0
    for number in 0..<2_000 {
      let now = SimTime.zero + .seconds(Int64(number))
      let item = ProxyQueue.Item(request: number, status: nil, received: now)
      let done = all.accept(item)
      sum += (done - now).inMilliseconds
      if number % 2 == 0 { #expect(half.accept(item) == done) }
    }
    #expect(abs(sum / 2_000 - 2) < 0.15)
  }
}
