import SimulationKernel

/// When a kernel's timer fires: at an edge of the wheel's level that its timeout falls into, hence
/// late, and later the longer the timeout is.
///
/// Linux's wheel has levels of 64 buckets, each eight times coarser than the one below it (1, 8, 64
/// ... ticks), and rounds up to the next bucket, since no timer may fire early (kernel/time/timer.c).
/// At 250 ticks a second a timer is up to 4 ms late below 252 ms, up to 32 ms below 2 s, up to 256 ms
/// below 16 s, as measured on Linux 6.18.
///
/// All chance is a function of the key and of the time, so that two runs see the same wheel.
struct TimerWheel: Sendable {
  private static let bucketBits: Int64 = 3
  /// Ticks from which on a timeout belongs to the level above the finest.
  private static let finestEnd: Int64 = 63
  /// The coarsest level that matters here has buckets of 32,768 ticks.
  private static let levels: Int64 = 6

  private let tick: SimDuration
  /// Where the host's clock stood at simulated time zero.
  private let phase: SimDuration
  private let key: StreamKey
  private let idleShare: Probability

  /// - Parameters:
  ///   - tick: positive (checked).
  ///   - idleShare: the probability that a timer is armed by a processor that was asleep, 0...1.
  ///   - key: the host's chance.
  init(tick: SimDuration, idleShare: Double, key: StreamKey) {
    precondition(tick > .zero, "a tick is longer than nothing")
    self.tick = tick
    self.key = key
    self.idleShare = Probability(idleShare)
    let period = UInt64(tick.nanoseconds) << UInt64(Self.bucketBits * (Self.levels - 1))
    phase = SimDuration(
      nanoseconds: Int64(key.draw(slot: -1, index: 0).multipliedFullWidth(by: period).high))
  }

  /// When a timer fires that is armed at `now` for so many whole ticks.
  ///
  /// - Parameter isAwake: the processor has done something just before; otherwise it may have slept.
  func fires(armedAt now: SimTime, ticks: Int64, isAwake: Bool) -> SimTime {
    let position = now.nanoseconds + phase.nanoseconds
    let expiry = position / tick.nanoseconds + ticks
    // On a processor that is awake the wheel is already past the present tick, on one that slept it
    // is not: of consequence only at a level's border, where 252 ms happens to lie.
    let isAsleep = !isAwake && idleShare.accepts(key.draw(slot: now.nanoseconds, index: 1))
    let shift = Self.bucketBits * level(of: isAsleep ? ticks : ticks - 1)
    let fired = ((expiry >> shift) + 1) << shift
    return now + SimDuration(nanoseconds: fired * tick.nanoseconds - position)
  }

  private func level(of ticks: Int64) -> Int64 {
    var level: Int64 = 0
    while level < Self.levels - 1, ticks >= Self.finestEnd << (Self.bucketBits * level) {
      level += 1
    }
    return level
  }
}
