import MediaSession
import NetworkModels
import Results
import Signalling
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

@Suite("Probed call")
struct ProbedCallTests {
  private static let settling = SimDuration.milliseconds(200)

  private func scenario(_ mechanism: Mechanism) -> Scenario {
    var scenario = smallScenario(mechanism)
    scenario.duration = .seconds(8)
    scenario.encoderControl.periodicKeyFrameInterval = .seconds(4)
    return scenario
  }

  private func probe(_ frame: Int, _ position: Probe.Position = .first, packets: Int = 1) -> Probe {
    Probe(
      number: 0, frame: frame, position: position, packets: packets, horizon: .seconds(3))
  }

  private func followed(
    _ probe: Probe, past: Scenario, as scenario: Scenario, clip: Clip
  ) throws -> ProbeRow.Outcome {
    let call = try ProbedCall(past, clip: clip)
    try #require(try call.advance(toFrame: probe.frame))
    #expect(call.isAt(probe.frame))
    return try call.follow(probe, as: scenario, settling: Self.settling)
  }

  private func course(_ outcome: ProbeRow.Outcome) throws -> ProbeRow.Course {
    guard case .followed(let course) = outcome else {
      throw ProbeFailure(reason: "\(outcome)")
    }
    return course
  }

  private struct ProbeFailure: Error {
    var reason: String
  }

  @Test(
    "on a network that loses nothing, a probe is the call that loses the same packet by a script",
    arguments: Mechanism.allCases)
  func scripted(mechanism: Mechanism) throws {
    let plain = scenario(mechanism)
    let clip = try Clip.load(plain.video, frames: 200)
    for (frame, position, packet) in [(60, Probe.Position.first, 0), (83, .last, -1)] {
      var whole = plain
      whole.media.scriptedLosses = [.init(frame: frame, packet: packet)]
      let expected = try #require(try simulateCall(whole, clip: clip).episodes.first)
      let found = try course(
        followed(probe(frame, position), past: plain.past, as: plain, clip: clip)
      ).episode
      #expect(found.lost == expected.lost && found.noticed == expected.noticed)
      guard expected.duration < .seconds(2) else {
        // The probe's horizon may end before.
        #expect(found.duration >= .seconds(2))
        continue
      }
      #expect(found == expected)
    }
  }

  @Test(
    "the future from a past in common is the one from a past of its own",
    arguments: Mechanism.allCases)
  func commonPast(mechanism: Mechanism) throws {
    var lossy = scenario(mechanism)
    lossy.media.forward.loss = .gilbertElliott(rate: 0.1, meanBurst: .milliseconds(60))
    lossy.media.reverse.loss = .independent(rate: 0.1)
    lossy.signalling.load = SignallingLoad(interval: .milliseconds(50))
    let clip = try Clip.load(lossy.video, frames: 200)
    for frame in [51, 99] {
      let probe = probe(frame, .middle, packets: 3)
      let own = try followed(probe, past: lossy, as: lossy, clip: clip)
      let common = try followed(probe, past: lossy.past, as: lossy, clip: clip)
      #expect(own == common)
      #expect(try course(own).episode.lostPackets >= 3)
    }
  }

  @Test("nothing that comes to the receiver before the probe is lost, whatever the network does")
  func spared() throws {
    var lossy = scenario(.pli)
    lossy.media.forward.loss = .independent(rate: 0.5)
    lossy.media.forward.outages = [SimTime.zero + .seconds(1)..<SimTime.zero + .seconds(2)]
    let clip = try Clip.load(lossy.video, frames: 200)
    let episode = try course(followed(probe(75), past: lossy.past, as: lossy, clip: clip)).episode
    #expect(episode.firstDamagedFrame == 75)
    // From there on the network is as bad as it says.
    #expect(episode.lostPackets > 1)
  }

  @Test("two mechanisms meet the same loss at the same time, and the channel in the same state")
  func pair() throws {
    var lossy = scenario(.pli)
    lossy.media.forward.loss = .gilbertElliott(rate: 0.05, meanBurst: .milliseconds(100))
    var info = lossy
    info.mechanism = .sipInfo
    #expect(lossy.past == info.past)
    let clip = try Clip.load(lossy.video, frames: 200)
    let first = try course(followed(probe(60), past: lossy.past, as: lossy, clip: clip)).episode
    let second = try course(followed(probe(60), past: info.past, as: info, clip: clip)).episode
    #expect(first.lost == second.lost && first.noticed == second.noticed)
    #expect(first.feedbackReceived != second.feedbackReceived)
  }

  @Test("a picture that is not repaired by the horizon is censored there")
  func censored() throws {
    var hopeless = scenario(.none)
    hopeless.encoderControl.periodicKeyFrames = .never
    let clip = try Clip.load(hopeless.video, frames: 200)
    let episode = try course(
      followed(probe(50), past: hopeless.past, as: hopeless, clip: clip)
    ).episode
    #expect(episode.isCensored)
    #expect(episode.end == .zero + .seconds(2) + .seconds(3))
  }

  @Test("a network that damages pictures without a loss has no probes, and says so")
  func damagedPast() throws {
    var late = scenario(.pli)
    late.media.forward.delay.jitter = Jitter(
      mean: .milliseconds(60), distribution: .uniform)
    late.media.forward.delay.reorders = true
    let clip = try Clip.load(late.video, frames: 200)
    let outcome = try followed(probe(100), past: late.past, as: late, clip: clip)
    guard case .failed(let reason) = outcome else {
      Issue.record("the damage before the probe is not noticed")
      return
    }
    #expect(reason.contains("although nothing had been lost"))
  }
}
