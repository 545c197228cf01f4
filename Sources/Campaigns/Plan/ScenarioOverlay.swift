import Configuration

extension ConfigurationNode {
  /// A scenario's keys laid over others. A network by name stands for all that a network is: what lies
  /// below says nothing of it any more.
  func overlaidScenario(with other: ConfigurationNode) -> ConfigurationNode {
    let below = other["network"]?["profile"] == nil ? self : withoutNetwork
    return below.overlaid(with: other)
  }

  /// The scenario on a network that loses nothing of itself; delays, jitter and queues are as before.
  var withoutLoss: ConfigurationNode {
    let causes: Set = [
      "loss", "burst", "loss-model", "outages", "trace", "trace-start", "lose",
    ]
    func spared(_ node: ConfigurationNode) -> ConfigurationNode {
      guard case .mapping(let entries) = node.content else { return node }
      return ConfigurationNode(
        .mapping(
          entries.filter { !causes.contains($0.key) }.map { entry in
            Entry(key: entry.key, place: entry.place, value: spared(entry.value))
          }), place: node.place)
    }
    let network = self["network"].map(spared) ?? ConfigurationNode(.mapping([]), place: place)
    // What a network by name loses, too.
    let quiet = ConfigurationNode.mapping(
      [
        ("loss", ConfigurationNode(.scalar("0%"), place: place)),
        ("outages", ConfigurationNode(.list([]), place: place)),
      ], place: place)
    return replacing("network", with: network.overlaid(with: quiet))
  }

  var withoutNetwork: ConfigurationNode {
    guard case .mapping(let entries) = content else { return self }
    return ConfigurationNode(.mapping(entries.filter { $0.key != "network" }), place: place)
  }
}
