/// The two hello messages (RFC 8446 section 4.1, RFC 5246 section 7.4.1).
extension TLSTranscript {
  private enum Extension {
    static let supportedGroups = 10
    static let pointFormats = 11
    static let signatureAlgorithms = 13
    static let padding = 21
    static let extendedMasterSecret = 23
    static let sessionTicket = 35
    static let preSharedKey = 41
    static let supportedVersions = 43
    static let pskKeyExchangeModes = 45
    static let keyShare = 51
    static let renegotiation = 0xFF01
  }

  /// A ClientHello that the padding extension (RFC 7685) fills up.
  mutating func clientHello(octets: Int) -> [UInt8] {
    let random = opaque.next(32)
    let share = opaque.next(32)
    // As large as OpenSSL's tickets, which hold the session; with TLS 1.3 age and binder behind.
    let ticket = isResumed ? opaque.next(version == .tls13 ? 208 + 4 + 48 : 176) : []
    let bare = clientHello(random: random, share: share, ticket: ticket, padding: 0)
    precondition(octets >= bare.count, "a ClientHello has \(bare.count) octets or more")
    return clientHello(
      random: random, share: share, ticket: ticket, padding: octets - bare.count)
  }

  /// Whether there is a session identifier: TLS 1.3 has one for appearance's sake; in TLS 1.2 the
  /// server that repeats it accepts the ticket (RFC 5077 section 3.4).
  private var hasSessionIdentifier: Bool { version == .tls13 || isResumed }

  private func clientHello(
    random: [UInt8], share: [UInt8], ticket: [UInt8], padding: Int
  ) -> [UInt8] {
    // Section 5.1: the first record may say 1.0, for servers of old.
    message(1, version: 0x0301) { hello in
      hello.write16(0x0303)
      hello.write(random)
      hello.vector(1) { if hasSessionIdentifier { $0.write(sessionIdentifier) } }
      hello.vector(2) { suites in
        for suite in version == .tls13 ? [0x1302, 0x1303, 0x1301] : [0xC02C, 0xC02B, 0xC030] {
          suites.write16(suite)
        }
      }
      hello.vector(1) { $0.write8(0) }
      hello.vector(2) { extensions in
        writeClientExtensions(share: share, ticket: ticket, into: &extensions)
        Self.write(Extension.padding, into: &extensions) {
          $0.write([UInt8](repeating: 0, count: padding))
        }
        if version == .tls13, isResumed { writePreSharedKey(ticket, into: &extensions) }
      }
    }
  }

  /// The last extension of all (RFC 8446 section 4.2.11); the binder is one of SHA-384.
  private func writePreSharedKey(_ ticket: [UInt8], into extensions: inout OctetBuilder) {
    Self.write(Extension.preSharedKey, into: &extensions) {
      $0.vector(2) {
        $0.vector(2) { $0.write(Array(ticket[..<208])) }
        $0.write(Array(ticket[208..<212]))  // obfuscated_ticket_age
      }
      $0.vector(2) { $0.vector(1) { $0.write(Array(ticket[212...])) } }
    }
  }

  private func writeClientExtensions(
    share: [UInt8], ticket: [UInt8], into extensions: inout OctetBuilder
  ) {
    Self.write(Extension.pointFormats, into: &extensions) { $0.vector(1) { $0.write8(0) } }
    Self.write(Extension.supportedGroups, into: &extensions) {
      $0.vector(2) {
        $0.write16(0x001D)  // x25519
        $0.write16(0x0017)  // secp256r1
      }
    }
    Self.write(Extension.signatureAlgorithms, into: &extensions) {
      $0.vector(2) { for scheme in [0x0403, 0x0804, 0x0401] { $0.write16(scheme) } }
    }
    switch version {
    case .tls12:
      Self.write(Extension.sessionTicket, into: &extensions) { $0.write(ticket) }
      Self.write(Extension.extendedMasterSecret, into: &extensions) { _ in }
      Self.write(Extension.renegotiation, into: &extensions) { $0.write8(0) }
    case .tls13:
      Self.write(Extension.supportedVersions, into: &extensions) {
        $0.vector(1) { $0.write16(0x0304) }
      }
      Self.write(Extension.pskKeyExchangeModes, into: &extensions) { $0.vector(1) { $0.write8(1) } }
      Self.write(Extension.keyShare, into: &extensions) {
        $0.vector(2) {
          $0.write16(0x001D)
          $0.vector(2) { $0.write(share) }
        }
      }
    }
  }

  mutating func serverHello() -> [UInt8] {
    let random = opaque.next(32)
    let share = opaque.next(32)
    return message(2) { hello in
      hello.write16(0x0303)
      hello.write(random)
      hello.vector(1) { if hasSessionIdentifier { $0.write(sessionIdentifier) } }
      hello.write16(version == .tls13 ? 0x1302 : signing.cipherSuite12)
      hello.write8(0)
      hello.vector(2) { writeServerExtensions(share: share, into: &$0) }
    }
  }

  private func writeServerExtensions(share: [UInt8], into extensions: inout OctetBuilder) {
    switch version {
    case .tls12:
      Self.write(Extension.renegotiation, into: &extensions) { $0.write8(0) }
      if !isResumed {
        Self.write(Extension.pointFormats, into: &extensions) {
          $0.vector(1) { for format in 0..<3 { $0.write8(format) } }
        }
        // A new ticket follows (RFC 5077 section 3.2).
        Self.write(Extension.sessionTicket, into: &extensions) { _ in }
      }
      Self.write(Extension.extendedMasterSecret, into: &extensions) { _ in }
    case .tls13:
      Self.write(Extension.supportedVersions, into: &extensions) { $0.write16(0x0304) }
      Self.write(Extension.keyShare, into: &extensions) {
        $0.write16(0x001D)
        $0.vector(2) { $0.write(share) }
      }
      if isResumed { Self.write(Extension.preSharedKey, into: &extensions) { $0.write16(0) } }
    }
  }

  private static func write(
    _ type: Int, into extensions: inout OctetBuilder, _ body: (inout OctetBuilder) -> Void
  ) {
    extensions.write16(type)
    extensions.vector(2, body)
  }
}
