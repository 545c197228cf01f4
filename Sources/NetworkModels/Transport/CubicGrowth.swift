import SimulationKernel

/// How fast the window grows in congestion avoidance: by cubic's curve (RFC 9438), as Linux does.
///
/// The curve counts from the last reduction, time without anything under way left out, which on a
/// thin stream is most of the time: after a loss the window stays low for many messages.
struct CubicGrowth: Sendable {
  /// RFC 9438 section 4.1's C, in segments per cubed second.
  private static let scale = 0.4
  /// Acknowledgements for each segment where the curve is below the window, per segment of it.
  private static let slow = 100.0
  /// The window's addend of RFC 9438 section 4.3 takes so many windows of acknowledgements: 15/8.
  private static let friendly = 1.875

  /// What is left of the window after a loss, of 1024.
  private let factor: Int
  /// The window before the last reduction, less where it did not reach the one before it.
  private var lastMaximum = 0
  /// When the curve began; nil until the first acknowledgement after a reduction.
  private var began: SimTime?
  private var origin = 0.0
  /// Seconds until the curve is back at `origin`.
  private var inflection = 0.0
  private var acknowledged = 0
  /// What RFC 5681 would have made of the window.
  private var renoWindow = 0

  init(factor: Int) { self.factor = factor }

  /// RFC 9438 section 4.6 and 4.7: the window is about to be reduced from `window`.
  mutating func noteReduction(of window: Int) {
    began = nil
    lastMaximum = window < lastMaximum ? window * (1_024 + factor) / 2_048 : window
  }

  /// After a timeout all is forgotten.
  mutating func reset() { self = CubicGrowth(factor: factor) }

  /// Nothing was under way for so long.
  mutating func noteIdle(_ idle: SimDuration) {
    if let began { self.began = began + idle }
  }

  /// How many acknowledged segments make the window grow by one.
  mutating func segmentsPerIncrease(
    window: Int, acknowledged count: Int, roundTrip: SimDuration, now: SimTime
  ) -> Int {
    let start = begin(window: window, acknowledged: count, now: now)
    let elapsed = (now - start + roundTrip).inMilliseconds / 1_000 - inflection
    let target = origin + Self.scale * elapsed * elapsed * elapsed
    let width = Double(window)
    var segments = target > width ? width / (target - width) : Self.slow * width
    if lastMaximum == 0 { segments = min(segments, 20) }
    let step = Int(width * Self.friendly)
    while acknowledged > step {
      acknowledged -= step
      renoWindow += 1
    }
    if renoWindow > window { segments = min(segments, width / Double(renoWindow - window)) }
    return max(Int(segments), 2)
  }

  private mutating func begin(window: Int, acknowledged count: Int, now: SimTime) -> SimTime {
    if let began {
      acknowledged += count
      return began
    }
    began = now
    acknowledged = count
    renoWindow = window
    if lastMaximum <= window {
      inflection = 0
      origin = Double(window)
    } else {
      inflection = Self.cubeRoot(Double(lastMaximum - window) / Self.scale)
      origin = Double(lastMaximum)
    }
    return now
  }

  /// By Newton's method, with the same bits on every machine.
  private static func cubeRoot(_ value: Double) -> Double {
    var root = max(value / 3, 1)
    for _ in 0..<40 { root -= (root * root * root - value) / (3 * root * root) }
    return root
  }
}
