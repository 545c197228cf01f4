import Foundation
import Testing

/// What tshark, Wireshark on the command line, says of a capture.
struct Wireshark {
  static var isInstalled: Bool { Program.installed("tshark") != nil }
  static let missing: Comment = "tshark is not installed (apt-get install tshark)"

  /// One frame's fields by name; those with several values are joined by "|".
  typealias Frame = [String: String]

  /// Every checksum is looked at, which Wireshark does not do by itself. Segments that it takes for
  /// reordered are put in order: it so takes copies that are sent within a round trip of new data.
  private static let checks = [
    "-o", "tcp.reassemble_out_of_order:TRUE",
    "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o",
    "tcp.check_checksum:TRUE",
  ]

  let path: String

  private func run(_ arguments: [String]) throws -> String {
    let result = try Program.run(
      executable: Program.installed("tshark")!, ["-r", path, "-n"] + Self.checks + arguments)
    #expect(result.code == 0, "\(result.complaint)")
    return result.output
  }

  func frames(_ fields: [String], where filter: String? = nil) throws -> [Frame] {
    let arguments =
      ["-T", "fields", "-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=|"]
      + fields.flatMap { ["-e", $0] } + (filter.map { ["-Y", $0] } ?? [])
    return try run(arguments).split(separator: "\n").map { line in
      let values = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Frame(uniqueKeysWithValues: zip(fields, values))
    }
  }

  /// What the RTP statistics say of one stream.
  struct RTPStream: Hashable {
    /// `0x0123ABCD`.
    var source: String
    var packets: Int
    var lost: Int
  }

  /// The RTP streams as they are seen at one interface, by their sources.
  func streams(at interface: String) throws -> [RTPStream] {
    let table = try run([
      "-2", "-R", "frame.interface_name == \"\(interface)\"", "-q", "-z", "rtp,streams",
    ])
    return table.split(separator: "\n").compactMap { line -> RTPStream? in
      // Source, payload, packets and lost stand behind the addresses.
      let words = line.split(separator: " ").map(String.init)
      guard let place = words.firstIndex(where: { $0.hasPrefix("0x") }), words.count > place + 3,
        let packets = Int(words[place + 2]), let lost = Int(words[place + 3])
      else { return nil }
      return RTPStream(source: words[place], packets: packets, lost: lost)
    }.sorted { $0.source < $1.source }
  }

  /// What Wireshark remarks beyond the everyday: "PROTOCOL: summary" with how often. Comments and
  /// chats, which say what a packet is, are left out.
  func remarks() throws -> [String: Int] {
    var remarks: [String: Int] = [:]
    for line in try run(["-q", "-z", "expert,note"]).split(separator: "\n") {
      // How often, of which group, by which protocol, and what.
      let words = line.split(separator: " ").map(String.init)
      guard words.count > 3, let count = Int(words[0]), words[1] != "Comment" else { continue }
      remarks["\(words[2]): \(words[3...].joined(separator: " "))"] = count
    }
    return remarks
  }
}

/// A row of one of the CSV files by column.
func rows(of path: String) throws -> [[String: String]] {
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  let columns = lines[0].split(separator: ",").map(String.init)
  return lines.dropFirst().map { line in
    let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Dictionary(uniqueKeysWithValues: zip(columns, values))
  }
}
