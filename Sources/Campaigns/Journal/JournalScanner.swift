/// Reads a journal from its beginning, whatever pieces it comes in.
///
/// Where no sound frame stands, the next one is looked for octet by octet: a damaged frame costs its own
/// result and no other.
public struct JournalScanner {
  /// What makes a file no journal, or none for this program.
  public enum Refusal: Error, Equatable {
    case notAJournal
    case format(version: UInt32)
  }

  /// Where a job's latest result stands.
  public struct Place: Sendable, Equatable {
    public var offset: Int
    public var octets: Int
    /// The result is that of a process that was ended; see `JobReport.isDisturbed`.
    public var isDisturbed: Bool
  }

  /// Nil until it has been read.
  public private(set) var header: JournalHeader?
  /// By job; empty until there is a header.
  public private(set) var places: [Place?] = []
  /// Octets up to the end of the last sound frame.
  public private(set) var soundOctets = 0
  /// What stands between sound frames and is none, in the order of the file.
  public private(set) var damage: [Range<Int>] = []
  /// Whether the header is damaged; the rest is not read.
  public private(set) var isBroken = false

  private var pending: [UInt8] = []
  /// Where `pending` stands in the file.
  private var base = 0
  /// Where in `pending` a frame is looked for.
  private var position = 0

  public init() {}

  /// Reads on; without effect once it is broken.
  ///
  /// - Throws: `Refusal` where the file cannot be read by this program at all.
  public mutating func append(_ piece: ArraySlice<UInt8>) throws(Refusal) {
    guard !isBroken else { return }
    pending.removeFirst(position)
    base += position
    position = 0
    pending += piece
    if soundOctets == 0 { try readPrefix() }
    readFrames(isEnd: false)
  }

  /// Nothing follows: what was waited for will not come, and may hide sound frames behind it.
  public mutating func finish() { readFrames(isEnd: true) }

  private mutating func readPrefix() throws(Refusal) {
    guard pending.starts(with: JournalFormat.mark.prefix(pending.count)) else { throw .notAJournal }
    guard pending.count >= JournalFormat.prefixOctets else { return }
    let version = number(at: JournalFormat.mark.count)
    guard version == JournalFormat.version else { throw .format(version: version) }
    position = JournalFormat.prefixOctets
    soundOctets = JournalFormat.prefixOctets
  }

  /// What stands at `position`.
  private enum Finding {
    case header(JournalHeader, octets: Int)
    case report(JobReport, octets: Int)
    /// More octets are needed to tell.
    case unfinished
    case nothing
  }

  private mutating func readFrames(isEnd: Bool) {
    guard soundOctets > 0 else { return }
    while !isBroken, position < pending.count {
      switch finding() {
      case .header(let header, let octets):
        self.header = header
        places = Array(repeating: nil, count: header.jobCount)
        pass(octets)
      case .report(let report, let octets): take(report, octets)
      case .unfinished:
        guard isEnd else { return }
        position += 1
      case .nothing:
        isBroken = header == nil && isAtHeader
        position += 1
      }
    }
  }

  private mutating func take(_ report: JobReport, _ octets: Int) {
    // Behind a header that claims to be longer than the file.
    guard header != nil else {
      isBroken = true
      return
    }
    places[report.number] = Place(
      offset: base + position + 8, octets: octets, isDisturbed: report.isDisturbed)
    pass(octets)
  }

  /// Goes behind a sound frame whose payload has so many octets.
  private mutating func pass(_ octets: Int) {
    if base + position > soundOctets { damage.append(soundOctets..<base + position) }
    position += 8 + octets
    soundOctets = base + position
  }

  private var isAtHeader: Bool { base + position == JournalFormat.prefixOctets }

  private func finding() -> Finding {
    let available = pending.count - position - 8
    guard available >= 0 else { return .unfinished }
    let octets = Int(number(at: position))
    guard (8...PipeFrame.maximumOctets).contains(octets) else { return .nothing }
    if !isAtHeader {
      guard available >= 8 else { return .unfinished }
      guard isJob(Int(number(at: position + 8))), number(at: position + 12) <= JobReport.maximumCode
      else { return .nothing }
    }
    guard available >= octets else { return .unfinished }
    let payload = pending[position + 8..<position + 8 + octets]
    guard Checksum.of(payload) == number(at: position + 4) else { return .nothing }
    if isAtHeader {
      return (try? JournalHeader(payload: Array(payload))).map { .header($0, octets: octets) }
        ?? .nothing
    }
    return (try? JobReport(payload: Array(payload))).map { .report($0, octets: octets) } ?? .nothing
  }

  /// Whether it may be the number of a result. No four octets of text are: a checksum is seldom made
  /// in vain.
  private func isJob(_ number: Int) -> Bool {
    guard let header else { return number < Plan.maximumJobs }
    return number < header.jobCount && header.shard.contains(number)
  }

  private func number(at offset: Int) -> UInt32 {
    PipeFrame.number(pending[offset..<offset + 4])
  }
}
