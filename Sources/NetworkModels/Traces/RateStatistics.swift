import SimulationKernel

/// How a rate varies over time.
public struct RateStatistics: Hashable, Sendable {
  /// A stretch of time and its mean rate.
  public struct Window: Hashable, Sendable {
    public var from: SimTime
    public var length: SimDuration
    public var rate: Bitrate
  }

  public let period: SimDuration
  public let mean: Bitrate
  /// Of steps, of the steps; of opportunities, of windows of `window(of:)`.
  public let least: Bitrate
  public let greatest: Bitrate
  /// The share of time, in the same pieces, without any rate.
  public let silentShare: Double
  /// Rows or lines.
  public let entries: Int

  /// Over what opportunities are averaged: 100 ms, or more where they would be over 100,000 pieces.
  public static func window(of period: SimDuration) -> SimDuration {
    max(.milliseconds(100), period / 100_000)
  }

  public init(_ timeline: RateTimeline) {
    let pieces: [Window]
    switch timeline {
    case .steps(let steps, let period):
      self.period = period
      entries = steps.count
      pieces = steps.enumerated().map { index, step in
        let end = index + 1 < steps.count ? steps[index + 1].from : .zero + period
        return Window(from: step.from, length: end - step.from, rate: step.rate)
      }
      mean = Self.mean(of: pieces, period: period)
    case .opportunities(let instants, let octets, let period):
      self.period = period
      entries = instants.count
      pieces = Self.windows(of: timeline, length: Self.window(of: period))
      mean = Self.rate(opportunities: instants.count, octets, over: period)
    }
    // What is left of the period behind the last whole window says little of a rate.
    let whole = pieces.count > 1 && pieces.last!.length < pieces[0].length
    let counted: ArraySlice<Window>
    if case .opportunities = timeline, whole {
      counted = pieces.dropLast()
    } else {
      counted = pieces[...]
    }
    least = counted.map(\.rate).min()!
    greatest = counted.map(\.rate).max()!
    let silent = pieces.filter { $0.rate.bitsPerSecond == 0 }.map(\.length.nanoseconds)
    silentShare = Double(silent.reduce(0, +)) / Double(period.nanoseconds)
  }

  /// The mean rates of stretches of the same length, the last one cut off by the period.
  public static func windows(of timeline: RateTimeline, length: SimDuration) -> [Window] {
    switch timeline {
    case .steps(let steps, let period): windows(of: steps, period, length)
    case .opportunities(let instants, let octets, let period):
      windows(of: instants, octets, period, length)
    }
  }

  private static func windows(
    of instants: [SimTime], _ octets: Int, _ period: SimDuration, _ length: SimDuration
  ) -> [Window] {
    var windows: [Window] = []
    var from = SimTime.zero
    var next = 0
    let end = SimTime.zero + period
    while from < end {
      let until = min(from + length, end)
      let first = next
      // What may leave at the period's end belongs to its last window.
      while next < instants.count, instants[next] < until || until == end { next += 1 }
      let rate = rate(opportunities: next - first, octets, over: until - from)
      windows.append(Window(from: from, length: until - from, rate: rate))
      from = until
    }
    return windows
  }

  private static func windows(
    of steps: [RateTimeline.Step], _ period: SimDuration, _ length: SimDuration
  ) -> [Window] {
    var windows: [Window] = []
    var from = SimTime.zero
    var current = 0
    let end = SimTime.zero + period
    while from < end {
      let until = min(from + length, end)
      var bits = 0.0
      var time = from
      while time < until {
        let stepEnd = current + 1 < steps.count ? steps[current + 1].from : end
        let upTo = min(stepEnd, until)
        bits += Double(steps[current].rate.bitsPerSecond) * Double((upTo - time).nanoseconds)
        time = upTo
        if time == stepEnd, current + 1 < steps.count { current += 1 }
      }
      let mean = bits / Double((until - from).nanoseconds)
      windows.append(
        Window(
          from: from, length: until - from, rate: Bitrate(bitsPerSecond: Int64(mean.rounded()))))
      from = until
    }
    return windows
  }

  private static func mean(of pieces: [Window], period: SimDuration) -> Bitrate {
    let bits = pieces.reduce(0.0) {
      $0 + Double($1.rate.bitsPerSecond) * Double($1.length.nanoseconds)
    }
    return Bitrate(bitsPerSecond: Int64((bits / Double(period.nanoseconds)).rounded()))
  }

  private static func rate(
    opportunities: Int, _ octets: Int, over duration: SimDuration
  ) -> Bitrate {
    let bits = Double(opportunities) * Double(octets) * 8
    return Bitrate(bitsPerSecond: Int64((bits * 1e9 / Double(duration.nanoseconds)).rounded()))
  }
}
