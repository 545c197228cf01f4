import Foundation
import Testing

@testable import Campaigns

@Suite("Replay of a single call")
struct ReplayTests {
  private static let plan = """
    name: small
    seed: 3
    base: {duration: 6s, video: {size: 160x120, rate: 15fps}, network: {rtt: 80ms, loss: 4%}}
    groups:
      - name: calls
        vary: {mechanism: [sip-info, pli]}
      - name: probed
        vary: {mechanism: [sip-info, pli]}
        probes: {count: 2, horizon: 3s}
    """

  private static let settings = """
    calls: 1
    duration: 6s
    settings: {mechanism: pli, video: {size: 160x120, rate: 15fps}}
    networks: [{name: lossy, rtt: 80ms, loss: 4%}]
    gates: [recovery.p95 <= 400ms]
    """

  private func withSuite(_ body: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      try Self.plan.write(toFile: folder + "/plan.yaml", atomically: false, encoding: .utf8)
      let made = try Program.run(["suite", "plan.yaml", "-o", "out"], in: folder)
      #expect(made.code == 0, "\(made.complaint)")
      try body(folder)
    }
  }

  @Test("an episode and a probe come out as they were, with all files")
  func same() throws {
    try withSuite { folder in
      let episodes = try rows(of: folder + "/out/episodes.csv").count { $0["run"] == "0" }
      let files = "and the call's row are the same as in out/episodes.csv and runs.csv"
      for (flag, identifier, name, sentence) in [
        ("--episode", "1/0", "replay-1-0", "The episode's row \(files)"),
        ("--episode", "0", "replay-0", "All \(episodes) episodes \(files)"),
        ("--probe", "2/1", "replay-probe-2-1", "The row is the same as in out/probes.csv"),
      ] {
        let result = try Program.run(["replay", "out", flag, identifier], in: folder)
        #expect(result.code == 0 && result.complaint.isEmpty, "\(result.complaint)")
        #expect(result.output.hasSuffix("\n\(sentence)\n"), "\(result.output)")
        #expect(
          Program.names("\(folder)/out/\(name)") == [
            "call.html", "call.pcapng", "episodes.csv", "feedback.csv", "filmstrip.png",
            "frames.csv", "manifest.json", "runs.csv", "sent.ivf", "story.txt",
          ])
      }
      // A probe's call lost nothing before it.
      let probe = try #require(
        try rows(of: folder + "/out/probes.csv").first { $0["probe"] == "1" })
      let frames = try rows(of: folder + "/out/replay-probe-2-1/frames.csv")
      let lossy = frames.filter { $0["packets_lost"] != "0" }.compactMap { $0["frame"] }
      #expect(lossy.first == probe["probe_frame"], "\(lossy)")
    }
  }

  @Test("a row that comes out otherwise ends with 3 and the difference")
  func different() throws {
    try withSuite { folder in
      let packets = try change(
        "lost_packets", ofRun: 0, in: folder + "/out/episodes.csv", to: "77")
      let result = try Program.run(
        ["replay", "out", "--episode", "0/0", "-o", "again"], in: folder)
      #expect(result.code == 3)
      #expect(
        result.complaint
          == "avpfsim: run 0 came out otherwise than in out: episode 0: lost_packets is \(packets), "
          + "expected 77\n")
      #expect(Program.names(folder + "/again").contains("call.html"))
    }
  }

  @Test("episodes that the folder lacks, and another row of the call, are differences too")
  func incomplete() throws {
    try withSuite { folder in
      let path = folder + "/out/episodes.csv"
      let whole = try String(contentsOfFile: path, encoding: .utf8)
      let lines = whole.split(separator: "\n")
      let own = lines.filter { $0.hasPrefix("1,") }
      #expect(own.count > 1)
      let fewer = lines.filter { !$0.hasPrefix("1,") || $0 == own[0] }
      try (fewer.joined(separator: "\n") + "\n").write(
        toFile: path, atomically: false, encoding: .utf8)
      let lacking = try Program.run(["replay", "out", "--episode", "1"], in: folder)
      #expect(lacking.code == 3)
      #expect(
        lacking.complaint
          == "avpfsim: run 1 came out otherwise than in out: found \(own.count) episodes, expected the 1 "
          + "of episodes.csv\n")
      try whole.write(toFile: path, atomically: false, encoding: .utf8)
      let octets = try change("rtcp_octets", ofRun: 1, in: folder + "/out/runs.csv", to: "77")
      for identifier in ["1", "1/0"] {
        let other = try Program.run(["replay", "out", "--episode", identifier], in: folder)
        #expect(other.code == 3)
        #expect(
          other.complaint
            == "avpfsim: run 1 came out otherwise than in out: runs.csv: rtcp_octets is \(octets), "
            + "expected 77\n")
      }
    }
  }

  /// Changes a field of a row, and returns what it was.
  private func change(
    _ column: String, ofRun run: Int, in path: String, to value: String
  ) throws -> String {
    var lines = try String(contentsOfFile: path, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let columns = lines[0].split(separator: ",").map(String.init)
    let place = try #require(columns.firstIndex(of: column))
    let line = try #require(lines.firstIndex { $0.hasPrefix("\(run),") })
    var fields = lines[line].split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    let old = fields[place]
    fields[place] = value
    lines[line] = fields.joined(separator: ",")
    try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
    return old
  }

  @Test("a folder of validate is replayed too, also one that does not say what it is")
  func validation() throws {
    try Program.withFolder { folder in
      try Self.settings.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
      let made = try Program.run(["validate", "s.yaml", "-o", "out"], in: folder)
      #expect([0, 1, 4].contains(made.code), "\(made.complaint)")
      let path = folder + "/out/manifest.json"
      let manifest = try String(contentsOfFile: path, encoding: .utf8)
      let kind = "  \"kind\": \"settings\",\n"
      #expect(manifest.contains(kind))
      for text in [manifest, manifest.replacingOccurrences(of: kind, with: "")] {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let result = try Program.run(["replay", "out", "--episode", "0/0"], in: folder)
        #expect(result.code == 0, "\(result.complaint)")
      }
    }
  }

  @Test("calls of later rounds, and the baseline's, are found by their network and seed")
  func rounds() throws {
    try Program.withFolder { folder in
      // Nobody can tell by so few calls: more are made.
      let settings = Self.settings
        .replacingOccurrences(of: "calls: 1", with: "calls: 5\nmax-calls: 10")
        .replacingOccurrences(of: "<= 400ms", with: "<= 1.0 * baseline")
      try settings.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
      let baseline = "settings: {mechanism: fir, video: {size: 160x120, rate: 15fps}}\n"
      try baseline.write(toFile: folder + "/b.yaml", atomically: false, encoding: .utf8)
      let made = try Program.run(
        ["validate", "s.yaml", "--against", "b.yaml", "-o", "out"], in: folder)
      #expect([0, 1, 4].contains(made.code), "\(made.complaint)")
      let episodes = try rows(of: folder + "/out/episodes.csv")
      #expect(Set(episodes.compactMap { $0["mechanism"] }) == ["pli", "fir"])
      let last = try #require(episodes.last?["run"].flatMap(Int.init))
      #expect(last >= 10, "a second round")
      for run in [last, last - 1] where episodes.contains(where: { $0["run"] == "\(run)" }) {
        let result = try Program.run(["replay", "out", "--episode", "\(run)"], in: folder)
        #expect(result.code == 0, "\(result.complaint)")
      }
    }
  }

  @Test("what is not there is answered with what there is")
  func missing() throws {
    try withSuite { folder in
      for (arguments, sentence) in [
        (["out", "--episode", "9"], "--episode: found run 9, expected one of 0 to 3 in out"),
        (["out", "--episode", "1/99"], "--episode: found episode 99, expected one of 0 to "),
        (
          ["out", "--probe", "2/9"],
          "--probe: found probe 9, expected one of 0 to 1, which run 2 has"
        ),
        (["out", "--episode", "2"], "--episode: run 2 of group probed has probes only, expected"),
        (["out", "--probe", "0/0"], "--probe: run 0 is a whole call of group calls, expected"),
        (
          ["nowhere", "--episode", "0"],
          "nowhere: found no manifest.json, expected a results folder"
        ),
      ] {
        let result = try Program.run(["replay"] + arguments, in: folder)
        #expect(result.code == 2)
        #expect(result.complaint.hasPrefix("avpfsim: " + sentence), "\(result.complaint)")
      }
      #expect(!Program.names(folder + "/out").contains { $0.hasPrefix("replay") })
    }
  }

  @Test("identifiers that are none are refused", arguments: ["", "x", "1/", "1/2/3", "-1", "1/x"])
  func identifiers(text: String) {
    #expect(throws: CampaignError.self) { try ReplayIdentifier(episode: text) }
    #expect(throws: CampaignError.self) { try ReplayIdentifier(probe: text) }
  }

  @Test("identifiers name calls, episodes and probes")
  func identifierParts() throws {
    #expect(try ReplayIdentifier(episode: "12").part == .call)
    #expect(try ReplayIdentifier(episode: "12/3").part == .episode(3))
    #expect(try ReplayIdentifier(probe: "12/3").folderPart == "probe-12-3")
    #expect(throws: CampaignError.self) { try ReplayIdentifier(probe: "12") }
  }
}
