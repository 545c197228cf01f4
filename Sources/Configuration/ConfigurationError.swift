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
    if let key { text += ": \(key)" }
    return text + ": " + problem
  }
}

/// Text from a file as an error shows it: quoted, on one line, of bounded length.
public func quoted(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(60) {
    switch scalar.value {
    case 0x0A: shown += "\\n"
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E: shown += "?"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return text.unicodeScalars.count > 60 ? "\"\(shown)...\"" : "\"\(shown)\""
}
