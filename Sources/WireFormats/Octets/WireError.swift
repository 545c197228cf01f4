/// Why octets were refused: the field, where it stands, what was found and what was expected.
public struct WireError: Error, Equatable, Sendable {
  /// What is wrong with the field.
  public enum Kind: Hashable, Sendable {
    /// The octets end before the field does.
    case truncated(needed: Int, available: Int)
    /// A protocol version other than the one this type reads.
    case wrongVersion(found: Int)
    /// Another kind of message than the one this type reads.
    case wrongType(found: Int)
    /// A length that contradicts the octets around it.
    case badLength(found: Int)
    /// A value that the standard does not allow here.
    case badValue(found: Int)
    /// Text that does not follow its grammar.
    case badSyntax
  }

  /// The field in the standard's own words.
  public let field: StaticString
  /// Octets from the start of what the reader was made over to the field.
  public let offset: Int
  public let kind: Kind
  /// What would have been accepted; empty for `truncated`, whose kind says it.
  public let expected: StaticString

  public init(_ field: StaticString, at offset: Int, _ kind: Kind, expected: StaticString = "") {
    self.field = field
    self.offset = offset
    self.kind = kind
    self.expected = expected
  }

  public static func == (left: WireError, right: WireError) -> Bool {
    left.offset == right.offset && left.kind == right.kind
      && left.field.description == right.field.description
      && left.expected.description == right.expected.description
  }
}

extension WireError: CustomStringConvertible {
  /// One sentence for users, without the file, which only the caller knows.
  public var description: String {
    let place = "\(field) at octet \(offset)"
    return switch kind {
    case .truncated(let needed, let available):
      "\(place): found \(available) octets, expected \(needed)"
    case .wrongVersion(let found): "\(place): found version \(found), expected \(expected)"
    case .wrongType(let found): "\(place): found type \(found), expected \(expected)"
    case .badLength(let found): "\(place): found length \(found), expected \(expected)"
    case .badValue(let found): "\(place): found \(found), expected \(expected)"
    case .badSyntax: "\(place): expected \(expected)"
    }
  }
}
