import MediaSession
import Signalling
import SimulationKernel
import Testing
import WireFormats

@testable import CallSimulation
@testable import Campaigns

@Suite("Settings that a negotiation leaves")
struct NegotiatedSettingsTests {
  /// What the INVITE and the 200 at a capture's beginning have negotiated.
  private func negotiation(_ scenario: Scenario) throws -> VideoNegotiation {
    let hosts = CaptureHosts(settings: scenario.signalling)
    let descriptions = try CallSetup(scenario, hosts: hosts).messages.prefix(2).map { packet in
      // Behind the headers of IPv4 and UDP.
      try SessionDescription(octets: SIPMessage(octets: Array(packet[28...])).body)
    }
    return try #require(
      FeedbackNegotiation(offer: descriptions[0], answer: descriptions[1]).firstWithVideo)
  }

  @Test("a capture's set-up negotiates the call that it precedes", arguments: Mechanism.allCases)
  func setup(mechanism: Mechanism) throws {
    for milliseconds: Int64 in [0, 1_500] {
      for isReducedSize in [false, true] {
        var scenario = Scenario()
        scenario.mechanism = mechanism
        scenario.rtcp.trrInterval = .milliseconds(milliseconds)
        scenario.rtcp.isReducedSize = isReducedSize
        let stream = try negotiation(scenario)
        // The receiver makes the offer.
        let settings = NegotiatedSettings(stream, sender: .callee)
        let expected: Mechanism =
          switch mechanism {
          case .none: .sipInfo
          case .sipInfoPli: .pli
          default: mechanism
          }
        #expect(settings.mechanism == expected.rawValue)
        #expect(settings.regularReportInterval == scenario.rtcp.trrInterval)
        #expect(settings.usesReducedSize == isReducedSize && settings.hasFeedbackProfile)
        #expect(
          (stream.verdict(on: .retransmission, forVideoFrom: .callee) == .inEffect)
            == mechanism.usesRetransmission)
        #expect(stream.remarks.isEmpty)
      }
    }
  }

  @Test("without AVPF a capture's set-up promises no feedback", arguments: Mechanism.allCases)
  func setupWithoutFeedback(mechanism: Mechanism) throws {
    var scenario = Scenario()
    scenario.mechanism = mechanism
    scenario.rtcp.profile = .avp
    scenario.rtcp.trrInterval = .seconds(5)
    let stream = try negotiation(scenario)
    let settings = NegotiatedSettings(stream, sender: .callee)
    #expect(settings.mechanism == NegotiatedSettings.fallback && !settings.hasFeedbackProfile)
    #expect(stream.remarks.isEmpty)
  }
}
