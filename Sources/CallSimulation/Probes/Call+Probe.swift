import MediaSession
import NetworkModels
import Results
import Signalling
import SimulationKernel

/// A past without a loss, and from the probed frame on one of its futures.
extension Call {
  /// Goes on as the call that `other` would have come to by `now`; both have their past in common
  /// (checked).
  func adopt(_ other: Scenario, now: SimTime) {
    precondition(other.past == scenario.past, "\(other.name) has another past")
    become(other)
    sender.control.adopt(other.mechanism)
    receiver.policy.adopt(other.mechanism)
    receiver.tracker.rule = other.repairRule
    if other.mechanism.usesSIP, signalling == nil { catchUpSignalling(now: now) }
  }

  /// The signalling of this scenario from the call's beginning up to `now`: nobody has asked for
  /// anything in that time, so the media needs not be there.
  private func catchUpSignalling(now: SimTime) {
    var path = SignallingPath(scenario, accessLinks: nil)
    var events = EventQueue<SignallingEvent>()
    var actions: [SignallingPath.Action] = []
    func tell(_ input: SignallingPath.Input, at time: SimTime) {
      path.handle(input, now: time, into: &actions)
      for action in actions {
        switch action {
        case .schedule(let event, let time): events.schedule(event, at: time)
        case .hopDelivered(let record): recorder.hopDelivered(record)
        case .requestSent, .requestReceived, .requestRefused, .requestLost, .requestFinished:
          preconditionFailure("nobody has asked for a repair")
        }
      }
      actions.removeAll(keepingCapacity: true)
    }
    tell(.begin, at: .zero)
    while let (time, event) = events.popNext() {
      guard time < now else {
        queue.schedule(.signalling(event), at: time)
        while let (time, event) = events.popNext() {
          queue.schedule(.signalling(event), at: time)
        }
        break
      }
      tell(.event(event), at: time)
    }
    signalling = path
  }

  /// Loses what the probe says and follows the call until the picture has been whole again for
  /// `settling`, until the probe's horizon or the call's end.
  ///
  /// Called when the probed frame is about to be captured, at `now`.
  func follow(_ probe: Probe, settling: SimDuration, now: SimTime) throws -> ProbeRow.Outcome {
    outcome(of: probe, try followed(probe, settling: settling, now: now))
  }

  /// As `follow`, up to where records can be made.
  func followed(_ probe: Probe, settling: SimDuration, now: SimTime) throws -> RecordBuilder {
    isSpared = false
    probeLoss = ProbeLoss(probe)
    let stop = try advance(to: min(now + probe.horizon, end)) { [unowned self] time in
      isRepaired(at: time, settling: settling)
    }
    finish(at: stop)
    return RecordBuilder(
      scenario: scenario, clip: clip, recorder: recorder,
      openHops: signalling?.openMessages() ?? [], end: stop)
  }

  /// What probes.csv says of a probe that was followed.
  func outcome(of probe: Probe, _ builder: RecordBuilder) -> ProbeRow.Outcome {
    guard let episode = builder.firstEpisode() else {
      return .failed("the encoder dropped frame \(probe.frame) and all others up to the horizon")
    }
    let frame = recorder.frames[episode.firstDamagedFrame]
    let renewed = frame.plan.updated.intersection([.golden, .altref])
    return .followed(
      ProbeRow.Course(
        kind: frame.kind.rawValue, renewed: renewed.isEmpty ? "" : renewed.description,
        episode: episode))
  }

  /// Whether the episode is over: repaired for long enough, or another one has begun since.
  private func isRepaired(at time: SimTime, settling: SimDuration) -> Bool {
    let episodes = recorder.episodes.episodes
    guard let repair = episodes.first?.repair else { return false }
    return episodes.count > 1 || time >= repair.displayed + settling
  }

  /// Why the past is none that the probes' futures have in common; nil where it is one.
  var damageSoFar: String? {
    let isAcknowledged = recorder.requests.entries.allSatisfy { $0.kind == .rpsi }
    guard !recorder.episodes.episodes.isEmpty || !isAcknowledged || receiver.policy.isWaiting else {
      return nil
    }
    let time = recorder.episodes.episodes.first?.begin ?? recorder.requests.entries[0].ready
    let milliseconds = FixedPoint.text(time.nanoseconds / 1_000, decimals: 3)
    return
      "the picture was damaged at \(milliseconds) ms although nothing had been lost, by packets that came "
      + "late or out of their order: the network leaves no picture whole to begin with"
  }
}

extension SignallingPath {
  /// The SIP path of a call.
  init(_ scenario: Scenario, accessLinks: AccessLinks?) {
    self.init(
      settings: scenario.signalling,
      hops: Self.hopLinks(
        scenario.signalling, mediaForward: scenario.media.forward,
        mediaReverse: scenario.media.reverse),
      seed: scenario.seed, accessLinks: accessLinks)
  }
}
