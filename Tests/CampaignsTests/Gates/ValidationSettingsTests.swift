import CallSimulation
import Configuration
import Foundation
import MediaSession
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import Campaigns

@Suite("Settings files")
struct ValidationSettingsTests {
  private let text = """
    calls: 6
    settings: {mechanism: pli, network: {rtt: 70ms}}
    networks:
      - {name: wifi, loss: 1%}
      - {name: slow, rtt: 200ms, loss: 5%, burst: 60ms, signalling: {proxies: 2}}
    gates: ["psnr.mean >= 33dB", "freeze.ratio <= 0.5%", "recovery.p99 <= 400ms"]
    """

  @Test("networks lie over the settings, and every network meets the same seeds")
  func networks() throws {
    let settings = try SampleCalls.settings(text)
    #expect(settings.networks == ["wifi", "slow"])
    #expect(
      settings.jobs.map(\.group) == Array(repeating: "wifi", count: 6)
        + Array(repeating: "slow", count: 6))
    #expect(settings.jobs[0].scenario.media.forward.oneWayDelay == .milliseconds(35))
    #expect(settings.jobs[6].scenario.media.forward.oneWayDelay == .milliseconds(100))
    #expect(settings.jobs[6].scenario.signalling.proxies == 2)
    #expect(
      settings.jobs[..<6].map(\.scenario.seed) == settings.jobs[6...].map(\.scenario.seed))
  }

  @Test("a network may be a profile's name, or a profile with a clip of its own")
  func profiles() throws {
    let settings = try SampleCalls.settings(
      """
      settings: {network: {loss: 30%}}
      networks: [lte, {name: sport, profile: 3g, loss: 9%, video: {source: sports}}]
      gates: ["psnr.mean >= 33dB"]
      """)
    #expect(settings.networks == ["lte", "sport"])
    // A network by name stands for all that a network is.
    #expect(settings.cells[0].scenario.media == NetworkProfile.lte.settings)
    #expect(settings.cells[1].scenario.media.forward.loss.rate == 0.09)
    #expect(
      settings.cells[1].scenario.media.forward.queue.rate
        == NetworkProfile.threeG.settings.forward.queue.rate)
    #expect(settings.cells[1].scenario.video.source.name == "sports")
    #expect(settings.cells[0].scenario.video.source.name == "talking-head")
  }

  @Test("feedback may come from a pair of SDPs, and endpoints and codec settings by name")
  func names() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/avpfsim/avpfsim.docc/Resources").path
    let settings = try SampleCalls.settings(
      """
      settings:
        sdp: {offer: sdp/offer.sdp, answer: sdp/answer.sdp, sender: caller}
        codec: {preset: webrtc}
        sender: {profile: webrtc}
        receiver: {profile: linphone}
      networks: [wifi]
      gates: ["psnr.mean >= 33dB"]
      """, file: folder + "/v.yaml")
    let scenario = settings.cells[0].scenario
    #expect(scenario.mechanism.usesRTCPFeedback)
    #expect(scenario.encoderControl.profile != nil && scenario.receiver.profile != nil)
  }

  @Test("a network's trace counts from the settings file's folder")
  func traces() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    let settings = try SampleCalls.settings(
      """
      networks: [{name: own, rtt: 40ms, trace: traces/wifi-bursts.txt}]
      gates: ["psnr.mean >= 33dB"]
      """, file: folder + "/v.yaml")
    guard case .timeline = settings.cells[0].scenario.media.forward.loss else {
      Issue.record("the trace is not played back")
      return
    }
  }

  // MARK: Baseline

  @Test("the baseline's settings meet the same networks, seeds and duration, call by call")
  func baseline() throws {
    let settings = try SampleCalls.settings(
      text + "\nduration: 7s\n",
      against: "name: old\nduration: 99s\nseed: 5\ncalls: 3\nsettings: {mechanism: sip-info}\n")
    let jobs = settings.jobs
    #expect(jobs.count == 24 && jobs.map(\.run) == Array(0..<24))
    for pair in 0..<12 {
      let (own, other) = (jobs[2 * pair].scenario, jobs[2 * pair + 1].scenario)
      #expect(own.mechanism == .pli && other.mechanism == .sipInfo)
      #expect(own.situation == "candidate" && other.situation == "baseline")
      #expect(own.seed == other.seed && other.duration == .seconds(7))
      #expect(other.media.forward.loss == own.media.forward.loss)
    }
    #expect(jobs[13].scenario.signalling.proxies == 2)
  }

  @Test("networks that the baseline names must be the same, in whatever units")
  func baselineNetworks() throws {
    _ = try SampleCalls.settings(
      text,
      against:
        "networks: [{name: slow, rtt: 0.2s, loss: 5%, burst: 60ms, signalling: {proxies: 2}}]\n")
    for other in ["{name: slow, rtt: 100ms}", "{name: cable}"] {
      let error = #expect(throws: ConfigurationError.self) {
        try SampleCalls.settings(text, against: "name: old\nnetworks: [\(other)]\n")
      }
      let sentence = try #require(error).description
      #expect(sentence.hasPrefix("b.yaml:2: networks: \""))
      #expect(sentence.contains("is not a network of v.yaml"))
    }
  }

  @Test("a later round goes on with the next seeds, on the networks that need it")
  func rounds() throws {
    let settings = try SampleCalls.settings(text)
    #expect(settings.schedule.calls == [6, 12, 24])
    let jobs = settings.jobs(settings.round([(network: 1, look: 1)], firstRun: 12))
    #expect(jobs.map(\.run) == Array(12..<18))
    #expect(jobs.allSatisfy { $0.group == "slow" })
    #expect(jobs.map(\.scenario.seed) == Array(settings.seeds(12)[6...]))
  }

  @Test("a worker makes the same jobs from the document")
  func document() throws {
    let baseline = "settings: {mechanism: sip-info}\n"
    let settings = try SampleCalls.settings(text, against: baseline)
    let round = settings.round([(network: 0, look: 2)], firstRun: 40)
    var part = ValidationPart(baseline: .init(file: "b.yaml", text: baseline))
    part.round = round
    let document = CampaignDocument(
      kind: .settings, file: "v.yaml", text: text, validation: part)
    #expect(try document.jobs() == settings.jobs(round))
  }

  // MARK: Mistakes

  @Test(
    "mistakes in a settings file are refused where they stand",
    arguments: [
      ("gates: [psnr.mean >= 1dB]\n", "networks: found no network"),
      ("networks: [{name: a}]\n", "gates: found no gate"),
      ("networks: [{name: all}]\ngates: [psnr.mean >= 1dB]\n", "\"all\" is taken"),
      ("networks: [{name: a, los: 1%}]\ngates: [psnr.mean >= 1dB]\n", "unknown key \"los\""),
      ("networks: [wfi]\ngates: [psnr.mean >= 1dB]\n", "v.yaml:1: networks[0]: found \"wfi\""),
      ("networks: [wfi]\ngates: [psnr.mean >= 1dB]\n", "(did you mean wifi?)"),
      (
        "networks: [wifi, wifi]\ngates: [psnr.mean >= 1dB]\n", "networks[1].name: \"wifi\" is taken"
      ),
      (
        "networks: [{name: a, loss: 1}]\ngates: [psnr.mean >= 1dB]\n",
        "v.yaml:1: network.loss: found \"1\""
      ),
      ("networks: [{name: a}]\ngates:\n  - psnr.meen >= 1dB\n", "v.yaml:3: gates[0]: found"),
      ("networks: [{name: a}]\ngates:\n  - psnr.meen >= 1dB\n", "(did you mean psnr.mean?)"),
      ("networks: [{name: a}]\ngaets: [psnr.mean >= 1dB]\n", "v.yaml:2: unknown key \"gaets\""),
      ("networks: [{name: a}]\ngaets: [psnr.mean >= 1dB]\n", "(did you mean gates?)"),
      (
        "networks: [{name: a}]\ngates: [psnr.mean >= baseline]\n",
        "v.yaml:2: gates[0]: found a comparison with the baseline, expected --against"
      ),
      (
        "calls: 20\nmax-calls: 10\nnetworks: [wifi]\ngates: [psnr.mean >= 1dB]\n",
        "v.yaml:2: max-calls: found 10, expected at least the 20 of calls"
      ),
      (
        "settings: {duration: 5s}\nnetworks: [{name: a}]\ngates: [psnr.mean >= 1dB]\n",
        "settings: unknown key \"duration\""
      ),
      (
        "settings: {codec: {cpu-used: 4}}\nnetworks: [{name: a}]\ngates: [psnr.mean >= 1dB]\n",
        "codec.cpu-used: found 4, expected -16...-1"
      ),
    ])
  func refusals(text: String, expected: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try SampleCalls.settings(text) }
    let sentence = try #require(error).description
    #expect(sentence.contains(expected), "\(sentence)")
  }

  // MARK: Checks

  @Test(
    "what is certain to leave pictures broken is told from what only costs",
    arguments: [
      ("mechanism: sli+rpsi, codec: {g_error_resilient: 0}", SettingsFinding.Severity.failure),
      ("mechanism: none, sender: {periodic-key-frames: never}", .failure),
      ("receiver: {wait-for: reference-frame}", .failure),
      ("sender: {key-frame-request: reference, trust-silence: true}", .failure),
      ("codec: {rc_target_bitrate: 900}, network: {rate: 500kbps}", .failure),
      ("rtp: {picture-id: none}, mechanism: rpsi", .warning),
      ("sender: {minimum-key-frame-interval: 2s}", .warning),
    ])
  func severities(settings: String, expected: SettingsFinding.Severity) throws {
    let text = "settings: {\(settings)}\nnetworks: [{name: a}]\ngates: [psnr.mean >= 1dB]\n"
    let found = try ValidationSettings(ConfigurationFile.parse(text, file: "v.yaml")).findings
    #expect(found.own.map(\.severity) == [expected], "\(found.own)")
    #expect(found.baseline.isEmpty)
  }
}
