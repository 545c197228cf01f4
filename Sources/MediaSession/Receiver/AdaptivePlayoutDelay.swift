import SimulationKernel

/// The delay of an adaptive playout buffer: as long as the network's jitter asks for, within limits.
///
/// What is estimated is by how much a frame's last packet exceeds the fastest transit, by the second
/// algorithm of Ramjee, Kurose, Towsley and Schulzrinne ("Adaptive playout mechanisms for packetized
/// audio applications in wide-area networks", INFOCOM 1994): a mean that follows rises fast and falls
/// slowly, and its mean deviation; the delay wanted is the mean and four deviations. Where packets are
/// sent again it is besides as long as those of the last 10 s took, as receivers with NACK do (libwebrtc
/// adds a round trip). The delay rises at once, and falls by 1 % of the time that passes, which a viewer
/// does not see.
struct AdaptivePlayoutDelay: Sendable {
  // The paper's gain of 0.998 is for a packet of voice each 20 ms; a frame of video comes half as often,
  // and its size changes more. That and the times below are choices of this model.
  private static let slowShare: Int64 = 64
  private static let fastShare: Int64 = 4
  private static let fallPerMille: Int64 = 10
  private static let memory = SimDuration.seconds(10)

  private let limits: ClosedRange<SimDuration>
  private let nominal: SimDuration
  private var current: SimDuration
  private var adjusted = SimTime.zero
  /// The fastest transit of this and of the last stretch of `memory`, against the anchor's.
  private var fastest = SlidingExtreme(.least, memory: memory)
  private var slowestRetransmission = SlidingExtreme(.greatest, memory: memory)
  /// The newest frame: its timestamp, and its slowest packet's transit so far.
  private var frame: (timestamp: Int64, transit: SimDuration)?
  private var mean: Int64?
  private var deviation: Int64 = 0

  init(_ settings: ReceiverSettings) {
    limits = settings.minimumPlayoutDelay...settings.maximumPlayoutDelay
    nominal = settings.playoutDelay
    current = nominal
  }

  mutating func restart(now: SimTime) {
    fastest.forget()
    slowestRetransmission.forget()
    fastest.note(.zero, now: now)
    (frame, mean, deviation) = (nil, nil, 0)
    (current, adjusted) = (nominal, now)
  }

  /// - Parameter transit: against that of the anchor.
  /// - Returns: the delay from now on, against the anchor too.
  mutating func packetArrived(
    timestamp: Int64, transit: SimDuration, now: SimTime
  ) -> SimDuration {
    fastest.note(transit, now: now)
    if let frame, frame.timestamp >= timestamp {
      if frame.timestamp == timestamp { self.frame?.transit = max(frame.transit, transit) }
      return current
    }
    if let frame { estimate(frame.transit, now: now) }
    frame = (timestamp, transit)
    adjust(now: now)
    return current
  }

  mutating func retransmissionArrived(transit: SimDuration, now: SimTime) {
    slowestRetransmission.note(transit, now: now)
  }

  private mutating func estimate(_ transit: SimDuration, now: SimTime) {
    let base = fastest.value(now: now) ?? .zero
    let excess = (transit - base).nanoseconds
    guard let mean else {
      self.mean = excess
      return
    }
    let share = excess > mean ? Self.fastShare : Self.slowShare
    let newMean = mean + (excess - mean) / share
    deviation += ((excess - newMean).magnitude.signed - deviation) / Self.slowShare
    self.mean = newMean
  }

  private mutating func adjust(now: SimTime) {
    let base = fastest.value(now: now) ?? .zero
    var jitter = SimDuration(nanoseconds: (mean ?? 0) + 4 * deviation)
    if let slowest = slowestRetransmission.value(now: now) { jitter = max(jitter, slowest - base) }
    // Until there is an estimate the nominal delay holds.
    let wanted =
      base + (mean == nil ? nominal : min(max(jitter, limits.lowerBound), limits.upperBound))
    let passed = (now - adjusted).nanoseconds
    let least = current - SimDuration(nanoseconds: passed * Self.fallPerMille / 1_000)
    current = max(wanted, least)
    adjusted = now
  }
}

/// The extreme value of the last one to two stretches of time.
struct SlidingExtreme: Sendable {
  enum Kind {
    case least, greatest
  }

  private let kind: Kind
  private let memory: SimDuration
  private var begin = SimTime.zero
  private var recent: SimDuration?
  private var older: SimDuration?

  init(_ kind: Kind, memory: SimDuration) {
    self.kind = kind
    self.memory = memory
  }

  mutating func note(_ value: SimDuration, now: SimTime) {
    turn(now: now)
    recent = recent.map { extreme(value, $0) } ?? value
  }

  /// nil where nothing has been noted for so long.
  mutating func value(now: SimTime) -> SimDuration? {
    turn(now: now)
    guard let recent, let older else { return recent ?? older }
    return extreme(recent, older)
  }

  mutating func forget() {
    (recent, older) = (nil, nil)
  }

  private func extreme(_ a: SimDuration, _ b: SimDuration) -> SimDuration {
    kind == .least ? min(a, b) : max(a, b)
  }

  private mutating func turn(now: SimTime) {
    let passed = now - begin
    guard passed > memory else { return }
    older = passed > memory * 2 ? nil : recent
    recent = nil
    begin = now
  }
}

extension UInt64 {
  fileprivate var signed: Int64 { Int64(clamping: self) }
}
