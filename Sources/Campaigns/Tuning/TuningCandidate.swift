import CallSimulation
import Configuration
import SimulationKernel

/// Settings to try: a value for some of the axes, the present one for the others.
public struct TuningCandidate: Sendable, Equatable {
  /// From 0, which is the present settings.
  public var number: Int
  /// By axis; nil: as the file has it.
  public var values: [ConfigurationNode?]

  /// How many settings differ from the present ones.
  public var changes: Int { values.count { $0 != nil } }
}

/// The candidates of a search.
struct TuningCandidates {
  /// The present settings first.
  let candidates: [TuningCandidate]
  /// How many combinations there are.
  let combinations: Int
  /// By axis, the value that is the present one; nil where none of the list is.
  let present: [ConfigurationNode?]
  /// Combinations that no call can be made with, and why the first one is refused.
  let refused: Int
  let firstRefusal: String?

  var isSample: Bool { combinations > candidates.count + refused }

  /// All combinations of the axes' values where there are no more than `bound`, otherwise a Latin
  /// sample: so many in which each value of an axis occurs equally often.
  ///
  /// - Parameter file: the settings file.
  /// - Throws: `ConfigurationError` where a value is wrong beside the present settings, unless the
  ///   present ones alone forbid it.
  init(
    _ axes: [TuningAxis], of file: TuningFile, bound: Int, seed: UInt64
  ) throws(ConfigurationError) {
    let base = try file.scenarios([:])
    var options: [[ConfigurationNode?]] = []
    var present: [ConfigurationNode?] = []
    for axis in axes {
      var own: ConfigurationNode?
      for value in axis.values where try file.scenarios([axis.key: (axis, value)]) == base {
        own = own ?? value
      }
      present.append(own)
      options.append([nil] + axis.values.filter { $0 != own }.map { $0 })
    }
    self.present = present
    let (count, overflows) = options.reduce((1, false)) { product, options in
      let (next, overflow) = product.0.multipliedReportingOverflow(by: options.count)
      return (overflow ? Int.max : next, product.1 || overflow)
    }
    combinations = overflows ? .max : count
    let chosen =
      combinations <= bound
      ? Self.factorial(options) : Self.latin(options, axes, count: bound, seed: seed)
    var seen = [base]
    var candidates = [TuningCandidate(number: 0, values: axes.map { _ in nil })]
    var refused = 0
    var firstRefusal: String?
    for values in chosen where values.contains(where: { $0 != nil }) {
      do throws(ConfigurationError) {
        let scenarios = try file.scenarios(Self.overlay(axes, values))
        guard !seen.contains(scenarios) else { continue }
        seen.append(scenarios)
        candidates.append(TuningCandidate(number: candidates.count, values: values))
      } catch {
        refused += 1
        firstRefusal = firstRefusal ?? "\(error)"
      }
    }
    self.candidates = candidates
    self.refused = refused
    self.firstRefusal = firstRefusal
  }

  static func overlay(
    _ axes: [TuningAxis], _ values: [ConfigurationNode?]
  ) -> [String: (TuningAxis, ConfigurationNode)] {
    var overlay: [String: (TuningAxis, ConfigurationNode)] = [:]
    for (axis, value) in zip(axes, values) {
      if let value { overlay[axis.key] = (axis, value) }
    }
    return overlay
  }

  /// Every combination, the first axis changing slowest.
  static func factorial<Value>(_ options: [[Value]]) -> [[Value]] {
    options.reduce([[]]) { combinations, options in
      combinations.flatMap { combination in options.map { combination + [$0] } }
    }
  }

  /// Each axis goes through its options equally often, in an order of its own.
  private static func latin(
    _ options: [[ConfigurationNode?]], _ axes: [TuningAxis], count: Int, seed: UInt64
  ) -> [[ConfigurationNode?]] {
    let columns = zip(options, axes).map { options, axis -> [ConfigurationNode?] in
      var column = (0..<count).map { options[$0 % options.count] }
      var stream = RandomStream(seed: seed, name: "tune.\(axis.key)")
      for place in column.indices.dropFirst().reversed() {
        column.swapAt(place, Int(stream.next(below: UInt64(place + 1))))
      }
      return column
    }
    return (0..<count).map { row in columns.map { $0[row] } }
  }
}

/// A settings file as `tune` lays other values over it.
struct TuningFile: Sendable {
  /// The file's top, its seed replaced where wanted.
  let node: ConfigurationNode
  let name: String
  /// As `validate` reads it.
  let settings: ValidationSettings

  init(
    _ node: ConfigurationNode, name: String, seed: UInt64?, calls: Int?
  ) throws(ConfigurationError) {
    var node = node
    if let calls {
      node = node.settingCalls(calls)
    }
    if let seed {
      node = node.replacing("seed", with: ConfigurationNode(.scalar("\(seed)"), place: node.place))
    }
    self.node = node
    self.name = name
    settings = try ValidationSettings(node)
  }

  /// The file with other settings.
  func overlaid(
    _ overlay: [String: (TuningAxis, ConfigurationNode)]
  ) -> ConfigurationNode {
    var settings =
      node["settings"] ?? ConfigurationNode(.mapping([]), place: node.place)
    for key in overlay.keys.sorted() {
      if let (axis, value) = overlay[key] { settings = settings.setting(axis.path, to: value) }
    }
    return node.replacing("settings", with: settings)
  }

  /// The first call on each network with other settings.
  func scenarios(
    _ overlay: [String: (TuningAxis, ConfigurationNode)]
  ) throws(ConfigurationError) -> [Scenario] {
    return try ValidationSettings(overlaid(overlay).settingCalls(1), checks: false).jobs
      .map(\.scenario)
  }

  /// The whole scenario of each network, as plans have them, with other settings.
  func scenarioNodes(
    _ overlay: [String: (TuningAxis, ConfigurationNode)]
  ) throws(ConfigurationError) -> [ConfigurationNode] {
    let node = overlaid(overlay)
    let reader = try ConfigurationReader(node, keys: ValidationSettings.keys)
    var settings = reader.node("settings") ?? ConfigurationNode(.mapping([]), place: node.place)
    if let duration = reader.node("duration") {
      settings = settings.setting(["duration"], to: duration)
    }
    let networks = try ValidationNetwork.read(reader)
    let nodes = networks.map { settings.overlaidScenario(with: $0.node) }
    return nodes
  }
}
