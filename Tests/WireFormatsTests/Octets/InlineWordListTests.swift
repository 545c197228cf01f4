import Testing
import WireFormats

@Suite("Inline word list")
struct InlineWordListTests {
  @Test("it holds what was appended, in order, on both sides of its capacity", arguments: 0..<20)
  func order(count: Int) {
    var random = SplitMix(seed: UInt64(count))
    let words = (0..<count).map { _ in random.word32() }
    var list = InlineWordList<UInt32>()
    for word in words { list.append(word) }
    #expect(Array(list) == words)
    #expect(list.count == count)
    #expect(list.isEmpty == (count == 0))
    #expect((0..<count).allSatisfy { list[$0] == words[$0] })
  }

  @Test("an element is changed in its place", arguments: [0, 7, 8, 9])
  func change(place: Int) {
    var list: InlineWordList<UInt32> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    let before = list
    list[place] = 77
    #expect(list != before)
    #expect(list[place] == 77)
    list[place] = UInt32(place)
    #expect(list == before)
    #expect(Set([list, before]).count == 1)
  }

  @Test("lists that differ only in trailing zeros are different")
  func trailingZeros() {
    #expect(InlineWordList<UInt32>() != [0])
    let one: InlineWordList<UInt32> = [1]
    #expect(one != [1, 0])
    #expect(one == [1])
  }
}
