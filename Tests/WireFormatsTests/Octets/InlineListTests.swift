import Testing
import WireFormats

@Suite("Inline list")
struct InlineListTests {
  @Test("it holds what was appended, in order", arguments: 0..<5)
  func order(count: Int) {
    var list = InlineList<Int>()
    for value in 0..<count { list.append(10 + value) }
    #expect(Array(list) == (0..<count).map { 10 + $0 })
    #expect(list.count == count)
    #expect(list.isEmpty == (count == 0))
    #expect((0..<count).allSatisfy { list[$0] == 10 + $0 })
  }

  @Test("a literal and one element make the same list")
  func literal() {
    #expect(InlineList(7) == [7])
    #expect(InlineList(7) != [7, 7])
    #expect(InlineList<Int>() == [])
  }
}
