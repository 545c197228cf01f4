/// A format's own parameters: the value of `a=fmtp` (RFC 4566 section 6).
public struct FormatParameters: WireValue, Hashable {
  /// One of the media line's formats: of RTP, a payload type.
  public var format: String
  /// In the format's own grammar; may be empty.
  public var parameters: String

  public init(format: String, parameters: String) {
    self.format = format
    self.parameters = parameters
  }

  /// Reads all that is left: `96 max-fr=30;max-fs=3600`.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    let format = try reader.read("fmtp format") { $0 > 0x20 && $0 < 0x7F }
    guard !format.isEmpty else {
      throw WireError("fmtp format", at: start, .badSyntax, expected: "a payload type")
    }
    self.format = String(decoding: format, as: UTF8.self)
    if !reader.isAtEnd { try reader.blank("fmtp") }
    parameters = try reader.text("fmtp parameters")
  }

  /// The payload type whose packets a retransmission format carries, `apt` (RFC 4588 section 8.6);
  /// nil where it is missing or no payload type.
  public var associatedPayloadType: UInt8? {
    for parameter in parameters.split(separator: ";") {
      let parts = parameter.split(separator: "=", maxSplits: 1).map {
        SIPText.trimmed(String($0))
      }
      guard parts.count == 2, SIPText.equalIgnoringCase(parts[0], "apt") else { continue }
      // Digits alone: the initializer would take a sign.
      guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return UInt8(parts[1]).flatMap { $0 < 128 ? $0 : nil }
    }
    return nil
  }

  private var text: String { parameters.isEmpty ? format : format + " " + parameters }
  public var serializedByteCount: Int { text.utf8.count }
  public func serialize(into writer: inout ByteWriter) { writer.write(text) }
}
