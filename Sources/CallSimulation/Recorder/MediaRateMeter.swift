import SimulationKernel

/// The rate at which media is sent, over windows of a second that begin every tenth of one: what a link
/// must carry, where a mean says too little.
struct MediaRateMeter {
  private static let binLength = SimDuration.milliseconds(100)
  private static let binsPerWindow = 10

  /// Octets by tenth of a second.
  private var bins: [Int] = []

  /// - Parameter capacity: so many bins are held without growing.
  init(capacity: Int) { bins.reserveCapacity(capacity) }

  mutating func sent(octets: Int, now: SimTime) {
    let bin = Int(now.nanoseconds / Self.binLength.nanoseconds)
    while bins.count <= bin { bins.append(0) }
    bins[bin] += octets
  }

  /// The rates of all windows within a call, in bit/s and ascending; none of a call below a second.
  func windows(within duration: SimDuration) -> [Int] {
    let whole = Int(duration.nanoseconds / Self.binLength.nanoseconds)
    guard whole >= Self.binsPerWindow else { return [] }
    func octets(_ bin: Int) -> Int { bin < bins.count ? bins[bin] : 0 }
    var sum = (0..<Self.binsPerWindow).reduce(0) { $0 + octets($1) }
    var rates = [sum * 8]
    for bin in Self.binsPerWindow..<max(whole, Self.binsPerWindow) {
      sum += octets(bin) - octets(bin - Self.binsPerWindow)
      rates.append(sum * 8)
    }
    return rates.sorted()
  }
}
