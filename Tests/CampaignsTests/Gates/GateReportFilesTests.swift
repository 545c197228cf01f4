import Configuration
import Foundation
import FoundationXML
import Results
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Verdicts as files")
struct GateReportFilesTests {
  static let schemaPath = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/avpfsim/avpfsim.docc/Resources/validate.schema.json").path

  /// A report with a gate of each verdict on two networks, and a finding.
  private func report() throws -> GateReport {
    let text = """
      name: "<new> & \\"improved\\""
      calls: 6
      max-calls: 6
      settings: {sender: {minimum-key-frame-interval: 2s}}
      networks: [{name: wifi, loss: 1%}, {name: "4G & <poor>", loss: 5%}]
      gates: ["psnr.mean >= 33dB", "freeze.ratio <= 0.5%", "recovery.p99 <= 400ms"]
      """
    let settings = try ValidationSettings(ConfigurationFile.parse(text, file: "v.yaml"))
    var judge = ValidationJudge(settings)
    judge.add(
      try SampleCalls.results(
        settings.networks.enumerated().flatMap { index, network in
          (0..<6).map { number in
            var call = SampleCalls.call(
              index * 6 + number, milliseconds: [100, 200], network: network)
            call.conditions.seed = settings.seeds(6)[number]
            return call
          }
        }))
    var report = judge.report
    report.replay = .folder("my results")
    return report
  }

  /// The elements of an XML text, each with its attributes, in their order.
  private final class Elements: NSObject, XMLParserDelegate {
    var found: [(name: String, attributes: [String: String])] = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      found.append((name, attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { self.text += text }
  }

  @Test("JUnit has a suite for each network, a case for each gate, and counts that add up")
  func junit() throws {
    let parser = XMLParser(data: Data(try report().junit.utf8))
    let elements = Elements()
    parser.delegate = elements
    #expect(parser.parse())
    let suites = elements.found.filter { $0.name == "testsuite" }
    #expect(suites.compactMap { $0.attributes["name"] } == ["wifi", "4G & <poor>", "all"])
    let cases = elements.found.filter { $0.name == "testcase" }
    #expect(cases.count == 9)
    #expect(cases[0].attributes["name"] == "psnr.mean >= 33dB")
    #expect(cases[0].attributes["classname"] == "<new> & \"improved\".wifi")
    let failures = elements.found.filter { $0.name == "failure" }
    let errors = elements.found.filter { $0.name == "error" }
    #expect(failures.count == 3 && errors.count == 3)
    #expect(failures[0].attributes["message"] == "measured 1.00 %, expected <= 0.50 %")
    #expect(errors[0].attributes["message"] == "12 episodes, at least 300 needed")
    #expect(elements.text.contains("avpfsim replay 'my results' --episode 0/1\n"))
    #expect(elements.text.contains("v.yaml:4: sender.minimum-key-frame-interval: 2000ms"))
    for element in suites {
      #expect(element.attributes["tests"] == "3" && element.attributes["skipped"] == "0")
      #expect(element.attributes["failures"] == "1" && element.attributes["errors"] == "1")
    }
    #expect(elements.found[0].name == "testsuites" && elements.found[0].attributes["tests"] == "9")
  }

  @Test("JSON is what the schema says")
  func json() throws {
    let schema = try JSONSchema(path: Self.schemaPath)
    let text = try report().json
    #expect(try schema.problems(in: text) == [])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["verdict"] as? String == "fail")
    let gates = try #require(object["gates"] as? [[String: Any]])
    #expect(gates.count == 9)
    #expect(gates[0]["measured"] as? Double == 34 && gates[0]["unit"] as? String == "dB")
    #expect(gates[8]["measured"] is NSNull && gates[8]["upper"] is NSNull)
    let networks = try #require(object["networks"] as? [[String: Any]])
    #expect(networks.map { $0["calls"] as? Int } == [6, 6])
    #expect(gates[0]["worst_network"] is NSNull && gates[5]["worst_network"] is String)
    // Only failed gates are explained by episodes.
    #expect(gates.map { ($0["episodes"] as? [Any])?.count } == [0, 0, 0, 2, 2, 2, 0, 0, 0])
    let episode = try #require((gates[3]["episodes"] as? [[String: Any]])?.last)
    #expect(episode["rank"] as? String == "longest" && episode["duration_ms"] as? Double == 200)
    #expect(episode["sentence"] as? String == "Of 200 ms, 200 ms were noticing the loss.")
    #expect(episode["replay"] as? String == "avpfsim replay 'my results' --episode 0/1")
  }

  @Test(
    "the schema refuses what is not so",
    arguments: [
      ("\"verdict\": \"fail\"", "\"verdict\": \"failed\"", "$.verdict: not one of"),
      ("\"seed\": 1", "\"seed\": 1.5", "$.seed: not of type integer"),
      ("\"seed\": 1", "\"sede\": 1", "$: unknown member sede"),
      ("\"seed\": 1", "\"sede\": 1", "$: no member seed"),
      ("\"measured\": 34.000000", "\"measured\": \"34\"", "$.gates[0].measured: not of types"),
      ("\"calls\": 6", "\"calls\": -6", "$.networks[0].calls: below"),
    ])
  func refusals(good: String, bad: String, expected: String) throws {
    let schema = try JSONSchema(path: Self.schemaPath)
    let text = try report().json
    let range = try #require(text.range(of: good))
    let problems = try schema.problems(in: text.replacingCharacters(in: range, with: bad))
    #expect(problems.contains { $0.hasPrefix(expected) }, "\(problems)")
  }

  @Test("the same verdicts give the same octets")
  func repeatable() throws {
    #expect(try report().json == report().json)
    #expect(try report().junit == report().junit)
  }
}
