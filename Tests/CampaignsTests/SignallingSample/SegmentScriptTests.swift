import Configuration
import Signalling
import Testing

@testable import Campaigns

@Suite("Script of lost segments")
struct SegmentScriptTests {
  @Test("kinds, counts from 1, hops and the answers' way")
  func read() throws {
    let losses = try SegmentScript.read(
      "drop data 1,3; drop syn-ack 1 hop 2;drop reply data 2; drop ack 1; drop reply ack 1",
      hops: 2, transport: .tcp, isCold: true)
    #expect(
      losses == [
        ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .data, ordinal: 0),
        ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .data, ordinal: 2),
        ScriptedSegmentLoss(
          hop: 1, direction: .towardsReceiver, kind: .synAcknowledgement, ordinal: 0),
        ScriptedSegmentLoss(hop: 0, direction: .towardsReceiver, kind: .data, ordinal: 1),
        ScriptedSegmentLoss(
          hop: 0, direction: .towardsReceiver, kind: .acknowledgement, ordinal: 0),
        ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .acknowledgement, ordinal: 0),
      ])
  }

  @Test(
    "anything else is refused in one sentence",
    arguments: [
      "", "drop", "drop data", "drop data 0", "drop data 1,", "drop fin 1", "lose data 1",
      "drop data 1 hop", "drop data 1 hop 3", "drop data 1 hop 0", "drop data 1 hop 1 2",
      "drop data 9999999999999999999999", "drop reply",
    ])
  func refused(text: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try SegmentScript.read(text, hops: 2, transport: .tcp, isCold: true)
    }
    let sentence = error?.description ?? ""
    #expect(sentence.hasPrefix("--script: found \"\(text)\", expected "))
    #expect(!sentence.contains("\n"))
  }

  @Test(
    "what is never sent is not lost on purpose",
    arguments: [
      (.udp, true, "drop syn 1", "expected datagram"),
      (.tcp, true, "drop datagram 1", "expected data, ack, syn or syn-ack"),
      (.tls12, false, "drop syn-ack 1", "found syn-ack without --cold"),
    ] as [(SignallingSettings.Transport, Bool, String, String)])
  func inVain(
    transport: SignallingSettings.Transport, isCold: Bool, text: String, expected: String
  ) {
    let error = #expect(throws: ConfigurationError.self) {
      try SegmentScript.read(text, hops: 1, transport: transport, isCold: isCold)
    }
    #expect(error?.description.contains(expected) == true)
  }
}
