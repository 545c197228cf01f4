import Configuration

/// What a worker needs beside a settings file: the settings to compare with, and the calls of a round.
public struct ValidationPart: Sendable, Equatable {
  /// Another settings file.
  public struct Baseline: Sendable, Equatable {
    /// Its name for errors, from which paths in it count.
    public var file: String
    public var text: String

    public init(file: String, text: String) {
      self.file = file
      self.text = text
    }
  }

  public var baseline: Baseline?
  var round: ValidationRound?

  public init(baseline: Baseline?) { self.baseline = baseline }

  func baselineNode() throws(ConfigurationError) -> ConfigurationNode? {
    guard let baseline else { return nil }
    return try ConfigurationFile.parse(baseline.text, file: baseline.file)
  }

  // MARK: Between processes

  static let fieldCount = 4

  var fields: [String] {
    [
      baseline == nil ? "" : "baseline", baseline?.file ?? "", baseline?.text ?? "",
      round?.text ?? "",
    ]
  }

  init(fields: [String]) throws(PipeError) {
    baseline = fields[0].isEmpty ? nil : Baseline(file: fields[1], text: fields[2])
    if !fields[3].isEmpty {
      guard let round = ValidationRound(text: fields[3]) else { throw PipeError() }
      self.round = round
    }
  }
}

/// Calls that are run together: those of some networks that come next.
struct ValidationRound: Sendable, Equatable {
  /// Calls of one network.
  struct Part: Sendable, Equatable {
    /// Its position in the file.
    var network: Int
    /// The first call's number, from 0.
    var first: Int
    var count: Int
  }

  /// The run number of the first call.
  var firstRun: Int
  var parts: [Part]

  init(firstRun: Int, parts: [Part]) {
    self.firstRun = firstRun
    self.parts = parts
  }

  /// Whole numbers with a space between.
  var text: String {
    ([firstRun] + parts.flatMap { [$0.network, $0.first, $0.count] }).map { "\($0)" }
      .joined(separator: " ")
  }

  init?(text: String) {
    let numbers = text.split(separator: " ").compactMap { Int($0) }
    guard let first = numbers.first, numbers.count % 3 == 1, numbers.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    firstRun = first
    parts = stride(from: 1, to: numbers.count, by: 3).map {
      Part(network: numbers[$0], first: numbers[$0 + 1], count: numbers[$0 + 2])
    }
  }
}
