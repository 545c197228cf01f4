/// Which call of a results folder is wanted, as its files number it.
public struct ReplayIdentifier: Hashable, Sendable {
  /// What in the call matters.
  public enum Part: Hashable, Sendable {
    /// All of its episodes.
    case call
    case episode(Int)
    case probe(Int)
  }

  public var run: Int
  public var part: Part

  /// Reads RUN or RUN/EPISODE.
  ///
  /// - Throws: `CampaignError.usage`.
  public init(episode text: String) throws(CampaignError) {
    guard let numbers = Self.numbers(text), numbers.count <= 2 else {
      throw .usage(
        "--episode: found \"\(text)\", expected RUN or RUN/EPISODE as in episodes.csv, such as 12/0"
      )
    }
    run = numbers[0]
    part = numbers.count == 2 ? .episode(numbers[1]) : .call
  }

  /// Reads RUN/NUMBER.
  ///
  /// - Throws: `CampaignError.usage`.
  public init(probe text: String) throws(CampaignError) {
    guard let numbers = Self.numbers(text), numbers.count == 2 else {
      throw .usage(
        "--probe: found \"\(text)\", expected RUN/NUMBER as in probes.csv, such as 12/0")
    }
    run = numbers[0]
    part = .probe(numbers[1])
  }

  private static func numbers(_ text: String) -> [Int]? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.allSatisfy(\.isASCII) && part.allSatisfy(\.isNumber) ? Int(part) : nil
    }
    return numbers.count == parts.count ? numbers : nil
  }

  /// The option by which it is asked for.
  public var flag: String {
    if case .probe = part { return "--probe" }
    return "--episode"
  }

  /// "12-0", "probe-12-0": for a folder's name.
  public var folderPart: String {
    switch part {
    case .call: "\(run)"
    case .episode(let number): "\(run)-\(number)"
    case .probe(let number): "probe-\(run)-\(number)"
    }
  }
}
