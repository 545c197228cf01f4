import Configuration
import Foundation
import Testing

@testable import Campaigns

@Suite("The project's own traces")
struct TraceShelfTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("traces").path

  @Test("are read, and their statistics stand in the folder's README: run make traces")
  func readme() throws {
    let (table, faults) = try TraceShelf(folder: Self.folder).list()
    #expect(faults.isEmpty && table.rows.count == 6)
    let readme = try String(contentsOfFile: "\(Self.folder)/README.md", encoding: .utf8)
    let lines = table.text(usesColour: false).split(separator: "\n").dropFirst()
    #expect(readme.contains(lines.joined(separator: "\n")))
  }

  @Test("a folder without files, or none at all, is refused; what is no trace is named")
  func faults() throws {
    #expect(throws: ConfigurationError.self) { try TraceShelf(folder: "nowhere") }
    let folder = NSTemporaryDirectory() + "avpfsim-traces-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(throws: ConfigurationError.self) { try TraceShelf(folder: folder) }
    try "hello\n".write(toFile: "\(folder)/a.txt", atomically: false, encoding: .utf8)
    try "0101\n".write(toFile: "\(folder)/b.txt", atomically: false, encoding: .utf8)
    try "# b\n".write(toFile: "\(folder)/README.md", atomically: false, encoding: .utf8)
    let (table, faults) = try TraceShelf(folder: folder).list()
    #expect(table.rows.map(\.first) == ["b.txt"])
    #expect(faults.count == 1 && faults[0].description.hasPrefix("\(folder)/a.txt:1: found"))
  }
}
