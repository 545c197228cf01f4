extension SourceDescription {
  /// One thing that is told of a source (RFC 3550 section 6.5).
  public struct Item: Hashable, Sendable {
    /// What an item tells, 1...255; those unknown are kept by their number.
    public struct Kind: Hashable, Sendable {
      public static let canonicalName = Kind(1)
      public static let name = Kind(2)
      public static let email = Kind(3)
      public static let phone = Kind(4)
      public static let location = Kind(5)
      public static let tool = Kind(6)
      public static let note = Kind(7)
      public static let privateExtension = Kind(8)

      public let code: UInt8

      /// - Parameter code: the item type, not 0, which ends a list of items (checked).
      public init(_ code: UInt8) {
        precondition(code != 0, "item type 0 is the end of a list")
        self.code = code
      }
    }

    public let kind: Kind
    /// At most 255 octets of UTF-8, up to 32 without allocation. A private extension's are the
    /// octets behind its length: prefix length, prefix, value.
    public let text: ShortOctets

    /// - Parameter text: at most 255 octets; a private extension's begins with its prefix's length
    ///   (checked).
    public init(_ kind: Kind, _ text: ShortOctets) {
      precondition(text.count < 256, "an SDES item has at most 255 octets")
      precondition(
        kind != .privateExtension || Self.holdsPrefix(text),
        "a private extension begins with the length of its prefix")
      self.kind = kind
      self.text = text
    }

    /// PRIV: a prefix that says whose extension it is, and its value (section 6.5.8).
    ///
    /// - Parameters: `prefix` and `value`: together at most 254 octets (checked).
    public init(privatePrefix prefix: String, value: String) {
      let octets = [UInt8(clamping: prefix.utf8.count)] + Array(prefix.utf8) + Array(value.utf8)
      self.init(.privateExtension, ShortOctets(octets))
    }

    /// The prefix of a private extension; nil of other items.
    public var privatePrefix: ShortOctets? {
      guard kind == .privateExtension else { return nil }
      return text.withUnsafeBytes { ShortOctets(.init(rebasing: $0[1..<1 + Int($0[0])])) }
    }

    /// The value of a private extension; nil of other items.
    public var privateValue: ShortOctets? {
      guard kind == .privateExtension else { return nil }
      return text.withUnsafeBytes { ShortOctets(.init(rebasing: $0[(1 + Int($0[0]))...])) }
    }

    private static func holdsPrefix(_ text: ShortOctets) -> Bool {
      !text.isEmpty && Int(text[0]) < text.count
    }

    /// Reads an item behind its type.
    init(_ kind: Kind, parsing reader: inout ByteReader) throws(WireError) {
      let length = Int(try reader.read8("SDES item length"))
      let textAt = reader.offset
      let text = ShortOctets(try reader.read(length, "SDES item text"))
      guard kind != .privateExtension || Self.holdsPrefix(text) else {
        guard !text.isEmpty else {
          throw WireError(
            "SDES PRIV prefix length", at: textAt, .truncated(needed: 1, available: 0))
        }
        throw WireError(
          "SDES PRIV prefix length", at: textAt, .badLength(found: Int(text[0])),
          expected: "less than the item's length")
      }
      self.init(kind, text)
    }

    var serializedByteCount: Int { 2 + text.count }

    func serialize(into writer: inout ByteWriter) {
      writer.write8(kind.code)
      writer.write8(UInt8(text.count))
      text.serialize(into: &writer)
    }
  }
}
