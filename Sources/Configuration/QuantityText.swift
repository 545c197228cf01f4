import SimulationKernel

/// A duration in the largest unit that keeps it whole, as the files write it: `370us`, `50ms`.
public func durationText(_ duration: SimDuration) -> String {
  let nanoseconds = duration.nanoseconds
  if nanoseconds == 0 { return "0ms" }
  for (unit, scale) in [
    ("h", 3_600_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
  ] as [(String, Int64)] where nanoseconds % scale == 0 {
    return "\(nanoseconds / scale)\(unit)"
  }
  return "\(nanoseconds)ns"
}

/// A rate in the largest unit that keeps it whole, as the files write it: `300kbps`.
public func bitrateText(_ rate: Bitrate) -> String {
  let bits = rate.bitsPerSecond
  for (unit, scale) in [("Gbps", 1_000_000_000), ("Mbps", 1_000_000), ("kbps", 1_000)]
    as [(String, Int64)] where bits > 0 && bits % scale == 0
  {
    return "\(bits / scale)\(unit)"
  }
  return "\(bits)bps"
}

/// A number without a needless fraction: `1`, `0.5`.
func decimalText(_ number: Double) -> String {
  let whole = number.rounded(.towardZero)
  return whole == number && number.magnitude < 1e15 ? "\(Int64(whole))" : "\(number)"
}
