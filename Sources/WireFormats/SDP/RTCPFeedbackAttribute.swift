/// A kind of feedback that an `a=rtcp-fb` line declares (RFC 4585 section 4.2, RFC 5104 section 7.1).
public enum RTCPFeedback: Hashable, Sendable {
  /// `nack`: generic NACK (RFC 4585 section 6.2.1).
  case genericNegativeAcknowledgement
  /// `nack pli` (section 6.3.1).
  case pictureLossIndication
  /// `nack sli` (section 6.3.2).
  case sliceLossIndication
  /// `nack rpsi`: RPSI that names the picture to predict from after damage (section 6.3.3).
  case referencePictureSelectionNegative
  /// `ack rpsi`: RPSI that acknowledges a picture (section 6.3.3).
  case referencePictureSelectionPositive
  /// `ccm fir` (RFC 5104 section 4.3.1).
  case fullIntraRequest
  /// `trr-int`: the least time between two regular RTCP packets (RFC 4585 section 3.4).
  case regularReportInterval(milliseconds: Int)
  /// Any other, as it is written.
  case other(String)

  /// The kinds without a value, and their texts, which are case-sensitive.
  static let named: [(feedback: RTCPFeedback, text: String)] = [
    (.genericNegativeAcknowledgement, "nack"), (.pictureLossIndication, "nack pli"),
    (.sliceLossIndication, "nack sli"), (.referencePictureSelectionNegative, "nack rpsi"),
    (.referencePictureSelectionPositive, "ack rpsi"), (.fullIntraRequest, "ccm fir"),
  ]

  /// As the line writes it.
  public var text: String {
    switch self {
    case .regularReportInterval(let milliseconds): "trr-int \(milliseconds)"
    case .other(let text): text
    default: Self.named.first { $0.feedback == self }!.text
    }
  }
}

/// The value of `a=rtcp-fb`: feedback that may be used with a payload type.
public struct RTCPFeedbackAttribute: WireValue, Hashable {
  /// 0...127; nil is the wildcard `*`, all payload types of the media line.
  public var payloadType: UInt8?
  public var feedback: RTCPFeedback

  public init(payloadType: UInt8?, feedback: RTCPFeedback) {
    precondition(payloadType ?? 0 < 128, "a payload type has 7 bits")
    self.payloadType = payloadType
    self.feedback = feedback
  }

  /// Reads all that is left: `96 nack pli`, `* trr-int 5000`.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    if try reader.skipIfPresent("*") {
      payloadType = nil
    } else {
      payloadType = try reader.payloadType("rtcp-fb payload type", expected: "* or 0...127")
    }
    try reader.blank("rtcp-fb")
    let start = reader.offset
    var ahead = reader
    let identifier = try ahead.read("rtcp-fb type", while: Self.isIdentifier)
    guard !identifier.isEmpty, ahead.isAtEnd || ahead.next == 0x20 else {
      throw WireError(
        "rtcp-fb type", at: start, .badSyntax, expected: "a type such as nack, ack, ccm or trr-int")
    }
    if reader.starts(with: "trr-int"), identifier.count == 7 {
      try reader.skip(7, "rtcp-fb type")
      try reader.blank("trr-int")
      let milliseconds = try reader.decimal(
        "trr-int", within: 0...Int(UInt32.max), expected: "milliseconds, 0...4294967295")
      try reader.end("trr-int")
      feedback = .regularReportInterval(milliseconds: milliseconds)
    } else {
      let text = SIPText.trimmed(try reader.text("rtcp-fb value"))
      feedback = RTCPFeedback.named.first { $0.text == text }?.feedback ?? .other(text)
    }
  }

  private static func isIdentifier(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private var text: String { (payloadType.map { "\($0)" } ?? "*") + " " + feedback.text }
  public var serializedByteCount: Int { text.utf8.count }
  public func serialize(into writer: inout ByteWriter) { writer.write(text) }
}
