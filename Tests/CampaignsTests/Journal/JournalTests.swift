import Foundation
import Testing

@testable import Campaigns

@Suite("Journal")
struct JournalTests {
  let header = JournalHeader(
    document: CampaignDocument(kind: .plan, file: "p.yaml", text: "a: 1\nb: 2\n", seed: 7),
    shard: .whole, jobCount: 5)

  func withFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "avpfsim-journal-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func report(_ number: Int, _ text: String = "x", isDisturbed: Bool = false) -> JobReport {
    JobReport(
      number: number, result: .rows([text, "", "é\n", "", ""]), isDisturbed: isDisturbed)
  }

  func sentence(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("results come back by their numbers, whatever the order they came in")
  func order() throws {
    try withFolder { path in
      let journal = try Journal(folder: path + "/a", header: header, beginning: .new)
      #expect(journal.openJobs == [0, 1, 2, 3, 4])
      for number in [3, 0, 4] { try journal.append(report(number, "\(number)")) }
      #expect(journal.openJobs == [1, 2] && journal.resultCount == 3)
      for number in [0, 3, 4] {
        #expect(try journal.file.report(of: number) == report(number, "\(number)"))
      }
      #expect(try journal.file.report(of: 1) == nil)
      #expect(names(path + "/a") == ["journal.avpf"])
    }
  }

  @Test("what is begun without a result leaves nothing, what has one stays until it is removed")
  func remains() throws {
    try withFolder { path in
      do { _ = try Journal(folder: path + "/a/b", header: header, beginning: .new) }
      #expect(!FileManager.default.fileExists(atPath: path + "/a"))
      do {
        let journal = try Journal(folder: path + "/a/b", header: header, beginning: .new)
        try journal.append(report(1))
      }
      #expect(names(path + "/a/b") == ["journal.avpf"])
      try Journal(folder: path + "/a/b", header: header, beginning: .resume).remove()
      #expect(names(path + "/a/b").isEmpty)
    }
  }

  @Test("a journal is gone on from, thrown away, or refused with both ways out named")
  func beginnings() throws {
    try withFolder { path in
      do {
        let journal = try Journal(folder: path, header: header, beginning: .resume)
        try journal.append(report(2))
      }
      let refusal = sentence {
        _ = try Journal(folder: path, header: header, beginning: .new)
      }
      #expect(
        refusal
          == "\(path)/journal.avpf: found 1 of 5 jobs of an earlier run, expected --resume to go "
          + "on from them or --restart to begin anew")
      do {
        let journal = try Journal(folder: path, header: header, beginning: .resume)
        #expect(journal.openJobs == [0, 1, 3, 4])
      }
      do {
        let journal = try Journal(folder: path, header: header, beginning: .restart)
        #expect(journal.openJobs == [0, 1, 2, 3, 4])
      }
      #expect(names(path).isEmpty)
    }
  }

  @Test("jobs over which a process was ended are open again, and their later results hold")
  func disturbed() throws {
    try withFolder { path in
      do {
        let journal = try Journal(folder: path, header: header, beginning: .new)
        try journal.append(report(1, "old", isDisturbed: true))
        try journal.append(JobReport(number: 2, result: .failed("its own fault")))
        #expect(journal.openJobs == [0, 1, 3, 4] && journal.disturbedCount == 1)
      }
      let journal = try Journal(folder: path, header: header, beginning: .resume)
      #expect(journal.openJobs == [0, 1, 3, 4])
      try journal.append(report(1, "new"))
      #expect(journal.disturbedCount == 0 && journal.resultCount == 2)
      #expect(try journal.file.report(of: 1) == report(1, "new"))
    }
  }

  @Test("a journal that was cut off anywhere gives the results that are whole, and is written on")
  func cutOff() throws {
    try withFolder { path in
      do {
        let journal = try Journal(folder: path, header: header, beginning: .new)
        for number in 0..<3 { try journal.append(report(number, "\(number)")) }
      }
      let file = URL(fileURLWithPath: path + "/journal.avpf")
      let whole = try Data(contentsOf: file)
      for count in whole.indices {
        try whole[..<count].write(to: file)
        let journal = try Journal(folder: path, header: header, beginning: .resume)
        let kept = journal.resultCount
        #expect(journal.openJobs == Array(kept..<5))
        try journal.append(report(4, "after"))
        for number in kept..<3 { try journal.append(report(number, "\(number)")) }
        let again = try JournalFile(reading: file.path)
        for number in 0..<3 { #expect(try again.report(of: number) == report(number, "\(number)")) }
        #expect(try again.report(of: 4) == report(4, "after") && again.resultCount == 4)
      }
    }
  }

  @Test("the same results, however a journal is cut into pieces")
  func pieces() throws {
    var octets = JournalFormat.prefix + JournalFormat.frame(header.payload)
    for number in [4, 0, 4] {
      octets += JournalFormat.frame(report(number, "\(octets.count)").payload)
    }
    octets += [1, 2, 3]
    var whole = JournalScanner()
    try whole.append(octets[...])
    #expect(whole.places.compactMap { $0 }.count == 2 && whole.soundOctets == octets.count - 3)
    for step in [1, 2, 7, 64] {
      var scanner = JournalScanner()
      for start in stride(from: 0, to: octets.count, by: step) {
        try scanner.append(octets[start..<min(start + step, octets.count)])
      }
      #expect(scanner.places == whole.places && scanner.soundOctets == whole.soundOctets)
      #expect(scanner.header == header)
    }
  }

  @Test("another journal's header is refused with the one thing that differs")
  func differences() throws {
    func changed(_ change: (inout JournalHeader) -> Void) -> String? {
      var other = header
      change(&other)
      return header.difference(of: other)
    }
    #expect(changed { _ in } == nil)
    #expect(changed { $0.document.file = "./p.yaml" } == nil)
    #expect(
      changed { $0.version = "0.0.9" }
        == "found results of avpfsim 0.0.9, expected \(productVersion)")
    #expect(changed { $0.libvpxVersion = "v9" }?.hasPrefix("found results of libvpx v9, ") == true)
    #expect(changed { $0.libvpxBuild += " --fast" }?.contains("built with other options") == true)
    #expect(changed { $0.columnsChecksum += 1 }?.contains("other columns") == true)
    #expect(
      changed { $0.document.text = "a: 1\nb: 3\n" }
        == "found results of another plan, expected the same text (they differ from line 2 on)")
    #expect(
      changed { $0.document.seed = nil }
        == "found results of the plan's own seed, expected seed 7")
    #expect(
      changed { $0.shard = Shard(number: 1, count: 3)! }
        == "found a number of shards of 3, expected 1")
    #expect(
      changed { $0.jobCount = 6 } == "found a number of jobs of 6, expected 5")
  }

  @Test("a file that is no journal, or of another format, is refused and left alone")
  func otherFiles() throws {
    var other = JournalFormat.prefix
    other[8] = 9
    for (octets, reason) in [
      (Array("dear diary".utf8), "found something else, expected a journal of avpfsim"),
      (other, "found a journal in format 9, expected format 1"),
    ] {
      try withFolder { path in
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let file = path + "/journal.avpf"
        try Data(octets).write(to: URL(fileURLWithPath: file))
        let refusal = sentence {
          _ = try Journal(folder: path, header: header, beginning: .resume)
        }
        #expect(refusal == "\(file): \(reason)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data(octets))
      }
    }
  }

  @Test("one process writes at a time")
  func lock() throws {
    try withFolder { path in
      let journal = try Journal(folder: path, header: header, beginning: .new)
      for beginning in [Journal.Beginning.new, .resume, .restart] {
        let refusal = sentence {
          _ = try Journal(folder: path, header: header, beginning: beginning)
        }
        #expect(
          refusal == "\(path)/journal.avpf: another process is at work on it, expected none")
      }
      try journal.append(report(0))
    }
  }

  @Test("a folder that vanishes is noticed with the next result, and nothing is promised")
  func vanished() throws {
    try withFolder { path in
      let journal = try Journal(folder: path, header: header, beginning: .new)
      try journal.append(report(0))
      try FileManager.default.removeItem(atPath: path)
      let error = #expect(throws: CampaignError.self) { try journal.append(report(1)) }
      #expect(
        error
          == .environment(
            "\(path)/journal.avpf has vanished, expected it to stay until all calls are done"))
      #expect(journal.explaining(error!) == error)
    }
  }

  @Test("an error comes with what is kept")
  func explanation() throws {
    try withFolder { path in
      let journal = try Journal(folder: path, header: header, beginning: .new)
      #expect(journal.explaining(.interrupted(signal: 2)) == .interrupted(signal: 2))
      try journal.append(report(0))
      #expect(
        "\(journal.explaining(.interrupted(signal: 2)))"
          == "interrupted by signal 2; 1 of 5 jobs are kept in \(path)/journal.avpf; the same command "
          + "with --resume goes on from there")
    }
  }

  @Test("the checksum is CRC-32")
  func checksum() {
    // The check value of the algorithm's catalogues.
    #expect(Checksum.of(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(Checksum.of([UInt8]()) == 0)
  }
}
