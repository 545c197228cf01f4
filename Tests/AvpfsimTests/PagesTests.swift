import Foundation
import Testing

@testable import Results

/// Pages as a browser shows them. KEEP_PAGES=/some/folder keeps the screenshots for looking at.
@Suite(
  "Pages in a browser", .serialized,
  .enabled(if: Browser.path != nil, "chromium is not installed (apt-get install chromium)"))
struct PagesTests {
  private static let scenario = """
    duration: 6s
    mechanism: sip-info
    video: {size: 160x120, rate: 15fps}
    network: {rtt: 80ms, lose: [{frame: 20, packet: 0}, {frame: 60, packet: 0}]}
    signalling: {proxies: 2, transport: tls1.3, hops: [{loss: 20%}, {loss: 20%}, {loss: 20%}]}
    """

  private static let plan = """
    seeds: 5
    base: {duration: 6s, video: {size: 160x120, rate: 15fps}, network: {rtt: 80ms, loss: 3%}}
    groups:
      - name: rtt
        vary: {mechanism: [sip-info, pli]}
    """

  /// Every look at a page: a phone and a desk, light and dark, and paper.
  private static let looks: [(name: String, width: Int, isDark: Bool, media: String)] = [
    ("phone", 390, false, "screen"), ("phone-dark", 390, true, "screen"),
    ("desk", 1_200, false, "screen"), ("desk-dark", 1_200, true, "screen"),
    ("paper", 720, true, "print"),
  ]

  private func check(_ page: String, named name: String, in folder: String) throws {
    let browser = try Browser(folder: folder)
    defer { browser.close() }
    var papers: [String: Int] = [:]
    for look in Self.looks {
      let sight = try browser.look(
        at: page, width: look.width, isDark: look.isDark, media: look.media)
      #expect(sight.complaints.isEmpty, "\(look.name): \(sight.complaints)")
      #expect(sight.requests.isEmpty, "\(look.name): \(sight.requests)")
      #expect(
        sight.width == look.width && sight.scrollWidth <= look.width, "\(look.name): \(sight)")
      #expect(sight.faint.isEmpty, "\(look.name): \(sight.faint)")
      if let keep = ProcessInfo.processInfo.environment["KEEP_PAGES"] {
        try sight.screenshot.write(to: URL(fileURLWithPath: "\(keep)/\(name)-\(look.name).png"))
      }
      // A blank page of this size compresses to a few thousand octets.
      #expect(sight.screenshot.count > 40_000, "\(look.name)")
      papers[look.name] = sight.screenshot.count
    }
    #expect(papers["phone"] != papers["phone-dark"])
  }

  @Test("a call's page has its ladders, needs nothing else, and can be read everywhere")
  func call() throws {
    try Program.withFolder { folder in
      try Self.scenario.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      let run = try Program.run(
        [
          "run", "call.yaml", "-o", "out", "--filmstrip", "strip.png", "--mechanisms", "sip-info",
        ], in: folder)
      #expect(run.code == 0, "\(run.complaint)")
      #expect(run.output.hasSuffix("The call's timeline is in out/call.html\n"))
      let html = try String(contentsOfFile: folder + "/out/call.html", encoding: .utf8)
      #expect(html.contains("src=\"data:image/png;base64,iVBORw0KGgo"))
      let story = try String(contentsOfFile: folder + "/out/story.txt", encoding: .utf8)
      #expect(html.contains("Episode 1, frame 20: repaired after"))
      #expect(story.contains("Episode 1, frame 20: repaired after"))
      try check(folder + "/out/call.html", named: "call", in: folder)
    }
  }

  @Test("a suite's report explains repairs, needs nothing else, and can be read everywhere")
  func report() throws {
    try Program.withFolder { folder in
      try Self.plan.write(toFile: folder + "/plan.yaml", atomically: false, encoding: .utf8)
      let run = try Program.run(["suite", "plan.yaml", "-o", "out"], in: folder)
      #expect(run.code == 0, "\(run.complaint)")
      let html = try String(contentsOfFile: folder + "/out/report.html", encoding: .utf8)
      #expect(html.matches(of: /avpfsim replay out --episode \d+\/\d+/).count == 4)
      try check(folder + "/out/report.html", named: "report", in: folder)
    }
  }

  private static let settings = """
    name: new settings
    calls: 12
    max-calls: 12
    duration: 6s
    settings: {mechanism: pli, video: {size: 160x120, rate: 15fps}}
    networks: [{name: wifi, rtt: 40ms, loss: 2%}, {name: a far and lossy one, rtt: 200ms, loss: 6%}]
    gates: [recovery.median <= 150ms, psnr.mean >= baseline - 1dB, freeze.ratio <= 20%, recovery.p99 <= 1s]

    """

  @Test("a validation's report begins with verdicts, and can be read everywhere")
  func validation() throws {
    try Program.withFolder { folder in
      try Self.settings.write(toFile: folder + "/new.yaml", atomically: false, encoding: .utf8)
      try Self.settings.replacing("mechanism: pli", with: "mechanism: sip-info")
        .write(toFile: folder + "/old.yaml", atomically: false, encoding: .utf8)
      let run = try Program.run(
        ["validate", "new.yaml", "--against", "old.yaml", "-o", "out"], in: folder)
      #expect(run.code == 1, "\(run.output)\(run.complaint)")
      let html = try String(contentsOfFile: folder + "/out/report.html", encoding: .utf8)
      #expect(html.contains("<p>Fail: "))
      try check(folder + "/out/report.html", named: "validation", in: folder)
    }
  }

  @Test("a comparison's report begins with whether anything got worse, and can be read everywhere")
  func comparison() throws {
    try Program.withFolder { folder in
      try Self.settings.replacing("baseline - 1dB", with: "20dB")
        .write(toFile: folder + "/old.yaml", atomically: false, encoding: .utf8)
      try Self.settings.replacing("baseline - 1dB", with: "20dB")
        .replacing("mechanism: pli", with: "mechanism: none")
        .write(toFile: folder + "/new.yaml", atomically: false, encoding: .utf8)
      let run = try Program.run(
        ["compare", "old.yaml", "new.yaml", "-o", "out"], in: folder)
      #expect(run.code == 1, "\(run.output)\(run.complaint)")
      try check(folder + "/out/report.html", named: "comparison", in: folder)
    }
  }
}
