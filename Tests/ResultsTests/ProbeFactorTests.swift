import SimulationKernel
import Testing

@testable import Results

@Suite("Probe factor")
struct ProbeFactorTests {
  private let followed = ProbeResults.Followed(
    probe: Probe(number: 0, frame: 9, position: .middle, packets: 4, horizon: .seconds(5)),
    kind: "golden", duration: .milliseconds(80), isCensored: false)

  @Test("every factor has a value, as tables name it")
  func titles() {
    var conditions = FakeCampaign().conditions(
      "probes", "sip-info", rtt: 50, loss: 0.015, burst: 60, proxies: 2, interval: 5_000, seed: 1)
    conditions.relayRoundTrip = .milliseconds(90)
    conditions.situation = "busy"
    let titles = ProbeFactor.allCases.map { $0.level(conditions, followed)?.title }
    #expect(
      titles == [
        "RTT 50 ms", "loss 1.5 %", "bursts of 60 ms", "relay, RTT 90 ms", "2 proxies", "TLS 1.3",
        "proxies on-path", "connections warm", "INFO each 5000 ms", "linphone (one at a time)",
        "busy",
        "talking-head", "4 packets lost", "middle packet of the frame", "frame golden",
      ])
  }

  @Test("what a call without SIP, relay or bursts has not is absent or said to be so")
  func absent() {
    let conditions = FakeCampaign().conditions("probes", "pli", rtt: 50, seed: 1)
    for factor: ProbeFactor in [
      .proxies, .transport, .placement, .connection, .requestInterval, .policy,
    ] {
      #expect(factor.level(conditions, followed) == nil)
    }
    #expect(ProbeFactor.relay.level(conditions, followed)?.title == "no relay")
    #expect(ProbeFactor.burst.level(conditions, followed)?.title == "independent losses")
    #expect(ProbeFactor.situation.level(conditions, followed)?.title == "no situation")
  }

  @Test("numbers ascend, names stay in the order of their appearance, each once")
  func order() {
    func levels(_ labels: [(String, Double)]) -> [String] {
      ProbeFactor.ordered(labels.map { ProbeFactor.Level($0.0, order: $0.1) }).map(\.label)
    }
    #expect(
      levels([("200", 200), ("50", 50), ("200", 200), ("100", 100)]) == ["50", "100", "200"])
    #expect(levels([("tls", 0), ("tcp", 0), ("tls", 0)]) == ["tls", "tcp"])
  }
}
