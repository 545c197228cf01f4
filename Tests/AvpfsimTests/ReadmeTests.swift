import Foundation
import Testing

/// What users copy from the README and from the page on the first hour, in their order, each page in a
/// folder of its own; with calls that are shorter than those of the page where nothing of their output is
/// shown.
@Suite("Commands of the README and of the first hour")
struct ReadmeTests {
  /// Beginnings of command lines, with how the program may end; nil: why the line is left out.
  private static let verbs: [(prefix: String, codes: Set<Int32>?, reason: String)] = [
    // 1 and 4 are verdicts, which calls as short as these do not settle.
    ("avpfsim validate ", [0, 1, 4], ""),
    ("rollouts/", [0, 1, 4], ""),
    ("avpfsim ", [0], ""),
    ("cp ", [0], ""),
    ("make ", nil, "builds, or simulates for minutes"),
    ("sbatch ", nil, "needs Slurm; the tests of the job array do it"),
    ("export PATH=", nil, "the tests have a path of their own"),
  ]

  private static func verb(of line: String) -> (prefix: String, codes: Set<Int32>?, reason: String)?
  {
    verbs.first { line.hasPrefix($0.prefix) }
  }

  /// A file to be saved under the name in its first line, a command, or what the last one prints.
  private enum Step {
    case file(name: String, text: String)
    case command(String)
    case output([String])
  }

  /// Blocks are commands where their first line is one: then all of them are.
  private static func steps(_ page: String) -> [Step] {
    DocumentationPages.blocks(page).flatMap { block -> [Step] in
      if block.language == "yaml", let head = block.lines.first, head.hasPrefix("# ") {
        let text = block.lines.joined(separator: "\n") + "\n"
        return [.file(name: String(head.dropFirst(2)), text: text)]
      }
      if block.language == "text" { return [.output(block.lines.filter { !$0.isEmpty })] }
      guard block.language.isEmpty, verb(of: block.lines.first ?? "") != nil else { return [] }
      return block.lines.filter { !$0.isEmpty }.map(Step.command)
    }
  }

  /// Runs a page's steps in a folder.
  ///
  /// - Parameter isShort: whether a file is to be shortened before calls are made from it.
  /// - Returns: how many commands ended as they may, and how many lines of output the page shows.
  private func run(
    _ page: String, in folder: String, shortening isShort: (_ file: String) -> Bool
  ) throws -> (commands: Int, lines: Int) {
    var (count, shown, output) = (0, 0, "")
    for step in Self.steps(page) {
      switch step {
      case .file(let name, let text):
        try (isShort(name) ? Self.shortened(text) : text).write(
          toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      case .command(let line):
        let verb = try #require(Self.verb(of: line), "not a command: \(line)")
        guard let codes = verb.codes else { continue }
        try prepare(for: line, in: folder)
        let result = try Program.run(
          executable: "/bin/sh", ["-c", "PATH=\(folder)/bin:$PATH; \(Self.quick(line))"], in: folder
        )
        #expect(codes.contains(result.code), "\(line): \(result.code), \(result.complaint)")
        if codes.contains(result.code) { count += 1 }
        output = Self.withoutSizes(result.output)
        if let name = Self.example(writtenBy: line), isShort(name) {
          try shortenExample(name, in: folder)
        }
      case .output(let lines):
        for line in lines {
          #expect(output.contains(Self.withoutSizes(line) + "\n"), "\(line)")
          shown += 1
        }
      }
    }
    return (count, shown)
  }

  /// A search is held to few settings and calls.
  private static func quick(_ line: String) -> String {
    line.replacing("avpfsim tune ", with: "avpfsim tune --candidates 2 --probes 1 --calls 2 ")
  }

  /// Sizes of frames are those of one version of libvpx.
  private static func withoutSizes(_ text: String) -> String {
    text.replacing(/key, [0-9]+ octets/, with: "key, some octets")
  }

  // MARK: What the pages suppose to be there

  private func folder(_ body: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      let files = FileManager.default
      for name in ["bin", "results"] {
        try files.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      try files.createSymbolicLink(
        atPath: "\(folder)/bin/avpfsim", withDestinationPath: Program.path)
      let traces = DocumentationPages.root.appending(path: "traces").path
      try files.createSymbolicLink(atPath: "\(folder)/traces", withDestinationPath: traces)
      try files.copyItem(atPath: "\(traces)/wifi-bursts.txt", toPath: "\(folder)/losses.txt")
      try Self.clip.write(to: URL(filePath: "\(folder)/clip.y4m"))
      let examples = DocumentationPages.catalog.appending(path: "Resources/sdp").path
      for name in ["offer.sdp", "answer.sdp"] {
        try files.copyItem(atPath: "\(examples)/\(name)", toPath: "\(folder)/\(name)")
      }
      let rollouts = DocumentationPages.root.appending(path: "rollouts").path
      try files.copyItem(atPath: rollouts, toPath: "\(folder)/rollouts")
      for name in Program.names(rollouts) where name.hasSuffix(".yaml") {
        let text = try String(contentsOfFile: "\(rollouts)/\(name)", encoding: .utf8)
        try Self.shortened(text).write(
          toFile: "\(folder)/rollouts/\(name)", atomically: true, encoding: .utf8)
      }
      for (name, text) in Self.texts {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      try body(folder)
    }
  }

  /// Users' own files that the README names.
  private static let texts: [(name: String, text: String)] = [
    (
      "plan.yaml",
      """
      name: small
      base:
        duration: 2s
        video: {size: 160x120, rate: 15fps}
        network: {lose: [{frame: 10, packet: 0}]}
      groups:
        - {name: two, seeds: 7, vary: {mechanism: [pli, sip-info]}}

      """
    ),
    (
      "whatif.yaml",
      "duration: 2s\nmechanism: sli+rpsi\nnetwork: {trace: uplink.csv}\n"
    ),
    ("old.yaml", settings(of: "sip-info")), ("new.yaml", settings(of: "pli")),
  ]

  private static func settings(of mechanism: String) -> String {
    """
    calls: 2
    max-calls: 2
    duration: 2s
    settings: {mechanism: \(mechanism), video: {size: 160x120, rate: 15fps}}
    networks:
      - {name: home, rtt: 50ms, lose: [{frame: 10, packet: 0}]}
    gates:
      - recovery.median <= baseline

    """
  }

  /// Twelve pictures of 160x120 with much detail, so that frames take several packets each.
  private static let clip: Data = {
    var octets = Data("YUV4MPEG2 W160 H120 F15:1 C420jpeg\n".utf8)
    for frame in 0..<12 {
      octets += Data("FRAME\n".utf8)
      for row in 0..<120 {
        octets += Data((0..<160).map { UInt8(truncatingIfNeeded: $0 * row * 7 + 13 * frame) })
      }
      octets += Data(repeating: 128, count: 160 * 120 / 2)
    }
    return octets
  }()

  /// Shards are merged when all of them are there, and the README makes one; it makes neither of the
  /// folders that it compares.
  private func prepare(for line: String, in folder: String) throws {
    var missing: [[String]] = []
    if line.hasPrefix("avpfsim merge shards ") {
      missing = [1, 3, 4].map { ["-o", "shards", "--shard", "\($0)/4"] }
    } else if line.hasPrefix("avpfsim compare results/before results/after") {
      missing = ["before", "after"].map { ["-o", "results/\($0)"] }
    }
    for options in missing {
      let result = try Program.run(["suite", "plan.yaml"] + options, in: folder)
      #expect(result.code == 0, "\(result.complaint)")
    }
  }

  // MARK: Short calls

  /// The file of a scenario or of settings that a command writes; nil where it does something else.
  private static func example(writtenBy line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard words.count > 4, words[1] == "example", words[3] == ">", words[4].hasSuffix(".yaml")
    else { return nil }
    return words[4]
  }

  private func shortenExample(_ name: String, in folder: String) throws {
    let path = "\(folder)/\(name)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let short = Self.shortened(text)
    #expect(short != text)
    try short.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The same with short calls that lose a packet early, and few of them.
  private static func shortened(_ text: String) -> String {
    var text = text.replacing("\n  lose: []", with: "\n  lose: [{frame: 10, packet: 0}]")
    text = text.replacing(/(^|\n)duration: [0-9]+s/) { "\($0.1)duration: 2s" }
    text = text.replacing(/\nmax-calls: .*/, with: "")
    text = text.replacing(/\ncalls: [0-9]+/, with: "\nmax-calls: 2\ncalls: 2")
    return text.replacing("size: 320x180", with: "size: 160x120")
  }

  @Test("those of the README end as it says, in its order")
  func readme() throws {
    let page = try DocumentationPages.readme()
    try folder { folder in
      let seen = try run(page, in: folder) { _ in true }
      #expect(seen.commands >= 20)
    }
  }

  @Test("those of the first hour do, with the files that it has one save, and print what it shows")
  func firstHour() throws {
    let page = try DocumentationPages.text("FirstHour")
    try folder { folder in
      for name in ["losses.txt", "offer.sdp", "answer.sdp"] {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
      let seen = try run(page, in: folder) { $0 == "rollout.yaml" }
      #expect(seen.commands >= 10 && seen.lines > 20)
    }
  }

  @Test("what is left out still stands somewhere")
  func leftOut() throws {
    let lines = [try DocumentationPages.readme(), try DocumentationPages.text("FirstHour")]
      .flatMap { $0.split(separator: "\n") }
    for verb in Self.verbs where verb.codes == nil {
      #expect(!verb.reason.isEmpty && lines.contains { $0.hasPrefix(verb.prefix) })
    }
  }
}
