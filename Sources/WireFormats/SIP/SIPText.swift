/// Small steps on SIP's text, by octets, so that they depend on no locale and no grapheme rules.
enum SIPText {
  /// Without spaces and tabs at both ends.
  static func trimmed(_ text: String) -> String {
    let octets = text.utf8
    guard let first = octets.firstIndex(where: { !isBlank($0) }),
      let last = octets.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }

  /// Equality in which ASCII letters of either case are the same.
  static func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
      && zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
  }

  /// Splits a header value at its first comma outside quotes and angle brackets; `rest` is nil where
  /// the value has one element.
  static func splitFirst(_ value: String) -> (first: String, rest: String?) {
    var isQuoted = false
    var isEscaped = false
    var depth = 0
    for index in value.utf8.indices {
      let octet = value.utf8[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isEscaped = octet == UInt8(ascii: "\\")
        isQuoted = octet != UInt8(ascii: "\"")
      } else {
        switch octet {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "<"): depth += 1
        case UInt8(ascii: ">"): depth -= 1
        case UInt8(ascii: ",") where depth == 0:
          let rest = value[value.utf8.index(after: index)...]
          return (trimmed(String(value[..<index])), trimmed(String(rest)))
        default: break
        }
      }
    }
    return (value, nil)
  }

  /// Whether the octet may stand in a token (RFC 3261 section 25.1).
  static func isToken(_ octet: UInt8) -> Bool {
    switch octet {
    case _ where isAlphanumeric(octet): true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "%"),
      UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "`"),
      UInt8(ascii: "'"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  static func isLetter(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 0x20)
  }

  static func isDigit(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
  }

  static func isAlphanumeric(_ octet: UInt8) -> Bool { isLetter(octet) || isDigit(octet) }

  static func isHexadecimal(_ octet: UInt8) -> Bool {
    isDigit(octet) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet | 0x20)
  }

  static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

  /// The text before and behind the first such octet; `tail` is nil where there is none.
  static func splitOnce(_ text: String, at separator: UInt8) -> (head: String, tail: String?) {
    guard let index = text.utf8.firstIndex(of: separator) else { return (text, nil) }
    return (String(text[..<index]), String(text[text.utf8.index(after: index)...]))
  }

  /// The parts between such octets that stand outside quotes, empty ones kept; nil where a quote does
  /// not end, which would take in what is put behind the text.
  static func split(_ text: String, at separator: UInt8) -> [String]? {
    var parts: [String] = []
    var start = text.startIndex
    var isQuoted = false
    var isEscaped = false
    for index in text.utf8.indices {
      let octet = text.utf8[index]
      if isEscaped {
        isEscaped = false
      } else if octet == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if isQuoted {
        isEscaped = octet == UInt8(ascii: "\\")
      } else if octet == separator {
        parts.append(String(text[start..<index]))
        start = text.utf8.index(after: index)
      }
    }
    guard !isQuoted else { return nil }
    parts.append(String(text[start...]))
    return parts
  }

  /// Takes a quoted string off the front and returns it without quotes and escapes (RFC 3261
  /// section 25.1); nil where it does not end.
  static func takeQuoted(_ text: inout Substring) -> String? {
    var content: [UInt8] = []
    var isEscaped = false
    for index in text.utf8.indices.dropFirst() {
      let octet = text.utf8[index]
      if isEscaped {
        isEscaped = false
      } else if octet == UInt8(ascii: "\"") {
        text = text[text.utf8.index(after: index)...]
        return String(decoding: content, as: UTF8.self)
      } else if octet == UInt8(ascii: "\\") {
        isEscaped = true
        continue
      }
      content.append(octet)
    }
    return nil
  }

  /// The text in quotes, with what would end them escaped.
  static func quoted(_ text: String) -> String {
    var octets = [UInt8(ascii: "\"")]
    for octet in text.utf8 {
      if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") {
        octets.append(UInt8(ascii: "\\"))
      }
      octets.append(octet)
    }
    return String(decoding: octets, as: UTF8.self) + "\""
  }

  private static func lowercased(_ octet: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
  }
}
