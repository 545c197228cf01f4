/// How sure a verdict must be at each look, so that the whole procedure keeps its promise.
///
/// Two promises hold for a validation as a whole, whatever the number of looks: settings that break a gate
/// pass with a probability of at most 2.5 %, and settings that keep all gates fail with at most 2.5 %.
/// A validation passes only if all its lines do, so that a line that is wrong to pass is the only way to
/// be wrong, and the first risk is shared among the looks alone. It fails as soon as one line does, so that
/// the second risk is shared among looks and lines (Bonferroni).
public struct GateLevels: Sendable, Equatable {
  /// What a validation may be wrong by, on either side.
  public static let risk = 0.025

  /// Probability beyond the end of the interval by which a line passes at one look.
  public let passTail: Double
  /// The same of the interval by which it fails.
  public let failTail: Double

  /// - Parameters:
  ///   - looks: how often a line may be judged at most; positive.
  ///   - lines: gates times networks, all networks together counted as one more.
  public init(looks: Int, lines: Int) {
    precondition(looks > 0 && lines > 0, "a verdict needs a look and a line")
    passTail = Self.risk / Double(looks)
    failTail = Self.risk / Double(looks * lines)
  }
}

/// After how many calls a line is judged: the file's `calls`, then twice as many, and so on to the last.
public struct LookSchedule: Sendable, Equatable {
  /// Ascending numbers of calls on a network.
  public let calls: [Int]

  /// - Parameters:
  ///   - first: positive.
  ///   - last: at least as many.
  public init(first: Int, last: Int) {
    precondition(first > 0 && last >= first, "the last look comes with or after the first")
    var calls = [first]
    while let reached = calls.last, reached < last { calls.append(min(last, reached * 2)) }
    self.calls = calls
  }
}

/// Student's t distribution.
enum StudentTail {
  /// The value that the distribution exceeds with a probability of `tail`.
  ///
  /// Odd degrees of freedom count as one fewer, which makes it larger, and more than 400 as 400.
  /// - Parameters:
  ///   - tail: within 0..<0.5, at least 1e-9.
  ///   - degrees: at least 2 (checked).
  static func quantile(tail: Double, degrees: Int) -> Double {
    precondition(degrees >= 2 && tail >= 1e-9 && tail < 0.5, "no such quantile")
    let even = min(degrees - degrees % 2, 400)
    var (low, high) = (0.0, 1.0)
    while upperTail(high, evenDegrees: even) > tail { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if upperTail(middle, evenDegrees: even) > tail { low = middle } else { high = middle }
    }
    return high
  }

  /// The probability above `t` > 0: a finite sum for even degrees (Abramowitz and Stegun, 26.7.4).
  private static func upperTail(_ t: Double, evenDegrees degrees: Int) -> Double {
    let count = Double(degrees)
    let sine = t / (count + t * t).squareRoot()
    let cosineSquared = count / (count + t * t)
    var (term, sum) = (1.0, 1.0)
    for k in stride(from: 2, to: degrees, by: 2) {
      term *= cosineSquared * Double(k - 1) / Double(k)
      sum += term
    }
    return (1 - sine * sum) / 2
  }
}
