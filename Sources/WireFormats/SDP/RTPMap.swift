/// What a payload type stands for: the value of `a=rtpmap` (RFC 4566 section 6).
public struct RTPMap: WireValue, Hashable {
  /// 0...127.
  public var payloadType: UInt8
  /// Compared without regard to case.
  public var encodingName: String
  /// Ticks of the RTP timestamp in a second.
  public var clockRate: Int
  /// What follows a second slash; nil where there is none.
  public var parameters: String?

  public init(
    payloadType: UInt8, encodingName: String, clockRate: Int, parameters: String? = nil
  ) {
    precondition(payloadType < 128, "a payload type has 7 bits")
    self.payloadType = payloadType
    self.encodingName = encodingName
    self.clockRate = clockRate
    self.parameters = parameters
  }

  /// Reads all that is left: `96 VP8/90000`.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    payloadType = try reader.payloadType("rtpmap payload type")
    try reader.blank("rtpmap")
    let nameAt = reader.offset
    let name = try reader.read("rtpmap encoding name") { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }
    guard !name.isEmpty, try reader.skipIfPresent("/") else {
      throw WireError(
        "rtpmap encoding name", at: nameAt, .badSyntax,
        expected: "a name and a clock rate such as VP8/90000")
    }
    encodingName = String(decoding: name, as: UTF8.self)
    clockRate = try reader.decimal(
      "rtpmap clock rate", within: 1...1_000_000_000, expected: "a number from 1 to 1000000000")
    parameters = nil
    if try reader.skipIfPresent("/") {
      parameters = try reader.text("rtpmap encoding parameters")
    } else {
      try reader.end("rtpmap")
    }
  }

  /// VP8 as RFC 7741 section 6.1 registers it: the name in any case, at 90 kHz.
  public var isVP8: Bool {
    clockRate == 90_000 && SIPText.equalIgnoringCase(encodingName, "VP8")
  }

  /// Retransmissions of a video payload type at VP8's 90 kHz (RFC 4588 section 8.3).
  public var isVideoRetransmission: Bool {
    clockRate == 90_000 && SIPText.equalIgnoringCase(encodingName, "rtx")
  }

  private var text: String {
    "\(payloadType) \(encodingName)/\(clockRate)" + (parameters.map { "/" + $0 } ?? "")
  }

  public var serializedByteCount: Int { text.utf8.count }
  public func serialize(into writer: inout ByteWriter) { writer.write(text) }
}
