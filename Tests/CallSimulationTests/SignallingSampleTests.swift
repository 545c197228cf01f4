import NetworkModels
import Signalling
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("A sample of delivery times")
struct SignallingSampleTests {
  private static func settings(
    _ transport: SignallingSettings.Transport, loss: Double = 0, hops: Int = 1
  ) -> SignallingSampleSettings {
    var settings = SignallingSampleSettings()
    let link = LinkSettings(loss: loss > 0 ? .independent(rate: loss) : .none)
    settings.hops = Array(
      repeating: HopLinks(towardsSender: link, towardsReceiver: link), count: hops)
    settings.transport = transport
    settings.tls = transport.tlsVersion.map { TLSProfile(version: $0) }
    settings.connections = 3
    settings.messages = 20
    return settings
  }

  private static func sample(_ settings: SignallingSampleSettings) -> [SampledMessage] {
    var all: [SampledMessage] = []
    sampleSignalling(settings) { all += $0 }
    return all
  }

  @Test("without loss every hop takes half its round trip", arguments: [1, 2, 5])
  func lossless(hops: Int) {
    for transport in [SignallingSettings.Transport.tcp, .tls12, .tls13] {
      let sample = Self.sample(Self.settings(transport, hops: hops))
      #expect(sample.count == 60)
      #expect(sample.allSatisfy { $0.delay == .milliseconds(25) * Int64(hops) })
    }
  }

  @Test("messages of a connection are spaced within the range, the first at zero")
  func spacing() {
    let sample = Self.sample(Self.settings(.tcp))
    for connection in 0..<3 {
      let sent = sample.filter { $0.connection == connection }.map(\.sent)
      #expect(sent[0] == .zero)
      for (one, next) in zip(sent, sent.dropFirst()) {
        #expect((SimDuration.seconds(2)...(.seconds(3))).contains(next - one))
      }
    }
  }

  // RTT * (1.5 plain, 2.5 TLS 1.3, 3.5 TLS 1.2) and the computing of both ends.
  @Test(
    "cold: connecting, TLS and the message, and where each was done",
    arguments: [(.tcp, 75_000, 50_000), (.tls13, 126_800, 101_800), (.tls12, 177_100, 152_100)]
      as [(SignallingSettings.Transport, Int64, Int64)])
  func cold(transport: SignallingSettings.Transport, total: Int64, ready: Int64) {
    var settings = Self.settings(transport)
    settings.isCold = true
    for message in Self.sample(settings) {
      #expect(message.connected == .milliseconds(50))
      #expect(message.ready == .microseconds(ready))
      #expect(message.delay == .microseconds(total))
    }
  }

  @Test("with Nagle's algorithm TLS 1.3's first message waits a round trip more")
  func nagle() {
    var settings = Self.settings(.tls13)
    settings.isCold = true
    settings.tcp.nagle = true
    #expect(Self.sample(settings).allSatisfy { $0.delay == .microseconds(176_800) })
  }

  @Test("a burst before the message: its octets and the message's over the rate")
  func burst() {
    var settings = Self.settings(.tcp)
    let link = LinkSettings(rate: .kilobitsPerSecond(256), queueLimit: .seconds(2))
    settings.hops = [HopLinks(towardsSender: link, towardsReceiver: link)]
    settings.burstOctets = 20_000
    settings.spacing = .seconds(2)...(.seconds(2))
    // 20,600 octets and 15 headers of 52, at 31.25 us an octet.
    let expected = SimDuration.milliseconds(25) + .microseconds((20_600 + 15 * 52) * 125 / 4)
    #expect(Self.sample(settings).allSatisfy { $0.delay == expected })
  }

  @Test("the script loses data on an idle connection: it comes a timeout later")
  func script() {
    var settings = Self.settings(.tcp)
    settings.messages = 1
    settings.tcp.usesTimerWheel = false
    settings.script = [
      ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .data, ordinal: 0)
    ]
    #expect(Self.sample(settings).allSatisfy { $0.delay == .milliseconds(277) })
  }

  @Test(
    "a connection settles before its first message, however slow it is",
    arguments: [(10_000, nil), (1_700, nil), (50, 8), (600, 16)] as [(Int64, Int64?)])
  func slow(roundTrip: Int64, rate: Int64?) {
    var settings = Self.settings(.tls13, hops: 5)
    let link = LinkSettings(
      oneWayDelay: .milliseconds(roundTrip) / 2, rate: rate.map { .kilobitsPerSecond($0) },
      queueLimit: .seconds(3_600))
    settings.hops = Array(
      repeating: HopLinks(towardsSender: link, towardsReceiver: link), count: 5)
    settings.messages = 3
    let sample = Self.sample(settings)
    #expect(sample.allSatisfy { $0.delay != nil })
    #expect(sample.filter { $0.message == 0 }.allSatisfy { $0.sent == .zero })
  }

  @Test("over UDP a lost request goes again after 500 ms, on the hop where it was lost")
  func datagrams() {
    var settings = Self.settings(.udp, hops: 2)
    settings.messages = 1
    #expect(Self.sample(settings).allSatisfy { $0.delay == .milliseconds(50) })
    settings.script = [
      ScriptedSegmentLoss(hop: 1, direction: .towardsSender, kind: .datagram, ordinal: 0)
    ]
    #expect(Self.sample(settings).allSatisfy { $0.delay == .milliseconds(550) })
  }

  @Test("the same seed gives the same delays, another others; every message arrives at 20 % loss")
  func determinism() {
    var settings = Self.settings(.tls13, loss: 0.2, hops: 2)
    let first = Self.sample(settings)
    #expect(first == Self.sample(settings))
    #expect(first.allSatisfy { $0.delay != nil })
    settings.seed = 2
    #expect(first != Self.sample(settings))
  }

  @Test("over a path that loses everything nothing arrives, and the sample ends")
  func nothing() {
    var settings = Self.settings(.tcp, loss: 1)
    settings.connections = 1
    settings.messages = 3
    #expect(Self.sample(settings).allSatisfy { $0.delay == nil })
    settings.isCold = true
    #expect(Self.sample(settings).allSatisfy { $0.delay == nil && $0.connected == nil })
  }
}
