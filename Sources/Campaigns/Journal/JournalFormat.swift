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
/// and does not count; what stands between two is damaged, and is passed over.
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
