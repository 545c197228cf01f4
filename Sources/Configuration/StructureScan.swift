/// Finds what would keep a YAML library busy without bound, before it builds anything: deep nesting,
/// aliases that multiply, and collections as keys, which Yams compares with each other in time that
/// doubles with each level.
///
/// It reads tokens by the rules of libyaml's scanner, which Yams is built on, as far as it must to tell
/// structure from comments, quoted text, plain text and block scalars. It ends, content, where
/// libyaml refuses the text itself.
struct StructureScan {
  enum Fault: Equatable {
    case collectionKey
    case depth
    case aliases
  }

  /// Deepest nesting of flow collections, and of block collections around them.
  static let maximumDepth = 64
  static let maximumAliases = 16

  /// Counted from 1, as libyaml counts lines.
  private(set) var line = 1

  /// Line breaks are single line feeds, and zeros follow the end.
  private let text: [UInt8]
  private var position = 0
  private var column = 0
  /// The columns of the block collections that are open, outermost first.
  private var indentations: [Int] = []
  /// The flow collections that are open, outermost first.
  private var flow: [Flow] = []
  /// Where a key without a question mark may have begun: of block collections, and by flow collection.
  private var keys: [SimpleKey?] = [nil]
  private var mayStartKey = true
  private var hasJustClosed = false
  private var aliases = 0

  private struct Flow {
    var isMapping: Bool
    /// Whether the next node is a key: in a mapping it is one with or without a colon.
    var expectsKey: Bool
  }

  private struct SimpleKey {
    var line: Int
    var column: Int
  }

  init(_ text: String) {
    self.text = Self.normalized(text.utf8)
  }

  /// The first fault; nil where there is none. `line` then is its line.
  mutating func fault() -> Fault? {
    while true {
      skipToToken()
      unroll(to: column)
      guard !isEnd(0) else { return nil }
      switch token() {
      case .read: continue
      case .refused: return nil
      case .fault(let fault): return fault
      }
    }
  }

  private enum Outcome {
    case read
    /// By libyaml.
    case refused
    case fault(Fault)
  }

  // MARK: Tokens

  private mutating func token() -> Outcome {
    if column == 0, octet(0) == ascii("%") || isDocumentIndicator {
      return documentIndicator()
    }
    let wasClosed = hasJustClosed
    hasJustClosed = false
    switch octet(0) {
    case ascii("["), ascii("{"): return flowStart()
    case ascii("]"), ascii("}"): flowEnd()
    case ascii(","): flowEntry()
    case ascii("-") where isBlankOrEnd(1): return blockEntry()
    case ascii("?") where !flow.isEmpty || isBlankOrEnd(1): return .fault(.collectionKey)
    case ascii(":") where !flow.isEmpty || isBlankOrEnd(1):
      return wasClosed ? .fault(.collectionKey) : value()
    case ascii("*"):
      aliases += 1
      anchor()
      endsKey()
      return aliases > Self.maximumAliases ? .fault(.aliases) : .read
    case ascii("&"): anchor()
    case ascii("!"): tag()
    case ascii("|") where flow.isEmpty, ascii(">") where flow.isEmpty: blockScalar()
    case ascii("'"): quoted(by: ascii("'"))
    case ascii("\""): quoted(by: ascii("\""))
    case ascii("|"), ascii(">"), ascii("%"), ascii("@"), ascii("`"), ascii("\t"), ascii("?"):
      guard octet(0) == ascii("?"), flow.isEmpty else { return .refused }
      plain()
    default: plain()
    }
    return .read
  }

  private mutating func documentIndicator() -> Outcome {
    let isDirective = octet(0) == ascii("%")
    unroll(to: -1)
    keys[keys.count - 1] = nil
    mayStartKey = false
    hasJustClosed = false
    if isDirective { skipLine() } else { for _ in 0..<3 { advance() } }
    return .read
  }

  private mutating func flowStart() -> Outcome {
    if let inner = flow.last, inner.isMapping, inner.expectsKey { return .fault(.collectionKey) }
    saveKey()
    let isMapping = octet(0) == ascii("{")
    flow.append(Flow(isMapping: isMapping, expectsKey: isMapping))
    keys.append(nil)
    mayStartKey = true
    advance()
    return flow.count > Self.maximumDepth ? .fault(.depth) : .read
  }

  private mutating func flowEnd() {
    keys[keys.count - 1] = nil
    if flow.popLast() != nil { keys.removeLast() }
    mayStartKey = false
    hasJustClosed = true
    advance()
  }

  private mutating func flowEntry() {
    keys[keys.count - 1] = nil
    mayStartKey = true
    if let last = flow.indices.last { flow[last].expectsKey = true }
    advance()
  }

  private mutating func blockEntry() -> Outcome {
    if flow.isEmpty {
      guard mayStartKey else { return .refused }
      roll(to: column)
    }
    keys[keys.count - 1] = nil
    mayStartKey = true
    endsKey()
    advance()
    return indentations.count > Self.maximumDepth ? .fault(.depth) : .read
  }

  private mutating func value() -> Outcome {
    if let key = keys[keys.count - 1], key.line == line {
      roll(to: key.column)
      keys[keys.count - 1] = nil
      mayStartKey = false
    } else {
      if flow.isEmpty {
        guard mayStartKey else { return .refused }
        roll(to: column)
      }
      mayStartKey = flow.isEmpty
    }
    endsKey()
    advance()
    return indentations.count > Self.maximumDepth ? .fault(.depth) : .read
  }

  private mutating func anchor() {
    saveKey()
    mayStartKey = false
    advance()
    while isWord(octet(0)) { advance() }
  }

  private mutating func tag() {
    saveKey()
    mayStartKey = false
    if octet(1) == ascii("<") {
      while !isBlankOrEnd(0), octet(0) != ascii(">") { advance() }
    }
    while !isBlankOrEnd(0), flow.isEmpty || octet(0) != ascii(",") { advance() }
  }

  // MARK: Scalars

  private mutating func quoted(by quote: UInt8) {
    saveKey()
    mayStartKey = false
    endsKey()
    advance()
    while !isEnd(0) {
      if octet(0) == ascii("\\"), quote == ascii("\"") {
        advance()
      } else if octet(0) == quote {
        let isDoubled = quote == ascii("'") && octet(1) == quote
        advance()
        if !isDoubled { return }
      }
      if !isEnd(0) { advance() }
    }
  }

  private mutating func plain() {
    saveKey()
    mayStartKey = false
    endsKey()
    let indentation = (indentations.last ?? -1) + 1
    var hasBreak = false
    while !(column == 0 && isDocumentIndicator), octet(0) != ascii("#") {
      let start = position
      while !isBlankOrEnd(0), !endsPlain { advance() }
      if position > start { hasBreak = false }
      guard isBlank(0) || isBreak(0) else { break }
      while isBlank(0) || isBreak(0) {
        hasBreak = hasBreak || isBreak(0)
        advance()
      }
      if flow.isEmpty, column < indentation { break }
    }
    if hasBreak { mayStartKey = true }
  }

  private var endsPlain: Bool {
    switch octet(0) {
    case ascii(":"): isBlankOrEnd(1)
    case ascii(","), ascii("["), ascii("]"), ascii("{"), ascii("}"): !flow.isEmpty
    default: false
    }
  }

  private mutating func blockScalar() {
    keys[keys.count - 1] = nil
    mayStartKey = true
    advance()
    var increment = 0
    for _ in 0..<2 {
      if octet(0) >= ascii("1"), octet(0) <= ascii("9") {
        increment = Int(octet(0) - ascii("0"))
        advance()
      } else if octet(0) == ascii("+") || octet(0) == ascii("-") {
        advance()
      }
    }
    skipLine()
    let outer = indentations.last ?? -1
    var indentation = increment > 0 ? max(outer, 0) + increment : 0
    let deepest = skipIndentation(indentation)
    if indentation == 0 { indentation = max(deepest, outer + 1, 1) }
    while column == indentation, !isEnd(0) {
      skipLine()
      _ = skipIndentation(indentation)
    }
  }

  /// Skips empty lines and the next one's indentation, all of it where `limit` is 0.
  ///
  /// - Returns: the largest column on the way.
  private mutating func skipIndentation(_ limit: Int) -> Int {
    var deepest = 0
    while true {
      while limit == 0 || column < limit, octet(0) == ascii(" ") { advance() }
      deepest = max(deepest, column)
      guard isBreak(0) else { return deepest }
      advance()
    }
  }

  // MARK: Keys and indentation

  private mutating func saveKey() {
    guard mayStartKey else { return }
    keys[keys.count - 1] = SimpleKey(line: line, column: column)
  }

  /// A key's node has been read, or there is none.
  private mutating func endsKey() {
    if let last = flow.indices.last { flow[last].expectsKey = false }
  }

  private mutating func roll(to column: Int) {
    if flow.isEmpty, indentations.last ?? -1 < column { indentations.append(column) }
  }

  private mutating func unroll(to column: Int) {
    guard flow.isEmpty else { return }
    while let last = indentations.last, last > column { indentations.removeLast() }
  }

  // MARK: Octets

  private mutating func skipToToken() {
    while true {
      if column == 0, octet(0) == 0xEF, octet(1) == 0xBB, octet(2) == 0xBF { advance() }
      while octet(0) == ascii(" ") || octet(0) == ascii("\t") && (!flow.isEmpty || !mayStartKey) {
        advance()
      }
      if octet(0) == ascii("#") { while !isBreak(0), !isEnd(0) { advance() } }
      guard isBreak(0) else { return }
      advance()
      if flow.isEmpty { mayStartKey = true }
    }
  }

  private mutating func skipLine() {
    while !isBreak(0), !isEnd(0) { advance() }
    if isBreak(0) { advance() }
  }

  /// Over one character.
  private mutating func advance() {
    if isBreak(0) {
      line += 1
      column = 0
    } else {
      column += 1
    }
    position += 1
    while octet(0) & 0xC0 == 0x80 { position += 1 }
  }

  private func octet(_ offset: Int) -> UInt8 { text[position + offset] }
  private func isEnd(_ offset: Int) -> Bool { octet(offset) == 0 }
  private func isBreak(_ offset: Int) -> Bool { octet(offset) == ascii("\n") }
  private func isBlank(_ offset: Int) -> Bool {
    octet(offset) == ascii(" ") || octet(offset) == ascii("\t")
  }
  private func isBlankOrEnd(_ offset: Int) -> Bool {
    isBlank(offset) || isBreak(offset) || isEnd(offset)
  }

  private var isDocumentIndicator: Bool {
    (octet(0) == ascii("-") || octet(0) == ascii(".")) && octet(1) == octet(0)
      && octet(2) == octet(0) && isBlankOrEnd(3)
  }

  /// What names of anchors are made of.
  private func isWord(_ octet: UInt8) -> Bool {
    switch octet {
    case ascii("0")...ascii("9"), ascii("A")...ascii("Z"), ascii("a")...ascii("z"), ascii("_"),
      ascii("-"):
      true
    default: false
    }
  }

  /// YAML 1.1 section 4.2: CR, CR LF, NEL, LS and PS break lines as LF does.
  private static func normalized(_ utf8: String.UTF8View) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(utf8.count + 4)
    for octet in utf8 {
      switch (octet, octets.last, octets.dropLast().last) {
      case (0x85, 0xC2?, _): octets[octets.count - 1] = ascii("\n")
      case (0xA8, 0x80?, 0xE2?), (0xA9, 0x80?, 0xE2?):
        octets.removeLast()
        octets[octets.count - 1] = ascii("\n")
      default: octets.append(octet)
      }
    }
    var text: [UInt8] = []
    text.reserveCapacity(octets.count + 4)
    for (index, octet) in octets.enumerated() {
      if octet != ascii("\r") {
        text.append(octet)
      } else if index + 1 == octets.count || octets[index + 1] != ascii("\n") {
        text.append(ascii("\n"))
      }
    }
    return text + [0, 0, 0, 0]
  }
}

private func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(ascii: character) }
