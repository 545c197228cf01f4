import SimulationKernel

/// Holds gaps back for as long as packets may only have been overtaken.
public struct ReorderingWait: Sendable {
  /// Sequence numbers that are missing, and the newest picture that they hit.
  public struct Gap: Equatable, Sendable {
    public var missing: Range<Int64>
    public var newest: PictureNumber

    public init(missing: Range<Int64>, newest: PictureNumber) {
      self.missing = missing
      self.newest = newest
    }
  }

  private let tolerance: SimDuration
  private var waiting: [(gap: Gap, due: SimTime)] = []

  /// - Parameter tolerance: from the first packet behind the gap on.
  public init(tolerance: SimDuration) {
    self.tolerance = tolerance
  }

  /// When the next gap counts as a loss; nil where none waits.
  public var nextDeadline: SimTime? { waiting.first?.due }

  public mutating func gapNoticed(_ gap: Gap, now: SimTime) {
    waiting.append((gap, now + tolerance))
  }

  /// A packet behind its time has arrived.
  public mutating func arrived(_ sequence: Int64) {
    guard let place = waiting.firstIndex(where: { $0.gap.missing.contains(sequence) }) else {
      return
    }
    let (gap, due) = waiting.remove(at: place)
    var rest = gap
    rest.missing = sequence + 1..<gap.missing.upperBound
    if !rest.missing.isEmpty { waiting.insert((rest, due), at: place) }
    rest.missing = gap.missing.lowerBound..<sequence
    if !rest.missing.isEmpty { waiting.insert((rest, due), at: place) }
  }

  /// What was sent before this packet is not wanted any more.
  public mutating func forget(before sequence: Int64) {
    waiting.removeAll { $0.gap.missing.upperBound <= sequence }
  }

  /// The gaps that have waited long enough, in order.
  public mutating func takeDue(now: SimTime) -> [Gap] {
    let count = waiting.prefix { $0.due <= now }.count
    defer { waiting.removeFirst(count) }
    return waiting.prefix(count).map(\.gap)
  }
}
