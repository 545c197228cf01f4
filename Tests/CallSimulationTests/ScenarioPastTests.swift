import MediaSession
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("Scenario's past")
struct ScenarioPastTests {
  private func past(_ mechanism: Mechanism, _ change: (inout Scenario) -> Void = { _ in })
    -> Scenario
  {
    var scenario = smallScenario(mechanism)
    scenario.name = "cell \(mechanism)"
    change(&scenario)
    return scenario.past
  }

  @Test("mechanisms that do nothing unasked have their past in common, whatever road they take")
  func common() {
    for mechanism in [Mechanism.sipInfo, .fir, .sipInfoPli] {
      #expect(past(mechanism) == past(.pli))
      #expect(past(mechanism) { $0.signalling.proxies = 3 } == past(.pli))
    }
  }

  @Test("what a mechanism does unasked makes a past of its own")
  func different() {
    let pasts = [Mechanism.none, .pli, .sli, .rpsi, .sliRpsi, .nack, .nackPli].map { past($0) }
    for (place, one) in pasts.enumerated() {
      for other in pasts[..<place] { #expect(one != other) }
    }
  }

  @Test("with key frames that come in any case, nobody asking is like asking")
  func periodic() {
    let always: (inout Scenario) -> Void = { $0.encoderControl.periodicKeyFrames = .always }
    #expect(past(.none, always) == past(.pli, always))
    #expect(past(.nack, always) == past(.nackPli, always))
  }

  @Test("a network or codec of its own, another seed, or a shared access link divide pasts")
  func divided() {
    #expect(past(.pli) { $0.media.forward.oneWayDelay = .milliseconds(99) } != past(.pli))
    #expect(past(.pli) { $0.codec.targetBitrate = 123 } != past(.pli))
    #expect(past(.pli) { $0.seed = 99 } != past(.pli))
    #expect(past(.sipInfo) { $0.signalling.sharesAccessLinks = true } != past(.pli))
  }

  @Test("a past is its own past")
  func idempotent() {
    for mechanism in Mechanism.allCases { #expect(past(mechanism).past == past(mechanism)) }
  }
}
