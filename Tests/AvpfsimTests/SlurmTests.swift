import Foundation
import Testing

@Suite("Command line: Slurm", .serialized)
struct SlurmTests {
  private static let plan = """
    seeds: 3
    base: {duration: 1s, video: {size: 160x120, rate: 10fps}, network: {loss: 5%}}
    groups:
      - {name: rtt, vary: {network.rtt: [20ms, 80ms], mechanism: [pli, sip-info]}}
      - {name: probes, set: {duration: 4s}, probes: {count: 3, from: 500ms, horizon: 1s}}

    """

  @Test(
    "the example's job array of four shards gives the files of a single machine",
    .enabled(if: SlurmCluster.isPossible, "needs root, and the packages slurm-wlm and munge"))
  func array() throws {
    try Program.withFolder { folder in
      for place in ["one", "many"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(place)", withIntermediateDirectories: true)
        try Self.plan.write(toFile: "\(folder)/\(place)/p.yaml", atomically: true, encoding: .utf8)
      }
      let single = try Program.run(["suite", "p.yaml", "-o", "study"], in: folder + "/one")
      #expect(single.code == 0, "\(single.complaint)")

      let cluster = try SlurmCluster(folder: folder + "/slurm")
      defer { cluster.end() }
      let script = try Program.run(["example", "slurm"]).output
      try script.write(toFile: folder + "/many/study.sbatch", atomically: true, encoding: .utf8)
      let submitted = try cluster.run(
        "sbatch", ["study.sbatch", "p.yaml", "study"], in: folder + "/many",
        variables: ["AVPFSIM=\(Program.path)"])
      #expect(submitted.code == 0, "\(submitted.complaint)")
      #expect(try cluster.becomesEmpty())

      let logs = Program.names(folder + "/many").filter { $0.hasSuffix(".log") }
      let told = logs.map {
        (try? String(contentsOfFile: "\(folder)/many/\($0)", encoding: .utf8)) ?? ""
      }
      #expect(logs.count == 5, "\(told)")
      let names = Program.names(folder + "/one/study")
      #expect(Program.names(folder + "/many/study") == (names + ["shards"]).sorted(), "\(told)")
      #expect(Program.names(folder + "/many/study/shards").count == 4)
      for name in names where !name.hasPrefix("plots") {
        #expect(
          FileManager.default.contents(atPath: "\(folder)/many/study/\(name)")
            == FileManager.default.contents(atPath: "\(folder)/one/study/\(name)"),
          "\(name) differs")
      }
    }
  }

  @Test("without its two arguments the script says how it is used")
  func usage() throws {
    let script = try Program.run(["example", "slurm"]).output
    let result = try Program.run(
      executable: "/bin/bash", ["-c", script, "study.sbatch", "plan.yaml"])
    #expect(result.code == 2)
    #expect(result.complaint == "usage: sbatch study.sbatch PLAN FOLDER\n")
  }
}
