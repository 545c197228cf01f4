/// A media line and the lines under it (RFC 4566 section 5.14).
public struct MediaDescription: WireValue, Hashable {
  /// `video`, `audio`, `application`...
  public var media: String
  /// 0...65535; 0 rejects the stream (RFC 3264 section 6).
  public var port: Int
  /// How many ports follow one another; nil where the line does not say.
  public var portCount: Int?
  public var transport: TransportProfile
  /// At least one; of RTP, payload types, the preferred one first.
  public var formats: [String]
  /// What stands under the media line, in its order.
  public var lines: [SDPLine]

  public init(
    media: String, port: Int, portCount: Int? = nil, transport: TransportProfile,
    formats: [String], lines: [SDPLine] = []
  ) {
    precondition(
      (0...65_535).contains(port) && !formats.isEmpty, "no media line that could be read")
    self.media = media
    self.port = port
    self.portCount = portCount
    self.transport = transport
    self.formats = formats
    self.lines = lines
  }

  /// Reads the media line and all up to the next one.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    var line = try reader.sdpLine()
    let start = line.offset
    guard try line.skipIfPresent("m=") else {
      throw WireError("media line", at: start, .badSyntax, expected: "m=")
    }
    media = try Self.word(
      &line, "media", expected: "a kind of media such as video",
      then: "a space and the rest, as in m=video 5004 RTP/AVPF 96")
    port = try line.decimal("media port", within: 0...65_535, expected: "0...65535")
    portCount = nil
    if try line.skipIfPresent("/") {
      portCount = try line.decimal(
        "number of ports", within: 1...65_535, expected: "a number from 1 to 65535")
    }
    try line.blank("media port", expected: "a space and a transport such as RTP/AVPF")
    let transportAt = line.offset
    transport = TransportProfile(
      name: try Self.word(
        &line, "transport", expected: "a transport such as RTP/AVPF",
        then: "a space and a format, of RTP a payload type"))
    // Of video nothing but RTP makes sense here, and a misspelt profile deserves a word.
    guard transport.profile != nil || media != "video" else {
      throw WireError(
        "transport of m=video", at: transportAt, .badSyntax,
        expected: "RTP/AVP, RTP/AVPF, RTP/SAVP, RTP/SAVPF or one of them over UDP/TLS/")
    }
    formats = []
    while !line.isAtEnd {
      if transport.profile != nil {
        formats.append("\(try line.payloadType("payload type of the media line"))")
      } else {
        formats.append(try Self.token(&line, "media format", expected: "a format"))
      }
      if !line.isAtEnd { try line.blank("media format") }
    }
    guard !formats.isEmpty else {
      throw WireError("media format", at: line.offset, .badSyntax, expected: "at least one format")
    }
    lines = []
    while !reader.isAtEnd, !reader.isAtMediaLine {
      var line = try reader.sdpLine()
      lines.append(try SDPLine(parsing: &line))
    }
  }

  private static func token(
    _ line: inout ByteReader, _ field: StaticString, expected: StaticString
  ) throws(WireError) -> String {
    let start = line.offset
    let octets = try line.read(field) { $0 > 0x20 && $0 < 0x7F }
    guard !octets.isEmpty else {
      throw WireError(field, at: start, .badSyntax, expected: expected)
    }
    return String(decoding: octets, as: UTF8.self)
  }

  private static func word(
    _ line: inout ByteReader, _ field: StaticString, expected: StaticString, then: StaticString
  ) throws(WireError) -> String {
    let word = try token(&line, field, expected: expected)
    try line.blank(field, expected: then)
    return word
  }

  private var mediaLine: String {
    "m=\(media) \(port)" + (portCount.map { "/\($0)" } ?? "") + " \(transport.name) "
      + formats.joined(separator: " ")
  }

  public var serializedByteCount: Int {
    lines.reduce(mediaLine.utf8.count + 2) { $0 + $1.serializedByteCount + 2 }
  }

  public func serialize(into writer: inout ByteWriter) {
    writer.write(mediaLine)
    writer.write("\r\n")
    for line in lines {
      line.serialize(into: &writer)
      writer.write("\r\n")
    }
  }
}

extension MediaDescription {
  /// Whether port 0 says that the stream is not wanted. In an offer with `a=bundle-only` it says
  /// only that the port is another line's (RFC 9143 section 6).
  public var isRejected: Bool {
    port == 0 && !lines.contains(.attribute(name: "bundle-only", value: nil))
  }

  /// The media line's payload type for VP8, by its rtpmap and not by its number; the preferred one
  /// where there are several, nil where there is none.
  public var vp8PayloadType: UInt8? {
    for format in formats {
      for case .rtpMap(let map) in lines where map.isVP8 && "\(map.payloadType)" == format {
        return map.payloadType
      }
    }
    return nil
  }

  /// The media line's payload type for retransmissions of another one (RFC 4588 section 8.6); nil
  /// where there is none.
  public func retransmissionPayloadType(of payloadType: UInt8) -> UInt8? {
    for case .rtpMap(let map) in lines where map.isVideoRetransmission {
      let format = "\(map.payloadType)"
      let isOfOther = lines.contains {
        guard case .formatParameters(let parameters) = $0 else { return false }
        return parameters.format == format && parameters.associatedPayloadType == payloadType
      }
      if isOfOther, formats.contains(format) { return map.payloadType }
    }
    return nil
  }

  /// The feedback that lines declare for a payload type, by number or by wildcard, in their order.
  public func feedback(for payloadType: UInt8) -> [RTCPFeedback] {
    lines.compactMap { line in
      guard case .rtcpFeedback(let attribute) = line,
        attribute.payloadType ?? payloadType == payloadType
      else { return nil }
      return attribute.feedback
    }
  }

  /// Whether `a=rtcp-rsize` offers or accepts reduced-size RTCP.
  public var hasReducedSize: Bool { lines.contains(.rtcpReducedSize) }

  /// The direction this media description gives itself; nil leaves it to the session.
  public var direction: MediaDirection? { lines.lazy.compactMap(\.direction).first }
}

extension SDPLine {
  var direction: MediaDirection? {
    if case .direction(let direction) = self { return direction }
    return nil
  }
}
