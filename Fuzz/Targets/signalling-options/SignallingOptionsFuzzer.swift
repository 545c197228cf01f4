import Campaigns
import Configuration
import FuzzSupport

/// The input is lines, an option and its value each, as `avpfsim signalling` has them: `rtt 50ms`.
@main
enum SignallingOptionsFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let text = String(validating: octets, as: UTF8.self) else { return }
    var options = SignallingSampleOptions()
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard let name = parts.first else { continue }
      set(name, parts.count > 1 ? parts[1] : "", in: &options)
    }
    do throws(ConfigurationError) {
      let settings = try options.settings()
      check(!settings.hops.isEmpty, "a path without hops")
      check((settings.tls != nil) == (settings.transport.tlsVersion != nil), "TLS without TLS")
      check(
        settings.script.allSatisfy { settings.hops.indices.contains($0.hop) && $0.ordinal >= 0 },
        "a loss on no hop")
    } catch {
      let sentence = error.description
      check(
        sentence.hasPrefix("--") && sentence.contains("expected ")
          && !sentence.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0) ~= $0.value },
        "no sentence for a user: \(sentence.debugDescription)")
    }
  }

  private static func set(
    _ name: String, _ value: String, in options: inout SignallingSampleOptions
  ) {
    switch name {
    case "rtt": options.rtt = value
    case "loss": options.loss = value
    case "hops": options.hops = Int(value) ?? 1
    case "transport": options.transport = value
    case "cold": options.isCold = true
    case "certificate": options.certificate = value
    case "resumption": options.resumesSessions = true
    case "nagle": options.usesNagle = value.isEmpty
    case "spacing": options.spacing = value
    case "connections": options.connections = Int(value) ?? 1
    case "messages": options.messages = Int(value) ?? 1
    case "size": options.size = value
    case "burst": options.burst = value
    case "rate": options.rate = value
    case "queue": options.queue = value
    case "reply": options.hasReply = true
    case "fragment-loss": options.fragmentLoss = value
    case "script": options.script = value
    case "tcp-profile": options.profile = value
    default: return
    }
  }
}
