import MediaSession
import NetworkModels
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import CallSimulation

/// What Linphone's ticker, jitter buffer and decoder thread do to a call.
@Suite("Calls of Linphone's clocks and queues")
struct LinphoneCallTests {
  /// A call over a path without delay, about three packets a frame.
  private func scenario(_ mechanism: Mechanism, seconds: Int64) -> Scenario {
    var scenario = Scenario()
    scenario.mechanism = mechanism
    scenario.duration = .seconds(seconds)
    scenario.video.width = 320
    scenario.video.height = 180
    scenario.codec.cpuUsed = -12
    scenario.codec.targetBitrate = 600
    scenario.codec.errorResilience = 3
    let usesFeedback = mechanism.usesRTCPFeedback
    scenario.codec.tokenPartitions = usesFeedback ? 2 : 0
    scenario.rtp.packetization = usesFeedback ? .partitions : .fill
    scenario.rtp.pictureIDWidth = usesFeedback ? .fifteenBits : nil
    scenario.encoderControl = EncoderControlSettings(.linphone, usesFeedback: usesFeedback)
    scenario.receiver = ReceiverSettings(.linphone, usesFeedback: usesFeedback)
    scenario.retransmission = RetransmissionSettings(receiver: .linphone, sender: .linphone)
    scenario.rtcp = RTCPSettings(.linphone)
    scenario.rtcp.sessionBandwidth = .kilobitsPerSecond(740)
    scenario.media.forward.oneWayDelay = .zero
    scenario.media.reverse.oneWayDelay = .zero
    scenario.signalling.transport = .tcp
    scenario.signalling.proxies = 0
    return scenario
  }

  private func jitter(_ longest: Int64) -> Jitter {
    Jitter(mean: .milliseconds(longest) / 2, distribution: .uniform)
  }

  private func milliseconds(_ from: SimTime, _ to: SimTime?) -> Double? {
    to.map { ($0 - from).inSeconds * 1_000 }
  }

  /// Twelve calls whose losses come from 4 s on, each 1.6 to 4.4 s, as in the documentation's table.
  @Test("its times spread as far as they were measured to")
  func ranges() throws {
    var notices: [Double] = []
    var repairs: [Double] = []
    for seed in 1...12 as ClosedRange<UInt64> {
      var stream = RandomStream(seed: seed, name: "losses")
      var scenario = scenario(.sipInfo, seconds: 30)
      scenario.seed = seed
      var frame = 100
      while frame < 700 {
        scenario.media.scriptedLosses.append(.init(frame: frame, packet: 0))
        frame += 40 + Int(stream.next(below: 71))
      }
      let episodes = try scenario.simulated().episodes
      notices += episodes.compactMap { milliseconds($0.lost, $0.noticed) }
      repairs += episodes.compactMap { milliseconds($0.lost, $0.recoveryArrived) }
    }
    // Measured: 58 [47-98] and 81 [79-121].
    #expect(abs(notices.sorted()[notices.count / 2] - 58) <= 15)
    #expect(abs(notices.min()! - 47) <= 10 && abs(notices.max()! - 98) <= 15)
    #expect(abs(repairs.min()! - 79) <= 5 && abs(repairs.max()! - 121) <= 5)
  }

  // MARK: Decoder queue

  @Test("damage right behind a repair is forgotten where the decoder lags a frame behind")
  func forgotten() throws {
    var scenario = scenario(.pli, seconds: 14)
    // A frame's last packet: it takes the next frame along.
    scenario.media.scriptedLosses = [.init(frame: 260, packet: -1)]
    let repair = try #require(
      try scenario.simulated().frames.first { $0.frame > 260 && $0.kind == .key }?.frame)
    scenario.media.scriptedLosses.append(.init(frame: repair + 1, packet: 0))
    let lagging = try #require(try scenario.simulated().episodes.first)
    #expect(lagging.falseRepair)
    scenario.receiver.stopsAtDrop = false
    let prompt = try scenario.simulated()
    #expect(prompt.episodes.count > 0 && prompt.episodes.allSatisfy { !$0.falseRepair })
  }

  @Test(
    "frames of which nothing came leave nothing in the decoder's queue", arguments: [500, 2_000])
  func outage(milliseconds length: Int64) throws {
    for mechanism in [Mechanism.pli, .sliRpsi, .sipInfo] {
      var scenario = scenario(mechanism, seconds: 10)
      let begin = SimTime.zero + .seconds(3)
      scenario.media.forward.outages = [begin..<begin + .milliseconds(length)]
      let episode = try #require(try scenario.simulated().episodes.first)
      let shown = try #require(milliseconds(episode.recoveryArrived!, episode.recovered))
      #expect(shown <= 100, "\(mechanism): on screen \(shown) ms after its last packet")
    }
  }

  @Test("heavy loss over a long wait neither ends the queue nor the call")
  func starvation() throws {
    var scenario = scenario(.sipInfo, seconds: 30)
    scenario.media.forward.loss = .independent(rate: 0.25)
    scenario.signalling.minimumRequestInterval = .seconds(5)
    let records = try scenario.simulated()
    let keys = records.frames.filter { $0.kind == .key && $0.packetsLost == 0 && $0.frame < 700 }
    #expect(!keys.isEmpty && keys.allSatisfy { $0.displayed != nil })
  }

  // MARK: Ticker

  @Test("without loss every frame is shown, at ticks, and none is broken", arguments: [25, 30, 60])
  func quiet(rate: Int) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      var scenario = scenario(.pli, seconds: 12)
      scenario.seed = seed
      scenario.video.frameRate = FrameRate(rate)
      if seed % 2 == 0 { scenario.media.forward.delay.jitter = jitter(10) }
      let records = try scenario.simulated()
      #expect(records.totals.brokenTime == .zero && records.episodes.isEmpty)
      let times = records.frames.compactMap { $0.displayed?.nanoseconds }
      #expect(Set(times.map { $0 % 10_000_000 }).count == 1)
      let pending = records.frames.firstIndex { $0.shown == .pending } ?? records.frames.count
      #expect(records.frames[pending...].allSatisfy { $0.shown == .pending })
    }
  }

  @Test("packets overtaken inside the buffer are not lost")
  func reordering() throws {
    var scenario = scenario(.pli, seconds: 10)
    scenario.media.forward.delay.jitter = jitter(5)
    scenario.media.forward.delay.reorders = true
    let records = try scenario.simulated()
    #expect(records.episodes.isEmpty && records.totals.brokenTime == .zero)
    // A last packet's loss takes the next frame along here too.
    scenario.media.scriptedLosses = [.init(frame: 130, packet: -1)]
    let lossy = try scenario.simulated()
    #expect(lossy.frames[130].displayed == nil && lossy.frames[131].displayed == nil)
    #expect(lossy.episodes.count == 1 && lossy.totals.framesLate == 0)
  }

  // MARK: NACK

  @Test("a lost packet is asked for at once and once, the last of a frame before it is given up")
  func nack() throws {
    for packet in [0, -1] {
      var scenario = scenario(.nackPli, seconds: 12)
      scenario.media.scriptedLosses = (0..<10).map { .init(frame: 130 + $0 * 15, packet: packet) }
      let records = try scenario.simulated()
      let requests = records.feedback.filter { $0.kind == "nack" }
      #expect(requests.count == 10 && requests.allSatisfy { $0.sent == $0.ready })
      #expect(!records.feedback.contains { $0.kind == "pli" && $0.ready > .zero + .seconds(5) })
      #expect(records.episodes.count == 10)
      for episode in records.episodes {
        #expect(episode.repairKind == "retransmission")
        #expect(episode.causes[Cause.rtcpTick.rawValue] == .zero)
        #expect(episode.causes.reduce(.zero, +) == episode.end - episode.lost)
      }
    }
  }

  // MARK: Causes

  @Test("repetitions while an answer is under way take no blame, and a damaged answer does")
  func repeatedRequests() throws {
    var scenario = scenario(.sliRpsi, seconds: 12)
    scenario.media.forward.oneWayDelay = .milliseconds(50)
    scenario.media.reverse.oneWayDelay = .milliseconds(50)
    scenario.media.scriptedLosses = [.init(frame: 200, packet: 0)]
    let repair = try #require(
      try scenario.simulated().frames.first { $0.frame > 200 && $0.kind == .goldenAltref }?.frame)
    scenario.media.scriptedLosses.append(.init(frame: repair, packet: 0))
    let records = try scenario.simulated()
    let episode = try #require(records.episodes.first)
    #expect(records.feedback.contains { $0.kind == "sli" && $0.outcome == "ignored" })
    #expect(episode.causes[Cause.repairDamaged.rawValue] > .milliseconds(20))
    #expect(episode.causes[Cause.rtcpTick.rawValue] < .milliseconds(250))
    #expect(episode.causes.reduce(.zero, +) == episode.end - episode.lost)
  }

  // MARK: Sender

  @Test("a frame leaves its encoding time after its capture, by a draw of its own number")
  func encodingTime() throws {
    let records = try scenario(.pli, seconds: 4).simulated()
    let waits = records.frames.compactMap { milliseconds($0.captured, $0.arrived) }
    #expect(waits.count == 100 && waits.allSatisfy { (10...13).contains($0) })
    #expect(Set(waits).count > 50)
    let other = try scenario(.none, seconds: 4).simulated()
    #expect(other.frames.map(\.arrived) == records.frames.map(\.arrived))
  }

  @Test("feedback reaches the encoder its delay after its arrival")
  func feedbackDelay() throws {
    var scenario = scenario(.pli, seconds: 8)
    scenario.media.scriptedLosses = [.init(frame: 130, packet: 0)]
    for delay in [0, 10, 300] as [Int64] {
      scenario.encoderControl.feedbackDelay = .milliseconds(delay)
      let episode = try #require(try scenario.simulated().episodes.first)
      #expect(episode.feedbackReceived! - episode.feedbackSent! == .milliseconds(delay))
      #expect(episode.recoveryCaptured! >= episode.feedbackReceived!)
    }
  }
}
