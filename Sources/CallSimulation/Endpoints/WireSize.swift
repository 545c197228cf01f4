/// How many octets the media path carries for a packet, lower headers included.
struct WireSize {
  /// UDP and IPv4 headers.
  static let lowerHeaders = 28
  /// RFC 3711 section 3: the authentication tag, 80 bits; behind RTCP also E and the index.
  private static let srtpOctets = 10
  private static let srtcpOctets = 14
  /// RFC 8656 section 12.4: a channel's number and a length. The channel is bound before the call,
  /// and over UDP nothing is padded (section 12.5). Both legs of a relayed path are taken for one
  /// that carries them, though the one between relay and peer has bare packets.
  private static let channelDataOctets = 4

  /// What RTP has besides, by name; nothing of it where its octets are 0.
  let ofRTP: [(name: String, octets: Int)]
  private let besideRTP: Int
  private let besideRTCP: Int

  init(usesSRTP: Bool, isRelayed: Bool) {
    let relay = isRelayed ? Self.channelDataOctets : 0
    ofRTP = [("SRTP", usesSRTP ? Self.srtpOctets : 0), ("TURN", relay)]
    besideRTP = Self.lowerHeaders + relay + (usesSRTP ? Self.srtpOctets : 0)
    besideRTCP = Self.lowerHeaders + relay + (usesSRTP ? Self.srtcpOctets : 0)
  }

  init(_ scenario: Scenario) {
    self.init(usesSRTP: scenario.rtp.usesSRTP, isRelayed: scenario.media.relay != nil)
  }

  /// Octets of an RTP packet of `count` octets.
  func octets(rtp count: Int) -> Int { count + besideRTP }

  /// Octets of an RTCP packet of `count` octets.
  func octets(rtcp count: Int) -> Int { count + besideRTCP }
}
