import MediaSession
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

@Suite("Record builder")
struct RecordBuilderTests {
  private func time(_ milliseconds: Int64) -> SimTime { .zero + .milliseconds(milliseconds) }

  /// Frames 0 to 5, one packet each, captured every 40 ms, there 50 ms later; frame 1 is lost at
  /// 60 ms, which shows at 130.
  private func recorder() -> Recorder {
    var recorder = Recorder(firstPicture: 0, frameCapacity: 6)
    for index in 0..<6 {
      let captured = time(Int64(index) * 40)
      let plan = FramePlan(isKey: index == 0, allowed: [.last, .golden], updated: .last)
      recorder.frames.add(FrameEntry(picture: Int64(index), captured: captured, plan: plan))
      recorder.packetSent(
        frame: index, octets: 500, now: captured, lostAt: index == 1 ? time(60) : nil)
      if index != 1 { recorder.frames[index].arrived = captured + .milliseconds(50) }
    }
    recorder.decoded(0, used: [], updated: .all)
    recorder.displayed(0, isExact: true, isBelieved: true, now: time(50))
    recorder.gapNoticed(1, now: time(130))
    return recorder
  }

  private func episode(_ recorder: Recorder, mechanism: Mechanism) throws -> EpisodeRecord {
    let scenario = smallScenario(mechanism, seconds: 1)
    let builder = RecordBuilder(
      scenario: scenario, clip: try Clip.load(scenario.video, frames: 6), recorder: recorder,
      openHops: [], end: time(1000))
    let records = builder.records(
      conditions: scenario.conditions(run: 0, group: "g"), keepsFrames: false)
    return try #require(records.episodes.first)
  }

  @Test("a frame that nobody asked for, and that repairs, is to blame for its own way and no more")
  func unaskedRepair() throws {
    var recorder = recorder()
    let request = recorder.feedbackReady(.sliceLoss(oldest: 1, newest: 1), now: time(130))
    recorder.requests[request].sent = time(130)
    recorder.requests.received(request, verdict: .answered, guardEnd: nil, now: time(190))
    recorder.requests.answered(by: 5)
    // Frame 3, captured at 120 and so before the request had come, refers to golden alone.
    recorder.decoded(3, used: .golden, updated: .last)
    recorder.displayed(3, isExact: true, isBelieved: true, now: time(240))
    let episode = try episode(recorder, mechanism: .sli)
    #expect(episode.repairFrame == 3 && episode.feedbackReady == nil)
    // Lost at 60, captured at 120, there at 170, shown at 240.
    #expect(
      episode.causesInMilliseconds == [.notNoticed: 60, .repairOnNetwork: 50, .playout: 70])
  }

  @Test("a request that the call's end found unanswered is to blame to the end")
  func unanswered() throws {
    var recorder = recorder()
    let request = recorder.feedbackReady(.pictureLoss, now: time(130))
    recorder.requests[request].sent = time(150)
    recorder.episodes.advance(to: time(1000))
    let episode = try episode(recorder, mechanism: .pli)
    #expect(episode.isCensored)
    #expect(
      episode.causesInMilliseconds == [.notNoticed: 70, .rtcpTick: 20, .requestOnNetwork: 850])
  }
}
