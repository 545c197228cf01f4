/// Where something stands: a file and a line of it.
public struct ConfigurationPlace: Hashable, Sendable {
  /// The file's name as the user gave it.
  public var file: String
  /// From 1; 0 speaks of the file as a whole.
  public var line: Int

  public init(file: String, line: Int = 0) {
    self.file = file
    self.line = line
  }
}

/// What is wrong with a file the user wrote: one sentence with place, key, finding, expectation.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  public var place: ConfigurationPlace
  /// The key as a path from the file's top (`network.rtt`); nil where no single key is at fault.
  public var key: String?
  /// What was found and what was expected.
  public var problem: String

  public init(place: ConfigurationPlace, key: String? = nil, problem: String) {
    self.place = place
    self.key = key
    self.problem = problem
  }

  /// `scenario.yaml:12: network.rtt: found "50", expected a duration such as 50ms or 2s`.
  public var description: String {
    var text = place.file
    if place.line > 0 { text += ":\(place.line)" }
    if let key { text += ": " + shownOnOneLine(key, upTo: 200) }
    return text + ": " + problem
  }
}

/// Text from a file as an error shows it: quoted, on one line, of bounded length.
public func quoted(_ text: String) -> String {
  let shown = shownOnOneLine(text, upTo: 60)
  return text.unicodeScalars.count > 60 ? "\"\(shown)...\"" : "\"\(shown)\""
}

/// The first scalars of a text, those replaced that would leave the line or rearrange it.
private func shownOnOneLine(_ text: String, upTo count: Int) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(count) {
    switch scalar {
    case "\n": shown += "\\n"
    case _ where breaksLine(scalar): shown += "?"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// Whether a character is a control: of the terminal, of lines or of the direction of writing.
func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E: true
  default: false
  }
}
