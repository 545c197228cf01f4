import ArgumentParser
import Campaigns
import Configuration
import Foundation

/// `avpfsim trace import`
struct TraceImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a trace of losses and delays from a capture of a call.",
    discussion: """
      Reads pcap or pcapng (Ethernet, Linux cooked, raw IP; VLAN; IPv4 and IPv6), finds the RTP \
      streams, and writes what became of each packet of one of them: when it was sent, whether it \
      was lost, and how much later than the fastest it came.

      Example:
        avpfsim trace import call.pcapng
        avpfsim trace import call.pcapng --list
        avpfsim trace import call.pcapng --ssrc 0x1234ABCD -o uplink.csv
      """)

  @Argument(help: ArgumentHelp("A pcap or pcapng file.", valueName: "capture"))
  var capture: String

  @Option(
    name: .long, parsing: .unconditional,
    help: "The stream, in decimals or with 0x (default: the video with most octets).",
    transform: { text in
      let isHexadecimal = text.lowercased().hasPrefix("0x")
      let digits = isHexadecimal ? text.dropFirst(2) : text[...]
      guard digits.first != "+", let source = UInt32(digits, radix: isHexadecimal ? 16 : 10) else {
        throw ValidationError("expected an SSRC such as 0x1234ABCD or 305441741")
      }
      return source
    })
  var ssrc: UInt32?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Look at one interface alone (default: where packets arrive).", valueName: "number or name"))
  var interface: String?

  @Option(
    name: .customLong("clock-rate"), parsing: .unconditional,
    help: ArgumentHelp(
      "Ticks a second of the RTP timestamps (default: the payload type's, or 90000).",
      valueName: "Hz"),
    transform: { text in
      guard let rate = Int(text), (1_000...1_000_000).contains(rate) else {
        throw ValidationError("expected a whole number from 1000 to 1000000")
      }
      return rate
    })
  var clockRate: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The trace (default: the capture's name with .csv, here).", valueName: "csv"))
  var output: String?

  @Flag(name: .long, help: "Only list the streams.")
  var list = false

  func validate() throws {
    if list, output != nil {
      throw ValidationError("--output: found with --list, expected one of them")
    }
  }

  func run() throws {
    var options = TraceImport.Options(
      capture: capture, source: ssrc, interface: interface, clockRate: clockRate)
    guard !list else {
      let (streams, interfaces) = try TraceImport.list(options)
      let table = TraceImportReport.table(streams, interfaces: interfaces)
      print(table.text(usesColour: Terminal.usesColour), terminator: "")
      return
    }
    options.output = try output ?? defaultOutput()
    try refuseOverwriting(options.output!)
    let result = try TraceImport(options)
    for warning in result.warnings { Terminal.complain(warning) }
    print(TraceImportReport.text(result, usesColour: Terminal.usesColour), terminator: "")
  }

  private func defaultOutput() throws -> String {
    let name = URL(fileURLWithPath: capture).deletingPathExtension().lastPathComponent + ".csv"
    // A name that nobody gave takes no file's place.
    guard !FileManager.default.fileExists(atPath: name) else {
      throw CampaignError.usage("\(name) is there already, expected --output with the trace's name")
    }
    return name
  }

  private func refuseOverwriting(_ output: String) throws {
    let real = { (path: String) in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    guard real(output) != real(capture) else {
      throw CampaignError.usage("--output: found the capture itself, expected another file")
    }
  }
}
