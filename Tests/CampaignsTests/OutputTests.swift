import Foundation
import Results
import Testing

@testable import Campaigns

extension Descriptor {
  /// Of the file that it is open on.
  static func path(of descriptor: Int32) -> String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)"))
      ?? ""
  }
}

@Suite("Results writer and progress")
struct OutputTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "avpfsim-output-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  @Test("files have their names only once all are whole")
  func commit() throws {
    try withFolder { path in
      let folder = try ResultsWriter(path: path + "/a/b/")
      try folder.append(["1\n", "2\n", "3\n", "4\n", "5\n"])
      #expect(names(path + "/a/b").allSatisfy { $0.hasPrefix(".") })
      try folder.commit(adding: [("story.txt", "once\n")])
      #expect(
        names(path + "/a/b")
          == ["episodes.csv", "feedback.csv", "frames.csv", "probes.csv", "runs.csv", "story.txt"])
      let text = try String(contentsOfFile: path + "/a/b/feedback.csv", encoding: .utf8)
      #expect(text == CSVFile.feedback.header + "3\n")
    }
  }

  @Test("files have their names only once the disk has all of them, and then it gets the names")
  func settling() throws {
    try withFolder { path in
      var settled: [String] = []
      var namesThen: [[String]] = []
      var disk = Disk()
      disk.synchronize = { descriptor in
        settled.append(Descriptor.path(of: descriptor))
        namesThen.append(names(path).filter { !$0.hasPrefix(".") })
        return 0
      }
      let folder = try ResultsWriter(path: path, files: CSVFile.ofCalls, disk: disk)
      try folder.append(["1\n", "2\n", "3\n", "4\n", ""])
      try folder.commit(adding: [("story.txt", "once\n")])
      #expect(settled.count >= 6 && settled.prefix(5).allSatisfy { $0.hasSuffix(".part") })
      #expect(namesThen.prefix(5).allSatisfy { $0.isEmpty })
      #expect(settled[5] == path)
      #expect(
        namesThen[5] == ["episodes.csv", "feedback.csv", "frames.csv", "runs.csv", "story.txt"])
    }
  }

  @Test("a disk that cannot keep the files ends it, and leaves none")
  func failingDisk() throws {
    try withFolder { path in
      var disk = Disk()
      disk.synchronize = { _ in
        errno = ENOSPC
        return -1
      }
      let error = #expect(throws: CampaignError.self) {
        try ResultsWriter(path: path, disk: disk).commit()
      }
      #expect("\(error!)".contains("cannot be written: No space left on device"))
      #expect(names(path).isEmpty)
      // A file system that knows nothing of the kind is no fault.
      disk.synchronize = { _ in
        errno = EINVAL
        return -1
      }
      try ResultsWriter(path: path, disk: disk).commit()
      #expect(names(path).contains("runs.csv"))
    }
  }

  @Test("files that are not wanted are not there, nor those of an earlier use")
  func fewerFiles() throws {
    try withFolder { path in
      try ResultsWriter(path: path).commit()
      #expect(names(path).contains("probes.csv"))
      let folder = try ResultsWriter(path: path, files: CSVFile.ofCalls)
      try folder.append(["1\n", "2\n", "3\n", "4\n", ""])
      try folder.commit()
      #expect(names(path) == ["episodes.csv", "feedback.csv", "frames.csv", "runs.csv"])
      let text = try String(contentsOfFile: path + "/runs.csv", encoding: .utf8)
      #expect(text == CSVFile.runs.header + "4\n")
    }
  }

  @Test("what is not committed is gone, and earlier results stay")
  func abandon() throws {
    try withFolder { path in
      try ResultsWriter(path: path).commit()
      let before = try Data(contentsOf: URL(fileURLWithPath: path + "/runs.csv"))
      do {
        let folder = try ResultsWriter(path: path)
        try folder.append(["x\n", "x\n", "", "x\n", String(repeating: "x", count: 200_000)])
      }
      #expect(
        names(path) == ["episodes.csv", "feedback.csv", "frames.csv", "probes.csv", "runs.csv"])
      #expect(try Data(contentsOf: URL(fileURLWithPath: path + "/runs.csv")) == before)
    }
  }

  @Test("what was derived from earlier rows goes with them, and other people's files stay")
  func derived() throws {
    try withFolder { path in
      let plots = path + "/plots"
      try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true)
      for name in ["report.html", "story.txt", "mine.txt", "plots/causes-by-mechanism.svg"] {
        try "old".write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
      }
      try ResultsWriter(path: path).commit(adding: [("story.txt", "new")])
      #expect(
        names(path) == [
          "episodes.csv", "feedback.csv", "frames.csv", "mine.txt", "probes.csv", "runs.csv",
          "story.txt",
        ])
      #expect(try String(contentsOfFile: path + "/story.txt", encoding: .utf8) == "new")
    }
  }

  @Test("a folder that cannot be is a mistake of the command line")
  func impossibleFolder() throws {
    try withFolder { path in
      try ResultsWriter(path: path).commit()
      for bad in [path + "/runs.csv", path + "/runs.csv/below", ""] {
        let error = #expect(throws: CampaignError.self) { try ResultsWriter(path: bad) }
        guard case .usage = error else {
          Issue.record("\(bad): \(String(describing: error))")
          continue
        }
      }
    }
  }

  @Test("a name taken by a folder is a fault that leaves nothing behind")
  func takenName() throws {
    try withFolder { path in
      try FileManager.default.createDirectory(
        atPath: path + "/episodes.csv", withIntermediateDirectories: true)
      #expect(throws: CampaignError.self) { try ResultsWriter(path: path).commit() }
      #expect(names(path) == ["episodes.csv"])
    }
  }

  @Test("the progress line tells rate and remaining time once there is something to go by")
  func progress() {
    #expect(Progress.line(.calls, done: 0, total: 612, seconds: 5) == "0/612 calls, 0 %")
    #expect(
      Progress.line(.calls, done: 123, total: 612, seconds: 15)
        == "123/612 calls, 20 %, 8.2/s, 1:00 left")
    #expect(
      Progress.line(.calls, done: 1, total: 7_201, seconds: 1)
        == "1/7201 calls, 0 %, 1.0/s, 2:00:00 left")
    #expect(
      Progress.line(.calls, done: 10, total: 10, seconds: 4)
        == "10/10 calls, 100 %, 2.5/s, 0:00 left")
  }

  @Test("work of unlike sizes, and work that was done before, leave the remaining time right")
  func unlikeWork() {
    // 100 of 300 calls took 10 s; 200 had been there.
    #expect(
      Progress.line(
        .calls, done: 300, total: 600, share: 0.5, seconds: 10, before: 200, shareBefore: 1.0 / 3)
        == "300/600 calls, 50 %, 10.0/s, 0:30 left")
    #expect(
      Progress.line(.calls, done: 200, total: 600, seconds: 10, before: 200, shareBefore: 1.0 / 3)
        == "200/600 calls, 33 %")
    #expect(
      Progress.line(.callsAndFutures, done: 100, total: 1_100, share: 0.5, seconds: 60)
        == "100/1100 calls and futures, 50 %, 1.7/s, 1:00 left")
    #expect(
      Progress.line(.futures, done: 1_200, total: 1_200, share: 1, seconds: 60)
        == "1200/1200 futures, 100 %, 20.0/s, 0:00 left")
  }

  @Test("one call's progress is told in simulated time")
  func simulatedTime() {
    #expect(
      Progress.line(.seconds, done: 0, total: 7_200, seconds: 0) == "0:00 of 2:00:00 simulated, 0 %"
    )
    #expect(
      Progress.line(.seconds, done: 612, total: 7_200, seconds: 20)
        == "10:12 of 2:00:00 simulated, 8 %, 30.6 times real time, 3:36 left")
  }

  @Test("folders made for what is not committed go, those that hold something stay")
  func newFolders() throws {
    try withFolder { path in
      do {
        let folder = try ResultsWriter(path: path + "/a/b/c")
        try folder.append(["1\n", "2\n", "3\n", "4\n", "5\n"])
        try "mine".write(toFile: path + "/a/note.txt", atomically: false, encoding: .utf8)
      }
      #expect(names(path + "/a") == ["note.txt"])
      do { _ = try ResultsWriter(path: path + "/a") }
      #expect(names(path + "/a") == ["note.txt"])
      try ResultsWriter(path: path + "/a/b/c").commit()
      #expect(names(path + "/a/b") == ["c"])
    }
  }
}
