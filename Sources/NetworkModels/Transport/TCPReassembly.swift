import SimulationKernel

/// The receiving half of a connection: what has arrived in order, and ranges beyond a gap.
struct TCPReassembly: Sendable {
  enum Arrival: Equatable {
    /// So many octets continue the stream, a filled gap's followers included.
    case inOrder(octets: Int)
    case beyondGap
    case duplicate
  }

  /// The next octet expected. 0 before the SYN.
  private(set) var next: Int64
  /// Ranges beyond the gap: disjoint, not adjacent, ascending; as many as the sender's window
  /// allows.
  private(set) var ranges: [TCPRange] = []
  /// Where the latest range beyond the gap lies: it is reported first (RFC 2018 section 4).
  private var latest: Int64 = -1

  init(next: Int64) { self.next = next }

  mutating func receive(_ range: TCPRange) -> Arrival {
    if range.end <= next { return .duplicate }
    if range.start > next { return insert(range) ? .beyondGap : .duplicate }
    let before = next
    next = range.end
    while let first = ranges.first, first.start <= next {
      next = max(next, first.end)
      ranges.removeFirst()
    }
    return .inOrder(octets: Int(next - before))
  }

  /// Inserts a range beyond the gap; false where it held nothing new.
  private mutating func insert(_ range: TCPRange) -> Bool {
    var index = 0
    while index < ranges.count, ranges[index].end < range.start { index += 1 }
    if index < ranges.count, ranges[index].start <= range.start, ranges[index].end >= range.end {
      return false
    }
    var merged = range
    var last = index
    while last < ranges.count, ranges[last].start <= merged.end {
      merged.start = min(merged.start, ranges[last].start)
      merged.end = max(merged.end, ranges[last].end)
      last += 1
    }
    ranges.replaceSubrange(index..<last, with: CollectionOfOne(merged))
    latest = merged.start
    return true
  }

  /// The ranges to report: the latest first, then from the lowest.
  var report: (TCPRange, TCPRange, TCPRange) {
    let none = TCPRange(start: 0, end: 0)
    var result = (none, none, none)
    guard !ranges.isEmpty else { return result }
    var filled = 0
    for range in ranges where range.start <= latest && latest < range.end {
      result.0 = range
      filled = 1
    }
    for range in ranges where !(filled > 0 && range == result.0) {
      switch filled {
      case 0: result.0 = range
      case 1: result.1 = range
      case 2: result.2 = range
      default: return result
      }
      filled += 1
    }
    return result
  }
}
