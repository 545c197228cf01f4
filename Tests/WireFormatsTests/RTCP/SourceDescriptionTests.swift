import Testing
import WireFormats

@Suite("Source description")
struct SourceDescriptionTests {
  @Test("a CNAME is ended by zeros up to the word, at least one")
  func vectors() {
    // "ab" leaves no octet for the end in its word of two; "abc" makes a word with the end.
    expect(
      SourceDescription(source: 1, canonicalName: ShortOctets("a")),
      is: hex("81 CA 0002 00000001 01 01 61 00"))
    expect(
      SourceDescription(source: 1, canonicalName: ShortOctets("ab")),
      is: hex("81 CA 0003 00000001 01 02 6162 00000000"))
    expect(
      SourceDescription(source: 1, canonicalName: ShortOctets("abc")),
      is: hex("81 CA 0003 00000001 01 03 616263 000000"))
    expect(SourceDescription(chunks: []), is: hex("80 CA 0000"))
    expect(
      SourceDescription(chunks: [
        .init(source: 1, canonicalName: nil), .init(source: 2, canonicalName: ShortOctets("a")),
      ]),
      is: hex("82 CA 0004 00000001 00000000 00000002 01 01 61 00"))
  }

  @Test("items of every type are kept in order, also those unknown")
  func otherItems() {
    let description = SourceDescription(chunks: [
      .init(
        source: 1,
        items: [
          .init(.name, ShortOctets("XX")), .init(.canonicalName, ShortOctets("a")),
          .init(.tool, ShortOctets("Y")),
          .init(SourceDescription.Item.Kind(200), ShortOctets()),
        ])
    ])
    expect(description, is: hex("81 CA 0005 00000001 02 02 5858 01 01 61 06 01 59 C8 00 00000000"))
    #expect(description.chunks[0].canonicalName == ShortOctets("a"))
  }

  @Test("a private extension has a prefix and a value", arguments: ["", "pre"], ["", "value"])
  func privateExtension(prefix: String, value: String) {
    let item = SourceDescription.Item(privatePrefix: prefix, value: value)
    #expect(item.privatePrefix == ShortOctets(prefix))
    #expect(item.privateValue == ShortOctets(value))
    expectRoundTrip(SourceDescription(chunks: [.init(source: 1, items: [item])]))
  }

  @Test("a private extension is as RFC 3550 section 6.5.8 draws it")
  func privateVector() {
    expect(
      SourceDescription(chunks: [
        .init(source: 1, items: [.init(privatePrefix: "ab", value: "c")])
      ]),
      is: hex("81 CA 0003 00000001 08 04 02 6162 63 0000"))
    let name = SourceDescription.Item(.canonicalName, ShortOctets("ab"))
    #expect(name.privatePrefix == nil && name.privateValue == nil)
  }

  static let malformed = [
    Malformed("nothing", "", "RTCP header", 0, .truncated(needed: 4, available: 0)),
    Malformed(
      "a chunk announced and absent", "81 CA 0000", "SDES SSRC", 4,
      .truncated(needed: 4, available: 0)),
    Malformed(
      "no item", "81 CA 0001 00000001", "SDES item type", 8, .truncated(needed: 1, available: 0)),
    Malformed(
      "no item length", "81 CA 0002 00000001 02 01 00 01", "SDES item length", 12,
      .truncated(needed: 1, available: 0)),
    Malformed(
      "text past the end", "81 CA 0002 00000001 01 03 61 00", "SDES item text", 10,
      .truncated(needed: 3, available: 2)),
    Malformed(
      "no end of the items", "81 CA 0002 00000001 01 02 61 62", "SDES item type", 12,
      .truncated(needed: 1, available: 0)),
    Malformed(
      "two CNAMEs", "81 CA 0003 00000001 01 01 61 01 01 62 00 00", "SDES CNAME", 11,
      .badValue(found: 2)),
    Malformed(
      "a private extension without a prefix's length", "81 CA 0002 00000001 08 00 00 00",
      "SDES PRIV prefix length", 10, .truncated(needed: 1, available: 0)),
    Malformed(
      "a private extension's prefix past its end", "81 CA 0003 00000001 08 02 02 61 00000000",
      "SDES PRIV prefix length", 10, .badLength(found: 2)),
    Malformed(
      "octets behind the chunks", "80 CA 0001 00000001", "SDES chunks", 4, .badLength(found: 4)),
    Malformed("type 203", "80 CB 0000", "RTCP packet type", 1, .wrongType(found: 203)),
    Malformed("version 1", "40 CA 0000", "RTCP version", 0, .wrongVersion(found: 1)),
  ]

  @Test("malformed packets are refused with the reason", arguments: malformed)
  func refuses(input: Malformed) {
    input.check(SourceDescription.self)
  }

  private static func items(_ random: inout SplitMix) -> InlineList<SourceDescription.Item> {
    var items = InlineList<SourceDescription.Item>()
    for _ in 0..<random.below(4) {
      var text = random.octets(random.below(random.flag() ? 12 : 256))
      let kinds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 255].map { SourceDescription.Item.Kind($0) }
      let kind = kinds[random.below(kinds.count)]
      if kind == .privateExtension {
        text = [UInt8(random.below(max(1, text.count)))] + text.dropFirst()
      }
      guard kind != .canonicalName || !items.contains(where: { $0.kind == kind }) else { continue }
      items.append(.init(kind, ShortOctets(text)))
    }
    return items
  }

  @Test("any description survives its octets")
  func roundTrip() {
    var random = SplitMix(seed: 17)
    for _ in 0..<200 {
      var chunks = InlineList<SourceDescription.Chunk>()
      for _ in 0..<random.below(4) {
        chunks.append(.init(source: random.word32(), items: Self.items(&random)))
      }
      expectRoundTrip(SourceDescription(chunks: chunks))
    }
  }
}
