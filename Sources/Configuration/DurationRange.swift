import SimulationKernel

extension ConfigurationValue where Value == ClosedRange<SimDuration> {
  /// `0s..1s`: from the first to the second, both included; one duration alone is both.
  public static func durationRange(_ bounds: ClosedRange<SimDuration>) -> Self {
    let general = "a range of durations such as 0s..1s, or one duration"
    let duration = ConfigurationValue<SimDuration>.duration(bounds)
    return Self(expectation: general) { (text) throws(Mismatch) in
      guard let (first, last) = ends(of: text) else { throw Mismatch(general) }
      let (lower, upper) = (try duration.value(of: first), try duration.value(of: last))
      guard lower <= upper else {
        throw Mismatch("a range of durations whose first is not above its second")
      }
      return lower...upper
    }
  }

  /// The texts on both sides of the two points; nil where there are more of those.
  private static func ends(of text: String) -> (first: String, last: String)? {
    // A duration may have one point, never two in a row.
    var parts: [[UInt8]] = [[]]
    let octets = Array(text.utf8)
    var place = 0
    while place < octets.count {
      if octets[place...].starts(with: [0x2E, 0x2E]) {
        parts.append([])
        place += 2
      } else {
        parts[parts.count - 1].append(octets[place])
        place += 1
      }
    }
    guard parts.count <= 2 else { return nil }
    let texts = parts.map { String(decoding: $0, as: UTF8.self) }
    return (texts[0], texts[texts.count - 1])
  }
}
