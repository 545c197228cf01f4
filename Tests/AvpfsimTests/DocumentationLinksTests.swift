import Foundation
import Testing

@Suite("Pages of the documentation")
struct DocumentationLinksTests {
  private static func documentLinks(_ text: String) -> [String] {
    text.matches(of: /<doc:([^>]*)>/).map { String($0.1) }
  }

  /// The targets of links and images to files, without what stands behind a `#`.
  private static func fileLinks(_ text: String) -> [String] {
    text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
      .filter { !$0.contains("://") && !$0.hasPrefix("#") }
      .map { String($0.split(separator: "#")[0]) }
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.standardized.path)
  }

  /// The names of all files with Swift source below a folder, without `.swift`.
  private static func sources(_ folder: String) -> Set<String> {
    let files = FileManager.default.enumerator(
      atPath: DocumentationPages.root.appending(path: folder).path)
    let names = (files?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".swift") }
    return Set(names.map { URL(filePath: $0).deletingPathExtension().lastPathComponent })
  }

  @Test("the index has every page exactly once among its topics, and no others")
  func index() throws {
    let parts = try DocumentationPages.text("avpfsim").components(separatedBy: "\n## Topics\n")
    try #require(parts.count == 2)
    let linked = Self.documentLinks(parts[1])
    let pages = try DocumentationPages.names().filter { $0 != "avpfsim" }
    #expect(pages.count > 20)
    #expect(linked.sorted() == pages)
  }

  @Test("every link to a page leads to one")
  func pages() throws {
    let names = try DocumentationPages.names()
    for name in names {
      for link in Self.documentLinks(try DocumentationPages.text(name)) {
        #expect(names.contains(link), "\(name).md: <doc:\(link)>")
      }
    }
  }

  @Test("every link to a file leads to one, from the pages, the README and the other texts")
  func files() throws {
    let catalog = DocumentationPages.catalog
    for name in try DocumentationPages.names() {
      for link in Self.fileLinks(try DocumentationPages.text(name)) {
        // DocC finds images by their names, with or without what kind of image it is.
        let places = [link, "Resources/\(link)", "Resources/\(link).svg", "Resources/\(link).png"]
        #expect(
          places.contains { Self.exists(catalog.appending(path: $0)) }, "\(name).md: \(link)")
      }
    }
    var count = 0
    for path in ["README.md", "CHANGELOG.md", "traces/README.md"] {
      let file = DocumentationPages.root.appending(path: path)
      for link in Self.fileLinks(try String(contentsOf: file, encoding: .utf8)) {
        let target = file.deletingLastPathComponent().appending(path: link)
        #expect(Self.exists(target), "\(path): \(link)")
        count += 1
      }
    }
    #expect(count > 15)
  }

  @Test("prose is broken at 120 columns")
  func width() throws {
    for name in try DocumentationPages.names() {
      for line in DocumentationPages.lines(try DocumentationPages.text(name)) where line.isProse {
        #expect(line.text.count <= 120, "\(name).md:\(line.number)")
      }
    }
    for line in DocumentationPages.lines(try DocumentationPages.readme()) where line.isProse {
      #expect(line.text.count <= 120, "README.md:\(line.number)")
    }
  }

  @Test("each page begins with a title and soon asks or says what it is about")
  func beginnings() throws {
    for name in try DocumentationPages.names() {
      let lines = try DocumentationPages.text(name).split(separator: "\n")
      #expect(lines.first?.hasPrefix("# ") ?? false, "\(name).md")
      #expect(lines.dropFirst().first.map { !$0.hasPrefix("#") } ?? false, "\(name).md")
    }
  }

  @Test("files, types and suites that the page on extending names are there")
  func sources() throws {
    let text = try DocumentationPages.text("Extending")
    let quoted = text.matches(of: /`([^`\n]+)`/).map { String($0.1) }
    let (sources, tests) = (Self.sources("Sources"), Self.sources("Tests"))
    var counts = (paths: 0, files: 0, suites: 0)
    for name in quoted {
      if name.contains("/") {
        #expect(Self.exists(DocumentationPages.root.appending(path: name)), "\(name)")
        counts.paths += 1
      } else if name.hasSuffix(".swift") {
        #expect(sources.contains(String(name.dropLast(6))), "\(name)")
        counts.files += 1
      } else if name.hasSuffix("Tests") {
        #expect(tests.contains(name), "\(name)")
        counts.suites += 1
      }
    }
    #expect(counts.paths > 15 && counts.files > 5 && counts.suites > 8)
  }

  @Test("names that the page on extending tells to change are in the files that it names")
  func declarations() throws {
    for (path, name) in [
      ("Sources/MediaSession/Receiver/FeedbackPolicy.swift", "enum FeedbackMessage"),
      ("Sources/CallSimulation/Probes/Scenario+Past.swift", "unaskedMechanism"),
      ("Sources/Campaigns/SDP/NegotiatedSettings.swift", "let mechanisms: [Mechanism]"),
      ("Sources/Results/Summary/ResultSet.swift", "static let known = ["),
      ("Sources/NetworkModels/Loss/LossModel.swift", "func scaled(by"),
      ("Sources/NetworkModels/Loss/LossChannel.swift", "private enum Process"),
      ("Sources/Campaigns/Scenario/LinkReader.swift", "func namedModel"),
      ("Sources/MediaSession/Profiles/EndpointProfile+Receiver.swift", "extension RTCPSettings"),
      ("Sources/Signalling/InfoPolicy.swift", "enum Policy"),
    ] {
      let file = DocumentationPages.root.appending(path: path)
      #expect(try String(contentsOf: file, encoding: .utf8).contains(name), "\(path): \(name)")
    }
  }
}
