import SimulationKernel

extension ConfigurationValue where Value == ClosedRange<SimDuration> {
  /// `0s..1s`: from the first to the second, both included; one duration alone is both.
  public static func durationRange(_ bounds: ClosedRange<SimDuration>) -> Self {
    let general = "a range of durations such as 0s..1s, or one duration"
    let duration = ConfigurationValue<SimDuration>.duration(bounds)
    return Self(expectation: general) { (text) throws(Mismatch) in
      let ends = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
      guard ends.count <= 2, let first = ends.first, let last = ends.last else {
        throw Mismatch(general)
      }
      let (lower, upper) = (try duration.value(of: first), try duration.value(of: last))
      guard lower <= upper else {
        throw Mismatch("a range of durations whose first is not above its second")
      }
      return lower...upper
    }
  }
}
