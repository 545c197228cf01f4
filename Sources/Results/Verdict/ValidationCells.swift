/// A validation's calls by network, and by whose settings they have.
public struct ValidationCells {
  /// How calls with either settings are told apart where there are both (column `situation`).
  public static let candidateName = "candidate"
  public static let baselineName = "baseline"

  /// Whose settings.
  struct Side: Equatable {
    /// As the column `situation` has it; nil without a baseline.
    var situation: String?
    var title: String
    var style: DrawnStyle
  }

  let networks: [String]
  let sides: [Side]
  private let results: ResultSet

  init(_ results: ResultSet, networks: [String], hasBaseline: Bool) {
    self.results = results
    self.networks = networks
    let own = hasBaseline ? Self.candidateName : "the settings"
    let first = DrawnStyle(title: own, colour: "#0072b2", dash: "solid", point: 7)
    let second = DrawnStyle(title: Self.baselineName, colour: "#d55e00", dash: "(8,3)", point: 5)
    sides =
      hasBaseline
      ? [
        Side(situation: Self.candidateName, title: own, style: first),
        Side(situation: Self.baselineName, title: Self.baselineName, style: second),
      ] : [Side(situation: nil, title: own, style: first)]
  }

  func calls(_ network: String, _ side: Side) -> [ResultSet.Call] {
    results.calls.filter {
      $0.conditions.group == network
        && (side.situation == nil || $0.conditions.situation == side.situation)
    }
  }

  func sample(_ network: String, _ side: Side) -> CallSample { CallSample(calls(network, side)) }

  /// "wifi", or "wifi, candidate" where there are two sides.
  func label(_ network: String, _ side: Side) -> String {
    sides.count == 1 ? network : "\(network), \(side.title)"
  }

  /// Every network with every side, sides of one network behind each other.
  var all: [(label: String, calls: [ResultSet.Call])] {
    networks.flatMap { network in
      sides.map { (label(network, $0), calls(network, $0)) }
    }.filter { !$0.1.isEmpty }
  }
}
