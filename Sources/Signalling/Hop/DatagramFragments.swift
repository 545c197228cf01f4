/// The IP packets that one UDP datagram becomes (RFC 791 section 2.3): one where it fits the MTU,
/// else fragments, which are lost one by one.
struct DatagramFragments: Sequence, IteratorProtocol {
  /// Ethernet's.
  static let maximumTransmissionUnit = 1_500
  private static let ipHeader = 20
  private static let udpHeader = 8
  // 1480, a multiple of the 8 octets that fragments are counted in.
  private static let capacity = (maximumTransmissionUnit - ipHeader) / 8 * 8

  struct Packet: Equatable {
    /// With the IP header.
    var octets: Int
    var isFragment: Bool
  }

  /// Octets of UDP, header included, in no packet yet.
  private var rest: Int
  private let isFragmented: Bool

  /// - Parameter payload: octets of the message.
  init(payload: Int) {
    rest = payload + Self.udpHeader
    isFragmented = rest > Self.capacity
  }

  mutating func next() -> Packet? {
    guard rest > 0 else { return nil }
    let part = Swift.min(rest, Self.capacity)
    rest -= part
    return Packet(octets: part + Self.ipHeader, isFragment: isFragmented)
  }
}
