/// Splits a command line into words as a POSIX shell does, without expanding anything
/// (Shell Command Language, section 2.2: quoting).
enum ShellWords {
  /// A quotation that does not end.
  struct UnendedQuote: Error, Equatable {
    var quote: Unicode.Scalar
  }

  /// The words of each command: `|`, `;`, `&` and the end of a line part commands.
  static func commands(in text: String) throws(UnendedQuote) -> [[String]] {
    var splitter = Splitter(scalars: Array(text.unicodeScalars))
    return try splitter.split()
  }
}

private struct Splitter {
  let scalars: [Unicode.Scalar]
  private var position = 0
  private var commands: [[String]] = []
  private var words: [String] = []
  /// nil between words; a quotation begins a word even where it is empty.
  private var word: String?

  init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  mutating func split() throws(ShellWords.UnendedQuote) -> [[String]] {
    while let scalar = next() {
      switch scalar {
      case "'": try single()
      case "\"": try double()
      case "\\": escaped()
      case "#" where word == nil: skipComment()
      case " ", "\t", "\r": endWord()
      case "\n", "|", ";": endCommand()
      // `2>&1` names a file rather than ending the command.
      case "&" where word?.hasSuffix(">") != true: endCommand()
      default: append(scalar)
      }
    }
    endCommand()
    return commands
  }

  private mutating func next() -> Unicode.Scalar? {
    guard position < scalars.count else { return nil }
    position += 1
    return scalars[position - 1]
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    word = word ?? ""
    word?.unicodeScalars.append(scalar)
  }

  private mutating func endWord() {
    if let word { words.append(word) }
    word = nil
  }

  private mutating func endCommand() {
    endWord()
    if !words.isEmpty { commands.append(words) }
    words = []
  }

  private mutating func skipComment() {
    while position < scalars.count, scalars[position] != "\n" { position += 1 }
  }

  /// Between single quotes every character stands for itself.
  private mutating func single() throws(ShellWords.UnendedQuote) {
    word = word ?? ""
    while let scalar = next() {
      if scalar == "'" { return }
      append(scalar)
    }
    throw ShellWords.UnendedQuote(quote: "'")
  }

  /// Between double quotes a backslash escapes `$`, a backquote, `"`, itself and an end of line.
  private mutating func double() throws(ShellWords.UnendedQuote) {
    word = word ?? ""
    while let scalar = next() {
      switch scalar {
      case "\"": return
      case "\\":
        guard let escaped = next() else { break }
        switch escaped {
        case "\n": break
        case "$", "`", "\"", "\\": append(escaped)
        default:
          append("\\")
          append(escaped)
        }
      default: append(scalar)
      }
    }
    throw ShellWords.UnendedQuote(quote: "\"")
  }

  /// Outside of quotes a backslash escapes any character, and joins lines.
  private mutating func escaped() {
    guard let scalar = next() else { return append("\\") }
    if scalar != "\n" { append(scalar) }
  }
}
