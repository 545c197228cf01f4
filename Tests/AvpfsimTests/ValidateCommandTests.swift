import Foundation
import Testing

@Suite("avpfsim validate")
struct ValidateCommandTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private func write(_ text: String, _ name: String, in folder: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  private func members(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  // MARK: Rollouts

  @Test("AVPF between Linphone-like phones passes against SIP INFO through two proxies")
  func linphone() throws {
    try Program.withFolder { folder in
      let result = try Program.run(
        [
          "validate", "rollouts/linphone-avpf.yaml", "--against", "rollouts/linphone-info.yaml",
          "--json", folder + "/v.json",
        ], in: Self.root)
      #expect(result.code == 0, "\(result.output)\(result.complaint)")
      let verdicts = try members(folder + "/v.json")
      #expect(verdicts["verdict"] as? String == "pass")
      let gates = try #require(verdicts["gates"] as? [[String: Any]])
      for gate in gates where gate["metric"] as? String == "recovery.median" {
        let (own, baseline) = (gate["measured"] as? Double, gate["baseline"] as? Double)
        #expect(try #require(own) < #require(baseline))
      }
    }
  }

  @Test("golden recovery without error resilience is stopped by the check")
  func goldenStopped() throws {
    let result = try Program.run(["validate", "rollouts/golden-recovery.yaml"], in: Self.root)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.complaint.hasPrefix(
        "avpfsim: rollouts/golden-recovery.yaml:14: codec.g_error_resilient: found 0 beside "
          + "mechanism sli+rpsi"))
    #expect(result.complaint.contains("nothing was simulated; --force simulates all the same\n"))
  }

  @Test("forced, it fails, and says why")
  func goldenForced() throws {
    let result = try Program.run(
      ["validate", "rollouts/golden-recovery.yaml", "--force"], in: Self.root)
    #expect(result.code == 1, "\(result.output)")
    #expect(result.output.contains("\nbroken.ratio <= 20% fails on wifi:\n"))
    #expect(result.output.contains("  - rollouts/golden-recovery.yaml:14: codec.g_error_resilient"))
  }

  @Test(
    "a bitrate whose key frames outgrow a 3G link fails by its freezes, explained by the key frame")
  func bitrate() throws {
    try Program.withFolder { folder in
      let result = try Program.run(
        ["validate", "rollouts/3g-bitrate.yaml", "--junit", folder + "/v.xml"], in: Self.root)
      #expect(result.code == 1, "\(result.output)")
      #expect(result.output.contains("\nfreeze.ratio <= 8% fails on 3g:\n"))
      #expect(!result.output.contains("psnr.mean >= 25dB fails"))
      let reason = "a key frame of screen-share has about"
      #expect(result.output.contains(reason))
      #expect(result.output.contains("viewers see a freeze by the repair itself"))
      let junit = try String(contentsOfFile: folder + "/v.xml", encoding: .utf8)
      #expect(
        junit.contains("<failure type=\"fail\" message=\"measured ") && junit.contains(reason))
    }
  }

  @Test("a pair of SDPs is judged on a network by name and on one from a trace")
  func pair() throws {
    let result = try Program.run(["validate", "rollouts/sdp-pair.yaml"], in: Self.root)
    #expect(result.code == 0, "\(result.output)\(result.complaint)")
    #expect(result.output.contains("recovery.median <= 400ms  office") && result.complaint.isEmpty)
  }

  // MARK: Comparison

  private let small = """
    calls: 6
    max-calls: 12
    duration: 3s
    settings:
      video: {source: talking-head, size: 160x120, rate: 10fps}
      codec: {rc_target_bitrate: 60}
    networks: [{name: a, rtt: 60ms, loss: 10%}]
    gates:
      - recovery.median <= baseline
      - broken.ratio <= baseline
      - psnr.mean >= baseline

    """

  @Test("settings against themselves pass on every seed: each pair is the same call twice")
  func itself() throws {
    try Program.withFolder { folder in
      try write(small, "s.yaml", in: folder)
      for seed in ["1", "2", "3"] {
        let result = try Program.run(
          ["validate", "s.yaml", "--against", "s.yaml", "--seed", seed], in: folder)
        #expect(result.code != 1, "\(result.output)")
        #expect(!result.output.contains("  fail"))
        #expect(result.output.contains("broken.ratio <= baseline"))
      }
    }
  }

  @Test("rows of all rounds are kept, the same whatever the number of workers")
  func folder() throws {
    try Program.withFolder { folder in
      let text = small.replacing("broken.ratio <= baseline", with: "repaired_within(1ms) >= 50%")
        .replacing("psnr.mean >= baseline", with: "repaired_within(100ms) >= 10%")
        .replacing("- recovery.median <= baseline", with: "- psnr.mean <= baseline")
      try write(text, "s.yaml", in: folder)
      try write(
        "settings:\n  video: {source: sports, size: 160x120, rate: 10fps}\n", "b.yaml", in: folder)
      var files: [[String]] = []
      for jobs in ["1", "2"] {
        let result = try Program.run(
          [
            "validate", "s.yaml", "--against", "b.yaml", "-o", "out", "--json", "v.json", "--jobs",
            jobs,
          ], in: folder)
        #expect([0, 1, 4].contains(result.code), "\(result.complaint)")
        files.append(
          try ["out/runs.csv", "out/episodes.csv", "v.json", "out/report.html"].map {
            try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
          } + [result.output])
      }
      #expect(files[0] == files[1])
      let rows = files[0][0].split(separator: "\n").dropFirst()
      let networks = try #require(members(folder + "/v.json")["networks"] as? [[String: Any]])
      #expect(networks[0]["calls"] as? Int == rows.count)
      #expect(rows.count >= 12)
      for (index, row) in rows.enumerated() {
        #expect(row.hasPrefix("\(index),a,"))
        #expect(row.contains(index.isMultiple(of: 2) ? ",candidate," : ",baseline,"))
      }
    }
  }

  /// The rest of the line behind the last of some words.
  private func command(_ begin: String, in text: String) throws -> String {
    let line = try #require(
      text.split(separator: "\n").last { $0.contains(begin) }, "\(begin) in \(text)")
    return String(line[try #require(line.firstRange(of: begin)).lowerBound...])
  }

  @Test(
    "the command behind a failed gate replays the call, with and without a baseline",
    arguments: [false, true])
  func replayed(hasBaseline: Bool) throws {
    try Program.withFolder { folder in
      try write(
        small.replacing("recovery.median <= baseline", with: "recovery.median <= 1ms")
          .replacing("broken.ratio <= baseline", with: "psnr.mean >= 1dB")
          .replacing("psnr.mean >= baseline", with: "psnr.mean <= 100dB")
          .replacing("name: a,", with: "name: a b,"), "s.yaml", in: folder)
      let base = ["validate", "s.yaml"] + (hasBaseline ? ["--against", "s.yaml"] : [])
      let kept = try Program.run(base + ["-o", "my out", "--json", "v.json"], in: folder)
      #expect(kept.code == 1, "\(kept.output)\(kept.complaint)")
      #expect(kept.output.contains("  - the median episode (network a b, seed "))
      let line = try command("avpfsim replay ", in: kept.output)
      // As a shell takes it, with the built program for its name.
      let shell = "avpfsim() { '\(Program.path)' \"$@\"; }; "
      let again = try Program.run(
        executable: "/bin/sh", ["-c", shell + line], in: folder)
      #expect(again.code == 0, "\(line): \(again.complaint)")
      #expect(
        again.output.hasSuffix(
          "The episode's row and the call's row are the same as in my out/episodes.csv and runs.csv\n"
        ))
      let gates = try #require(members(folder + "/v.json")["gates"] as? [[String: Any]])
      let told = try #require((gates[0]["episodes"] as? [[String: Any]])?.last)
      #expect(told["replay"] as? String == line)

      let unkept = try Program.run(base + ["--seed", "1"], in: folder)
      #expect(unkept.code == 1)
      let both = try command("avpfsim validate ", in: unkept.output)
        .components(separatedBy: ", and then: ")
      #expect(both[0].hasSuffix(" --seed 1 -o DIR"))
      let made = try Program.run(executable: "/bin/sh", ["-c", shell + both[0]], in: folder)
      #expect(made.code == 1, "\(both[0]): \(made.complaint)")
      let seen = try Program.run(executable: "/bin/sh", ["-c", shell + both[1]], in: folder)
      #expect(seen.code == 0, "\(both[1]): \(seen.complaint)")
    }
  }

  @Test(
    "a report with the verdicts is in the folder, drawn again as it was, and without gnuplot too")
  func report() throws {
    try Program.withFolder { folder in
      try write(small, "s.yaml", in: folder)
      let command = ["validate", "s.yaml", "--against", "s.yaml", "-o", "out"]
      let made = try Program.run(command, in: folder)
      #expect([0, 4].contains(made.code), "\(made.complaint)")
      #expect(made.output.hasSuffix(" plots in out/plots, report in out/report.html\n"))
      let path = folder + "/out/report.html"
      let html = try String(contentsOfFile: path, encoding: .utf8)
      #expect(html.contains("<h2>The gates</h2>") && html.contains("<figure id=\"gates\">"))
      try "".write(toFile: path, atomically: false, encoding: .utf8)
      let drawn = try Program.run(["plot", "out"], in: folder)
      #expect(drawn.code == 0, "\(drawn.complaint)")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == html)

      let bare = try Program.run(after: "PATH=/nowhere", command, in: folder)
      #expect(bare.code == made.code)
      #expect(bare.complaint.contains("gnuplot was not found on PATH"))
      #expect(bare.output.hasSuffix("Report without plots in out/report.html\n"))
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("<li>gates: gnuplot was not found</li>"))
      #expect(!Program.names(folder + "/out").contains("plots"))
    }
  }

  @Test("an open verdict ends with 4, after as many calls as are allowed")
  func inconclusive() throws {
    try Program.withFolder { folder in
      try write(
        small.replacing("recovery.median <= baseline", with: "recovery.p99 <= 24h")
          .replacing("broken.ratio <= baseline", with: "psnr.mean >= 1dB")
          .replacing("psnr.mean >= baseline", with: "psnr.mean <= 100dB"), "s.yaml", in: folder)
      let result = try Program.run(
        ["validate", "s.yaml", "--junit", "v.xml", "--max-calls", "8"], in: folder)
      #expect(result.code == 4, "\(result.output)")
      let line = try #require(
        result.output.split(separator: "\n").first { $0.hasPrefix("recovery") })
      #expect(line.contains("  a            8  ") && line.contains("at least 300 needed"))
      let junit = try String(contentsOfFile: folder + "/v.xml", encoding: .utf8)
      #expect(junit.contains("errors=\"1\"") && junit.contains("<error type=\"inconclusive\""))
    }
  }

  // MARK: Mistakes

  @Test(
    "a mistake in either file ends with 2, its place and the nearest name",
    arguments: [
      (
        "recovery.median <= baseline", "recovery.medain <= 1s", "s.yaml:9: gates[0]: found",
        "recovery.median?"
      ),
      ("psnr.mean >= baseline", "psnr.mean >= 30bD", "s.yaml:11: gates[2]: found", "30dB?"),
      (
        "broken.ratio <= baseline", "broken.ratio <= bseline", "s.yaml:10: gates[1]: found",
        "baseline?"
      ),
      ("duration: 3s", "durtion: 3s", "s.yaml:3: unknown key \"durtion\"", "duration?"),
      ("rtt: 60ms", "rt: 60ms", "s.yaml:7: networks[0]: unknown key \"rt\"", "rtt?"),
    ])
  func mistakes(good: String, bad: String, place: String, nearest: String) throws {
    try Program.withFolder { folder in
      try write(small.replacing(good, with: bad), "s.yaml", in: folder)
      try write(small, "b.yaml", in: folder)
      let result = try Program.run(["validate", "s.yaml", "--against", "b.yaml"], in: folder)
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.complaint.contains(place), "\(result.complaint)")
      #expect(result.complaint.contains("did you mean \(nearest)"), "\(result.complaint)")
    }
  }

  @Test("a comparison without a baseline, and a baseline that is not there, end with 2")
  func noBaseline() throws {
    try Program.withFolder { folder in
      try write(small, "s.yaml", in: folder)
      let alone = try Program.run(["validate", "s.yaml"], in: folder)
      #expect(alone.code == 2 && alone.complaint.contains("expected --against with its settings"))
      let missing = try Program.run(["validate", "s.yaml", "--against", "n.yaml"], in: folder)
      #expect(missing.code == 2 && missing.complaint.contains("n.yaml: the file cannot be read"))
    }
  }

  @Test("the script for continuous integration keeps verdicts, and ends as the program does")
  func script() throws {
    try Program.withFolder { folder in
      try write(small, "s.yaml", in: folder)
      let result = try Program.run(
        executable: "/bin/sh",
        [
          "-c", "AVPFSIM=\"$1\" RESULTS=kept \"$2\" s.yaml --against s.yaml", "sh", Program.path,
          Self.root + "/rollouts/validate.sh",
        ], in: folder)
      #expect([0, 4].contains(result.code), "\(result.output)\(result.complaint)")
      #expect(
        Program.names(folder + "/kept") == ["calls", "junit.xml", "verdicts.json", "verdicts.txt"])
      let verdict = try members(folder + "/kept/verdicts.json")["verdict"] as? String
      #expect(verdict == (result.code == 0 ? "pass" : "inconclusive"))
      let bad = try Program.run(
        executable: "/bin/sh",
        [
          "-c", "AVPFSIM=\"$1\" RESULTS=kept \"$2\" none.yaml", "sh", Program.path,
          Self.root + "/rollouts/validate.sh",
        ], in: folder)
      #expect(bad.code == 2 && !Program.names(folder + "/kept").contains("junit.xml"))
    }
  }
}
