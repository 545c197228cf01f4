import SimulationKernel

/// Counts freezes by libwebrtc's rule: a gap between two pictures on screen longer than
/// max(3 * mean, mean + 150 ms), the mean taken over the last 30 gaps. A screen on which nothing comes any
/// more, or never did, is frozen to the call's end; libwebrtc, which waits for the next picture, does not
/// tell.
struct FreezeDetector {
  private static let window = 30
  private(set) var count = 0
  private(set) var time = SimDuration.zero
  /// The longest gap, the last one included that the call's end closes.
  private(set) var largestGap = SimDuration.zero
  private var gaps = [Int64](repeating: 0, count: window)
  private var gapCount = 0
  private var sum: Int64 = 0
  private var last: SimTime?

  /// A new picture is on screen.
  mutating func displayed(now: SimTime) {
    defer { last = now }
    guard let last else { return }
    let gap = (now - last).nanoseconds
    noteGap(gap)
    let slot = gapCount % Self.window
    sum += gap - gaps[slot]
    gaps[slot] = gap
    gapCount += 1
  }

  /// The call ends; what is frozen then counts as far as it goes.
  mutating func finish(now: SimTime) {
    let gap = (now - (last ?? .zero)).nanoseconds
    noteGap(gap)
    // With less than two pictures there is no mean to compare with.
    guard gapCount == 0, gap > 150_000_000 else { return }
    count += 1
    time += SimDuration(nanoseconds: gap)
  }

  private mutating func noteGap(_ gap: Int64) {
    largestGap = max(largestGap, SimDuration(nanoseconds: gap))
    guard gapCount > 0 else { return }
    let mean = sum / Int64(min(gapCount, Self.window))
    guard gap > max(3 * mean, mean + 150_000_000) else { return }
    count += 1
    time += SimDuration(nanoseconds: gap)
  }
}
