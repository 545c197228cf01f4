import Foundation
import Testing
import WireFormats

@testable import Campaigns

/// Puts captures of RTP together, packet by packet.
struct CaptureBuilder {
  /// A stream's own numbers.
  struct Stream {
    var source: UInt32 = 0x0102_0304
    var payloadType: UInt8 = 96
    var port: UInt16 = 5_000
    var interface: UInt32 = 0
  }

  private(set) var octets: [UInt8]

  /// - Parameter interfaces: names of the raw IP interfaces.
  init(interfaces: [String] = ["eth0"]) {
    octets = PcapngSectionHeader().octets()
    for name in interfaces { octets += PcapngInterfaceDescription(name: name).octets() }
  }

  /// Adds an RTP packet of 40 octets with its headers and `payload` ones behind them.
  mutating func rtp(
    _ sequenceNumber: Int, timestamp: Int, at milliseconds: Double, _ stream: Stream = Stream(),
    payload: Int = 60, comment: String? = nil
  ) {
    let header = RTPHeader(
      marker: false, payloadType: stream.payloadType,
      sequenceNumber: UInt16(truncatingIfNeeded: sequenceNumber),
      timestamp: UInt32(truncatingIfNeeded: timestamp), synchronizationSource: stream.source)
    udp(
      header.octets() + [UInt8](repeating: 7, count: payload), at: milliseconds, port: stream.port,
      interface: stream.interface, comment: comment)
  }

  mutating func udp(
    _ payload: [UInt8], at milliseconds: Double, port: UInt16 = 5_000, interface: UInt32 = 0,
    comment: String? = nil
  ) {
    let packet = payload.withUnsafeBytes {
      InternetPacket.udp(
        from: InternetEndpoint(IPv4Address(192, 0, 2, 1), port: port),
        to: InternetEndpoint(IPv4Address(192, 0, 2, 2), port: port), identification: 1,
        payload: $0)
    }
    octets += PcapngEnhancedPacket(
      interface: interface,
      timestamp: 1_600_000_000_000_000_000 + UInt64((milliseconds * 1e6).rounded()),
      octets: packet, comment: comment
    ).octets()
  }

  mutating func append(_ more: [UInt8]) { octets += more }
}

/// What an import made of a capture.
struct ImportedCapture {
  let result: TraceImport
  let rows: [String]

  /// - Parameter body: changes the options.
  init(_ capture: [UInt8], _ body: (inout TraceImport.Options) -> Void = { _ in }) throws {
    let base = NSTemporaryDirectory() + "import-\(UUID().uuidString)"
    let paths = (capture: base + ".pcapng", trace: base + ".csv")
    defer {
      for path in [paths.capture, paths.trace] { try? FileManager.default.removeItem(atPath: path) }
    }
    try Data(capture).write(to: URL(fileURLWithPath: paths.capture))
    var options = TraceImport.Options(capture: paths.capture, output: paths.trace)
    body(&options)
    result = try TraceImport(options)
    rows = try ImportedCapture.rows(of: paths.trace)
  }

  init(path: String) throws {
    let trace = path + ".csv"
    defer { try? FileManager.default.removeItem(atPath: trace) }
    result = try TraceImport(TraceImport.Options(capture: path, output: trace))
    rows = try ImportedCapture.rows(of: trace)
  }

  private static func rows(of path: String) throws -> [String] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.first == "time_ms,lost,delay_ms,octets")
    return lines.dropFirst().map(String.init)
  }

  /// Whether each packet was lost.
  var losses: [Bool] { rows.map { $0.split(separator: ",")[1] == "1" } }

  /// Warnings without the file's name.
  var warnings: [String] {
    result.warnings.map { String($0.dropFirst(result.options.capture.count + 2)) }
  }
}
