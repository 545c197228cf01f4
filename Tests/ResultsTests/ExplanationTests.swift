import SimulationKernel
import Testing

@testable import Results

@Suite("Explanation of a repair")
struct ExplanationTests {
  private func explanation(
    _ causes: [(Cause, Int64)], transport: String = "tcp", connection: String? = "warm",
    feedback: [FeedbackRecord] = [], isCensored: Bool = false
  ) -> Explanation {
    var conditions = LadderTests.call.conditions
    conditions.transport = transport
    conditions.connection = connection
    var episode = EpisodeRecord(episode: 0, firstDamagedFrame: 30, lost: .zero + .seconds(1))
    for (cause, span) in causes { episode.causes[cause.rawValue] = .milliseconds(span) }
    episode.end = episode.lost + episode.causes.reduce(.zero, +)
    episode.isCensored = isCensored
    return Explanation(episode, conditions, feedback: feedback)
  }

  private func info(_ message: Int, hop: Int, sent: Int64, lasting span: Int64) -> FeedbackRecord {
    let sent = SimTime.zero + .milliseconds(sent)
    return FeedbackRecord(
      message: message, kind: "info", hop: hop, octets: 600, frame: nil, ready: sent, sent: sent,
      received: sent + .milliseconds(span), outcome: "forwarded")
  }

  @Test("the longest cause comes first, with the hop that took longer than it takes at best")
  func retransmission() {
    let feedback = [
      info(0, hop: 0, sent: 1_050, lasting: 60), info(0, hop: 1, sent: 1_110, lasting: 1_023),
      info(1, hop: 0, sent: 5_000, lasting: 55), info(1, hop: 1, sent: 5_060, lasting: 20),
    ]
    let told = explanation(
      [(.tcp, 1_003), (.requestOnNetwork, 40), (.playout, 120), (.notNoticed, 77)],
      feedback: feedback)
    #expect(told.slowHop == 1)
    #expect(
      told.sentence
        == "Of 1,240 ms, 1,003 ms were TCP retransmission on hop 2, 120 ms the playout buffer, 77.0 ms "
        + "noticing the loss and 40.0 ms the rest.")
  }

  @Test("without messages no hop is named, and the transport says what it can have been")
  func transports() {
    #expect(explanation([(.tcp, 500)]).sentence == "Of 500 ms, 500 ms were TCP retransmission.")
    #expect(
      explanation([(.tcp, 500)], transport: "udp", connection: nil).sentence
        == "Of 500 ms, 500 ms were SIP's own retransmission over UDP.")
    #expect(
      explanation([(.tcp, 500)], connection: "cold").sentence
        == "Of 500 ms, 500 ms were opening connections and TCP retransmission.")
    #expect(
      explanation([(.tcp, 500)], connection: "half-dead").sentence
        == "Of 500 ms, 500 ms were a dead connection and TCP retransmission.")
  }

  @Test("an episode that stayed open is said to, and one without time has none")
  func openAndEmpty() {
    let open = explanation([(.periodicKeyFrame, 1_234_567)], isCensored: true)
    #expect(
      open.sentence
        == "Of 1,234,567 ms up to the call's end, 1,234,567 ms were waiting for a periodic key frame."
    )
    #expect(open.chain.hasSuffix("the call's end, still broken, +1,234,567 ms."))
    let probe = Explanation(open.episode, open.conditions, feedback: [], isProbe: true)
    #expect(probe.chain.hasSuffix("the probe's horizon, still broken, +1,234,567 ms."))
    #expect(probe.sentence.contains(" up to the probe's horizon, "))
    #expect(explanation([]).sentence == "No time was lost.")
  }

  @Test("the bar's parts fill it, in the order of the chain")
  func bar() throws {
    let bar = explanation([(.playout, 30), (.tcp, 60), (.notNoticed, 10)]).bar
    let segments = try #require(bar["segments"] as? [[String: String]])
    #expect(segments.map { $0["width"] } == ["100.0", "600.0", "300.0"])
    #expect(segments.map { $0["x"] } == ["0.0", "100.0", "700.0"])
    #expect(
      bar["alternative"] as? String
        == "Where the time went: SIP transport 60.0 ms, playout buffer 30.0 ms, not noticed yet 10.0 ms"
    )
  }
}
