import Foundation
import Testing

@Suite("Command line: trace import")
struct TraceImportCommandTests {
  /// Runs a call and leaves `call.pcapng` of it, and its results in `out`.
  private func withCapture(
    _ scenario: String, _ body: (String) throws -> Void
  ) throws {
    try Program.withFolder { folder in
      let text = "duration: 8s\nvideo: {size: 160x120, rate: 15fps}\n" + scenario
      try text.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      let result = try Program.run(
        ["run", "call.yaml", "-o", "out", "--capture", "call.pcapng"], in: folder)
      #expect(result.code == 0, "\(result.complaint)")
      try body(folder)
    }
  }

  /// A figure of the table, its first word.
  private func figure(_ name: String, of output: String) throws -> Int {
    let line = try #require(output.split(separator: "\n").first { $0.hasPrefix("\(name)  ") })
    let words = line.dropFirst(name.count).split(separator: " ")
    return try #require(words.first.flatMap { Int($0) })
  }

  private func sources(_ folder: String) throws -> [String] {
    let list = try Program.run(["trace", "import", "call.pcapng", "--list"], in: folder)
    #expect(list.code == 0 && list.complaint.isEmpty)
    return list.output.split(separator: "\n").filter { $0.hasPrefix("0x") }
      .map { String($0.prefix(10)) }.sorted()
  }

  @Test("the streams are listed without a file, and a trace takes no other's place")
  func defaults() throws {
    try withCapture("mechanism: pli\nnetwork: {loss: 8%}\n") { folder in
      let before = Program.names(folder)
      #expect(try sources(folder).count == 1)
      #expect(Program.names(folder) == before)
      let first = try Program.run(["trace", "import", "call.pcapng"], in: folder)
      #expect(first.code == 0 && first.complaint.isEmpty)
      #expect(first.output.contains("\ncall.csv has a row for each packet."))
      #expect(Program.names(folder) == (before + ["call.csv"]).sorted())
      let second = try Program.run(["trace", "import", "call.pcapng"], in: folder)
      #expect(second.code == 2)
      #expect(
        second.complaint
          == "avpfsim: call.csv is there already, expected --output with the trace's name\n")
    }
  }

  @Test("what is lost is what the simulated call lost, and a call can be played over it")
  func whatIf() throws {
    try withCapture("mechanism: pli\nnetwork: {loss: 8%, burst: 60ms}\n") { folder in
      let imported = try Program.run(
        ["trace", "import", "call.pcapng", "-o", "uplink.csv"], in: folder)
      let frames = try rows(of: folder + "/out/frames.csv")
      let total = { (column: String) in frames.reduce(0) { $0 + Int($1[column]!)! } }
      #expect(try figure("lost", of: imported.output) == total("packets_lost"))
      #expect(try figure("packets", of: imported.output) == total("packets"))
      #expect(total("packets_lost") > 5)
      try "duration: 8s\nmechanism: sli+rpsi\nnetwork: {trace: uplink.csv}\n".write(
        toFile: folder + "/whatif.yaml", atomically: false, encoding: .utf8)
      let again = try Program.run(["run", "whatif.yaml", "-o", "whatif"], in: folder)
      #expect(again.code == 0, "\(again.complaint)")
    }
  }

  @Test("a choice that the capture does not have, or a place to write, ends it with a sentence")
  func refusals() throws {
    try withCapture("mechanism: none\nnetwork: {loss: 5%}\n") { folder in
      let before = Program.names(folder)
      let source = try #require(try sources(folder).first)
      for (arguments, code, sentence) in [
        (
          ["--ssrc", "0x1"], Int32(2),
          "--ssrc: found 0x00000001, expected call.pcapng's only stream, \(source)"
        ),
        (
          ["--interface", "wlan0"], 2,
          "--interface: found \"wlan0\", expected one of those in call.pcapng: 0 (setup), "
            + "1 (sender), 2 (receiver)"
        ),
        (
          ["-o", "call.pcapng"], 2, "--output: found the capture itself, expected another file"
        ),
        (
          ["-o", "no/where.csv"], 3,
          "no/where.csv: no such file or directory, expected to write there"
        ),
      ] {
        let result = try Program.run(["trace", "import", "call.pcapng"] + arguments, in: folder)
        #expect(result.code == code && result.output.isEmpty, "\(arguments)")
        #expect(result.complaint == "avpfsim: \(sentence)\n")
      }
      #expect(Program.names(folder) == before)
    }
  }

  /// Without packets that overtake others, which Wireshark's statistics take for whole cycles of lost
  /// ones where the numbers wrap.
  @Test(
    "each stream has the packets and the losses that Wireshark counts, at either end",
    .enabled(if: Wireshark.isInstalled, Wireshark.missing),
    arguments: [
      "mechanism: pli\nnetwork: {loss: 6%}\n",
      "mechanism: nack+pli\nnetwork: {rtt: 80ms, loss: 12%, burst: 80ms, jitter: 8ms}\n",
      "mechanism: sli+rpsi\nseed: 7\nnetwork: {profile: lte}\n",
    ])
  func wireshark(scenario: String) throws {
    try withCapture(scenario) { folder in
      let sources = try sources(folder)
      var lost = 0
      for interface in ["sender", "receiver"] {
        let told = try Wireshark(path: folder + "/call.pcapng").streams(at: interface)
        #expect(told.map(\.source) == sources)
        for stream in told {
          let own = try Program.run(
            [
              "trace", "import", "call.pcapng", "--interface", interface, "--ssrc", stream.source,
              "-o", "\(interface)-\(stream.source).csv",
            ], in: folder)
          #expect(own.code == 0, "\(own.complaint)")
          let missing = try figure("lost", of: own.output)
          #expect(missing == stream.lost, "\(interface) \(stream.source)")
          #expect(try figure("packets", of: own.output) - missing == stream.packets)
          lost += missing
        }
      }
      #expect(lost > 2)
    }
  }
}
