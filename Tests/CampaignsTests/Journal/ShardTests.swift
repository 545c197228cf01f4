import Foundation
import Testing

@testable import Campaigns

@Suite("Shards")
struct ShardTests {
  @Test("shards divide the jobs, each job in one of them", arguments: [0, 1, 4, 5, 17])
  func division(total: Int) {
    for count in [1, 2, 4, 7] {
      let shards = (1...count).map { Shard(number: $0, count: count)! }
      #expect(shards.flatMap { $0.jobs(of: total) }.sorted() == Array(0..<total))
      for shard in shards {
        #expect(shard.jobs(of: total).map { $0 }.count == shard.jobCount(of: total))
        #expect(shard.jobs(of: total).allSatisfy(shard.contains))
      }
    }
  }

  @Test(
    "a text is two numbers, the first from 1 to the second",
    arguments: [
      ("1/1", true), ("2/4", true), ("0/4", false), ("5/4", false), ("1", false), ("1/", false),
      ("1/2/3", false), ("-1/2", false), ("+1/2", false), ("1/100001", false), ("a/b", false),
      ("", false), ("1 / 2", false), ("99999999999999999999/2", false),
    ])
  func text(text: String, isShard: Bool) {
    #expect((Shard(text) != nil) == isShard)
    if let shard = Shard(text) { #expect(shard.text == text) }
  }

  @Test("files sort as their numbers do")
  func names() {
    #expect(Journal.fileName(of: nil) == "journal.avpf")
    #expect(Journal.fileName(of: Shard("1/1")) == "shard-1-of-1.avpf")
    #expect(Journal.fileName(of: Shard("7/120")) == "shard-007-of-120.avpf")
  }
}
