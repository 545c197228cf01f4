/// The packet types of RTCP that this module reads (RFC 3550 section 12.1, RFC 4585 section 6.1).
public enum RTCPPacketType {
  public static let senderReport: UInt8 = 200
  public static let receiverReport: UInt8 = 201
  public static let sourceDescription: UInt8 = 202
  public static let goodbye: UInt8 = 203
  public static let applicationDefined: UInt8 = 204
  public static let transportLayerFeedback: UInt8 = 205
  public static let payloadSpecificFeedback: UInt8 = 206
}

/// The feedback message types (FMT) of transport-layer feedback (RFC 4585 section 6.2).
public enum TransportLayerFormat {
  public static let genericNegativeAcknowledgement: UInt8 = 1
}

/// The feedback message types (FMT) of payload-specific feedback (RFC 4585 section 6.3, RFC 5104
/// section 4.3).
public enum PayloadSpecificFormat {
  public static let pictureLossIndication: UInt8 = 1
  public static let sliceLossIndication: UInt8 = 2
  public static let referencePictureSelectionIndication: UInt8 = 3
  public static let fullIntraRequest: UInt8 = 4
  public static let applicationLayer: UInt8 = 15
}

/// The four octets that begin every RTCP packet (RFC 3550 section 6.4.1, RFC 4585 section 6.1).
public struct RTCPHeader: WireValue, Hashable {
  /// P, in the first octet.
  static let paddingFlag: UInt8 = 0x20

  public var hasPadding: Bool
  /// RC, SC or FMT: what the packet type makes of it, 0...31.
  public var count: UInt8
  public var packetType: UInt8
  /// Octets of the whole packet, header and padding included; 4...262144, a multiple of 4.
  public var packetByteCount: Int

  public init(packetType: UInt8, count: UInt8, packetByteCount: Int, hasPadding: Bool = false) {
    self.hasPadding = hasPadding
    self.count = count
    self.packetType = packetType
    self.packetByteCount = packetByteCount
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    try reader.require(4, for: "RTCP header")
    let first = try reader.read8("RTCP version")
    guard first >> 6 == 2 else {
      throw WireError(
        "RTCP version", at: start, .wrongVersion(found: Int(first >> 6)), expected: "2")
    }
    hasPadding = first & Self.paddingFlag != 0
    count = first & 0x1F
    packetType = try reader.read8("RTCP packet type")
    // In 32-bit words minus one, so that zero is a packet of a header alone.
    packetByteCount = 4 * (Int(try reader.read16("RTCP length")) + 1)
  }

  public var serializedByteCount: Int { 4 }

  public func serialize(into writer: inout ByteWriter) {
    precondition(count < 32, "an RTCP count or format has 5 bits")
    precondition(
      packetByteCount % 4 == 0 && (4...262_144).contains(packetByteCount),
      "an RTCP packet of \(packetByteCount) octets has no length in words")
    writer.write8(0x80 | (hasPadding ? Self.paddingFlag : 0) | count)
    writer.write8(packetType)
    writer.write16(UInt16(packetByteCount / 4 - 1))
  }

  /// Reads a header and returns a reader of the packet's own octets behind it, without padding;
  /// `reader` moves past the whole packet.
  static func open(
    _ reader: inout ByteReader
  ) throws(WireError) -> (header: RTCPHeader, body: ByteReader) {
    let header = try RTCPHeader(parsing: &reader)
    var body = try reader.slice(header.packetByteCount - 4, "RTCP packet")
    if header.hasPadding {
      try header.dropPadding(from: &body)
    }
    return (header, body)
  }

  /// Like `open(_:)`, and refuses any packet but one of this type, and of this format if given.
  static func open(
    _ reader: inout ByteReader, type: UInt8, format: UInt8? = nil, expected: StaticString
  ) throws(WireError) -> (header: RTCPHeader, body: ByteReader) {
    let start = reader.offset
    let (header, body) = try open(&reader)
    guard header.packetType == type else {
      throw WireError(
        "RTCP packet type", at: start + 1, .wrongType(found: Int(header.packetType)),
        expected: expected)
    }
    if let format, header.count != format {
      throw WireError(
        "RTCP feedback message type", at: start, .wrongType(found: Int(header.count)),
        expected: expected)
    }
    return (header, body)
  }

  private func dropPadding(from body: inout ByteReader) throws(WireError) {
    try body.require(1, for: "RTCP padding count")
    let padding = try body.peek8(at: body.remaining - 1, "RTCP padding count")
    // RFC 3550 section 6.4.1: the count includes itself and is a multiple of four.
    guard padding > 0, padding % 4 == 0, Int(padding) <= body.remaining else {
      throw WireError(
        "RTCP padding count", at: body.offset + body.remaining - 1,
        .badLength(found: Int(padding)),
        expected: "a multiple of 4 within the packet")
    }
    body.dropLast(Int(padding))
  }
}

extension ByteReader {
  /// Refuses octets that a packet's fields leave over.
  func requireEnd(of packet: StaticString) throws(WireError) {
    guard isAtEnd else {
      throw WireError(packet, at: offset, .badLength(found: remaining), expected: "no more octets")
    }
  }
}
