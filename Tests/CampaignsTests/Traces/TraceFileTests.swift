import Configuration
import Foundation
import NetworkModels
import Testing

@testable import Campaigns

@Suite("Trace files and their reports")
struct TraceFileTests {
  /// A file of this text, gone after the body.
  private func withFile<T>(_ text: String, _ body: (String) throws -> T) throws -> T {
    let path = NSTemporaryDirectory() + "avpfsim-trace-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return try body(path)
  }

  private func complaint(_ text: String) throws -> String {
    try withFile(text) { path in
      do {
        _ = try TraceFile(path: path)
        return ""
      } catch let error as ConfigurationError {
        return error.description.replacing(path, with: "FILE")
      }
    }
  }

  @Test("errors name the file, the line, what was found and what was expected")
  func errors() throws {
    #expect(
      try complaint("7\n8\nsix\u{1B}\n")
        == "FILE:3: found the octet 27, as binary files have them, expected lines of text")
    #expect(
      try complaint("7\n8\nsix \"6\"\n") == "FILE:3: found \"six \"6\"\", expected one whole "
        + "number of ms from 0 to 1000000000")
    #expect(
      try complaint("")
        == "FILE: found nothing, expected a trace: packets, losses, a rate or opportunities")
    let long = try complaint("7\n" + String(repeating: "x", count: 100_000))
    #expect(long.count < 200 && long.contains("xxx...\", expected"))
    #expect(throws: ConfigurationError.self) { try TraceFile(path: "nowhere.txt") }
    #expect(throws: ConfigurationError.self) { try TraceFile(path: NSTemporaryDirectory()) }
  }

  @Test("losses make tables of figures, lengths and correlation; a rate makes one")
  func statistics() throws {
    let text = try withFile("# format: runs\n90 2\n7 1\n") { path in
      TraceStatisticsReport.text(try TraceFile(path: path), usesColour: false)
        .replacing(path, with: "FILE")
    }
    #expect(text.hasPrefix("Losses of FILE (runs)\n"))
    #expect(text.contains("\nloss rate                3.000        %\n"))
    #expect(text.contains("\nLengths of bursts\n") && text.contains("\nAutocorrelation of loss\n"))
    #expect(!text.contains("Delay"))
    let delays = try withFile("time_ms,lost,delay_ms,octets\n0,0,0,\n9,0,4,\n") { path in
      TraceStatisticsReport.text(try TraceFile(path: path), usesColour: false)
    }
    #expect(delays.contains("\nDelay above the least, of 2 packets\n"))
    let rate = try withFile("7\n9\n1000\n") { path in
      TraceStatisticsReport.text(try TraceFile(path: path), usesColour: false)
    }
    #expect(rate.hasPrefix("Rate of ") && rate.contains("  36.0  kbit/s\n"))
  }

  private func fit(_ recipe: TraceRecipe) throws -> String {
    try withFile(String(decoding: recipe.text(), as: UTF8.self)) { path in
      try TraceFitReport(TraceFile(path: path)).text(usesColour: false)
    }
  }

  @Test("the keys of a fit are those of a scenario, and come back to the model")
  func fitKeys() throws {
    var recipe = TraceRecipe(model: .gilbert)
    recipe.options = [("loss", "5%"), ("burst", "100ms")]
    recipe.duration = "1000s"
    let text = try fit(recipe)
    #expect(text.contains("Gilbert explains the data best"))
    let keys = try #require(text.range(of: "network:\n"))
    let yaml = String(text[keys.lowerBound...])
    let scenario = try ScenarioReader.read(ConfigurationFile.parse(yaml, file: "fit.yaml"))
    guard case .gilbertElliott(let rate, let meanBurst) = scenario.media.forward.loss else {
      Issue.record("\(yaml)")
      return
    }
    // Bursts of 10 packets are spells of 100 ms, of which packets each 10 ms see no short ones.
    #expect(abs(rate - 0.05) < 0.005 && abs(meanBurst.inMilliseconds - 95) < 8, "\(yaml)")
  }

  @Test("a fit of losses in both states comes back to the model through a scenario")
  func fitOfBothStates() throws {
    var recipe = TraceRecipe(model: .gilbertElliott)
    recipe.options = [("good-to-bad", "1%"), ("bad-to-good", "5%"), ("bad-loss", "50%")]
    recipe.duration = "300s"
    let text = try fit(recipe)
    #expect(text.contains("Gilbert-Elliott explains the data best"))
    let keys = try #require(text.range(of: "network:\n"))
    let yaml = String(text[keys.lowerBound...])
    let scenario = try ScenarioReader.read(ConfigurationFile.parse(yaml, file: "fit.yaml"))
    guard case .twoState(let model) = scenario.media.forward.loss else {
      Issue.record("\(yaml)")
      return
    }
    // A sixth of the time is bad, in spells of some 200 ms; 30,000 packets tell that roughly.
    #expect(abs(model.badShare - 1.0 / 6) < 0.04, "\(yaml)")
    #expect(abs(model.lossInBad - 0.5) < 0.06 && model.lossInGood < 0.02, "\(yaml)")
    #expect(model.meanBad > .milliseconds(140) && model.meanBad < .milliseconds(260), "\(yaml)")
  }

  @Test("a rate has no losses to fit")
  func fitOfRate() throws {
    try withFile("7\n9\n1000\n") { path in
      let error = #expect(throws: ConfigurationError.self) {
        try TraceFitReport(TraceFile(path: path))
      }
      #expect(
        error?.problem
          == "found a trace of a rate (mahimahi), expected one of packets to fit models of loss to")
    }
  }

  @Test("a picture has rows of slices with the time on which they begin")
  func picture() throws {
    let text = try withFile("# format: runs\n90 1\n") { path in
      TracePicture.text(try TraceFile(path: path))
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[2].hasPrefix("Loss, 10.0 ms a sign: · none"))
    #expect(lines[3] == "     0.00 s  " + String(repeating: "·", count: 60))
    #expect(lines[4] == "     0.60 s  " + String(repeating: "·", count: 30) + "█")
    let rate = try withFile("time_ms,kbps\n0,100\n720,0\n1440,\n") { path in
      TracePicture.text(try TraceFile(path: path))
    }
    #expect(rate.contains("\nRate, 2.0 ms a sign: █ 100 kbit/s, · none\n"))
    #expect(rate.contains("\n     0.60 s  " + String(repeating: "█", count: 60) + "\n"))
    #expect(rate.hasSuffix(String(repeating: "·", count: 60) + "\n"))
  }

  @Test("a plot has a panel for losses, and one for delays where there are any")
  func plot() throws {
    let script = try withFile("time_ms,lost,delay_ms,octets\n0,0,0,\n9,1,,\n12,0,4.5,\n") { path in
      TraceDrawing.plot(of: try TraceFile(path: path)).script
    }
    #expect(script.contains("set ylabel 'lost, %'"))
    #expect(script.contains("set ylabel 'largest delay, ms'") && script.contains(" 4.500\n"))
  }
}
