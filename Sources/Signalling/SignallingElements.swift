import WireFormats

/// Who stands on a signalling path, under which addresses, and what each makes of a message.
///
/// Addresses are from the documentation ranges (RFC 5737). Hops and ends count as in
/// `SignallingEvent`: end 0 of a hop is nearer the receiver, and opens the connection.
public struct SignallingElements: Sendable {
  public static let receiver = IPv4Address(192, 0, 2, 10)
  public static let sender = IPv4Address(192, 0, 2, 20)

  public let transport: SIPTransport
  /// From the receiver's side.
  public let proxies: [SIPProxy]

  public init(_ settings: SignallingSettings) {
    let transport = settings.transport.name
    self.transport = transport
    proxies = (0..<settings.proxies).map {
      SIPProxy(host: "\(Self.proxy($0)):\(Self.port(of: transport))", transport: transport)
    }
  }

  private static func proxy(_ index: Int) -> IPv4Address {
    IPv4Address(198, 51, 100, UInt8(10 + index))
  }

  /// RFC 3261 section 19.1.2.
  private static func port(of transport: SIPTransport) -> UInt16 {
    transport == .tls ? 5_061 : 5_060
  }

  /// The host at an end of a hop.
  public func address(hop: Int, end: Int) -> IPv4Address {
    switch hop + end {
    case 0: Self.receiver
    case proxies.count + 1: Self.sender
    case let place: Self.proxy(place - 1)
    }
  }

  /// Where an end of a hop sends from and receives: who opens a connection has a port of its own for
  /// each hop.
  public func endpoint(hop: Int, end: Int) -> InternetEndpoint {
    let port = Self.port(of: transport)
    // Over UDP requests leave the port on which responses are awaited (RFC 3261 section 18.1.1).
    let clientPort = transport == .udp ? port : 50_000 + UInt16(hop)
    return InternetEndpoint(address(hop: hop, end: end), port: end == 0 ? clientPort : port)
  }

  /// A request as the element behind a hop works on it: with the address and port that it came from.
  public func received(_ request: SIPMessage, overHop hop: Int) -> SIPMessage {
    let source = endpoint(hop: hop, end: 0)
    return request.notingSource("\(source.address)", port: Int(source.port))
  }

  /// The receiver's request as it is on a hop, after the proxies before it.
  ///
  /// - Parameter branch: of a proxy's transaction, proxies counting from 0.
  public func request(
    _ request: SIPMessage, onHop hop: Int, branch: (_ proxy: Int) -> String
  ) -> SIPMessage {
    (0..<hop).reduce(request) { message, proxy in
      let forwarding = proxies[proxy].forward(
        received(message, overHop: proxy), branch: branch(proxy))
      guard case .forwarded(let onward) = forwarding else {
        preconditionFailure("proxy \(proxy) forwards what a user agent here sends: \(forwarding)")
      }
      return onward
    }
  }

  /// The sender's response as it is on a hop, after the proxies behind it.
  public func response(_ response: SIPMessage, onHop hop: Int) -> SIPMessage {
    (hop..<proxies.count).reversed().reduce(response) { message, proxy in
      guard let onward = proxies[proxy].forward(message) else {
        preconditionFailure("proxy \(proxy) finds its Via on a response to what it forwarded")
      }
      return onward
    }
  }
}
