import Foundation

/// Chromium without a window, driven over a pair of named pipes by its DevTools protocol.
final class Browser {
  /// What is said of a page that was loaded.
  struct Sight {
    var screenshot: Data
    /// Of the document and of the window, in CSS pixels.
    var scrollWidth: Int
    var width: Int
    /// Messages of the console and errors of the page.
    var complaints: [String]
    /// Addresses that were asked for, the page's own left out.
    var requests: [String]
    /// Text elements as "contrast below 4.5: words".
    var faint: [String]
  }

  enum Problem: Error {
    case closed
    case refused(String)
  }

  static let path = Program.installed("chromium")

  private let process = Process()
  private let commands: FileHandle
  private let answers: FileHandle
  private let folder: String
  private var buffer = Data()
  private var number = 0
  private var session: String?
  private var events: [[String: Any]] = []

  /// - Parameter folder: for its pipes and its profile.
  init(folder: String) throws {
    self.folder = folder
    let pipes = ["commands", "answers"].map { "\(folder)/\($0)" }
    for pipe in pipes { mkfifo(pipe, 0o600) }
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c",
      "exec \"$0\" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run "
        + "--hide-scrollbars --user-data-dir=\"$1/profile\" --remote-debugging-pipe about:blank "
        + "3<\"$1/commands\" 4>\"$1/answers\"",
      Self.path ?? "chromium", folder,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard let commands = FileHandle(forWritingAtPath: pipes[0]),
      let answers = FileHandle(forReadingAtPath: pipes[1])
    else { throw Problem.closed }
    (self.commands, self.answers) = (commands, answers)
    let target = try call("Target.createTarget", ["url": "about:blank"])
    let attached = try call(
      "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
    session = attached["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { _ = try call("\(domain).enable", [:]) }
  }

  func close() {
    session = nil
    _ = try? call("Browser.close", [:])
    process.waitUntilExit()
  }

  /// Loads a file and looks at it.
  ///
  /// - Parameters:
  ///   - width: of the window, in CSS pixels.
  ///   - media: `screen` or `print`.
  func look(at path: String, width: Int, isDark: Bool, media: String = "screen") throws -> Sight {
    events = []
    _ = try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600])
    _ = try call(
      "Emulation.setEmulatedMedia",
      [
        "media": media,
        "features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]],
      ])
    let address = URL(fileURLWithPath: path).absoluteString
    _ = try call("Page.navigate", ["url": address])
    while !events.contains(where: { $0["method"] as? String == "Page.loadEventFired" }) {
      events.append(try receive())
    }
    let shot = try call("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
    let data = Data(base64Encoded: shot["data"] as? String ?? "") ?? Data()
    let sizes = try evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    let numbers = sizes as? [Int] ?? []
    let faint = try evaluate(Self.contrastScript) as? [String] ?? ["no answer"]
    return Sight(
      screenshot: data, scrollWidth: numbers.first ?? .max, width: numbers.last ?? 0,
      complaints: events.compactMap(Self.complaint),
      requests: events.compactMap(Self.request).filter {
        $0 != address && !$0.hasPrefix("data:")
      }, faint: faint)
  }

  private func evaluate(_ script: String) throws -> Any? {
    let answer = try call("Runtime.evaluate", ["expression": script, "returnByValue": true])
    return (answer["result"] as? [String: Any])?["value"]
  }

  private static func complaint(_ event: [String: Any]) -> String? {
    let method = event["method"] as? String ?? ""
    let isOne = [
      "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded",
      "Network.loadingFailed",
    ].contains(method)
    return isOne ? "\(method): \(event["params"] ?? "")" : nil
  }

  private static func request(_ event: [String: Any]) -> String? {
    guard event["method"] as? String == "Network.requestWillBeSent",
      let parameters = event["params"] as? [String: Any]
    else { return nil }
    return (parameters["request"] as? [String: Any])?["url"] as? String
  }

  /// Every element with text of its own against the nearest background behind it (WCAG 2.1, 1.4.3).
  private static let contrastScript = """
    (() => {
      const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
      const light = c => {
        const [r, g, b] = c.slice(0, 3).map(v => {
          v /= 255;
          return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const behind = e => {
        for (; e; e = e.parentElement) {
          const c = parse(getComputedStyle(e).backgroundColor);
          if (c.length == 3 || c[3] > 0) return c;
        }
        return [255, 255, 255];
      };
      const faint = [];
      for (const e of document.querySelectorAll('body *')) {
        if (e.closest('.plot svg')) continue;
        if (![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
        const style = getComputedStyle(e);
        const ink = e.ownerSVGElement ? style.fill : style.color;
        const [a, b] = [light(parse(ink)), light(behind(e))].sort((x, y) => y - x);
        const contrast = (a + 0.05) / (b + 0.05);
        if (!(contrast >= 4.5)) faint.push(contrast.toFixed(2) + ': ' + e.textContent.slice(0, 40));
      }
      return faint;
    })()
    """

  /// Sends a command and waits for its answer; what else comes is kept in `events`.
  private func call(_ method: String, _ parameters: [String: Any]) throws -> [String: Any] {
    number += 1
    var message: [String: Any] = ["id": number, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    try commands.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try receive()
      guard answer["id"] as? Int == number else {
        events.append(answer)
        continue
      }
      if let error = answer["error"] { throw Problem.refused("\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  private func receive() throws -> [String: Any] {
    while true {
      if let end = buffer.firstIndex(of: 0) {
        let message = buffer[buffer.startIndex..<end]
        buffer = Data(buffer[(end + 1)...])
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      let more = answers.availableData
      guard !more.isEmpty else { throw Problem.closed }
      buffer += more
    }
  }
}
