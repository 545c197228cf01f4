/// Which way media goes, from the writer of the description (RFC 4566 section 6).
public enum MediaDirection: String, CaseIterable, Hashable, Sendable {
  case sendReceive = "sendrecv"
  case sendOnly = "sendonly"
  case receiveOnly = "recvonly"
  case inactive

  public var sends: Bool { self == .sendReceive || self == .sendOnly }
  public var receives: Bool { self == .sendReceive || self == .receiveOnly }

  public init(sends: Bool, receives: Bool) {
    self = sends ? (receives ? .sendReceive : .sendOnly) : receives ? .receiveOnly : .inactive
  }
}

/// A line of a session description: the ones feedback depends on in their types, all others as text.
public enum SDPLine: WireValue, Hashable {
  case rtpMap(RTPMap)
  case formatParameters(FormatParameters)
  case rtcpFeedback(RTCPFeedbackAttribute)
  /// `a=rtcp-rsize` (RFC 5506 section 5).
  case rtcpReducedSize
  case direction(MediaDirection)
  /// Any other attribute: `a=name`, `a=name:value`.
  case attribute(name: String, value: String?)
  /// Any other line; the type is a lower-case letter.
  case other(type: UInt8, value: String)

  /// Reads all that is left as one line without its end.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    let type = reader.isAtEnd ? 0 : try reader.read8("SDP line")
    guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(type), try reader.skipIfPresent("=")
    else {
      throw WireError(
        "SDP line", at: start, .badSyntax, expected: "a lower-case letter, = and a value")
    }
    if type == UInt8(ascii: "a") {
      try self.init(attribute: &reader)
    } else {
      self = .other(type: type, value: try reader.text("SDP value"))
    }
  }

  private init(attribute reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    let octets = try reader.read("SDP attribute") { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
    guard !octets.isEmpty, reader.isAtEnd || reader.next == 0x3A else {
      throw WireError("SDP attribute", at: start, .badSyntax, expected: "a name")
    }
    let name = String(decoding: octets, as: UTF8.self)
    let hasValue = try reader.skipIfPresent(":")
    switch name {
    case "rtpmap": self = .rtpMap(try RTPMap(parsing: &reader))
    case "fmtp": self = .formatParameters(try FormatParameters(parsing: &reader))
    case "rtcp-fb": self = .rtcpFeedback(try RTCPFeedbackAttribute(parsing: &reader))
    case "rtcp-rsize" where !hasValue: self = .rtcpReducedSize
    default:
      if !hasValue, let direction = MediaDirection(rawValue: name) {
        self = .direction(direction)
      } else {
        self = .attribute(name: name, value: hasValue ? try reader.text("SDP value") : nil)
      }
    }
  }

  public var serializedByteCount: Int {
    switch self {
    case .rtpMap(let map): 9 + map.serializedByteCount
    case .formatParameters(let parameters): 7 + parameters.serializedByteCount
    case .rtcpFeedback(let attribute): 10 + attribute.serializedByteCount
    case .rtcpReducedSize: 12
    case .direction(let direction): 2 + direction.rawValue.utf8.count
    case .attribute(let name, let value):
      2 + name.utf8.count + (value.map { 1 + $0.utf8.count } ?? 0)
    case .other(_, let value): 2 + value.utf8.count
    }
  }

  public func serialize(into writer: inout ByteWriter) {
    switch self {
    case .rtpMap(let map):
      writer.write("a=rtpmap:")
      map.serialize(into: &writer)
    case .formatParameters(let parameters):
      writer.write("a=fmtp:")
      parameters.serialize(into: &writer)
    case .rtcpFeedback(let attribute):
      writer.write("a=rtcp-fb:")
      attribute.serialize(into: &writer)
    case .rtcpReducedSize: writer.write("a=rtcp-rsize")
    case .direction(let direction): writer.write("a=" + direction.rawValue)
    case .attribute(let name, let value):
      writer.write("a=" + name + (value.map { ":" + $0 } ?? ""))
    case .other(let type, let value):
      writer.write8(type)
      writer.write("=" + value)
    }
  }
}
