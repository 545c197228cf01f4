import MediaSession
import Results
import Signalling
import SimulationKernel
import Testing

@testable import CallSimulation

@Suite("The feedback that a mechanism needs")
struct MechanismFeedbackTests {
  @Test(
    "it is what the receiver sends, once the first key frame and later frames are lost for good",
    arguments: Mechanism.allCases)
  func sent(mechanism: Mechanism) throws {
    var scenario = smallScenario(mechanism, losing: [(0, 0), (40, 0), (41, 0)])
    // Less than the round trip, so that what is asked for again comes too late.
    scenario.retransmission.giveUpAge = .milliseconds(20)
    let sent = try scenario.simulated().feedback.compactMap {
      FeedbackMessage.Kind(rawValue: $0.kind)
    }
    // The last word of `nack`, `nack pli`, `ack rpsi` is the message.
    let needed = mechanism.feedback.compactMap { feature in
      feature.text.split(separator: " ").last.flatMap {
        FeedbackMessage.Kind(rawValue: String($0))
      }
    }
    #expect(needed.count == mechanism.feedback.count)
    #expect(Set(sent) == Set(needed))
  }
}
