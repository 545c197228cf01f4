import Configuration

/// Two settings files on the same networks with the same seeds: what `compare` runs.
public struct ComparedSettings: Sendable {
  /// One side's calls.
  public struct Side: Sendable {
    public var document: CampaignDocument
    public var settings: ValidationSettings
  }

  public let first: Side
  public let second: Side

  /// Reads both files as `validate` does. Networks, duration, seed and the number of calls are the first
  /// file's.
  ///
  /// - Parameters:
  ///   - calls: on each network; replaces the file's number.
  ///   - seed: replaces the file's own.
  public init(
    _ firstPath: String, _ secondPath: String, calls: Int? = nil, seed: UInt64? = nil
  ) throws(ConfigurationError) {
    var first = try ConfigurationFile.load(firstPath)
    let own = try ConfigurationFile.load(secondPath)
    // What is wrong with a file is said of it, not of the two together.
    _ = try ValidationSettings(first, seed: seed)
    _ = try ValidationSettings(own, seed: seed)
    if let calls {
      first = first.settingCalls(calls)
    }
    let none = ConfigurationNode(.mapping([]), place: own.place)
    var second = first.replacing("settings", with: own["settings"] ?? none)
    if let name = own["name"] { second = second.replacing("name", with: name) }
    self.first = try Self.side(first, firstPath, seed)
    self.second = try Self.side(second, secondPath, seed)
  }

  private static func side(
    _ node: ConfigurationNode, _ path: String, _ seed: UInt64?
  ) throws(ConfigurationError) -> Side {
    Side(
      document: CampaignDocument(
        kind: .settings, file: path, text: node.flowText + "\n", seed: seed),
      settings: try ValidationSettings(node, seed: seed))
  }
}

extension ConfigurationNode {
  /// Settings with another number of calls on each network, and no more of them.
  func settingCalls(_ calls: Int) -> ConfigurationNode {
    let number = ConfigurationNode(.scalar("\(calls)"), place: place)
    return replacing("calls", with: number).replacing("max-calls", with: number)
  }
}
