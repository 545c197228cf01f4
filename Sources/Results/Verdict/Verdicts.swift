import Foundation

/// What a validation decided, as its results folder keeps it: the object of `validate --json`.
public struct Verdicts: Sendable, Equatable, Decodable {
  /// The file's name in a results folder.
  public static let fileName = "gates.json"

  /// Of a gate, or of all.
  public enum Verdict: String, CaseIterable, Decodable, Sendable {
    case pass, fail, inconclusive

    /// Tells verdicts apart without colour.
    var symbol: String {
      switch self {
      case .pass: "✓"
      case .fail: "✗"
      case .inconclusive: "?"
      }
    }
  }

  struct Finding: Sendable, Hashable, Decodable {
    var severity: String
    var text: String
  }

  struct Network: Sendable, Equatable, Decodable {
    var name: String
    /// Simulated, the baseline's included.
    var calls: Int
    var findings: [Finding]
  }

  /// An episode by which a failed gate is explained.
  struct Episode: Sendable, Equatable, Decodable {
    /// `median` or `longest`.
    var rank: String
    var network: String
    var seed: UInt64
    var run: Int
    var episode: Int
    var sentence: String
    var chain: String
  }

  /// A gate on a network, or on all together. Figures are in the unit.
  struct Line: Sendable, Equatable, Decodable {
    var gate: String
    var network: String
    var verdict: Verdict
    var unit: MetricUnit
    /// nil where there are too few data, and where it was not reached.
    var measured: Double?
    /// nil where there are too few data.
    var bound: Double?
    /// nil likewise, and where they are beyond all figures.
    var lower: Double?
    var upper: Double?
    /// The candidate's.
    var calls: Int
    var worstNetwork: String?
    var reasons: [String]
    var episodes: [Episode]

    var isMeasured: Bool { bound != nil }
  }

  /// Stands for all networks together; no network may have this name.
  public static let allNetworks = "all"

  var name: String
  var verdict: Verdict
  var compared: String
  var networks: [Network]
  var gates: [Line]

  var hasBaseline: Bool { compared == "with baseline" }

  /// Reads the file's text.
  ///
  /// - Parameter path: for the error.
  public init(json: String, path: String) throws(OutputError) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(Verdicts.self, from: Data(json.utf8))
    } catch {
      throw .unreadable(path: path, reason: "found no verdicts of validate in it")
    }
  }

  /// A results folder's; nil where it has none.
  ///
  /// - Throws: `OutputError` where the file is there and cannot be read.
  init?(folder: String) throws(OutputError) {
    let path = "\(folder)/\(Self.fileName)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    self = try Verdicts(json: try WholeFile.read(path), path: path)
  }

  /// The lines of each gate, in the file's order.
  var byGate: [[Line]] {
    ResultSet.distinct(gates.map(\.gate)).map { name in gates.filter { $0.gate == name } }
  }

  /// What the checks of settings found, each once.
  var findings: [Finding] { ResultSet.distinct(networks.flatMap(\.findings)) }
}
