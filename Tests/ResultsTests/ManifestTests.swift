import Testing

@testable import Results

@Suite("Manifest")
struct ManifestTests {
  let manifest = Manifest(
    version: "0.1.0", libvpxVersion: "v1.12.0", planName: "built-in",
    plan: "a: \"b\"\n\tc\\d\u{1}é\r\n", seed: .max, command: "avpfsim suite", calls: 3)

  @Test("the text is the same to the octet, without dates")
  func text() {
    #expect(
      manifest.json == """
        {
          "version": "0.1.0",
          "libvpx_version": "v1.12.0",
          "plan_name": "built-in",
          "seed": 18446744073709551615,
          "command": "avpfsim suite",
          "calls": 3,
          "plan": "a: \\"b\\"\\n\\tc\\\\d\\u0001é\\r\\n"
        }

        """)
  }

  @Test("what is written is read back")
  func roundTrip() throws {
    #expect(try Manifest(json: manifest.json, path: "m") == manifest)
    var kind = manifest
    (kind.kind, kind.file) = ("plan", "plans/a.yaml")
    #expect(kind.json.contains("  \"kind\": \"plan\",\n  \"file\": \"plans/a.yaml\",\n"))
    #expect(try Manifest(json: kind.json, path: "m") == kind)
  }

  @Test(
    "what is no manifest is refused",
    arguments: [
      ("", "not JSON"), ("[]", "member  of another type"), ("{}", "no member version"),
      ("{\"version\": 1}", "member version of another type"),
    ])
  func refused(json: String, reason: String) {
    #expect(throws: OutputError.unreadable(path: "m", reason: "found no manifest (\(reason))")) {
      try Manifest(json: json, path: "m")
    }
  }
}
