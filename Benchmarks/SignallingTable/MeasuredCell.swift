import Campaigns
import Foundation

/// A row of `measured.csv`.
struct MeasuredCell {
  var group: String
  var name: String
  var options: SignallingSampleOptions
  /// p50, p90, p95, p99 in milliseconds.
  var quantiles: [Double]
  var mean: Double
  /// Within a second, 0...1.
  var share: Double

  static func read(_ file: URL) throws -> [MeasuredCell] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      var (options, name) = optionsAndName(fields[1])
      options.connections = Int(fields[2])!
      options.messages = Int(fields[3])!
      let figures = fields[4...].map { Double($0)! }
      return MeasuredCell(
        group: fields[0], name: name, options: options,
        quantiles: [figures[0], figures[2], figures[3], figures[4]], mean: figures[5],
        share: figures[6])
    }
  }
}

/// A row of `scripted.csv`.
struct ScriptedCell {
  var name: String
  var options: SignallingSampleOptions
  var median: Double
  var least: Double
  var greatest: Double
  var count: Int

  /// Whether other messages come behind the one that is lost.
  var hasFollowers: Bool { options.spacing != SignallingSampleOptions().spacing }

  static func read(_ file: URL) throws -> [ScriptedCell] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      // The script has semicolons of its own, within quotes.
      let fields = line.reversed().split(separator: ";", maxSplits: 4).map {
        String($0.reversed())
      }
      let (options, name) = optionsAndName(fields[4])
      return ScriptedCell(
        name: name, options: options, median: Double(fields[3])!, least: Double(fields[2])!,
        greatest: Double(fields[1])!, count: Int(fields[0])!)
    }
  }
}

/// The options of a row, written as on the command line, and how the table names the row.
func optionsAndName(_ text: String) -> (SignallingSampleOptions, String) {
  var options = SignallingSampleOptions()
  var words: [String] = []
  for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
    if index % 2 == 1 {
      words.append(String(part))
    } else {
      words += part.split(separator: " ").map(String.init)
    }
  }
  var place = 0
  func value() -> String {
    place += 1
    return words[place]
  }
  while place < words.count {
    switch words[place] {
    case "--rtt": options.rtt = value()
    case "--loss": options.loss = value()
    case "--transport": options.transport = value()
    case "--hops": options.hops = Int(value())!
    case "--nagle": options.usesNagle = true
    case "--reply": options.hasReply = true
    case "--cold": options.isCold = true
    case "--certificate": options.certificate = value()
    case "--burst": options.burst = value()
    case "--rate": options.rate = value()
    case "--queue": options.queue = value()
    case "--spacing": options.spacing = value()
    case "--script": options.script = value()
    default: fatalError("found the option \(words[place]), which a row cannot have")
    }
    place += 1
  }
  let name = text.replacingOccurrences(of: "--", with: "").replacingOccurrences(of: "\"", with: "")
  return (options, name)
}
