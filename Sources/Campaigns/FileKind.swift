import Configuration

/// What a file is, told by keys that only its kind has, so that a file of another kind is not taken
/// for one full of mistakes.
enum FileKind: CaseIterable {
  case scenario, plan, settings

  private var keys: [String] {
    switch self {
    case .scenario: ["mechanism", "sdp", "network", "video", "codec"]
    case .plan: ["groups", "base"]
    case .settings: ["gates", "networks", "settings"]
    }
  }

  private var words: String {
    switch self {
    case .scenario: "a scenario, which `avpfsim run` reads"
    case .plan: "a plan, which `avpfsim suite` reads"
    case .settings: "settings to validate, which `avpfsim validate` reads"
    }
  }

  /// Refuses a file that has keys of another kind and none of this one.
  func check(_ node: ConfigurationNode) throws(ConfigurationError) {
    func isLike(_ kind: FileKind) -> Bool { kind.keys.contains { node[$0] != nil } }
    guard !isLike(self), let other = Self.allCases.first(where: isLike) else { return }
    throw ConfigurationError(
      place: node.place, key: nil, problem: "found \(other.words), expected \(words)")
  }
}
