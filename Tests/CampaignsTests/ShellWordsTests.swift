import Testing

@testable import Campaigns

@Suite("ShellWords, POSIX Shell Command Language section 2.2")
struct ShellWordsTests {
  @Test(
    "words are as a shell has them",
    arguments: [
      ("", []), ("  a  b\tc ", [["a", "b", "c"]]), ("'a b' c", [["a b", "c"]]),
      ("a'b'\"c\"d", [["abcd"]]), ("'' x", [["", "x"]]), ("a\\ b", [["a b"]]),
      ("'a\\b'", [["a\\b"]]), ("\"a\\\"b\\$c\\d\"", [["a\"b$c\\d"]]),
      ("a \\\n  b", [["a", "b"]]), ("a\nb", [["a"], ["b"]]),
      ("a | b c; d && e", [["a"], ["b", "c"], ["d"], ["e"]]),
      ("'a|b;c&d'", [["a|b;c&d"]]), ("a 2>&1 b", [["a", "2>&1", "b"]]),
      ("a # rest\nb", [["a"], ["b"]]), ("a#b", [["a#b"]]), ("\"a\\\nb\"", [["ab"]]),
      ("a\\", [["a\\"]]),
    ] as [(String, [[String]])])
  func words(text: String, commands: [[String]]) throws {
    #expect(try ShellWords.commands(in: text) == commands)
  }

  @Test("a quotation without an end is refused", arguments: ["'a", "b \"a", "\"a\\"])
  func unended(text: String) {
    #expect(throws: ShellWords.UnendedQuote.self) { try ShellWords.commands(in: text) }
  }

  @Test("any words survive being quoted and split again")
  func roundTrip() throws {
    for word in ["a b", "it's", "\"", "\\", "|", "$x", "#", "\n", "", "--min-q=2"] {
      let quoted =
        "'"
        + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
      #expect(try ShellWords.commands(in: "x \(quoted) y") == [["x", word, "y"]])
    }
  }
}
