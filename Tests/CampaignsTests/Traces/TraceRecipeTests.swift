import Configuration
import Foundation
import NetworkModels
import Testing

@testable import Campaigns

@Suite("Traces made by models")
struct TraceRecipeTests {
  private func recipe(
    _ model: TraceRecipe.Model, _ options: [(name: String, text: String)],
    format: TraceFormat? = nil, duration: String = "60s"
  ) -> TraceRecipe {
    var recipe = TraceRecipe(model: model)
    recipe.options = options
    recipe.format = format
    recipe.duration = duration
    return recipe
  }

  @Test("a comment holds the command that makes the file again")
  func command() throws {
    let text = String(
      decoding: try recipe(.gilbert, [("loss", "2%"), ("burst", "60ms")], duration: "1s").text(),
      as: UTF8.self)
    #expect(
      text.hasPrefix(
        "# avpfsim trace generate gilbert --loss 2% --burst 60ms --interval 10ms --duration 1s "
          + "--seed 1 --format pattern\n# interval_ms: 10\n# format: pattern\n0"))
    let mahimahi = try recipe(
      .randomWalk, [("lowest", "1Mbps"), ("highest", "2Mbps")], format: .mahimahi
    ).text()
    #expect(mahimahi.first == UInt8(ascii: "8"))
  }

  static let refused: [(TraceRecipe.Model, [(name: String, text: String)], String)] = [
    (.gilbert, [("loss", "2%")], "--burst: found nothing, expected a value, which gilbert needs"),
    (
      .gilbert, [("loss", "2%"), ("burst", "50ms"), ("step", "2%")],
      "--step: found with gilbert, expected only --loss, --burst, --interval"
    ),
    (
      .gilbert, [("loss", "2%"), ("burst", "5ms")],
      "--burst: found \"5ms\", expected a duration from 10ms to 60s"
    ),
    (
      .gilbert, [("loss", "90%"), ("burst", "20ms")],
      "--burst: found 20ms with --loss 90%, expected a longer one, since the packets received come "
        + "one by one at least"
    ),
    (
      .gilbert, [("loss", "2%"), ("burst", "5ms"), ("interval", "1us")],
      "--duration: found 60000000 packets of an --interval, expected 1 to 1500000"
    ),
    (
      .gilbertElliott, [("good-to-bad", "0%"), ("bad-to-good", "0%")],
      "--good-to-bad: found 0% with --bad-to-good 0%, expected one of them above"
    ),
    (
      .randomWalk, [("lowest", "2Mbps"), ("highest", "2Mbps")],
      "--highest: found 2Mbps, expected more than --lowest"
    ),
  ]

  @Test("options that cannot be are refused in one sentence", arguments: refused.indices)
  func refusals(index: Int) throws {
    let (model, options, sentence) = Self.refused[index]
    let error = #expect(throws: ConfigurationError.self) { try recipe(model, options).text() }
    #expect(error?.description == sentence)
  }

  @Test("a rate is written in formats of rates only")
  func format() {
    let error = #expect(throws: ConfigurationError.self) {
      try recipe(.randomWalk, [("lowest", "1Mbps"), ("highest", "2Mbps")], format: .runs).text()
    }
    #expect(
      error?.description
        == "--format: found runs with random-walk, expected one of rate, mahimahi")
  }
}
