/// A queue over one buffer that is reused: no allocation once it has grown to its longest.
struct FirstInFirstOut<Element: Sendable>: Sendable {
  private var storage: [Element] = []
  private var head = 0

  var count: Int { storage.count - head }
  var first: Element? { head < storage.count ? storage[head] : nil }

  /// The `index`-th in line; within the count (checked).
  subscript(index: Int) -> Element {
    get { storage[head + index] }
    set { storage[head + index] = newValue }
  }

  mutating func append(_ element: Element) {
    if head > 0, head * 2 >= storage.count {
      storage.removeFirst(head)
      head = 0
    }
    storage.append(element)
  }

  mutating func removeFirst() -> Element {
    precondition(head < storage.count, "the queue is empty")
    defer { head += 1 }
    return storage[head]
  }
}
