import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing

@testable import CallSimulation

/// RFC 7741 section 5.3's example as a call: golden and altref are renewed in turn every 100 frames,
/// the first altref is damaged on its way, and the acknowledgement of one golden frame is lost.
///
/// Pictures are counted from the call's first frame, PictureID 0 of the example.
@Suite("RFC 7741 section 5.3: SLI and RPSI together")
struct LeapfrogTests {
  /// Every frame that renews golden or altref or refers to one of them alone, and every message, in
  /// the order of time.
  private func events(of call: CallRecords) -> [String] {
    var events: [(time: SimTime, text: String)] = []
    for frame in call.frames {
      switch frame.referencesUpdated {
      case "last+golden+altref": events.append((frame.captured, "golden frame \(frame.frame) sent"))
      case "last+golden": events.append((frame.captured, "golden frame \(frame.frame) sent"))
      case "last+altref": events.append((frame.captured, "altref frame \(frame.frame) sent"))
      case nil where frame.packetsLost > 0:
        // Not decoded: the buffer that is being renewed is the one that is not referred to.
        let renewed = frame.referencesAllowed == "last+golden" ? "altref" : "golden"
        events.append((frame.captured, "\(renewed) frame \(frame.frame) sent"))
      default: break
      }
      if frame.kind == .golden || frame.kind == .altref {
        events.append(
          (frame.captured, "frame \(frame.frame) sent, from \(frame.kind.rawValue) alone"))
        if let displayed = frame.displayed, frame.shown == .exact {
          events.append((displayed, "frame \(frame.frame) decoded, decoder restored"))
        }
      }
      if frame.packetsLost > 0 {
        events.append((frame.captured + .microseconds(1), "frame \(frame.frame) damaged"))
      }
    }
    for message in call.feedback {
      let name = "\(message.kind.uppercased())(\(message.frame!))"
      if let sent = message.sent { events.append((sent, "\(name) sent")) }
      if message.outcome == "lost" {
        events.append((message.sent! + .microseconds(1), "\(name) lost"))
      }
      if let received = message.received { events.append((received, "\(name) received")) }
    }
    return events.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    .map(\.element.text)
  }

  private func example() -> Scenario {
    var scenario = smallScenario(.sliRpsi, seconds: 17, losing: [(100, 0)])
    // 100 frames of 40 ms.
    scenario.encoderControl.referenceInterval = .seconds(4)
    // RPSI(0), RPSI(200), RPSI(300): the third one.
    scenario.media.scriptedFeedbackLosses = [.init(message: .rpsi, number: 2)]
    return scenario
  }

  @Test("the same events and the same established references, row by row")
  func table() throws {
    let call = try example().simulated()
    #expect(
      events(of: call) == [
        // A golden frame is decoded and acknowledged.
        "golden frame 0 sent",
        "RPSI(0) sent",
        "RPSI(0) received",  // established reference: golden (a key frame renews altref as well)

        // An altref frame is damaged; the next frame refers to golden alone.
        "altref frame 100 sent",
        "frame 100 damaged",
        "SLI(100) sent",
        "SLI(100) received",
        "frame 103 sent, from golden alone",
        "frame 103 decoded, decoder restored",

        // The next altref frame arrives.
        "altref frame 200 sent",
        "RPSI(200) sent",
        "RPSI(200) received",  // established reference: altref

        // A golden frame arrives, but its acknowledgement does not.
        "golden frame 300 sent",
        "RPSI(300) sent",
        "RPSI(300) lost",  // established reference: still altref

        // So golden is sent again; altref, the only established reference, is not overwritten.
        "golden frame 400 sent",
        "RPSI(400) sent",
        "RPSI(400) received",  // established reference: golden
      ])
    #expect(call.episodes.count == 1 && call.totals.keyFrames == 1)
  }

  @Test("only what is established is referred to, ever")
  func allowedReferences() throws {
    let frames = try example().simulated().frames
    func allowed(_ range: Range<Int>) -> Set<String> {
      Set(frames[range].map(\.referencesAllowed))
    }
    // RPSI(0) arrives before frame 5 is captured, RPSI(200) before 205, RPSI(400) before 405.
    #expect(allowed(1..<3) == ["last"])
    #expect(allowed(5..<100) == ["last+golden+altref"])
    #expect(allowed(100..<103) == ["last+golden"])
    #expect(allowed(103..<104) == ["golden"])
    #expect(allowed(104..<201) == ["last+golden"])
    #expect(allowed(205..<300) == ["last+golden+altref"])
    #expect(allowed(300..<401) == ["last+altref"])
    #expect(allowed(405..<420) == ["last+golden+altref"])
  }
}
