import SimulationKernel
import Testing

@testable import Results

@Suite("Ladder")
struct LadderTests {
  private static func at(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// INFO through one proxy, whose segment on the first hop is lost once.
  static var call: CallRecords {
    var totals = CallTotals()
    totals.duration = .seconds(5)
    totals.meanLatency = .milliseconds(100)
    var episode = EpisodeRecord(episode: 0, firstDamagedFrame: 2, lost: at(1_010))
    episode.noticed = at(1_040)
    episode.recoveryCaptured = at(1_400)
    episode.recoveryArrived = at(1_430)
    episode.recovered = at(1_500)
    episode.end = at(1_500)
    episode.isCensored = false
    episode.causes[Cause.notNoticed.rawValue] = .milliseconds(30)
    episode.causes[Cause.tcp.rawValue] = .milliseconds(300)
    episode.causes[Cause.playout.rawValue] = .milliseconds(160)
    func info(_ hop: Int, _ kind: String = "info", sent: Int64, received: Int64) -> FeedbackRecord {
      FeedbackRecord(
        message: 0, kind: kind, hop: hop, octets: 600, frame: nil, ready: at(sent), sent: at(sent),
        received: at(received), outcome: hop == 0 ? "forwarded" : "answered")
    }
    let frames = (0..<50).map { number in
      var frame = FrameRecord(frame: number, captured: at(920 + Int64(number) * 40))
      frame.shown = (2..<12).contains(number) ? .frozen : .exact
      frame.displayed = frame.shown == .exact ? frame.captured + .milliseconds(100) : nil
      return frame
    }
    return CallRecords(
      conditions: CallConditions(
        run: 0, group: "run", mechanism: "sip-info", roundTrip: .milliseconds(50), lossRate: 0.01,
        meanBurst: nil, proxies: 1, transport: "tls1.3", connection: "warm",
        requestInterval: .milliseconds(500), source: "talking-head", seed: 1),
      totals: totals, episodes: [episode], frames: frames,
      feedback: [
        info(0, sent: 1_040, received: 1_350), info(1, sent: 1_351, received: 1_370),
        info(1, "200", sent: 1_370, received: 1_380),
        FeedbackRecord(
          message: 1, kind: "info", hop: 0, octets: 600, frame: nil, ready: at(3_000),
          sent: at(3_000), received: at(3_010), outcome: "forwarded"),
      ],
      segments: [
        SegmentRecord(
          hop: 0, isFromReceiverSide: true, sent: at(1_040), arrived: nil, isRepeat: false),
        SegmentRecord(
          hop: 0, isFromReceiverSide: true, sent: at(1_340), arrived: at(1_350), isRepeat: true),
        SegmentRecord(
          hop: 0, isFromReceiverSide: true, sent: at(3_000), arrived: nil, isRepeat: false),
      ])
  }

  @Test("what is drawn goes from the capture over each hop and repetition to the screen")
  func steps() {
    let steps = EpisodeSteps(Self.call, Self.call.episodes[0]).drawn
    #expect(
      steps.map(\.name) == [
        "captured", "lost", "noticed", "asked", "sent", "segment lost", "frozen", "sent again",
        "received", "sent", "received", "captured", "arrived", "shown",
      ])
    #expect(
      steps[0].mark == .arrow(from: .sender, to: .network, arrives: Self.at(1_010), .media))
    #expect(
      steps[4].mark == .arrow(from: .receiver, to: .proxy(0), arrives: Self.at(1_350), .request))
    #expect(steps[5].mark == .cut(from: .receiver, to: .proxy(0), .lost))
    #expect(
      steps[7].mark == .arrow(from: .receiver, to: .proxy(0), arrives: Self.at(1_350), .transport))
    #expect(
      steps[9].mark == .arrow(from: .proxy(0), to: .sender, arrives: Self.at(1_370), .request))
  }

  @Test("the story tells no step of the drawing's own")
  func story() {
    let told = EpisodeSteps(Self.call, Self.call.episodes[0]).told
    #expect(!told.contains { ["segment lost", "sent again", "frozen"].contains($0.name) })
    #expect(told.count { $0.name == "captured" } == 1)
  }

  @Test("the screen has a state from each picture that was due to the next change")
  func screen() {
    let states = EpisodeSteps(Self.call, Self.call.episodes[0]).screenStates
    #expect(states.map(\.shown) == [.exact, .frozen, .exact])
    #expect(states.map(\.from) == [1_020, 1_100, 1_500].map(Self.at))
  }

  @Test("a frame that was shown late was not on screen when it was due")
  func late() {
    var call = Self.call
    // Completed by packets sent again, behind its time.
    call.frames[2].displayed = call.episodes[0].recovered
    let states = EpisodeSteps(call, call.episodes[0]).screenStates
    #expect(states.map(\.from) == [1_020, 1_100, 1_500].map(Self.at))
    // And one that is shown in time, but drifted, is told apart.
    call.frames[4].shown = .drifted
    let steps = EpisodeSteps(call, call.episodes[0]).drawn
    #expect(steps.first { $0.name == "drifted" }?.time == Self.at(1_180))
    #expect(steps.first { $0.name == "frozen" }?.time == Self.at(1_100))
  }

  @Test("time goes down: never closer than text, never farther than the longest, in order")
  func scale() {
    let scale = LadderScale([0, 1, 60, 9_000, 60].map(Self.at), top: 10)
    #expect(scale.rows == [0, 1, 60, 9_000].map(Self.at))
    #expect(scale.places[1] == 10 + LadderScale.least)
    #expect(abs(scale.places[2] - scale.places[1] - 59 * LadderScale.perMillisecond) < 1e-9)
    #expect(scale.places[3] == scale.places[2] + LadderScale.most)
    #expect(scale.shortened.map(\.span) == [.milliseconds(8_940)])
    #expect(abs(scale[Self.at(4_530)] - (scale.places[2] + scale.places[3]) / 2) < 1e-9)
    #expect(scale[Self.at(99_000)] == scale.bottom)
  }

  @Test("every step has its line in the list, and stands within the drawing")
  func content() throws {
    let content = Ladder(Self.call, Self.call.episodes[0]).content
    let list = try #require(content["steps"] as? [[String: String]])
    #expect(list.map { $0["number"] } == (1...14).map { "\($0)" })
    #expect(list[0]["offset"] == "-10.0" && list[13]["offset"] == "+490.0")
    let points = try #require(content["points"] as? [[String: String]])
    let height = try #require((content["height"] as? String).flatMap(Double.init))
    for point in points {
      let x = try #require(point["x"].flatMap(Double.init))
      let y = try #require(point["y"].flatMap(Double.init))
      #expect((0...Ladder.width).contains(x) && (0...height).contains(y))
    }
    #expect(points.contains { $0["label"] == "3–6" })
    let lanes = try #require(content["lanes"] as? [[String: String]])
    #expect(lanes.map { $0["name"] } == ["Sender", "Network", "Proxy 1", "Receiver", "Screen"])
  }

  @Test("the page has the story, escaped, and each ladder's list")
  func page() throws {
    var call = Self.call
    call.conditions.source = "<clip>"
    let html = try CallPage(call, filmstrip: [1, 2, 3]).html()
    #expect(html.contains("&lt;clip&gt;") && !html.contains("<clip>") && !html.contains("{{"))
    #expect(html.contains("data:image/png;base64,AQID"))
    #expect(html.components(separatedBy: "<span class=\"count\">").count == 15)
    #expect(html.contains("Of 490 ms, 300 ms were TCP retransmission on hop 1"))
    #expect(html.contains("<p>One damage episode, repaired after 490 ms.</p>"))
    call.episodes[0].isCensored = true
    #expect(
      try CallPage(call).html().contains("<p>One damage episode, open at the call&#39;s end,"))
    call.episodes = []
    #expect(try CallPage(call).html().contains("No packet was lost on the way"))
  }

  @Test("the episode that matters comes first, and of many the rest is told to be missing")
  func focus() throws {
    var call = Self.call
    call.episodes = (0..<8).map { number in
      var episode = call.episodes[0]
      episode.episode = number
      return episode
    }
    let html = try CallPage(call, focus: 7).html()
    let headings = html.matches(of: /<h2>Episode (\d)/).map { String($0.1) }
    #expect(headings == ["8", "1", "2", "3", "4", "5"])
    #expect(html.contains("The story tells 2 more, without a drawing."))
  }
}
