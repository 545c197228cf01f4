import NetworkModels
import Signalling
import SimulationKernel
import Testing

@Suite("What can be said of a road before a call")
struct SignallingEstimatesTests {
  @Test(
    "no response over a new connection comes sooner than the least time, and over TCP just then",
    arguments: SignallingSettings.Transport.allCases, [0, 2])
  func leastAnswerTime(transport: SignallingSettings.Transport, proxies: Int) throws {
    var settings = SignallingSettings.test(
      transport, proxies: proxies, connection: transport == .udp ? .warm : .cold)
    settings.nameLookUp = .zero
    var run = PathRun(settings)
    run.ask(at: 0)
    run.run()
    let hop = HopLinks(towardsSender: LinkSettings(), towardsReceiver: LinkSettings())
    let least = settings.leastAnswerTime(over: Array(repeating: hop, count: proxies + 1))
    let answered = try #require(run.finished.first)
    #expect(answered.status == 200)
    #expect(abs(answered.time - least.inMilliseconds) < 0.001)
  }

  @Test("the receiver's new connection alone counts where the others are warm, and the look-up")
  func replacement() {
    let hop = HopLinks(towardsSender: LinkSettings(), towardsReceiver: LinkSettings())
    var settings = SignallingSettings.test(.tls12, proxies: 1)
    settings.proxyProcessing = .milliseconds(3)
    settings.tlsProcessing = .milliseconds(2)
    settings.nameLookUp = .milliseconds(70)
    // Look-up, TCP, TLS with its computing, both hops, the proxy's work on the INFO and its response.
    let expected = 70 + 50 + 2 * 50 + 4 + 2 * 50 + 2 * 3
    #expect(
      settings.leastAnswerTime(over: [hop, hop]) == .milliseconds(Int64(expected)))
  }

  @Test("messages above the MTU become fragments, over UDP alone")
  func fragments() {
    var settings = SignallingSettings.test(.udp, proxies: 1)
    #expect(!settings.sendsFragments)
    settings.extraOctets = 1_200
    #expect(settings.sendsFragments)
    settings.transport = .tcp
    #expect(!settings.sendsFragments)
    var loaded = SignallingSettings.test(.udp)
    loaded.load = SignallingLoad(interval: .seconds(1), sizes: [700])
    #expect(!loaded.sendsFragments)
    loaded.load?.sizes = [700, 3_000]
    #expect(loaded.sendsFragments)
  }
}
