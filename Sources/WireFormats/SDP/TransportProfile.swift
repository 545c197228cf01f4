/// The RTP profiles that a media line can name; the raw value is the name's last part.
public enum RTPProfile: String, CaseIterable, Hashable, Sendable {
  /// RFC 3551: audio and video without early feedback.
  case avp = "AVP"
  /// RFC 4585: with feedback.
  case avpf = "AVPF"
  /// RFC 3711: secure.
  case savp = "SAVP"
  /// RFC 5124: secure, with feedback.
  case savpf = "SAVPF"

  /// Whether RTCP feedback may be sent, by the timing of RFC 4585 section 3.
  public var hasFeedback: Bool { self == .avpf || self == .savpf }
  public var isSecure: Bool { self == .savp || self == .savpf }
}

/// The transport of a media line: `RTP/AVPF`, `UDP/TLS/RTP/SAVPF` (RFC 4566 section 5.14).
public enum TransportProfile: WireValue, Hashable {
  /// RTP by a profile. The carrier is what stands before `RTP/`: nothing (UDP), `UDP/TLS/`
  /// (RFC 5764), `TCP/DTLS/` (RFC 7850).
  case rtp(RTPProfile, carrier: String = "")
  /// Anything else, as it is written.
  case other(String)

  /// Reads all that is left.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    let name = try reader.text("transport")
    guard !name.isEmpty, !name.utf8.contains(0x20) else {
      throw WireError("transport", at: start, .badSyntax, expected: "a name such as RTP/AVPF")
    }
    self.init(name: name)
  }

  public init(name: String) {
    for profile in RTPProfile.allCases where name.hasSuffix("RTP/" + profile.rawValue) {
      let carrier = name.utf8.dropLast(4 + profile.rawValue.utf8.count)
      guard carrier.isEmpty || carrier.last == UInt8(ascii: "/") else { continue }
      self = .rtp(profile, carrier: String(Substring(carrier)))
      return
    }
    self = .other(name)
  }

  /// As a media line writes it.
  public var name: String {
    switch self {
    case .rtp(let profile, let carrier): carrier + "RTP/" + profile.rawValue
    case .other(let name): name
    }
  }

  /// The profile, nil of what is not RTP.
  public var profile: RTPProfile? {
    if case .rtp(let profile, _) = self { return profile }
    return nil
  }

  public var serializedByteCount: Int { name.utf8.count }
  public func serialize(into writer: inout ByteWriter) { writer.write(name) }
}
