import CallSimulation
import Configuration
import Results
import Signalling
import SimulationKernel

/// A sample of delivery times over a signalling path by itself: its table, and a row per message.
public enum SignallingSampleRun {
  /// - Parameters:
  ///   - path: of the CSV file; nil for none.
  /// - Returns: the table to print.
  public static func run(
    _ options: SignallingSampleOptions, csv path: String?
  ) throws -> TextTable {
    let settings = try options.settings()
    var summary = DeliverySummary()
    var connecting = DeliverySummary()
    var securing = DeliverySummary()
    var delivering = DeliverySummary()
    var rows = "connection,message,sent_ms,delay_ms"
    rows += settings.isCold ? ",connect_ms,handshake_ms\n" : "\n"
    var progress = Progress(messages: settings.connections * settings.messages)
    defer { progress.clear() }
    sampleSignalling(settings) { messages in
      for message in messages {
        summary.add(message.delay)
        if settings.isCold {
          connecting.add(message.connected)
          securing.add(message.handshake)
          delivering.add(message.delivery)
        }
        if path != nil { append(message, isCold: settings.isCold, to: &rows) }
      }
      progress.show(summary.count)
    }
    if let path { try WholeFile.write(rows, to: path) }
    var parts = [("messages", summary)]
    if settings.isCold {
      let first = settings.hops.count > 1 ? ", hop 1" : ""
      parts = [("connecting" + first, connecting)]
      if settings.tls != nil { parts.append(("TLS" + first, securing)) }
      parts += [
        (settings.hops.count > 1 ? "the rest" : "message", delivering), ("in all", summary),
      ]
    }
    return DeliverySummary.table(title: title(options, settings), rows: parts)
  }

  /// Times in milliseconds, to the microsecond; no delay where the message never arrived.
  private static func append(
    _ message: SampledMessage, isCold: Bool, to rows: inout String
  ) {
    rows += "\(message.connection),\(message.message),"
    rows += milliseconds(message.sent) + "," + milliseconds(message.delay)
    if isCold {
      rows += "," + milliseconds(message.connected) + "," + milliseconds(message.handshake)
    }
    rows += "\n"
  }

  private static func milliseconds(_ duration: SimDuration?) -> String {
    duration.map { FixedPoint.text($0.nanoseconds / 1_000, decimals: 3) } ?? ""
  }

  private static func title(
    _ options: SignallingSampleOptions, _ settings: SignallingSampleSettings
  ) -> String {
    let transport =
      switch settings.transport {
      case .udp: "UDP"
      case .tcp: "TCP"
      case .tls12: "TLS 1.2"
      case .tls13: "TLS 1.3"
      }
    let state = settings.transport == .udp ? "" : settings.isCold ? "cold " : "warm "
    let hops = settings.hops.count == 1 ? "1 hop" : "\(settings.hops.count) hops"
    var parts = [
      "\(state)\(transport) over \(hops)",
      "round trip \(options.rtt) and loss \(options.loss) a hop",
    ]
    if let rate = options.rate { parts.append("\(rate)") }
    if settings.burstOctets > 0 { parts.append("\(settings.burstOctets) octets before each") }
    let octets =
      settings.transport == .udp ? settings.requests.requestOctets : settings.octets
    return "Delivery of \(octets) octets: " + parts.joined(separator: ", ")
  }
}

extension SampledMessage {
  /// TLS's part of opening the first hop.
  fileprivate var handshake: SimDuration? {
    guard let connected, let ready else { return nil }
    return ready - connected
  }

  /// What is left once the first hop is up.
  fileprivate var delivery: SimDuration? {
    guard let ready, let delay else { return nil }
    return delay - ready
  }
}
