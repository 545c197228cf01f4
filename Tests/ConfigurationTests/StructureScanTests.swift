import SimulationKernel
import Testing
import Yams

@testable import Configuration

@Suite("Scan of YAML's structure")
struct StructureScanTests {
  private func fault(_ text: String) -> StructureScan.Fault? {
    var scan = StructureScan(text)
    return scan.fault()
  }

  /// Comments and texts that look like keys that are collections, like nesting and like aliases.
  private static let decoys = [
    "rates in [kbit/s]: see below", "one, ? two", "call [a]: b", "{a}: b", "? [a]", "a ? b",
    "[[[[", "}}]]", "2 * 3 * 4", "*a *b *c", "it''s {[", "- ? - ? x", "e: [x]: y",
  ]

  private static func documents(_ decoy: String) -> [String] {
    let escaped = decoy.replacing("''", with: "'")
    return [
      "# \(decoy)\nname: x\n", "name: x # \(decoy)\n", "name: x\n  # \(decoy)\nrate: 5\n",
      "name: '\(decoy)'\n", "'\(decoy)': x\n", "name: [x, '\(decoy)', y]\n",
      "name: {x: '\(decoy)'}\n", "name: '\(decoy)\n\n  \(decoy)'\nrate: 5\n",
      "name: \"\\\"\(escaped)\"\n", "- \"\(escaped)\"\n- x\n", "name: \"\\\\\" # \(decoy)\n",
      "name: |\n  \(escaped)\n\n  \(escaped)\nrate: 5\n", "name: >-  # \(decoy)\n  \(escaped)\n",
      "- |+\n \(escaped)\n- x\n", "a:\n  b: |2\n      \(escaped)\n    \(escaped)\n  c: d\n",
      "a: [x, # \(decoy)\n  y]\nb:\r# \(decoy)\r\n  c\r\n",
      "a: x\u{2028}# \(decoy)\u{85}b: y\u{2029}#\(decoy)\n",
      "\u{FEFF}# \(decoy)\na: x\n", "%YAML 1.1 # \(decoy)\n--- # \(decoy)\na: x\n... # \(decoy)\n",
    ]
  }

  @Test(
    "comments, quoted text and block scalars are no structure, whatever they hold",
    arguments: Self.decoys)
  func noStructure(decoy: String) throws {
    for text in Self.documents(decoy) {
      #expect(fault(text) == nil, "\(text)")
      #expect(throws: Never.self, "\(text)") {
        _ = try ConfigurationFile.parse(text, file: "f.yaml")
      }
      // Many of them neither.
      let many = (0..<40).map { "# \(decoy)\nk\($0): '\(decoy)' # \(decoy)\n" }.joined()
      #expect(fault(many) == nil)
    }
  }

  @Test(
    "a key that is a collection is found in whatever it is wrapped",
    arguments: [
      "[a]: b", "{a: b}: c", "x: {[a]: b}", "x: {[a] : b}", "x: {[a]}", "x: {a, {b}}",
      "x: [[a]: b]", "x: [a, {b}: c]", "? [a]", "x:\n  ? - a", "- ? a", "x: [? a]", "x: [?[a]]",
      "!!seq [a]: b", "&x [a]: b", "x: {!!map {a: b}: c}", "x: {&y [a] : b}", "[a]\t: b",
      "x: 'y'\n[a]: b", "x: \"y\\\"\"\n[a]: b", "x: |\n y\n[a]: b", "x: |2\n  y\n [a]: b",
      "a: >\n\n  x\n\nb: |-\n  y\n[c]: d", "x: it's\n[a]: b", "x: a#b\n[c]: d", "# 'x\n[a]: b",
      "x: y #'\u{85}[a]: b", "x: y\r[a]: b", "x: !<'> y\n[a]: b", "- - |\n  x\n- [a]: b",
      "a:\n- b: |\n  x\n- [a]: b", "---\na: b\n--- \n[a]: b", "[a] # c\n: b",
    ])
  func found(text: String) {
    #expect(fault(text) == .collectionKey)
    #expect(fault(text + "\n") == .collectionKey)
  }

  @Test("the line is that of the fault")
  func line() {
    var scan = StructureScan("# [a]: b\r\nx: |\n  y\n\u{2028}  z\r[a]: b\n")
    #expect(scan.fault() == .collectionKey)
    #expect(scan.line == 6)
  }

  @Test("aliases are counted, and multiplications are none")
  func aliases() {
    let many = [String](repeating: "*a", count: 17).joined(separator: ", ")
    #expect(fault("x: [\(many)]") == .aliases)
    #expect(fault("# \(many)\nx: 2 * 3 * \(many)") == nil)
  }

  /// Whether the tree has a collection as a key.
  private func hasCollectionKey(_ node: Node) -> Bool {
    switch node {
    case .scalar, .alias: false
    case .sequence(let sequence): sequence.contains(where: hasCollectionKey)
    case .mapping(let mapping):
      mapping.contains { key, value in
        key.scalar == nil || hasCollectionKey(value)
      }
    }
  }

  /// Of the documents that the library reads, up to where it refuses the text.
  private func roots(_ text: String) -> (nodes: [Node], isWhole: Bool) {
    var nodes: [Node] = []
    do {
      let parser = try Parser(yaml: text, encoding: .utf8)
      while let node = try parser.nextRoot() { nodes.append(node) }
      return (nodes, true)
    } catch {
      return (nodes, false)
    }
  }

  @Test("texts put together by chance are judged as the tree that the library makes of them")
  func differential() {
    let parts = [
      "a", "b: ", "c:\n", "\n", "\n", "\n ", "\n  ", "\n    ", " ", "  ", "\t", "- ", "-", ": ",
      ":",
      "[", "]", "{", "}", ",", ", ", "'", "\"", "\\", "#", " # ", "|\n", "|2\n", ">-\n", "| # x\n",
      "!",
      "!!str ", "!<x> ", "&x ", "---\n", "\n--- ", "...\n", "%", "\r", "\u{85}", "\u{2028}", "é",
      "[a]: b", "{a: b}", "'[a]: b'", "# [a]: b\n", "\"{\": ", "x: y\n", "? ", "*x",
    ]
    var stream = RandomStream(seed: 7, name: "configuration.structure")
    var (sound, keyed, clean) = (0, 0, 0)
    for _ in 0..<60_000 {
      var text = ""
      for _ in 0...stream.next(below: 14) {
        text += parts[Int(stream.next(below: UInt64(parts.count)))]
      }
      let (nodes, isWhole) = roots(text)
      guard !nodes.isEmpty else { continue }
      sound += 1
      let found = fault(text)
      if !text.contains("*"), nodes.contains(where: hasCollectionKey) {
        keyed += 1
        if found != .collectionKey { Issue.record("missed in \(text.debugDescription)") }
      } else if isWhole, !text.contains("?") {
        clean += 1
        if found != nil && !nodes.contains(where: hasCollectionKey) {
          Issue.record("wrongly found in \(text.debugDescription)")
        }
      }
    }
    // Both must have been met often, or the test looks at nothing.
    #expect(sound > 3_000 && keyed > 100 && clean > 3_000, "\(sound) \(keyed) \(clean)")
  }
}
