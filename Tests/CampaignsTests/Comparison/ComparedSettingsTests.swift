import Configuration
import Foundation
import Testing

@testable import Campaigns

@Suite("Settings compared")
struct ComparedSettingsTests {
  private func write(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "avpfsim-test-\(UUID().uuidString).yaml"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  private func withFiles(_ a: String, _ b: String, _ body: (String, String) throws -> Void) throws {
    let paths = try [write(a), write(b)]
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    try body(paths[0], paths[1])
  }

  private static let first = """
    name: old
    seed: 5
    calls: 2
    duration: 8s
    settings: {mechanism: pli, receiver: {playout-delay: 80ms}}
    networks: [{name: near, rtt: 40ms, loss: 2%}, {name: far, rtt: 200ms, signalling: {proxies: 2}}]
    gates: [recovery.p95 <= 2s]
    """
  private static let second = """
    name: new
    seed: 9
    calls: 7
    duration: 30s
    settings: {mechanism: sip-info}
    networks: [{name: elsewhere, rtt: 99ms}]
    gates: [psnr.mean >= 20dB]
    """

  @Test("the second's settings alone are taken, and nothing of the first's stays among them")
  func sides() throws {
    try withFiles(Self.first, Self.second) { a, b in
      let compared = try ComparedSettings(a, b)
      let (first, second) = (compared.first.settings.jobs, compared.second.settings.jobs)
      #expect(second.map(\.group) == ["near", "near", "far", "far"])
      #expect(second.map(\.scenario.seed) == first.map(\.scenario.seed))
      #expect(second.map(\.scenario.media) == first.map(\.scenario.media))
      #expect(Set(second.map(\.scenario.mechanism)) == [.sipInfo])
      #expect(second[0].scenario.receiver.playoutDelay == .milliseconds(60))
      #expect(second[2].scenario.signalling.proxies == 2)
      #expect(second.allSatisfy { $0.scenario.duration == .seconds(8) })
      #expect(compared.second.settings.name == "new")
    }
  }

  @Test("workers read the same calls from the documents")
  func documents() throws {
    try withFiles(Self.first, Self.second) { a, b in
      let compared = try ComparedSettings(a, b, calls: 3, seed: 11)
      for side in [compared.first, compared.second] {
        let jobs = try side.document.jobs()
        #expect(jobs == side.settings.jobs && jobs.count == 6)
      }
    }
  }

  @Test("a mistake is told of the file it is in")
  func mistakes() throws {
    try withFiles(Self.first, "gates: [recovery.p95 <= 2s]\nnetworks: [{nam: x}]\n") { a, b in
      do {
        _ = try ComparedSettings(a, b)
        Issue.record("the file is taken")
      } catch {
        #expect("\(error)".hasPrefix("\(b):2: networks[0]: unknown key \"nam\""))
      }
    }
  }
}
