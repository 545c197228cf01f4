/// Options of pcapng blocks (draft-ietf-opsawg-pcapng section 3.5).
enum PcapngOption {
  static let end: UInt16 = 0
  static let comment: UInt16 = 1

  /// Octets of a text's option; none of no text.
  static func byteCount(of text: String?) -> Int {
    text.map { byteCount(ofValue: $0.utf8.count) } ?? 0
  }

  /// Octets of an option whose value has so many.
  static func byteCount(ofValue count: Int) -> Int { 4 + count + (-count & 3) }

  static func write(_ code: UInt16, _ text: String?, into writer: inout ByteWriter) {
    guard let text else { return }
    let count = text.utf8.count
    writeHead(code, count: count, into: &writer)
    writer.write(text)
    writer.writeZeros(-count & 3)
  }

  static func writeHead(_ code: UInt16, count: Int, into writer: inout ByteWriter) {
    precondition(count <= 0xFFFF, "a pcapng option holds 65535 octets")
    writer.write16(code)
    writer.write16(UInt16(count))
  }

  /// The end of options, which follows them where there are some.
  static func writeEnd(into writer: inout ByteWriter) { writer.write32(0) }
}
