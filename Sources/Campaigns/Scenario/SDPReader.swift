import Configuration
import Signalling
import WireFormats

/// Reads `sdp`: session descriptions that take the place of `mechanism` and of some keys of `rtp` and
/// `rtcp`.
enum SDPReader {
  private static let keys = ["offer", "answer", "b2bua", "b2bua-answer", "sender"]

  /// The scenario with the keys that its session descriptions stand for; itself where it names none.
  static func expanded(_ node: ConfigurationNode) throws(ConfigurationError) -> ConfigurationNode {
    guard node["sdp"] != nil else { return node }
    let top = try ConfigurationReader(node, keys: ScenarioReader.keys)
    guard !top.has("mechanism") else {
      throw top.error("mechanism", "given beside sdp, expected one of the two")
    }
    guard let reader = try top.mapping("sdp", keys: keys) else { return node }
    let sender = try reader.value("sender", ConfigurationValue<CallParty>.oneOf) ?? .caller
    let stream = try stream(reader)
    if let obstacle = stream.obstacle(toVideoFrom: sender) {
      throw reader.error(
        "sender", "no video goes from the \(sender.rawValue): \(obstacle), expected video to go")
    }
    return try setting(NegotiatedSettings(stream, sender: sender), in: node, at: reader.place)
  }

  private static func stream(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> VideoNegotiation {
    _ = try reader.required("offer", .path)
    _ = try reader.required("answer", .path)
    let negotiation = FeedbackNegotiation(
      offer: try description("offer", reader)!, answer: try description("answer", reader)!,
      b2buaOffer: try description("b2bua", reader),
      b2buaAnswer: try description("b2bua-answer", reader))
    if let stream = negotiation.firstWithVideo { return stream }
    let reason = negotiation.streams.first?.obstacle?.description ?? "the offer has no m=video line"
    throw reader.error("offer", "no VP8 video is negotiated: \(reason), expected one stream of it")
  }

  /// The files that a scenario's `sdp` names.
  static func paths(_ node: ConfigurationNode) -> [String] {
    ["offer", "answer", "b2bua", "b2bua-answer"].compactMap { key in
      guard let value = node["sdp"]?[key], case .scalar(let text) = value.content else {
        return nil
      }
      return value.place.path(to: text)
    }
  }

  /// A description; nil where the file does not name one. Its path counts from the scenario's folder.
  private static func description(
    _ key: String, _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> SessionDescription? {
    guard let path = try reader.value(key, .path), let place = reader.node(key)?.place else {
      return nil
    }
    let file = place.path(to: path)
    do throws(ConfigurationError) {
      return try SDPFile.load(file)
    } catch {
      // A file that cannot be read at all is a mistake in the line that names it.
      guard error.place.line == 0 else { throw error }
      throw reader.error(key, "\(file): \(error.problem)")
    }
  }

  private static func setting(
    _ settings: NegotiatedSettings, in node: ConfigurationNode, at place: ConfigurationPlace
  ) throws(ConfigurationError) -> ConfigurationNode {
    var expanded = node.setting(
      ["mechanism"], to: ConfigurationNode(.scalar(settings.mechanism), place: place))
    for (name, values) in settings.groups {
      for (key, value) in values {
        if let given = node[name]?[key] {
          throw ConfigurationError(
            place: given.place, key: "\(name).\(key)",
            problem: "given beside sdp, which makes it \(value), expected one of the two")
        }
        expanded = expanded.setting(
          [name, key], to: ConfigurationNode(.scalar(value), place: place))
      }
    }
    return expanded
  }
}

extension ConfigurationValue where Value == String {
  /// A file's path.
  static var path: Self {
    let expectation = "the path of a file"
    return Self(expectation: expectation) { (text) throws(ConfigurationMismatch) in
      guard text.utf8.count <= 4_096, !text.unicodeScalars.contains(where: { $0.value < 0x20 })
      else { throw ConfigurationMismatch(expectation) }
      return text
    }
  }
}
