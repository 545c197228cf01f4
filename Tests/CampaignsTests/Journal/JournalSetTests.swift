import Foundation
import Results
import Testing

@testable import Campaigns

@Suite("Sets of shards")
struct JournalSetTests {
  private static let text = """
    base: {duration: 1s, network: {loss: 5%}}
    groups: [{name: g, vary: {mechanism: [none, pli, sli, rpsi, fir, nack, sip-info]}}]

    """

  private let document = CampaignDocument(kind: .plan, file: "p.yaml", text: JournalSetTests.text)

  private func withFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "avpfsim-shards-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  /// Writes the shard with made-up rows.
  private func write(
    _ shard: String, in folder: String, lacking: Int = 0,
    changing change: (inout JournalHeader) -> Void = { _ in }
  ) throws {
    var header = JournalHeader(document: document, shard: Shard(shard)!, jobCount: 7)
    change(&header)
    let journal = try Journal(folder: folder, header: header, isShard: true, beginning: .new)
    for number in journal.openJobs.reversed().dropLast(lacking) {
      let rows = CSVFile.allCases.map { "\($0.rawValue) \(number)\n" }
      try journal.append(
        JobReport(number: number, result: number == 5 ? .failed("why, \"5\"") : .rows(rows)))
    }
    journal.keep()
  }

  private func refusal(_ paths: [String]) -> String {
    do {
      _ = try JournalSet(shards: paths)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("whatever their order and number, the rows are those of all jobs in theirs")
  func merging() throws {
    try withFolder { path in
      for shard in ["1/1", "1/2", "2/2", "1/3", "2/3", "3/3"] {
        try write(shard, in: "\(path)/\(shard.suffix(1))")
      }
      let jobs = try document.jobs()
      var files: [String] = []
      for shards in [
        ["1"], ["2"], ["3/"],
        ["3/shard-3-of-3.avpf", "3/shard-1-of-3.avpf", "3/shard-2-of-3.avpf"],
      ] {
        let journals = try JournalSet(shards: shards.map { "\(path)/\($0)" })
        let writer = try ResultsWriter(path: path + "/out")
        let failures = try journals.write(jobs, to: writer).failures
        #expect(failures.map(\.run) == [5] && failures[0].reason == "why, \"5\"")
        try writer.commit()
        files.append(
          try CSVFile.allCases.map {
            try String(contentsOfFile: "\(path)/out/\($0.fileName)", encoding: .utf8)
          }.joined())
      }
      #expect(Set(files).count == 1)
      #expect(
        files[0].hasPrefix(
          CSVFile.episodes.header + "episodes 0\nepisodes 1\nepisodes 2\nepisodes 3\nepisodes 4\n"
            + "episodes 6\n" + CSVFile.frames.header))
      #expect(files[0].contains("\nruns 4\n5,g,") && files[0].contains("\nruns 6\n"))
    }
  }

  @Test("shards that are missing, unfinished or there twice are named")
  func gaps() throws {
    try withFolder { path in
      try write("1/4", in: path)
      try write("3/4", in: path)
      #expect(refusal([path]) == "found 2 of 4 shards, expected all: 2/4, 4/4 are missing")
      try write("2/4", in: path)
      #expect(refusal([path]) == "found 3 of 4 shards, expected all: 4/4 is missing")
      try write("4/4", in: path)
      #expect(refusal([path]) == "")
      try write("2/4", in: path + "/again", lacking: 1)
      let one = "\(path)/shard-1-of-4.avpf"
      let again = "\(path)/again/shard-2-of-4.avpf"
      #expect(
        refusal([path, one]) == "\(one): found shard 1/4 twice, expected it once; it is also \(one)"
      )
      #expect(
        refusal([one, again, "\(path)/shard-3-of-4.avpf", "\(path)/shard-4-of-4.avpf"])
          == "\(again): found 1 of the 2 jobs of shard 2/4, expected all; avpfsim suite with "
          + "--shard 2/4 --resume does the rest")
    }
  }

  @Test("shards of another campaign or build are refused, whichever comes first")
  func others() throws {
    try withFolder { path in
      try write("1/2", in: path)
      let changes: [(String, (inout JournalHeader) -> Void)] = [
        ("results of avpfsim 9", { $0.version = "9" }),
        ("results of libvpx v9", { $0.libvpxVersion = "v9" }),
        ("built with other options", { $0.libvpxBuild = "" }),
        ("other columns", { $0.columnsChecksum = 1 }),
        ("results of another plan", { $0.document.text += "# x\n" }),
        ("seed 3", { $0.document.seed = 3 }),
      ]
      for (index, (expected, change)) in changes.enumerated() {
        let folder = "\(path)/\(index)"
        try write("2/2", in: folder, changing: change)
        for paths in [[path, folder], [folder, path]] {
          let sentence = refusal(paths)
          #expect(
            sentence.contains(expected) && sentence.hasPrefix("\(folder)/shard-2-of-2.avpf: found ")
          )
        }
      }
      // All alike, and yet not for this program.
      try write("1/1", in: path + "/old") { $0.version = "0.0.1" }
      #expect(
        refusal([path + "/old"]).contains("results of avpfsim 0.0.1, expected "))
      // Where they were coded does not matter to who puts them together.
      try write("1/1", in: path + "/elsewhere") { $0.libvpxVersion = "v9" }
      #expect(refusal([path + "/elsewhere"]) == "")
    }
  }

  @Test("what is no shard is said")
  func otherFiles() throws {
    try withFolder { path in
      #expect(
        refusal([path + "/none"]) == "\(path)/none: cannot be read: No such file or directory")
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      #expect(refusal([path]).hasPrefix("\(path): found no shard in the folder, expected "))
      try Data("shard".utf8).write(to: URL(fileURLWithPath: path + "/shard-1-of-1.avpf"))
      #expect(
        refusal([path])
          == "\(path)/shard-1-of-1.avpf: found something else, expected a journal of avpfsim")
      try Data("avpf".utf8).write(to: URL(fileURLWithPath: path + "/shard-1-of-1.avpf"))
      #expect(
        refusal([path])
          == "\(path)/shard-1-of-1.avpf: found a journal without results, expected one of a shard")
    }
  }
}
