import MediaSession
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

/// Real calls between endpoints with a profile's rules.
@Suite("Calls of endpoints in use")
struct EndpointProfileTests {
  /// A call with a loss every `spacing` frames, over a path without delay.
  private func scenario(
    _ profile: EndpointProfile, _ mechanism: Mechanism, losses: Int, spacing: Int = 53
  ) -> Scenario {
    var scenario = Scenario()
    scenario.mechanism = mechanism
    scenario.video.width = 320
    scenario.video.height = 180
    scenario.codec.cpuUsed = -12
    scenario.codec.targetBitrate = 600
    let usesFeedback = mechanism.usesRTCPFeedback
    scenario.encoderControl = EncoderControlSettings(profile, usesFeedback: usesFeedback)
    scenario.receiver = ReceiverSettings(profile, usesFeedback: usesFeedback)
    scenario.rtcp = RTCPSettings(profile)
    scenario.rtcp.sessionBandwidth = .kilobitsPerSecond(740)
    if profile == .linphone {
      scenario.codec.errorResilience = 3
      scenario.codec.tokenPartitions = usesFeedback ? 2 : 0
      scenario.rtp.packetization = usesFeedback ? .partitions : .fill
      scenario.rtp.pictureIDWidth = usesFeedback ? .fifteenBits : nil
    }
    scenario.media.forward.oneWayDelay = .zero
    scenario.media.reverse.oneWayDelay = .zero
    scenario.signalling.transport = .tcp
    scenario.signalling.proxies = 0
    let frames = (0..<losses).map { 130 + $0 * spacing }
    scenario.media.scriptedLosses = frames.map { .init(frame: $0, packet: 0) }
    scenario.duration = .milliseconds(Int64((frames.last ?? 0) + 100) * 40)
    return scenario
  }

  private func records(_ scenario: Scenario) throws -> CallRecords {
    try scenario.simulated()
  }

  private func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }

  private func milliseconds(_ from: SimTime, _ to: SimTime?) -> Double? {
    to.map { ($0 - from).inSeconds * 1_000 }
  }

  @Test("a receiver of webrtc's rules gets its key frame at once where the first one is lost")
  func firstKeyFrameLost() throws {
    var scenario = scenario(.webrtc, .pli, losses: 0)
    scenario.duration = .seconds(2)
    scenario.media.scriptedLosses = [.init(frame: 0, packet: 0)]
    let records = try records(scenario)
    #expect(records.feedback.first { $0.kind == "pli" }?.outcome == "answered")
    #expect(records.frames.prefix(4).contains { $0.frame > 0 && $0.kind == .key })
  }

  @Test("feedback that no timing rule holds back goes with any T_rr_interval")
  func immediateWithInterval() throws {
    for interval in [100, 500, 1_000, 5_000] as [Int64] {
      var scenario = scenario(.webrtc, .nackPli, losses: 0)
      scenario.duration = .seconds(20)
      scenario.media.forward.loss = .independent(rate: 0.1)
      scenario.rtcp.trrInterval = .milliseconds(interval)
      let records = try records(scenario)
      #expect(records.feedback.allSatisfy { $0.sent == nil || $0.sent == $0.ready })
    }
  }

  @Test(
    "Linphone's medians are those measured of it, within 15 ms",
    arguments: [
      (Mechanism.sliRpsi, 45.0, 94.0, 120.0), (.pli, 52, 83, 121), (.sipInfo, 58, 62, 81),
    ])
  func linphone(
    mechanism: Mechanism, noticed: Double, sent: Double, recovered: Double
  ) throws {
    let records = try records(scenario(.linphone, mechanism, losses: 30))
    let episodes = records.episodes
    #expect(episodes.count > 20)
    let notices = episodes.compactMap { milliseconds($0.lost, $0.noticed) }
    #expect(abs(median(notices) - noticed) <= 15)
    let leaves = episodes.compactMap { milliseconds($0.lost, $0.feedbackSent) }
    #expect(abs(median(leaves) - sent) <= 15)
    let repairs = episodes.compactMap { milliseconds($0.lost, $0.recoveryArrived) }
    #expect(abs(median(repairs) - recovered) <= max(15, recovered * 0.15))
  }

  @Test("Linphone answers SLI without a key frame, and PLI alone with nothing else")
  func linphoneKinds() throws {
    let references = try records(scenario(.linphone, .sliRpsi, losses: 12))
    #expect(references.frames.count { $0.kind == .key } == 1)
    #expect(
      references.episodes.compactMap(\.repairKind).allSatisfy {
        ["golden", "altref", "golden+altref", "last"].contains($0)
      })
    let keys = try records(scenario(.linphone, .pli, losses: 12))
    #expect(keys.episodes.compactMap(\.repairKind).allSatisfy { $0 == "key" })
  }

  @Test("without RPSI Linphone sends a key frame every three seconds that nobody asked for")
  func linphoneUnsolicited() throws {
    var scenario = scenario(.linphone, .pli, losses: 0)
    scenario.duration = .seconds(16)
    let keys = try records(scenario).frames.filter { $0.kind == .key }.map(\.frame)
    #expect(keys == [0, 75, 150, 225, 300, 375])
  }

  @Test("without AVPF Linphone starts with key frames at 2 and 4 s and needs no PictureID")
  func linphoneStart() throws {
    var scenario = scenario(.linphone, .sipInfo, losses: 0)
    scenario.duration = .seconds(16)
    let keys = try records(scenario).frames.filter { $0.kind == .key }.map(\.frame)
    #expect(keys == [0, 50, 100, 350])
  }

  @Test("PJSIP sends five key frames, a second apart, after the first one")
  func pjsipStart() throws {
    var scenario = scenario(.pjsip, .pli, losses: 0)
    scenario.duration = .seconds(8)
    let keys = try records(scenario).frames.filter { $0.kind == .key }.map(\.frame)
    #expect(keys == [0, 25, 50, 75, 100, 125])
  }

  @Test("PJSIP's encoder lets a request wait for its second, libwebrtc's drops it")
  func guards() throws {
    func repairs(_ profile: EndpointProfile) throws -> [Int] {
      var scenario = scenario(profile, .pli, losses: 0)
      scenario.duration = .seconds(14)
      // The second loss follows the repair of the first one.
      scenario.media.scriptedLosses = [
        .init(frame: 200, packet: 0), .init(frame: 206, packet: 0),
      ]
      scenario.receiver.minimumRequestInterval = .zero
      return try records(scenario).frames.filter { $0.kind == .key && $0.frame > 190 }
        .map(\.frame)
    }
    let pjsip = try repairs(.pjsip)
    #expect(pjsip.count == 2 && pjsip[1] - pjsip[0] == 25)
    let webrtc = try repairs(.webrtc)
    #expect(webrtc.count == 2 && webrtc[1] - webrtc[0] < 25)
  }

  @Test("the receiver of libwebrtc sends each message at once, Linphone's only its first one")
  func timing() throws {
    func waits(_ profile: EndpointProfile) throws -> [Double] {
      try records(scenario(profile, .pli, losses: 8)).feedback.filter { $0.kind == "pli" }
        .compactMap { milliseconds($0.ready, $0.sent) }
    }
    #expect(try waits(.webrtc).allSatisfy { $0 == 0 })
    let linphone = try waits(.linphone)
    #expect(linphone.dropFirst().contains { $0 > 10 })
  }

  @Test("without error resilience a repair by reference shows a wrong picture to the end")
  func trap() throws {
    var scenario = scenario(.rfc7741, .sliRpsi, losses: 1)
    scenario.duration = .seconds(14)
    let sound = try records(scenario)
    #expect(sound.episodes.count == 1)
    #expect(sound.episodes[0].recovered != nil && !sound.episodes[0].falseRepair)
    scenario.codec.errorResilience = 0
    let trapped = try records(scenario)
    #expect(trapped.episodes.count == 1)
    // The receiver decodes without an error and believes itself repaired.
    #expect(trapped.episodes[0].recovered == nil && trapped.episodes[0].falseRepair)
    // The next key frame repairs.
    scenario.encoderControl.startKeyFrames = [.seconds(10)]
    let ended = try records(scenario)
    let episode = try #require(ended.episodes.first)
    #expect(episode.repairKind == "key" && episode.falseRepair)
    #expect(episode.recovered! >= .zero + .seconds(10))
  }

  @Test("without PictureID SLI cannot be sent, and PLI goes in its place")
  func noPictureID() throws {
    var scenario = scenario(.rfc7741, .sliRpsi, losses: 3)
    scenario.rtp.pictureIDWidth = nil
    let records = try records(scenario)
    #expect(Set(records.feedback.map(\.kind)) == ["pli"])
    #expect(records.episodes.allSatisfy { $0.repairKind == "key" })
  }
}
