import Testing

@testable import Configuration

@Suite("Configuration reader")
struct ConfigurationReaderTests {
  private func reader(
    _ text: String, _ keys: [String]
  ) throws(ConfigurationError) -> ConfigurationReader {
    try ConfigurationReader(ConfigurationFile.parse(text, file: "f.yaml"), keys: keys)
  }

  private func refusal(_ body: () throws(ConfigurationError) -> Void) -> String? {
    do throws(ConfigurationError) {
      try body()
      return nil
    } catch {
      return error.description
    }
  }

  @Test("an unknown key is refused with the nearest valid name")
  func unknownKeys() {
    #expect(
      refusal { () throws(ConfigurationError) in
        _ = try reader("name: x\n\nduraton: 5s\n", ["name", "duration"])
      }
        == "f.yaml:3: unknown key \"duraton\", expected one of name, duration (did you mean duration?)"
    )
    #expect(
      refusal { () throws(ConfigurationError) in
        _ = try reader("a:\n  zzz: 5s\n", ["a"]).mapping("a", keys: ["one", "two"])
      } == "f.yaml:2: a: unknown key \"zzz\", expected one of one, two")
  }

  @Test("a required key that is missing is named with its whole path")
  func missingKeys() {
    #expect(
      refusal { () throws(ConfigurationError) in
        let inner = try reader("a:\n  - {one: 1}\n  - {two: 2}\n", ["a"])
          .mappings("a", keys: ["one", "two"])
        _ = try inner[1].required("one", .integer(0...5))
      } == "f.yaml:3: a[1].one: missing, expected a whole number from 0 to 5")
  }

  @Test("values of the wrong kind are refused where they stand")
  func wrongKinds() {
    let text = "a: [1]\nb: {c: 1}\nd: 5\n"
    let keys = ["a", "b", "d"]
    #expect(
      refusal { () throws(ConfigurationError) in
        _ = try reader(text, keys).value("a", .boolean)
      } == "f.yaml:1: a: found a list, expected true or false")
    #expect(
      refusal { () throws(ConfigurationError) in
        _ = try reader(text, keys).value("b", .boolean)
      } == "f.yaml:2: b: found a mapping, expected true or false")
    #expect(
      refusal { () throws(ConfigurationError) in
        _ = try reader(text, keys).mapping("d", keys: ["x"])
      } == "f.yaml:3: d: found \"5\", expected a mapping with keys such as x")
    #expect(
      refusal { () throws(ConfigurationError) in
        _ = try reader(text, keys).list("d")
      } == "f.yaml:3: d: found \"5\", expected a list")
    #expect(
      refusal { () throws(ConfigurationError) in
        _ = try reader("- 1\n", keys)
      } == "f.yaml:1: found a list, expected a mapping with keys such as a, b, d")
  }

  @Test("laying one mapping over another keeps what the upper one does not name")
  func overlay() throws {
    let below = try ConfigurationFile.parse("a: {x: 1, y: 2}\nb: 1\n", file: "below")
    let above = try ConfigurationFile.parse("\n\na: {y: 3, z: 4}\nc: 5\n", file: "above")
    let both = below.overlaid(with: above)
    #expect(both["a"]?["x"]?.content == .scalar("1"))
    #expect(both["a"]?["y"]?.content == .scalar("3"))
    #expect(both["a"]?["y"]?.place == ConfigurationPlace(file: "above", line: 3))
    #expect(both["a"]?["z"]?.content == .scalar("4"))
    #expect(both["b"]?.content == .scalar("1"))
    let set = both.setting(["a", "q", "r"], to: ConfigurationNode(.scalar("9"), place: both.place))
    #expect(set["a"]?["q"]?["r"]?.content == .scalar("9"))
    #expect(set["a"]?["x"]?.content == .scalar("1"))
  }

  @Test(
    "the nearest name allows for swapped, missing and extra letters only",
    arguments: [
      ("los", "loss"), ("rtt ", "rtt"), ("brust", "burst"), ("RTT", "rtt"), ("proxie", nil),
      ("", nil), ("bandwidth", nil),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    #expect(nearestName(to: name, among: ["rtt", "loss", "burst"]) == expected)
  }

  @Test("a very long name is compared in bounded time")
  func longName() {
    let name = String(repeating: "loss", count: 50_000)
    #expect(nearestName(to: name, among: ["loss", "rtt"]) == nil)
  }
}
