import Foundation
import SimulationKernel
import Testing

@testable import Configuration

@Suite("Configuration files")
struct ConfigurationFileTests {
  private func refusal(_ text: String) -> String? {
    do {
      _ = try ConfigurationFile.parse(text, file: "f.yaml")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("values keep the line they stand on, through comments, lists and flow style")
  func places() throws {
    let node = try ConfigurationFile.parse(
      "# top\na: 1\n\nb:\n  c: [x,\n      y]\n  d:\n    - {e: 5}\n", file: "f.yaml")
    #expect(node["a"]?.place == ConfigurationPlace(file: "f.yaml", line: 2))
    let b = try #require(node["b"])
    guard case .list(let c) = b["c"]?.content else {
      Issue.record("c is no list")
      return
    }
    #expect(c.map(\.place.line) == [5, 6])
    guard case .list(let d) = b["d"]?.content else {
      Issue.record("d is no list")
      return
    }
    #expect(d.first?["e"]?.place.line == 8)
    #expect(d.first?["e"]?.content == .scalar("5"))
  }

  @Test("YAML's words for nothing are nothing, unless quoted")
  func nothing() throws {
    let node = try ConfigurationFile.parse("a: ~\nb: null\nc: 'null'\nd:\n", file: "f.yaml")
    #expect(node["a"]?.content == .scalar(""))
    #expect(node["b"]?.content == .scalar(""))
    #expect(node["c"]?.content == .scalar("null"))
    #expect(node["d"]?.content == .scalar(""))
  }

  @Test(
    "what is not one YAML mapping is refused with a sentence",
    arguments: [
      ("", "f.yaml: the file is empty"),
      ("# only a comment\n", "f.yaml: the file is empty"),
      ("a: 1\na: 2\n", "f.yaml:1: a: found a second time in what begins here, expected it once"),
      ("a: 1\n\"a\": 2\n", "a: found a second time in what begins here, expected it once"),
      ("b:\n  a: [1\n", "the file is not YAML here"),
      ("a: 1\n b: 2\n", "f.yaml:2: the file is not YAML here"),
      ("a: \"x\n", "the file is not YAML here"),
      ("a:\t1\n\tb: 2\n", "f.yaml:2: the file is not YAML here"),
      ("a: 1\n---\nb: 2\n", "f.yaml:2: the file is not a single YAML document"),
      ("a: &x 1\n", "f.yaml:1: found an anchor"),
      ("a: &x 1\nb: *x\n", "f.yaml:1: found an anchor"),
      ("a: *x\n", "f.yaml:1: the file is not a single YAML document: found undefined alias"),
      ("? [a, b]\n: 1\n", "f.yaml:1: found a collection as a key"),
      ("? {a: b}\n: 1\n? {a: b}\n: 2\n", "found a collection as a key"),
      ("x: {? a: b}\n", "f.yaml:1: found a collection as a key"),
      ("x:\n  - [a]: b\n", "f.yaml:2: found a collection as a key"),
      // Equal keys within keys, which take the library half a minute to tell apart.
      (
        String(repeating: "? - ? - ? ", count: 30) + "\"\n", "f.yaml:1: found a collection as a key"
      ),
      ("a: \u{0}\n", "f.yaml: the file is not YAML"),
      ("a: %x\n", "f.yaml:1: the file is not YAML here"),
    ])
  func malformed(text: String, expected: String) throws {
    let message = try #require(refusal(text))
    #expect(message.contains(expected))
    #expect(!message.contains("\n"))
  }

  @Test("nesting is bounded in flow style, in compact lists and by indentation")
  func nesting() throws {
    let flow = String(repeating: "[", count: 100_000)
    let compact = String(repeating: "- ", count: 100_000)
    var block = ""
    for depth in 0..<400 { block += String(repeating: " ", count: depth) + "a:\n" }
    for text in [flow, compact, block, "a: " + flow] {
      #expect(try #require(refusal(text)).contains("nested too deeply"))
    }
  }

  @Test("aliases cannot multiply")
  func aliases() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let references = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(references)]\n"
    }
    #expect(try #require(refusal(text)).contains("aliases"))
  }

  @Test("files that cannot be read, are too large or no text are refused")
  func unreadable() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("avpfsim-configuration-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func load(_ name: String, _ octets: [UInt8]?) throws -> String {
      let url = folder.appendingPathComponent(name)
      if let octets { try Data(octets).write(to: url) }
      let error = #expect(throws: ConfigurationError.self) {
        try ConfigurationFile.load(url.path)
      }
      return try #require(error).problem
    }
    #expect(try load("missing", nil) == "the file cannot be read: No such file or directory")
    #expect(
      try load("large", [UInt8](repeating: UInt8(ascii: "\n"), count: 300_000))
        .hasPrefix("the file is larger than 256 KiB"))
    #expect(
      try load("latin1", [0x61, 0x3A, 0x20, 0xE4, 0x0A]).hasPrefix("the file is not UTF-8 text"))
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationFile.load(folder.path)
    }
    #expect(try #require(error).problem == "the file cannot be read: Is a directory")
  }

  @Test("mutated files are read or refused, never a trap")
  func mutations() {
    let sound = Array(
      """
      name: demo   # comment
      network: {rtt: 50ms, loss: "1%", lose: [{frame: 3, packet: -1}]}
      list:
        - a: 'b'
          c: |
            text
        - !!str 5
        - &x [1, 2]
      other: >-
        folded
      """.utf8)
    let salt = Array("[]{}&*!|>'\"%@`:,?-#\n \t\\~\u{0}\u{FF}0xé".utf8)
    var stream = RandomStream(seed: 5, name: "configuration.mutation")
    var readCount = 0
    for _ in 0..<20_000 {
      var octets = sound
      for _ in 0...stream.next(below: 4) {
        let at = Int(stream.next(below: UInt64(octets.count)))
        let new = salt[Int(stream.next(below: UInt64(salt.count)))]
        switch stream.next(below: 4) {
        case 0: octets[at] = new
        case 1: octets.insert(new, at: at)
        case 2 where octets.count > 1: octets.remove(at: at)
        default: octets = Array(octets[..<max(at, 1)])
        }
      }
      let text = String(decoding: octets, as: UTF8.self)
      do throws(ConfigurationError) {
        _ = try ConfigurationFile.parse(text, file: "f.yaml")
        readCount += 1
      } catch {
        if error.problem.contains("\n") { Issue.record("more than one line: \(error)") }
      }
    }
    // Both ways must have been walked, or the test looks at nothing.
    #expect(readCount > 100 && readCount < 19_900)
  }
}
