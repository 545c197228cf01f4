import Configuration

extension ConfigurationNode {
  /// A scenario's keys laid over others. A network by name stands for all that a network is: what lies
  /// below says nothing of it any more.
  func overlaidScenario(with other: ConfigurationNode) -> ConfigurationNode {
    let below = other["network"]?["profile"] == nil ? self : withoutNetwork
    return below.overlaid(with: other)
  }

  var withoutNetwork: ConfigurationNode {
    guard case .mapping(let entries) = content else { return self }
    return ConfigurationNode(.mapping(entries.filter { $0.key != "network" }), place: place)
  }
}
