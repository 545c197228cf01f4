/// A list that is almost always of one element: the first is held in place, only more allocate.
public struct InlineList<Element: Hashable & Sendable>: Hashable, Sendable {
  private var head: Element?
  private var tail: [Element] = []

  public init() {}

  public init(_ element: Element) {
    head = element
  }

  public mutating func append(_ element: Element) {
    if head == nil {
      head = element
    } else {
      tail.append(element)
    }
  }
}

extension InlineList: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { head == nil ? 0 : 1 + tail.count }

  public subscript(position: Int) -> Element {
    if position == 0, let head { return head }
    return tail[position - 1]
  }
}

extension InlineList: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) {
    for element in elements { append(element) }
  }
}
