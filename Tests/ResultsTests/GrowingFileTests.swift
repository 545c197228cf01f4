import Foundation
import Results
import Testing

@Suite("Files that grow beside their place")
struct GrowingFileTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "growing-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func write(_ text: String, to file: GrowingFile) {
    Array(text.utf8).withUnsafeBytes { file.write($0) }
  }

  @Test("a file has its name when it is complete, and not before")
  func commit() throws {
    try withFolder { folder in
      let file = try GrowingFile(path: folder + "/a")
      write("one ", to: file)
      write("two", to: file)
      #expect(try names(folder) == [".a.partial"])
      Array("ONE".utf8).withUnsafeBytes { file.overwrite($0, at: 0) }
      write("!", to: file)
      try file.commit()
      #expect(try names(folder) == ["a"])
      #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "ONE two!")
    }
  }

  @Test("what stood there stays until the new file is complete, and forever where it never is")
  func abandoned() throws {
    try withFolder { folder in
      try "old".write(toFile: folder + "/a", atomically: false, encoding: .utf8)
      do {
        let file = try GrowingFile(path: folder + "/a")
        write("new", to: file)
      }
      #expect(try names(folder) == ["a"])
      #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "old")
    }
  }

  @Test("a place that cannot be written is refused at once, with the system's reason")
  func unwritable() throws {
    try withFolder { folder in
      #expect(
        throws: OutputError.unwritable(
          path: folder + "/no/a", reason: "no such file or directory")
      ) { try GrowingFile(path: folder + "/no/a") }
      #expect(
        throws: OutputError.unwritable(path: folder, reason: "found a folder or a device")
      ) { try GrowingFile(path: folder) }
      #expect(
        throws: OutputError.unwritable(path: "/dev/null", reason: "found a folder or a device")
      ) { try GrowingFile(path: "/dev/null") }
    }
  }
}
