import Configuration

/// A setting and the values it may take.
public struct TuningAxis: Sendable, Equatable {
  /// As the user wrote it.
  public var name: String
  /// From a scenario's top.
  public var path: [String]
  public var values: [ConfigurationNode]

  /// The scenario's key.
  public var key: String { path.joined(separator: ".") }

  /// The value as tables show it.
  func text(_ value: ConfigurationNode) -> String {
    if case .scalar(let text) = value.content { return text }
    return value.flowText
  }

  /// What stands in the place of a file for values from the command line.
  private static let place = ConfigurationPlace(file: "--over")
  /// Keys that say where settings must hold, not what they are.
  private static let givenKeys = ["network", "duration"]

  /// Reads `golden-interval,cpu-used,receiver.repeat-interval=[100ms, 200ms]`.
  ///
  /// - Parameter settings: the settings' present scenario, which some values follow.
  static func all(
    _ text: String, beside settings: ValidationSettings
  ) throws(ConfigurationError) -> [TuningAxis] {
    var axes: [TuningAxis] = []
    for part in parts(of: text) {
      let axis = try TuningAxis(part, beside: settings)
      guard !axes.contains(where: { $0.path == axis.path }) else {
        throw error(axis.name, "is given twice, expected each key once")
      }
      axes.append(axis)
    }
    guard !axes.isEmpty else {
      throw error(
        nil, "found no key, expected some of \(TuningKey.all.map(\.name).joined(separator: ", "))")
    }
    return axes
  }

  private init(
    _ text: String, beside settings: ValidationSettings
  ) throws(ConfigurationError) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = Self.trimmed(sides[0])
    let known = TuningKey.known(name)
    self.name = name
    path = known?.path ?? name.split(separator: ".").map(String.init)
    try Self.check(name, path, isKnown: known != nil)
    if sides.count == 2 {
      values = try Self.values(Self.trimmed(sides[1]), name, path)
    } else if let known {
      values = known.values(settings.jobs[0].scenario).map {
        ConfigurationNode(.scalar($0), place: Self.place)
      }
    } else {
      throw Self.error(
        name,
        "has no list of values of its own, expected them such as \(name)=[A, B], or one of "
          + TuningKey.all.map(\.name).joined(separator: ", "))
    }
  }

  private static func check(
    _ name: String, _ path: [String], isKnown: Bool
  ) throws(ConfigurationError) {
    let top = Plan.scenarioKeys.filter { !givenKeys.contains($0) }
    let first = path.first ?? ""
    guard !givenKeys.contains(first) else {
      throw error(
        name, "belongs to the file's networks and calls, expected a key of its settings")
    }
    guard !isKnown, !top.contains(first) else { return }
    throw error(
      nil,
      "unknown key \(quoted(name)), "
        + suggestion(for: name, among: TuningKey.all.map(\.name) + top))
  }

  /// The list or range behind a key, by the rules of plans.
  private static func values(
    _ text: String, _ name: String, _ path: [String]
  ) throws(ConfigurationError) -> [ConfigurationNode] {
    let node = try ConfigurationFile.parse("value: \(text)\n", file: place.file)["value"]
    let vary = ConfigurationNode.mapping(
      [(path.joined(separator: "."), node ?? ConfigurationNode(.scalar(""), place: place))],
      place: place)
    let reader = try ConfigurationReader(
      .mapping([("vary", vary)], place: place), keys: ["vary", "pair"])
    return try PlanAxis.all(reader)[0].choices.map { $0[0] }
  }

  /// The text between commas that are in no brackets.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for letter in text {
      if "[{(".contains(letter) { depth += 1 }
      if "]})".contains(letter) { depth -= 1 }
      if letter == ",", depth <= 0 {
        parts.append(part)
        part = ""
      } else {
        part.append(letter)
      }
    }
    return (parts + [part]).filter { !trimmed($0).isEmpty }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  private static func error(_ key: String?, _ problem: String) -> ConfigurationError {
    ConfigurationError(place: place, key: key, problem: problem)
  }
}
