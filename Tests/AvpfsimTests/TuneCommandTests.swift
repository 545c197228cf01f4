import Foundation
import Testing

@Suite("Command line: tune", .serialized)
struct TuneCommandTests {
  private static let settings = """
    duration: 6s
    calls: 6
    settings:
      mechanism: none
      video: {source: talking-head, size: 160x120, rate: 15fps}
      codec: {rc_target_bitrate: 100, cpu-used: -16}
    networks: [{name: bad wifi, rtt: 60ms, loss: 3%}]
    gates: [bitrate.mean <= 5Mbps, recovery.median <= 1ms]
    """

  private func withSettings(_ body: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      try Self.settings.write(
        toFile: "\(folder)/s.yaml", atomically: false, encoding: .utf8)
      try body(folder)
    }
  }

  @Test("asking for repair beats waiting for it; the same whatever --jobs, with a table and a plot")
  func search() throws {
    try withSettings { folder in
      let command = [
        "tune", "s.yaml", "--over", "mechanism=[none, pli],receiver.playout-delay=[60ms, 200ms]",
        "--probes", "3",
      ]
      let one = try Program.run(command + ["--jobs", "1", "-o", "one"], in: folder)
      let three = try Program.run(command + ["--jobs", "3", "-o", "three"], in: folder)
      #expect(one.code == 0 && three.code == 0)
      #expect(
        one.complaint.hasPrefix(
          "avpfsim: trying 4 combinations of mechanism, receiver.playout-delay on bad wifi\n"))
      #expect(
        one.output.replacing("one/", with: "three/") == three.output)
      let table = try String(contentsOfFile: "\(folder)/one/tuning.csv", encoding: .utf8)
      #expect(
        try table == String(contentsOfFile: "\(folder)/three/tuning.csv", encoding: .utf8))
      let lines = table.split(separator: "\n")
      #expect(
        lines[0] == "round,seeds,candidate,present,rank,kept,mechanism,receiver.playout-delay,"
          + "recovery_mean_ms,media_kbps,psnr_db")
      #expect(lines.count == 1 + 4 * 4)
      #expect(lines[1].hasPrefix("1,2,0,true,"))
      #expect(lines[1].contains(",none,60ms,"))
      #expect(
        Program.names("\(folder)/one") == ["front.gp", "front.png", "front.svg", "tuning.csv"])
      #expect(one.output.contains("\n* mechanism none, receiver.playout-delay 60ms "))
      #expect(one.output.contains("Change mechanism to pli: mean recovery is 0."))
      #expect(one.output.contains("fails recovery.median <= 1ms"))
    }
  }

  @Test("mistakes end with 2 and one sentence, before anything is run")
  func mistakes() throws {
    try withSettings { folder in
      for (arguments, sentence) in [
        (
          ["--over", "golden-intervall"],
          "--over: unknown key \"golden-intervall\", did you mean golden-interval?"
        ),
        (
          ["--over", "playout-delay=[60]"],
          "--over:1: receiver.playout-delay: found \"60\", expected a duration such as 50ms or 2s"
        ),
        (
          ["--over", "cpu-used", "--probes", "0"],
          "The value '0' is invalid for '--probes <probes>': expected a whole number from 1 to 100 "
            + "(see avpfsim tune --help)"
        ),
      ] {
        let result = try Program.run(["tune", "s.yaml", "-o", "out"] + arguments, in: folder)
        #expect(result.code == 2 && result.output.isEmpty)
        #expect(result.complaint == "avpfsim: \(sentence)\n")
        #expect(Program.names(folder) == ["s.yaml"])
      }
    }
  }
}
