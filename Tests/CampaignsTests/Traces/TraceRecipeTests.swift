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
    (.network, [], "--scenario: found nothing, expected a value, which network needs"),
    (
      .network, [("scenario", "nowhere.yaml")],
      "nowhere.yaml: the file cannot be read: No such file or directory"
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

  /// The bursts, in packets 10 ms apart: 1 / (1 - loss) without memory; of a spell of 60 ms as the fit's
  /// documentation has it, 1 / (1 - P(still bad after 10 ms)); of the chain (p13 / p31 + p14) / (p13 + p14).
  /// 17 % are three standard errors of the loss in 600 spells of 60 ms, the fewest of these.
  @Test(
    "what a scenario's network does is written, and is what its keys say",
    arguments: [
      ("loss: 4%", 0.04, 1.042), ("loss: 4%, burst: 60ms", 0.04, 6.54),
      (
        "loss-model: {four-state: {step: 10ms, p13: 2%, p31: 25%, p32: 0%, p23: 100%, p14: 1%}}",
        0.0826, 3.0
      ),
    ])
  func network(keys: String, rate: Double, burst: Double) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "recipe-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("call.yaml").path
    try "network: {rtt: 80ms, jitter: 5ms, \(keys)}\n".write(
      toFile: path, atomically: false, encoding: .utf8)
    let made = recipe(.network, [("scenario", path)], duration: "1000s")
    let text = try made.text()
    #expect(try made.text() == text)
    let rows = String(decoding: text, as: UTF8.self).split(separator: "\n")
      .drop { !$0.hasPrefix("time_ms") }.dropFirst()
    #expect(rows.count == 100_000)
    let losses = rows.map { $0.split(separator: ",", omittingEmptySubsequences: false)[1] == "1" }
    let lost = losses.count { $0 }
    let bursts = zip([false] + losses, losses).count { !$0 && $1 }
    #expect(abs(Double(lost) / 100_000 - rate) < 0.17 * rate, "\(lost)")
    #expect(abs(Double(lost) / Double(bursts) - burst) < 0.17 * burst, "\(lost) in \(bursts)")
    #expect(rows.contains { $0.hasSuffix(",0,0,100") })
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
