import SimulationKernel

/// Reads a trace from text that comes in chunks, in memory that `TraceLimits` bounds.
///
/// Blank lines and what follows a `#` are skipped, save three comments: `# format: NAME`,
/// `# interval_ms: N` for packets of which only the order is known, and `# packets: N`, how many there
/// are where only the lost ones are named.
public struct TraceParser: Sendable {
  /// As asked for, or as the first lines show; nil as long as they do not.
  public private(set) var format: TraceFormat?
  /// As asked for, or as a comment says.
  private var interval: SimDuration?
  private let isIntervalGiven: Bool

  private var lines = TraceLines()
  /// Lines that have told nothing of the format yet.
  private var undecided: [(line: [UInt8], number: Int)] = []
  private var undecidedOctets = 0
  private var isHeaderDue = true
  /// What stood in the comment `# packets:`, and where.
  private var packetCount: (text: [UInt8], line: Int)?

  // One of them is used. Apart rather than in an enumeration, whose payload would be copied with
  // each line.
  private var pattern: PatternParser
  private var runs: RunsParser
  private var lostSequence: LostSequenceParser
  private var packetTable = PacketTableParser()
  private var rateTable = RateTableParser()
  private var mahimahi = MahimahiParser()

  /// As many octets of 0 and 1 are a pattern, whatever follows.
  private static let enoughToTell = 4_096

  /// - Parameters:
  ///   - format: nil to find it out.
  ///   - interval: between packets of which only the order is known, positive (checked); nil for the
  ///     file's own, or else `PacketTrace.defaultInterval`.
  ///   - packetLimit: so many packets at most that a count may stand for.
  public init(
    format: TraceFormat? = nil, interval: SimDuration? = nil,
    packetLimit: Int = TraceLimits.packets
  ) {
    pattern = PatternParser(limit: packetLimit)
    runs = RunsParser(limit: packetLimit)
    lostSequence = LostSequenceParser(limit: packetLimit)
    precondition(interval.map { $0 > .zero } ?? true, "packets are apart")
    self.format = format
    self.interval = interval
    isIntervalGiven = interval != nil
  }

  /// Takes the next octets of the file.
  public mutating func feed(_ octets: UnsafeRawBufferPointer) throws(TraceError) {
    var lines = TraceLines()
    swap(&lines, &self.lines)
    defer { swap(&lines, &self.lines) }
    try lines.feed(octets) { (line, number) throws(TraceError) in try take(line, number) }
  }

  /// What the file holds, when all of it has been fed.
  public mutating func finish() throws(TraceError) -> Trace {
    var lines = TraceLines()
    swap(&lines, &self.lines)
    try lines.finish { (line, number) throws(TraceError) in try take(line, number) }
    if format == nil, !undecided.isEmpty { try decide(.pattern) }
    switch format {
    case nil:
      throw TraceError(
        found: .words("nothing"), expected: "a trace: packets, losses, a rate or opportunities")
    case .pattern: return try packets(pattern.list)
    case .runs: return try packets(runs.list)
    case .lostSequence:
      if let packetCount {
        var parser = LostSequenceParser(limit: 0)
        swap(&parser, &lostSequence)
        try withOctets(packetCount.text) { (text) throws(TraceError) in
          try parser.complete(to: text, packetCount.line)
        }
        return try packets(parser.list)
      }
      return try packets(lostSequence.list)
    case .packets:
      guard !packetTable.packets.isEmpty else { throw noPackets }
      return .packets(PacketTrace(packets: packetTable.packets))
    case .rate: return .rate(try rateTable.timeline())
    case .mahimahi: return .rate(try mahimahi.timeline())
    }
  }

  private func packets(_ list: LossList) throws(TraceError) -> Trace {
    guard !list.losses.isEmpty else { throw noPackets }
    return .packets(
      PacketTrace(losses: list.losses, interval: interval ?? PacketTrace.defaultInterval))
  }

  private var noPackets: TraceError {
    TraceError(found: .words("no packets"), expected: "at least one")
  }

  /// Takes a line: what its comment says, and what stands before that.
  private mutating func take(
    _ line: UnsafeRawBufferPointer, _ number: Int
  ) throws(TraceError) {
    var content = line
    // A byte-order mark, as some editors write it.
    if number == 1, content.starts(with: [0xEF, 0xBB, 0xBF]) {
      content = UnsafeRawBufferPointer(rebasing: content[3...])
    }
    if let mark = content.firstIndex(of: UInt8(ascii: "#")) {
      try takeComment(UnsafeRawBufferPointer(rebasing: content[(mark + 1)...]), number)
      content = UnsafeRawBufferPointer(rebasing: content[..<mark])
    }
    content = TraceNumbers.trimmed(content)
    guard !content.isEmpty else { return }
    if format == nil, let found = Self.format(of: content, after: undecided) {
      try decide(found)
    }
    guard format == nil else { return try parse(content, number) }
    undecided.append((Array(content), number))
    undecidedOctets += content.count
    if undecidedOctets > Self.enoughToTell { try decide(.pattern) }
  }

  /// What a line tells of the format; nil where it may be of several.
  private static func format(
    of line: UnsafeRawBufferPointer, after earlier: [(line: [UInt8], number: Int)]
  ) -> TraceFormat? {
    if earlier.isEmpty {
      let headed = TraceFormat.allCases.first { format in
        format.header.map { line.elementsEqual($0.utf8) } ?? false
      }
      if headed != nil { return headed }
    }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "1")
    guard line.contains(where: { !digits.contains($0) && !TraceNumbers.isSpace($0) }) else {
      return nil
    }
    // Several numbers in a line are counts; one in each may be times or counts, and is taken for times.
    let hasSeveral =
      line.contains(where: TraceNumbers.isSpace)
      || earlier.contains { $0.line.contains(where: TraceNumbers.isSpace) }
    guard TraceNumbers.whole(line) == nil || hasSeveral else { return .mahimahi }
    let isNumbers = line.allSatisfy { (0x30...0x39).contains($0) || TraceNumbers.isSpace($0) }
    // What begins like a pattern and goes on with anything else is a pattern with a mistake in it.
    return isNumbers ? .runs : .pattern
  }

  /// Reads the lines that were kept until the format was known.
  private mutating func decide(_ format: TraceFormat) throws(TraceError) {
    self.format = format
    let kept = undecided
    undecided.removeAll()
    for (line, number) in kept {
      try withOctets(line) { (octets) throws(TraceError) in try parse(octets, number) }
    }
  }

  private mutating func parse(
    _ line: UnsafeRawBufferPointer, _ number: Int
  ) throws(TraceError) {
    if isHeaderDue {
      isHeaderDue = false
      if let header = format?.header {
        guard line.elementsEqual(header.utf8) else {
          throw TraceError(line: number, found: line, expected: "the header \(header)")
        }
        return
      }
    }
    switch format! {
    case .pattern: try pattern.take(line, number)
    case .runs: try runs.take(line, number)
    case .lostSequence: try lostSequence.take(line, number)
    case .packets: try packetTable.take(line, number)
    case .rate: try rateTable.take(line, number)
    case .mahimahi: try mahimahi.take(line, number)
    }
  }

  private mutating func takeComment(
    _ comment: UnsafeRawBufferPointer, _ number: Int
  ) throws(TraceError) {
    guard let colon = comment.firstIndex(of: UInt8(ascii: ":")) else { return }
    let key = TraceNumbers.trimmed(UnsafeRawBufferPointer(rebasing: comment[..<colon]))
    let value = TraceNumbers.trimmed(UnsafeRawBufferPointer(rebasing: comment[(colon + 1)...]))
    if key.elementsEqual("packets".utf8) {
      packetCount = (Array(value), number)
    } else if key.elementsEqual("interval_ms".utf8), !isIntervalGiven {
      guard let nanoseconds = TraceNumbers.milliseconds(value), nanoseconds > 0,
        nanoseconds <= TraceParser.longestInterval.nanoseconds
      else {
        throw TraceError(
          line: number, found: value,
          expected: "milliseconds above 0 and up to 1000 after \"interval_ms:\"")
      }
      interval = SimDuration(nanoseconds: nanoseconds)
    } else if key.elementsEqual("format".utf8), format == nil, undecided.isEmpty {
      let name = String(decoding: value, as: UTF8.self)
      guard let named = TraceFormat(rawValue: name) else {
        throw TraceError(
          line: number, found: value,
          expected: "one of \(TraceFormat.allCases.map(\.rawValue).joined(separator: ", ")) after "
            + "\"format:\"")
      }
      format = named
    }
  }

  /// Between two packets of which only the order is known.
  public static let longestInterval = SimDuration.seconds(1)
}
