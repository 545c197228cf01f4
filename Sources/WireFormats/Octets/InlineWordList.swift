/// An element that travels as one 32-bit word.
public protocol WordCoded: Hashable, Sendable {
  init(word: UInt32)
  var word: UInt32 { get }
}

extension UInt32: WordCoded {
  public init(word: UInt32) { self = word }
  public var word: UInt32 { self }
}

/// A list of words of which eight are held in place; only more allocate.
///
/// For lists that are short but seldom of one element: the lost packets of a burst, a few SSRCs.
public struct InlineWordList<Element: WordCoded>: Hashable, Sendable {
  /// What fits in place.
  public static var inlineCapacity: Int { 8 }

  // Words behind `count` are zero, so that equality of the words is equality of the list.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var overflow: [UInt32] = []
  public private(set) var count = 0

  public init() {}

  public mutating func append(_ element: Element) {
    if count < Self.inlineCapacity {
      store(element.word, at: count)
    } else {
      overflow.append(element.word)
    }
    count += 1
  }

  private mutating func store(_ word: UInt32, at index: Int) {
    withUnsafeMutableBytes(of: &words) {
      $0.storeBytes(of: word, toByteOffset: 4 * index, as: UInt32.self)
    }
  }

  /// Reads elements up to the reader's end; a rest of less than a word is refused.
  init(toEndOf reader: inout ByteReader, _ field: StaticString) throws(WireError) {
    while !reader.isAtEnd {
      append(Element(word: try reader.read32(field)))
    }
  }

  var serializedByteCount: Int { 4 * count }

  func serialize(into writer: inout ByteWriter) {
    for element in self { writer.write32(element.word) }
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.words == right.words && left.overflow == right.overflow
  }

  public func hash(into hasher: inout Hasher) {
    for element in self { hasher.combine(element.word) }
  }
}

extension InlineWordList: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  /// The element at `position`, which is within `0 ..< count` (checked).
  public subscript(position: Int) -> Element {
    get {
      precondition(position >= 0 && position < count, "\(position) is not within \(count) elements")
      guard position < Self.inlineCapacity else {
        return Element(word: overflow[position - Self.inlineCapacity])
      }
      return withUnsafeBytes(of: words) {
        Element(word: $0.load(fromByteOffset: 4 * position, as: UInt32.self))
      }
    }
    set {
      precondition(position >= 0 && position < count, "\(position) is not within \(count) elements")
      if position < Self.inlineCapacity {
        store(newValue.word, at: position)
      } else {
        overflow[position - Self.inlineCapacity] = newValue.word
      }
    }
  }
}

extension InlineWordList: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) {
    for element in elements { append(element) }
  }
}
