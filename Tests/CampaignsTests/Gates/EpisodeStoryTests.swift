import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Episodes that explain a failed gate")
struct EpisodeStoryTests {
  @Test("the median and the longest are told with their conditions, in the explanation's words")
  func told() throws {
    let calls = try SampleCalls.results([
      SampleCalls.call(3, milliseconds: [100, 400]),
      SampleCalls.call(4, milliseconds: [1_240, 200, 300], open: 1, network: "slow"),
    ])
    let story = try #require(EpisodeStory(calls))
    #expect(
      story.chains.map(\.text) == [
        "the median episode (network slow, seed 4): Of 300 ms, 300 ms were noticing the loss. Lost in "
          + "frame 0, shown +300 ms.",
        "the longest episode (network slow, seed 4): Of 1,240 ms up to the call's end, 1,240 ms were "
          + "noticing the loss. Lost in frame 0, the call's end, still broken, +1,240 ms.",
      ])
    #expect(story.longest.run == 4 && story.longest.episode.episode == 0)
  }

  @Test("of one episode there is no median, and without any no story")
  func few() throws {
    let one = try SampleCalls.results([SampleCalls.call(1, milliseconds: [100])])
    #expect(try #require(EpisodeStory(one)).chains.map(\.rank) == [.longest])
    #expect(EpisodeStory(try SampleCalls.results([SampleCalls.call(1, milliseconds: [])])) == nil)
  }

  @Test("a hop that the messages tell of is named")
  func hop() throws {
    var call = SampleCalls.call(5, milliseconds: [500])
    call.conditions.transport = "tcp"
    call.episodes[0].causes[Cause.notNoticed.rawValue] = .zero
    call.episodes[0].causes[Cause.tcp.rawValue] = .milliseconds(500)
    func info(_ message: Int, sent: Int64, lasting span: Int64) -> FeedbackRecord {
      let sent = SimTime.zero + .milliseconds(sent)
      return FeedbackRecord(
        message: message, kind: "info", hop: 1, octets: 600, frame: nil, ready: sent, sent: sent,
        received: sent + .milliseconds(span), outcome: "forwarded")
    }
    call.feedback = [info(0, sent: 10, lasting: 480), info(1, sent: 2_000, lasting: 20)]
    let calls = try SampleCalls.results([call])
    var hops = SlowHops()
    try hops.add(calls, feedback: CSVFile.feedback.header + CSVFile.feedback.lines(for: call))
    let sentence = try #require(EpisodeStory(calls, hops)).longest.explanation.sentence
    #expect(sentence == "Of 500 ms, 500 ms were TCP retransmission on hop 2.")
    #expect(hops.hop(run: 5, episode: 0) == 1 && hops.hop(run: 6, episode: 0) == nil)
  }

  @Test("how a call is seen again depends on whether it was kept")
  func replay() {
    let kept = CallReplay.folder("out put")
    #expect(kept.command(run: 12, episode: 3) == "avpfsim replay 'out put' --episode 12/3")
    #expect(
      kept.advice(run: 12, episode: 3).hasSuffix(": avpfsim replay 'out put' --episode 12/3"))
    let lost = CallReplay.notKept(command: "avpfsim validate s.yaml")
    #expect(lost.command(run: 12, episode: 3) == nil)
    #expect(
      lost.advice(run: 12, episode: 3)
        == "to see that call, keep the calls by avpfsim validate s.yaml -o DIR, and then: "
        + "avpfsim replay DIR --episode 12/3")
  }
}
