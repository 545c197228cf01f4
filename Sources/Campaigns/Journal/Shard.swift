/// One of several equal parts of a plan's jobs: every `count`-th one.
public struct Shard: Sendable, Equatable {
  /// From 1 to `count`.
  public let number: Int
  public let count: Int

  /// All jobs.
  public static let whole = Shard(number: 1, count: 1)!

  /// More parts than this are nobody's cluster.
  public static let maximumCount = 100_000

  /// Nil where the number is not from 1 to the count, or the count not from 1 to `maximumCount`.
  public init?(number: Int, count: Int) {
    guard (1...Self.maximumCount).contains(count), (1...count).contains(number) else { return nil }
    self.number = number
    self.count = count
  }

  /// Reads `2/4`; nil where it is nothing of the kind.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let number = Int(parts[0]), let count = Int(parts[1])
    else { return nil }
    self.init(number: number, count: count)
  }

  /// `2/4`.
  public var text: String { "\(number)/\(count)" }

  /// Its jobs, of so many in all.
  ///
  /// Neighbours go to different shards: jobs that lie together take similarly long.
  public func jobs(of total: Int) -> StrideTo<Int> {
    stride(from: number - 1, to: total, by: count)
  }

  /// How many jobs it has, of so many in all.
  public func jobCount(of total: Int) -> Int {
    total < number ? 0 : (total - number) / count + 1
  }

  func contains(_ job: Int) -> Bool { job % count == number - 1 }
}
