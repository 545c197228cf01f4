import CallSimulation
import Configuration
import Foundation
import MediaSession
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import Campaigns

/// The documentation's page of settings checks, whose files are what it says and do what it says.
@Suite("Page of settings checks")
struct SettingsCheckDocumentationTests {
  /// The page's sections that have files, in order.
  private static let sections: [(title: String, files: [String])] = {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/avpfsim/avpfsim.docc/SettingsChecks.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n## ").dropFirst().map { section in
      let files = section.components(separatedBy: "```yaml\n").dropFirst().map {
        $0.components(separatedBy: "```")[0]
      }
      return (section.components(separatedBy: "\n")[0], files)
    }
  }()

  @Test("it has files for each check")
  func count() {
    #expect(Self.sections.map(\.files.count) == [1, 1, 1, 2, 1, 3, 1, 4, 1, 2, 1])
  }

  @Test("each file is read, and told about once", arguments: sections.flatMap(\.files))
  func told(text: String) throws {
    let node = try ConfigurationFile.parse(text, file: "page")
    let warnings = ScenarioReader.warnings(try ScenarioReader.read(node), node)
    #expect(warnings.count == 1, "\(warnings)")
  }

  /// Runs a file of a section.
  private func call(_ title: String, _ file: Int = 0) throws -> CallRecords {
    let section = try #require(Self.sections.first { $0.title == title })
    let scenario = try ScenarioReader.read(
      ConfigurationFile.parse(section.files[file], file: "page"))
    let frames = scenario.video.frameRate.frameCount(within: scenario.duration)
    let clip = try Clip.load(scenario.video, frames: frames)
    return try simulateCall(scenario, clip: clip)
  }

  @Test("without error resilience a wrong picture is believed, until the next key frame")
  func errorResilience() throws {
    let episode = try #require(
      call("Repair by reference without error resilience").episodes.first)
    #expect(episode.falseRepair)
    #expect(episode.repairKind == "key")
    #expect(episode.recoveryCaptured == .zero + .seconds(4))
    #expect(episode.duration > .seconds(2))
  }

  @Test("with temporal layers the repair comes from altref, which is the first frame yet")
  func layers() throws {
    let call = try call("RPSI with temporal layers")
    let episode = try #require(call.episodes.first)
    #expect(episode.repairKind == "altref")
    let renewed = call.frames.filter { $0.referencesUpdated?.contains("altref") ?? false }
    #expect(renewed.map(\.frame) == [0])
  }

  @Test("without PictureID only PLI is sent, and a key frame repairs")
  func pictureID() throws {
    let call = try call("SLI or RPSI without PictureID")
    #expect(Set(call.feedback.map(\.kind)) == ["pli"])
    #expect(call.episodes.map(\.repairKind) == ["key"])
  }

  @Test("what answers does not end the wait for a key frame")
  func endlessWait() throws {
    let title = "A wait that the answer never ends"
    let deaf = try call(title)
    #expect(deaf.episodes.map(\.isCensored) == [true])
    #expect(deaf.totals.goldenAltrefRecoveryFrames > 5)
    #expect(deaf.totals.keyFrames == 1)
    let late = try call(title, 1)
    let episode = try #require(late.episodes.first)
    #expect(episode.repairKind == "key")
    #expect(episode.duration > .seconds(2))
    #expect(late.feedback.last { $0.kind == "pli" }?.outcome == "answered")
  }

  @Test("a receiver that believes in any whole frame asks once and shows a wrong picture")
  func gullible() throws {
    let call = try call("A receiver that believes too much")
    let episode = try #require(call.episodes.first)
    #expect(episode.falseRepair)
    #expect(episode.isCensored)
    #expect(call.feedback.filter { $0.kind == "pli" }.count == 1)
  }

  @Test("where nobody asks, and no key frame comes by itself, the loss stays", arguments: 0..<3)
  func nobodyAsks(file: Int) throws {
    let call = try call("Nobody can ask", file)
    #expect(call.episodes.map(\.isCensored) == [true])
    #expect(call.totals.keyFrames == 1)
    #expect(!call.feedback.contains { $0.kind != "nack" })
  }

  @Test("a key frame without room has the worst quantizer")
  func noRoom() throws {
    let episode = try #require(call("Key frames without room").episodes.first)
    #expect(episode.repairKind == "key")
    #expect(episode.repairQuantizer == 56)
  }

  @Test(
    "a key frame that is damaged is not answered for a guard's time",
    arguments: [(0, 1_000), (1, 1_000), (2, 1_200), (3, 160)])
  func ignored(file: Int, milliseconds: Int64) throws {
    let call = try call("Requests that are ignored", file)
    #expect(call.feedback.contains { $0.outcome == "guarded" })
    let episode = try #require(call.episodes.first)
    #expect(!episode.isCensored)
    #expect(episode.duration > .milliseconds(milliseconds))
    let keys = call.frames.filter { $0.kind == .key }.map(\.captured)
    let damaged = try #require(keys.dropFirst().first)
    let repair = try #require(episode.recoveryCaptured)
    #expect(repair - damaged >= .milliseconds(milliseconds))
  }

  @Test("a rate above the link's leaves the picture broken")
  func rate() throws {
    let call = try call("A rate above the link's")
    #expect(call.episodes.last?.isCensored == true)
    #expect(call.totals.brokenTime > .seconds(3))
  }

  @Test("a key frame takes long on the way and is seen as a freeze", arguments: 0..<2)
  func freeze(file: Int) throws {
    let call = try call("A key frame that is a freeze", file)
    #expect(call.totals.freezes > 0)
    let repair = try #require(call.frames.first { $0.kind == .key && $0.frame > 0 })
    let arrived = try #require(repair.arrived)
    #expect(arrived - repair.captured > .milliseconds(190))
  }

  @Test("feedback over little RTCP bandwidth goes after seconds or never")
  func scarceFeedback() throws {
    let call = try call("Feedback that waits")
    let unsent = call.feedback.filter { $0.sent == nil }
    #expect(unsent.count > call.feedback.count / 2)
    #expect(call.episodes.contains { $0.duration > .seconds(2) })
  }
}
