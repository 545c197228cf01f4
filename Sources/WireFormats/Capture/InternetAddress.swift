/// An address of IPv4 or IPv6.
public enum InternetAddress: Hashable, Sendable, CustomStringConvertible {
  case v4(IPv4Address)
  /// The first octet is the highest of `high`.
  case v6(high: UInt64, low: UInt64)

  /// As RFC 5952 has it: the first of the longest rows of zeros is left out.
  public var description: String {
    guard case .v6(let high, let low) = self else {
      if case .v4(let address) = self { return "\(address)" }
      return ""
    }
    let groups = [high, low].flatMap { half in
      stride(from: 48, through: 0, by: -16).map { UInt16(truncatingIfNeeded: half >> UInt64($0)) }
    }
    var longest = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start > max(longest.count, 1) { longest = start..<index }
      start = index + 1
    }
    let text = { (groups: ArraySlice<UInt16>) in
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !longest.isEmpty else { return text(groups[...]) }
    return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
  }
}

/// Where UDP datagrams come from and where they go.
public struct UDPFlow: Hashable, Sendable, CustomStringConvertible {
  public var source: InternetAddress
  public var sourcePort: UInt16
  public var destination: InternetAddress
  public var destinationPort: UInt16

  public init(
    source: InternetAddress, sourcePort: UInt16, destination: InternetAddress,
    destinationPort: UInt16
  ) {
    self.source = source
    self.sourcePort = sourcePort
    self.destination = destination
    self.destinationPort = destinationPort
  }

  public var description: String {
    "\(Self.text(source, sourcePort)) -> \(Self.text(destination, destinationPort))"
  }

  private static func text(_ address: InternetAddress, _ port: UInt16) -> String {
    if case .v6 = address { return "[\(address)]:\(port)" }
    return "\(address):\(port)"
  }
}
