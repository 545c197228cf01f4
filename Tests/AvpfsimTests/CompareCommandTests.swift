import Foundation
import Results
import Testing

@Suite("Command line: compare", .serialized)
struct CompareCommandTests {
  private static let settings = """
    duration: 4s
    calls: 8
    settings:
      mechanism: MECHANISM
      video: {source: talking-head, size: 160x120, rate: 15fps}
      codec: {rc_target_bitrate: 100, cpu-used: -16}
    networks: [{name: bad wifi, rtt: 60ms, loss: 5%}]
    gates: [bitrate.mean <= 5Mbps]
    """

  private func write(_ mechanism: String, to path: String) throws {
    try Self.settings.replacing("MECHANISM", with: mechanism)
      .write(toFile: path, atomically: false, encoding: .utf8)
  }

  @Test("two settings files: a regression ends with 1, the kept folders compare to the same")
  func settingsFiles() throws {
    try Program.withFolder { folder in
      try write("pli", to: "\(folder)/a.yaml")
      try write("none", to: "\(folder)/b.yaml")
      let worse = try Program.run(
        ["compare", "a.yaml", "b.yaml", "-o", "kept", "--json", "c.json", "--jobs", "2"], in: folder
      )
      #expect(worse.code == 1 && worse.complaint.isEmpty)
      #expect(worse.output.hasPrefix("8 of 8 calls of A pair with one of B's 8: "))
      #expect(worse.output.contains("\nWorse: over all mean recovery +"))
      #expect(Program.names("\(folder)/kept") == ["a", "b", "plots", "report.html"])
      let told = "The report is in kept/report.html\n"
      #expect(worse.output.hasSuffix(told))
      let again = try Program.run(
        ["compare", "kept/a", "kept/b", "-o", "both"], in: folder)
      #expect(
        again.code == 1
          && again.output
            == worse.output.replacing(told, with: "The report is in both/report.html\n")
      )
      #expect(Program.names("\(folder)/both") == ["plots", "report.html"])
      // A settings file as it was given, a folder by what was run.
      let quoted = "&quot;mechanism&quot;: &quot;none&quot;"
      for (page, mechanism) in [("kept", "mechanism: none"), ("both", quoted)] {
        let html = try String(contentsOfFile: "\(folder)/\(page)/report.html", encoding: .utf8)
        #expect(html.contains("<p>A regression from A to B is certain.</p>"))
        #expect(html.contains(mechanism))
      }
      let json = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/c.json")))
      let top = try #require(json as? [String: Any])
      #expect(top["regressed"] as? Bool == true && top["paired"] as? Bool == true)
      let back = try Program.run(["compare", "kept/b", "kept/a"], in: folder)
      #expect(back.code == 0 && back.output.contains("\nBetter: over all mean recovery -"))
      let same = try Program.run(["compare", "kept/a", "kept/a"], in: folder)
      #expect(same.code == 0 && same.output.hasSuffix("\nNo difference seen.\n"))
    }
  }

  @Test("few calls tell nothing, and --jobs changes nothing")
  func few() throws {
    try Program.withFolder { folder in
      try write("pli", to: "\(folder)/a.yaml")
      try write("rpsi", to: "\(folder)/b.yaml")
      let command = ["compare", "a.yaml", "b.yaml", "--calls", "3", "--seed", "5", "--jobs"]
      let one = try Program.run(command + ["1"], in: folder)
      let three = try Program.run(command + ["3"], in: folder)
      #expect(one.code == 0 && one.output == three.output)
      #expect(one.output.hasSuffix("\nToo few to tell: 3 seeds, at least 6 needed.\n"))
    }
  }

  // Calls of the same settings, of which each comparison draws other seeds: chance alone differs.
  @Test("real calls of equals say regression in hardly any comparison")
  func falseAlarms() throws {
    try Program.withFolder { folder in
      try write("pli", to: "\(folder)/a.yaml")
      try Self.settings.replacing("MECHANISM", with: "pli").replacing("calls: 8", with: "calls: 64")
        .write(toFile: "\(folder)/a.yaml", atomically: false, encoding: .utf8)
      let run = try Program.run(["validate", "a.yaml", "-o", "out"], in: folder)
      #expect(run.code == 0)
      let runs = try CSVRowReader<RunRow>(path: "\(folder)/out/runs.csv").all()
      let episodes = try CSVRowReader<EpisodeRow>(path: "\(folder)/out/episodes.csv").all()
      func part(_ numbers: [Int]) throws -> ResultSet {
        let wanted = Set(numbers)
        return try ResultSet(
          runs: runs.filter { wanted.contains($0.conditions.run) },
          episodes: episodes.filter { wanted.contains($0.conditions.run) })
      }
      var alarms = 0
      for step in [1, 3, 5, 7, 9, 11, 13, 15, 17, 19] {
        let order = (0..<64).map { $0 * step % 64 }
        for begin in [0, 20, 40] {
          let comparison = try ResultComparison(
            part(Array(order[begin..<begin + 10])), part(Array(order[begin + 10..<begin + 20])))
          #expect(!comparison.isPaired)
          if comparison.hasRegressed { alarms += 1 }
        }
      }
      #expect(alarms <= 2)
    }
  }

  @Test("what cannot be compared ends with 2 and says why")
  func mistakes() throws {
    try Program.withFolder { folder in
      try write("pli", to: "\(folder)/a.yaml")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/empty", withIntermediateDirectories: false)
      try FileManager.default.createDirectory(
        atPath: "\(folder)/kept", withIntermediateDirectories: false)
      try "".write(toFile: "\(folder)/kept/runs.csv", atomically: false, encoding: .utf8)
      for (arguments, sentence) in [
        (
          ["a.yaml", "empty"],
          "empty is a folder and a.yaml is not, expected two results folders or two settings files"
        ),
        (
          ["empty", "none"],
          "none: found nothing of this name, expected a results folder as empty is"
        ),
        (
          ["empty", "empty", "--calls", "3"],
          "--calls: found with results folders, where nothing is run, expected it with settings files"
        ),
        (
          ["empty", "empty", "-o", "kept"],
          "-o kept: found a results folder, expected one of the comparison's own"
        ),
        (
          ["empty", "empty"],
          "empty/runs.csv: found no such file or directory, expected a readable file"
        ),
        (["a.yaml", "c.yaml"], "c.yaml: the file cannot be read: No such file or directory"),
      ] {
        let result = try Program.run(["compare"] + arguments, in: folder)
        #expect(result.code == 2 && result.output.isEmpty)
        #expect(result.complaint == "avpfsim: \(sentence)\n")
      }
    }
  }
}
