import Testing

@testable import Configuration

@Suite("Nodes as text")
struct ConfigurationNodeTextTests {
  private func withoutPlaces(_ node: ConfigurationNode) -> ConfigurationNode {
    let place = ConfigurationPlace(file: "")
    switch node.content {
    case .scalar: return ConfigurationNode(node.content, place: place)
    case .list(let elements):
      return ConfigurationNode(.list(elements.map(withoutPlaces)), place: place)
    case .mapping(let entries):
      return ConfigurationNode(
        .mapping(
          entries.map {
            ConfigurationNode.Entry(key: $0.key, place: place, value: withoutPlaces($0.value))
          }), place: place)
    }
  }

  @Test(
    "what is written is read back",
    arguments: [
      "a: 1", "a: [x, {b: 2, c: []}, {}]", "a: ~\nb: \"~\"\nc: ''",
      "\"k: , [ ] { } # \\\" \\\\\": x",
      "a: \"tab \\t, line \\n, bell \\x07, mark \\u200e\"", "a: 'ä → 漢'", "a: |\n  two\n  lines\n",
      "a: '- ? & * ! > %@`'",
    ])
  func roundTrip(text: String) throws {
    let node = try ConfigurationFile.parse(text, file: "a")
    let again = try ConfigurationFile.parse(node.flowText, file: "b")
    #expect(withoutPlaces(again) == withoutPlaces(node))
    #expect(!node.flowText.contains("\n"))
  }

  @Test("a key is replaced whole, or added")
  func replacing() throws {
    let node = try ConfigurationFile.parse("a: {b: 1, c: 2}\nd: 3\n", file: "a")
    let value = try ConfigurationFile.parse("{b: 4}", file: "a")
    #expect(
      node.replacing("a", with: value).flowText == #"{"a": {"b": "4"}, "d": "3"}"#)
    #expect(
      node.replacing("e", with: value).flowText
        == #"{"a": {"b": "1", "c": "2"}, "d": "3", "e": {"b": "4"}}"#)
  }
}
