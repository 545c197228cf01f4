import Configuration
import Signalling

/// Segments to lose on purpose, as a user writes them: `drop data 1,2; drop ack 1 hop 2`.
///
/// Kinds are `data`, `ack`, `syn` and `syn-ack`, and `datagram` over UDP, each counted from 1 in the
/// order of sending, copies included; `reply` before the kind counts those of the answers' way. A
/// handshake's messages of TLS are data.
enum SegmentScript {
  private static let expectation = "such as \"drop data 1,2; drop syn-ack 1 hop 2\""

  static func read(
    _ text: String, hops: Int, transport: SignallingSettings.Transport, isCold: Bool
  ) throws(ConfigurationError) -> [ScriptedSegmentLoss] {
    var losses: [ScriptedSegmentLoss] = []
    for clause in text.split(separator: ";") {
      var words = clause.split(separator: " ").map(String.init)[...]
      guard words.popFirst() == "drop", var word = words.popFirst() else { throw error(text) }
      var isAnswer = false
      if word == "reply", let next = words.popFirst() {
        isAnswer = true
        word = next
      }
      try check(word, transport, isCold: isCold)
      guard let kind = kind(word), let list = words.popFirst() else { throw error(text) }
      let hop = try hop(&words, text: text, hops: hops)
      for item in list.split(separator: ",", omittingEmptySubsequences: false) {
        guard let number = Int(item), number >= 1 else { throw error(text) }
        // Requests' acknowledgements travel the way of the answers.
        let isReverse = isAnswer != (kind == .acknowledgement || kind == .synAcknowledgement)
        losses.append(
          ScriptedSegmentLoss(
            hop: hop, direction: isReverse ? .towardsReceiver : .towardsSender, kind: kind,
            ordinal: number - 1))
      }
    }
    guard !losses.isEmpty else { throw error(text) }
    return losses
  }

  /// A kind that is never sent would be lost in vain.
  private static func check(
    _ word: String, _ transport: SignallingSettings.Transport, isCold: Bool
  ) throws(ConfigurationError) {
    let opens = word == "syn" || word == "syn-ack"
    let isOfConnections = opens || word == "data" || word == "ack"
    var expected: String?
    if transport == .udp, isOfConnections { expected = "datagram" }
    if transport != .udp, word == "datagram" { expected = "data, ack, syn or syn-ack" }
    if let expected {
      throw ConfigurationError(
        place: ConfigurationPlace(file: "--script"),
        problem: "found \(word) with --transport \(transport.rawValue), expected \(expected)")
    }
    if opens, !isCold {
      throw ConfigurationError(
        place: ConfigurationPlace(file: "--script"),
        problem: "found \(word) without --cold, expected connections that are opened anew")
    }
  }

  private static func kind(_ word: String) -> ScriptedSegmentLoss.Kind? {
    switch word {
    case "data": .data
    case "ack": .acknowledgement
    case "syn": .syn
    case "syn-ack": .synAcknowledgement
    case "datagram": .datagram
    default: nil
    }
  }

  private static func hop(
    _ words: inout ArraySlice<String>, text: String, hops: Int
  ) throws(ConfigurationError) -> Int {
    guard let word = words.popFirst() else { return 0 }
    guard word == "hop", let number = words.popFirst().flatMap({ Int($0) }),
      (1...hops).contains(number), words.isEmpty
    else {
      throw ConfigurationError(
        place: ConfigurationPlace(file: "--script"),
        problem: "found \(quoted(text)), expected hops from 1 to \(hops), \(expectation)")
    }
    return number - 1
  }

  private static func error(_ text: String) -> ConfigurationError {
    ConfigurationError(
      place: ConfigurationPlace(file: "--script"),
      problem: "found \(quoted(text)), expected losses \(expectation)")
  }
}
