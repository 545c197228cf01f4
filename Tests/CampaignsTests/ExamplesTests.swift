import CallSimulation
import Configuration
import Testing

@testable import Campaigns

@Suite("Examples")
struct ExamplesTests {
  private func node(_ example: Example) throws -> ConfigurationNode {
    try ConfigurationFile.parse(example.text, file: "\(example).yaml")
  }

  @Test("the scenario has every key of a network, in use or as a comment")
  func networkKeys() {
    let words = Example.scenario.text.split { " {#\n".contains($0) }
    for key in NetworkReader.keys {
      #expect(words.contains { $0 == "\(key):" }, "\(key)")
    }
  }

  @Test("the scenario shows every default as it is, save the loss that makes it interesting")
  func scenario() throws {
    var read = try ScenarioReader.read(node(.scenario))
    #expect(read.media.forward.loss.rate == 0.01)
    read.media.forward.loss = .none
    read.media.reverse.loss = .none
    #expect(read == Scenario())
  }

  @Test("the plan and the settings are read by their readers")
  func others() throws {
    #expect(try Plan(node(.plan)).jobs.count > 0)
    let settings = try ValidationSettings(node(.settings))
    #expect(settings.gates.count == 7 && settings.jobs.count == 40)
  }
}
