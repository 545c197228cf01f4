/// Why a capture file was refused: the packet and the octet from the file's start, what was found
/// and what was expected.
public struct CaptureError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The packet at fault or the next one, from 1; 0 before the first.
  public let packet: Int
  /// Its offset counts from the file's start.
  public let error: WireError

  /// One sentence without the file's name, which only the caller knows.
  public var description: String {
    packet == 0 ? "\(error)" : "packet \(packet): \(error)"
  }
}

/// The packets of a capture file: pcap of either byte order with micro- or nanoseconds
/// (draft-ietf-opsawg-pcap), or pcapng (draft-ietf-opsawg-pcapng).
///
/// Fed with the file piece by piece, however it is cut; holds no more than one block and one piece.
public struct CaptureReader {
  /// The largest packet or description that is taken, with what stands around it, in octets.
  public static let maximumBlock = 16 << 20
  /// The most interfaces of a file.
  public static let maximumInterfaces = 1_024

  enum Format {
    case unknown
    case pcap(PcapFileHeader)
    /// Of the present section.
    case pcapng(isLittleEndian: Bool)
  }

  var format = Format.unknown
  /// Octets of the present section's interfaces: their places in `interfaces`.
  var sectionInterfaces: [Int] = []
  /// All interfaces of the file so far. One of a later section that is described as the one of its
  /// number before is the same one: recorders begin a new section in each of a row of files.
  public internal(set) var interfaces: [CaptureInterface] = []
  /// Packets so far.
  public internal(set) var packets = 0

  private var pending: [UInt8] = []
  /// The place in the file of what is pending.
  private var offset = 0
  /// Octets to step over before anything is read again.
  private var skipping = 0

  public init() {}

  /// Whether the octets so far end where a block or a record does, behind a file's header.
  ///
  /// Otherwise the file was cut off: what it holds up to the cut has been handed over.
  public var isComplete: Bool { hasHeader && pending.isEmpty && skipping == 0 }

  /// Whether there was enough to tell what kind of file it is.
  public var hasHeader: Bool {
    if case .unknown = format { return false }
    return true
  }

  /// Takes the file's next octets and hands over the packets that they complete.
  ///
  /// - Throws: `CaptureError` at what is no capture; nothing may be fed after that.
  public mutating func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (CapturedFrame) -> Void
  ) throws(CaptureError) {
    let skipped = min(skipping, chunk.count)
    skipping -= skipped
    offset += skipped
    var octets = pending
    pending = []
    octets.append(contentsOf: chunk[skipped...])
    var failure: WireError?
    let used = octets.withUnsafeBytes { octets in
      var used = 0
      do throws(WireError) {
        while used < octets.count, let count = try step(octets, from: used, body) { used += count }
      } catch {
        failure = error
      }
      return used
    }
    if let failure {
      let error = WireError(
        failure.field, at: offset + failure.offset, failure.kind, expected: failure.expected)
      throw CaptureError(packet: hasHeader ? packets + 1 : 0, error: error)
    }
    offset += used
    octets.removeFirst(used)
    pending = octets
  }

  /// Reads what stands at `start`.
  ///
  /// - Returns: octets read, nil where more are needed.
  private mutating func step(
    _ octets: UnsafeRawBufferPointer, from start: Int, _ body: (CapturedFrame) -> Void
  ) throws(WireError) -> Int? {
    var reader = ByteReader(octets)
    try reader.skip(start, "capture")
    switch format {
    case .unknown: return try stepHeader(reader)
    case .pcap(let header): return try stepRecord(reader, header, body)
    case .pcapng(let isLittleEndian): return try stepBlock(reader, isLittleEndian, body)
    }
  }

  private mutating func stepHeader(_ reader: ByteReader) throws(WireError) -> Int? {
    guard reader.remaining >= 4 else { return nil }
    var ahead = reader
    let magic = try ahead.read32("magic number")
    if magic == PcapngSectionHeader.blockType { return try stepBlock(reader, nil) { _ in } }
    guard PcapFileHeader.form(ofMagic: magic) != nil else {
      throw WireError(
        "magic number", at: reader.offset, .badValue(found: Int(magic)),
        expected: "that of a pcap or pcapng file, unpacked")
    }
    guard reader.remaining >= PcapFileHeader.byteCount else { return nil }
    var header = reader
    let parsed = try PcapFileHeader(parsing: &header)
    format = .pcap(parsed)
    interfaces = [CaptureInterface(parsed)]
    return PcapFileHeader.byteCount
  }

  /// A packet of a pcap file.
  private mutating func stepRecord(
    _ reader: ByteReader, _ header: PcapFileHeader, _ body: (CapturedFrame) -> Void
  ) throws(WireError) -> Int? {
    guard reader.remaining >= PcapFileHeader.recordByteCount else { return nil }
    let start = reader.offset
    var fields = PcapngFieldReader(reader, isLittleEndian: header.isLittleEndian)
    let seconds = UInt64(try fields.read32("pcap seconds"))
    let fraction = UInt64(try fields.read32("pcap fraction of a second"))
    let count = Int(try fields.read32("pcap captured length"))
    _ = try fields.read32("pcap original length")
    guard count <= Self.maximumBlock else {
      throw WireError(
        "pcap captured length", at: start + 8, .badLength(found: count),
        expected: "16777216 or less")
    }
    guard fields.octets.remaining >= count else { return nil }
    let scale: UInt64 = header.resolution == .nanoseconds ? 1_000_000_000 : 1_000_000
    packets += 1
    body(
      CapturedFrame(
        number: packets, interface: 0, linkType: header.linkType,
        // Below 2^32 * 10^9 and a little: fits.
        time: interfaces[0].time(seconds * scale + fraction),
        octets: try fields.octets.read(count, "pcap packet"), comment: nil))
    return PcapFileHeader.recordByteCount + count
  }

  /// Has `count` octets stepped over, of which only `available` are here.
  mutating func skip(_ count: Int, available: Int) -> Int {
    guard count > available else { return count }
    skipping = count - available
    return available
  }
}
