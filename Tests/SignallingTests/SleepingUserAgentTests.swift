import NetworkModels
import SimulationKernel
import Testing

@testable import Signalling

@Suite("A sleeping user agent")
struct SleepingUserAgentTests {
  private func settings(keepAlive: SimDuration? = nil) -> SignallingSettings {
    var settings = SignallingSettings.test(.tls13, proxies: 1)
    settings.mobile = MobileSettings(
      wakeUp: .seconds(2), awake: .seconds(10), keepAlive: keepAlive)
    return settings
  }

  @Test("awake it takes a request at once; asleep the proxy holds it until the push has woken it")
  func wakeUp() throws {
    var run = PathRun(settings())
    run.ask(at: 1_000)
    run.ask(at: 15_000)
    run.run()
    #expect(run.received.first == 1_050.37)
    #expect(run.received.count == 2)
    #expect(run.path.wakeUps == 1)
    let held = try #require(run.hops.first { $0.hop == 1 && $0.request == 1 && !$0.isResponse })
    #expect(held.received.inMilliseconds == 15_025)
    #expect(held.heldFrom?.inMilliseconds == 15_025.37)
    #expect(held.written!.inMilliseconds == run.received[1] - 25)
    #expect(held.written! > held.heldFrom!)
    let first = try #require(run.hops.first { $0.hop == 1 && $0.request == 0 })
    #expect(first.heldFrom == nil)
  }

  @Test("each message keeps it awake for a while longer")
  func staysAwake() {
    var run = PathRun(settings())
    for second in [9, 18, 27, 36] as [Int64] { run.ask(at: second * 1_000) }
    run.run()
    #expect(run.received == [9_050.37, 18_050.37, 27_050.37, 36_050.37])
    #expect(run.path.wakeUps == 0)
  }

  @Test("requests that come while it wakes up are taken together")
  func together() {
    var run = PathRun(settings())
    run.ask(at: 15_000)
    run.ask(at: 15_001)
    run.run()
    #expect(run.path.wakeUps == 1)
    #expect(run.received.count == 2 && run.received[0] == run.received[1])
  }

  @Test("keep-alives keep it awake")
  func keepAlive() {
    var run = PathRun(settings(keepAlive: .seconds(25)))
    run.ask(at: 500_000)
    run.run()
    #expect(run.received == [500_050.37])
    #expect(run.path.wakeUps == 0)
  }

  @Test("wake-ups take their mean on average, and each is the seed's and its number's alone")
  func mean() {
    let item = ProxyQueue.Item(request: 0, status: nil, received: .zero)
    var agent = SleepingUserAgent(settings().mobile!, seed: 1)
    var sum = 0.0
    for number in 1...2_000 {
      let now = SimTime.zero + .seconds(Int64(number) * 100)
      let woken = agent.hold(item, now: now)!
      #expect(agent.hold(item, now: now) == nil)
      sum += (woken - now).inMilliseconds
      #expect(agent.wake(now: woken).count == 2)
    }
    #expect(abs(sum / 2_000 - 2_000) < 150)
    #expect(agent.wakeUps == 2_000)
  }

  @Test("what it sleeps through is open at the call's end")
  func open() throws {
    var run = PathRun(settings())
    run.ask(at: 15_000)
    run.run(until: .milliseconds(15_030))
    let message = try #require(run.path.openMessages().first)
    #expect(message.hop == 1 && message.written == nil)
    #expect(message.heldFrom?.inMilliseconds == 15_025.37)
  }
}
