import SimulationKernel

/// Playout as oRTP's jitter buffer has it (algorithm "rls"), served by an endpoint's ticker.
///
/// A straight line through all packets, their timestamps over the ticks that read them, tells what the
/// sender's clock shows now; a frame is due with the first tick at which that is its timestamp and the
/// buffer's size. The size follows the largest deviation from the line of the last 5 to 10 s: up at once,
/// down in steps of 20 ms, one each 5 s, where the deviation is below 70 % of it. Those figures, and the
/// limits of `ReceiverSettings`, are liblinphone's defaults; the rules were read in oRTP's `jitterctl.c`
/// and `nack.c`. Both clocks begin with the first tick that reads, where oRTP's have begun before.
///
/// The line is fitted by recursive least squares without forgetting, so it answers slowly: packets
/// that waited before the first tick read them count as early for long, and a frame may be due a tick
/// sooner or later than it would be with a line through its own arrival.
public struct LeastSquaresPlayout: Sendable {
  // Liblinphone's `jitter_buffer_refresh_period`, `_ramp_refresh_period`, `_ramp_step` and
  // `_ramp_threshold`.
  private static let memory = SimDuration.seconds(5)
  private static let rampInterval = SimDuration.seconds(5)
  private static let rampStep = SimDuration.milliseconds(20)
  private static let rampShare = 0.7
  /// What a NACK adds to the least size: the round trip, and 200 ms where none is known. A receiver
  /// that sends no media, as in a call one way, never learns it.
  private static let unknownRoundTrip = SimDuration.milliseconds(200)
  /// A least size that fills the largest leaves so much.
  private static let roomBelowLargest = SimDuration.milliseconds(20)
  private static let requestMemory = SimDuration.seconds(5)

  private let settings: ReceiverSettings
  private let ticker: Ticker
  /// The tick that reads the first packet, and that packet's timestamp: where both clocks begin.
  private var begin: (tick: SimTime, timestamp: Int64)?
  private var line = LineEstimate(offset: 0)
  private var lastDifference: Int64 = 0
  /// Whether the next packet starts the estimate anew.
  private var isFresh = true
  /// In units of RTP's clock, as all below.
  private var size: Int64
  private var deviation = LargestDeviation(period: 0)
  private var resized: Int64 = 0
  private var requested: SimTime?

  public init(_ settings: ReceiverSettings, ticker: Ticker) {
    self.settings = settings
    self.ticker = ticker
    size = MediaClock.units(settings.playoutDelay)
  }

  var isAnchored: Bool { begin != nil }

  /// A packet has arrived, of the stream or sent again; it is read with the next tick.
  mutating func packetArrived(timestamp: Int64, now: SimTime) {
    endRequests(now: now)
    if begin == nil { begin = (ticker.next(from: now + settings.startLag), timestamp) }
    let read = readingTime(ofArrival: now)
    let (local, remote) = (localTime(read), timestamp - begin!.timestamp)
    if isFresh { restart(local: local, remote: remote) }
    lastDifference = remote - local
    line.record(x: Double(local), y: Double(remote))
    resize(local: local, deviation: abs(remote - estimate(local)))
  }

  /// A NACK has left: the least size grows by a round trip until none has been sent for 5 s. Either
  /// change starts the estimate anew.
  mutating func requestSent(now: SimTime) {
    if requested == nil { forget() }
    requested = now
  }

  /// When the frame is handed to the decoder, as things are now. Only after the first packet.
  func dueTime(ofTimestamp timestamp: Int64) -> SimTime {
    guard let begin else { preconditionFailure("no packet has arrived yet") }
    let wanted = timestamp - begin.timestamp + size
    let local = (Double(wanted - offset) / slope).rounded(.up)
    var due = ticker.next(from: begin.tick + MediaClock.duration(Int64(local)) - ticker.interval)
    while estimate(localTime(due)) < wanted { due = due + ticker.interval }
    // Frames from before the first one are over; nothing of the others is read before the first tick.
    return timestamp < begin.timestamp ? due : max(due, begin.tick)
  }

  /// The tick at which a packet that arrives now is read.
  func readingTime(ofArrival now: SimTime) -> SimTime {
    let tick = ticker.next(from: now)
    return begin.map { max($0.tick, tick) } ?? tick
  }

  // MARK: The line

  /// What the sender's clock shows at a time of the receiver's, both from their beginnings.
  private func estimate(_ local: Int64) -> Int64 {
    Int64((slope * Double(local)).rounded(.down)) + offset
  }

  private var isPlausible: Bool { line.slope > 0.5 && line.slope < 2 }
  private var slope: Double { min(max(line.slope, 0.5), 2) }
  private var offset: Int64 { isPlausible ? Int64(line.offset) : lastDifference }

  private func localTime(_ tick: SimTime) -> Int64 { MediaClock.units(tick - begin!.tick) }

  // MARK: The size

  private var nominal: Int64 { MediaClock.units(settings.playoutDelay) }

  private var limits: ClosedRange<Int64> {
    let largest = settings.maximumPlayoutDelay
    var least = settings.minimumPlayoutDelay
    if requested != nil {
      least = least + Self.unknownRoundTrip
      if least >= largest { least = max(.zero, largest - Self.roomBelowLargest) }
    }
    return MediaClock.units(min(least, largest))...MediaClock.units(largest)
  }

  private mutating func restart(local: Int64, remote: Int64) {
    isFresh = false
    line = LineEstimate(offset: Double(remote - local))
    deviation = LargestDeviation(period: MediaClock.units(Self.memory))
    deviation.note(nominal, at: local)
  }

  private mutating func resize(local: Int64, deviation newest: Int64) {
    let isUpdated = deviation.note(newest, at: local)
    let largest = deviation.value
    var wanted: Int64?
    if isUpdated, largest > size {
      wanted = largest
    } else if Double(largest) < Self.rampShare * Double(size),
      local - resized > MediaClock.units(Self.rampInterval)
    {
      wanted = size - MediaClock.units(Self.rampStep)
    }
    guard let wanted else { return }
    size = min(max(wanted, limits.lowerBound), limits.upperBound)
    resized = local
  }

  private mutating func endRequests(now: SimTime) {
    guard let last = requested, now - last >= Self.requestMemory else { return }
    requested = nil
    forget()
  }

  private mutating func forget() {
    guard begin != nil else { return }
    isFresh = true
    size = nominal
    resized = 0
  }
}

/// An endpoint's ticker: it serves packets and RTCP at multiples of its interval.
public struct Ticker: Hashable, Sendable {
  /// Above zero.
  public let interval: SimDuration
  /// Where the multiples begin, below the interval.
  public let phase: SimDuration

  /// - Parameter unit: the phase as a share of the interval, in [0, 1).
  public init(interval: SimDuration, phaseShare unit: Double) {
    self.interval = interval
    phase = SimDuration(nanoseconds: Int64(Double(interval.nanoseconds) * unit))
  }

  /// The first tick at or after a time.
  public func next(from time: SimTime) -> SimTime {
    let (step, origin) = (interval.nanoseconds, phase.nanoseconds)
    let since = time.nanoseconds - origin
    let (whole, rest) = since.quotientAndRemainder(dividingBy: step)
    return SimTime(nanoseconds: origin + (rest > 0 ? whole + 1 : whole) * step)
  }
}

/// A line fitted by recursive least squares.
private struct LineEstimate: Sendable {
  private(set) var slope = 1.0
  private(set) var offset: Double
  // The covariance to begin with is oRTP's: clocks that run alike, an offset worth ten packets.
  private var slopeVariance = 1e-10
  private var covariance = 0.0
  private var offsetVariance = 0.1

  init(offset: Double) { self.offset = offset }

  mutating func record(x: Double, y: Double) {
    let slopeGain = slopeVariance * x + covariance
    let offsetGain = covariance * x + offsetVariance
    let scale = 1 + x * slopeGain + offsetGain
    let error = y - (slope * x + offset)
    slope += error * slopeGain / scale
    offset += error * offsetGain / scale
    slopeVariance -= slopeGain * slopeGain / scale
    covariance -= slopeGain * offsetGain / scale
    offsetVariance -= offsetGain * offsetGain / scale
  }
}

/// The largest value of the present stretch of time and of the one before it. A stretch begins with
/// each new largest value, and ends when none has come for a period.
private struct LargestDeviation: Sendable {
  private let period: Int64
  private var begin: Int64?
  private var current: Int64 = 0
  private var previous: Int64 = 0

  init(period: Int64) { self.period = period }

  var value: Int64 { max(current, previous) }

  /// - Returns: whether a stretch begins with it.
  @discardableResult
  mutating func note(_ new: Int64, at time: Int64) -> Bool {
    guard let begin else {
      (self.begin, current, previous) = (time, new, new)
      return true
    }
    guard new > current || time - begin > period else { return false }
    previous = current
    (self.begin, current) = (time, new)
    return true
  }
}
