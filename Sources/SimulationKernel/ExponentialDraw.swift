extension RandomStream {
  /// The longest mean `nextExponential` takes, about 13 months: even its rarest draws, of a hundred
  /// means and more, stay within `SimDuration`.
  public static let longestMean = SimDuration(nanoseconds: 1 << 55)

  /// A draw from the exponential distribution of this mean, rounded down to a nanosecond.
  ///
  /// Made from comparisons of uniform draws and one integer product, without a logarithm, so that
  /// every machine and every C library gives the same value. It takes e^2 / (e - 1), about 4.3,
  /// uniform draws on average. Source: J. von Neumann, "Various techniques used in connection with
  /// random digits", 1951.
  ///
  /// - Parameter mean: within zero and `longestMean` (checked).
  @inlinable
  public mutating func nextExponential(mean: SimDuration) -> SimDuration {
    precondition(
      mean >= .zero && mean <= Self.longestMean, "a mean lies between nothing and 13 months")
    let mean = UInt64(mean.nanoseconds)
    var wholeMeans: UInt64 = 0
    while true {
      // A run of falling uniforms that starts at x has an odd length with probability exp(-x): then
      // x is the fraction of the result. A run of even length happens with probability exp(-1),
      // that of surviving one whole mean.
      let fraction = next()
      var lowest = fraction
      var lengthIsOdd = true
      while true {
        let following = next()
        if following >= lowest { break }
        lowest = following
        lengthIsOdd.toggle()
      }
      if lengthIsOdd {
        let part = mean.multipliedFullWidth(by: fraction).high
        return SimDuration(nanoseconds: Int64(mean &* wholeMeans &+ part))
      }
      wholeMeans += 1
    }
  }
}
