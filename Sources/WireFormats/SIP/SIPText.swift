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
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "%"),
      UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "`"),
      UInt8(ascii: "'"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

  private static func lowercased(_ octet: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
  }
}
