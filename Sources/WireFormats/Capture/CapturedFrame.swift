/// One packet of a capture file, as it was taken from a link.
///
/// What it points to is valid only during the call that hands it over.
public struct CapturedFrame {
  /// Counts the file's packets from 1.
  public let number: Int
  /// Counts the file's interfaces from 0; an index into the reader's `interfaces`.
  public let interface: Int
  /// LINKTYPE_ number.
  public let linkType: UInt32
  /// Nanoseconds since 1970 (UTC); nil in simple packet blocks, which have no time.
  public let time: Int64?
  /// What was captured, from the link's first octet.
  public let octets: UnsafeRawBufferPointer
  /// The packet's first comment as octets of UTF-8.
  public let comment: UnsafeRawBufferPointer?
}

/// A place of capture.
public struct CaptureInterface: Hashable, Sendable {
  /// if_name; a pcap file has none.
  public var name: String?
  /// LINKTYPE_ number.
  public var linkType: UInt32
  /// Most octets kept of a packet; 0 is no limit.
  public var snapLength: UInt32
  var resolution: PcapngInterfaceDescription.Resolution
  /// Seconds to add to each timestamp.
  var timestampOffset: Int64

  init(_ block: PcapngInterfaceDescription) {
    name = block.name
    linkType = UInt32(block.linkType)
    snapLength = block.snapLength
    resolution = block.resolution
    timestampOffset = block.timestampOffset
  }

  init(_ header: PcapFileHeader) {
    linkType = header.linkType
    snapLength = header.snapLength
    resolution = header.resolution
    timestampOffset = 0
  }

  /// Nanoseconds since 1970 for a timestamp; nil before 1970 and beyond the year 2116, which only
  /// broken files tell.
  func time(_ timestamp: UInt64) -> Int64? {
    guard let time = resolution.nanoseconds(timestamp) else { return nil }
    let (offset, tooFar) = timestampOffset.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflow) = time.addingReportingOverflow(offset)
    guard !tooFar, !overflow, (0...Int64.max / 2).contains(sum) else { return nil }
    return sum
  }
}

extension PcapngInterfaceDescription.Resolution {
  /// A count of these units in nanoseconds, rounded down; nil where it does not fit.
  func nanoseconds(_ count: UInt64) -> Int64? {
    switch self {
    case .decimal(let digits) where digits <= 9:
      let (product, overflow) = count.multipliedReportingOverflow(by: Self.powerOfTen(9 - digits))
      return overflow ? nil : Int64(exactly: product)
    case .decimal(let digits):
      return digits > 28 ? 0 : Int64(exactly: count / Self.powerOfTen(digits - 9))
    case .binary(let bits):
      let (high, low) = count.multipliedFullWidth(by: 1_000_000_000)
      guard bits < 64 else { return bits == 64 ? Int64(high) : Int64(high >> UInt64(bits - 64)) }
      guard bits > 0 else { return high == 0 ? Int64(exactly: low) : nil }
      guard high >> UInt64(bits) == 0 else { return nil }
      return Int64(exactly: high << UInt64(64 - bits) | low >> UInt64(bits))
    }
  }

  /// - Parameter exponent: 0...19, whose powers fit.
  private static func powerOfTen(_ exponent: UInt8) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
