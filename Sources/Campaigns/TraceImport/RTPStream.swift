import WireFormats

/// An RTP stream of a capture: one source between one pair of addresses, at one or more interfaces.
public struct RTPStream: Sendable {
  public let source: UInt32
  public let flow: UDPFlow
  public let payloadType: UInt8
  /// In Hz, by which transits are reckoned.
  public let clockRate: Int
  /// The sender's clock rate in Hz as the packets show it; nil where they are too few.
  public let measuredClockRate: Double?
  /// Packets, IP octets and nanoseconds at the interface where losses are looked for.
  public let packets: Int
  public let octets: Int
  public let duration: Int64
  /// The interface where losses are looked for: the one that packets reach last.
  public let interface: Int
  /// The interface at which packets were seen earlier on their way, if there is one.
  public let earlierInterface: Int?
  /// All interfaces at which the stream was seen.
  public let interfaces: [Int]

  /// What the second reading needs of the first.
  let first: RTPSighting
  let fastest: [Int64]
  let lowest: Int64
  let restarts: Int
  let strays: Int

  /// - Parameter receptions: of the same source and addresses, one or more.
  init(receptions: [RTPReception]) {
    let (place, earlier) = Self.ends(of: receptions)
    let last = receptions[place]
    source = last.key.source
    flow = last.key.flow
    payloadType = last.payloadType
    clockRate = last.tracker.clockRate
    measuredClockRate = last.measuredClockRate
    packets = last.packets
    octets = last.octets
    duration = last.duration
    interface = last.key.interface
    earlierInterface = earlier.map { receptions[$0].key.interface }
    interfaces = receptions.map(\.key.interface).sorted()
    first = last.first
    fastest = last.fastest
    lowest = last.lowest
    restarts = last.tracker.restarts
    strays = last.tracker.strays
  }

  /// Where packets pass last, and where they were seen before that.
  ///
  /// Later on the way is where they come later by the sender's own timestamps, whatever was lost
  /// between. An interface that saw only a tenth of the stream tells too little.
  private static func ends(of receptions: [RTPReception]) -> (last: Int, earlier: Int?) {
    let widest = receptions.map(\.span).max()!
    let places = receptions.indices.filter { receptions[$0].span * 10 >= widest }
    let transits = receptions.map { $0.fastestTransit(against: receptions[places[0]]) }
    func isLater(_ one: Int, than other: Int) -> Bool {
      if transits[one] != transits[other] { return transits[one] > transits[other] }
      let (few, many) = (receptions[one].packets, receptions[other].packets)
      return few != many ? few < many : one > other
    }
    let last = places.dropFirst().reduce(places[0]) { isLater($1, than: $0) ? $1 : $0 }
    let others = places.filter { $0 != last && receptions[$0].span * 2 >= receptions[last].span }
    let earlier = others.max { (receptions[$0].packets, $1) < (receptions[$1].packets, $0) }
    return (last, earlier)
  }

  /// Whether it looks like video: by its payload type, else by a clock near 90 kHz.
  var isVideo: Bool {
    if let isVideo = RTPPayloadType.isVideo(payloadType) { return isVideo }
    guard let rate = measuredClockRate else { return true }
    return abs(rate / 90_000 - 1) < 0.2
  }

  /// IP octets over the stream's duration; 0 for one instant.
  public var bitrate: Double { duration > 0 ? Double(octets) * 8e9 / Double(duration) : 0 }
}
