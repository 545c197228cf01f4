/// The octets of a journal: a mark, the format's version, and frames.
///
/// | octets | what |
/// |---|---|
/// | 8 | `avpfjrnl` in ASCII |
/// | 4 | version of this format: 1 |
/// | any | frames: the header, then the result of one job each, in the order in which they came |
///
/// A frame is the length of its payload (4 octets), the payload's CRC-32 (4 octets) and the payload.
/// The header's payload is `JournalHeader.payload`, a result's is `JobReport.payload`. Numbers are
/// little-endian; a text is its length in octets (4 octets) and as many octets of UTF-8. Of two results
/// of one job the later one holds. What follows the last sound frame was cut off while it was written,
/// and does not count.
public enum JournalFormat {
  static let mark = Array("avpfjrnl".utf8)
  static let version: UInt32 = 1
  /// Of the mark and the version.
  static let prefixOctets = 12

  /// What a journal begins with.
  public static var prefix: [UInt8] {
    var octets = mark
    PipeFrame.append(version, to: &octets)
    return octets
  }

  /// A payload of at most `PipeFrame.maximumOctets` octets, framed.
  public static func frame(_ payload: [UInt8]) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(payload.count + 8)
    PipeFrame.append(UInt32(payload.count), to: &octets)
    PipeFrame.append(Checksum.of(payload), to: &octets)
    octets += payload
    return octets
  }
}

/// Reads a journal from its beginning, whatever pieces it comes in.
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
  /// Whether something stands there that is no frame; the rest is not read.
  public private(set) var isBroken = false

  private var pending: [UInt8] = []
  private var position = 0

  public init() {}

  /// Reads on; without effect once it is broken.
  ///
  /// - Throws: `Refusal` where the file cannot be read by this program at all.
  public mutating func append(_ piece: ArraySlice<UInt8>) throws(Refusal) {
    guard !isBroken else { return }
    if position > 0 {
      pending.removeFirst(position)
      position = 0
    }
    pending += piece
    if soundOctets == 0 { try readPrefix() }
    guard soundOctets > 0 else { return }
    while let payload = nextPayload() {
      guard take(payload) else {
        isBroken = true
        break
      }
      position += 8 + payload.count
      soundOctets += 8 + payload.count
    }
    if isBroken { pending.removeAll() }
  }

  private mutating func readPrefix() throws(Refusal) {
    guard pending.starts(with: JournalFormat.mark.prefix(pending.count)) else { throw .notAJournal }
    guard pending.count >= JournalFormat.prefixOctets else { return }
    let version = number(at: JournalFormat.mark.count)
    guard version == JournalFormat.version else { throw .format(version: version) }
    position = JournalFormat.prefixOctets
    soundOctets = JournalFormat.prefixOctets
  }

  /// Of the next frame, if it is whole and sound.
  private mutating func nextPayload() -> ArraySlice<UInt8>? {
    guard pending.count - position >= 8 else { return nil }
    let count = Int(number(at: position))
    guard count <= PipeFrame.maximumOctets else {
      isBroken = true
      return nil
    }
    let begin = position + 8
    guard pending.count - begin >= count else { return nil }
    let payload = pending[begin..<begin + count]
    guard Checksum.of(payload) == number(at: position + 4) else {
      isBroken = true
      return nil
    }
    return payload
  }

  /// Takes a frame in; false where it makes no sense.
  private mutating func take(_ payload: ArraySlice<UInt8>) -> Bool {
    guard let header else {
      guard let header = try? JournalHeader(payload: Array(payload)) else { return false }
      self.header = header
      places = Array(repeating: nil, count: header.jobCount)
      return true
    }
    guard let report = try? JobReport(payload: Array(payload)),
      places.indices.contains(report.number), header.shard.contains(report.number)
    else { return false }
    places[report.number] = Place(
      offset: soundOctets + 8, octets: payload.count, isDisturbed: report.isDisturbed)
    return true
  }

  private func number(at offset: Int) -> UInt32 {
    PipeFrame.number(pending[offset..<offset + 4])
  }
}
