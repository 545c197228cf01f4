import SimulationKernel

/// What a TLS handshake puts on the TCP stream, in octets, and how long its ends compute.
///
/// Sizes are those of OpenSSL 3.0, counted write by write (`strace`): x25519, AES-256-GCM with
/// SHA-384, the client not authenticated, no server name, no early data. The server's first flight
/// is made up of the sizes of its parts; with every certificate the sum is what was counted.
public struct TLSProfile: Hashable, Sendable {
  public enum Version: String, CaseIterable, Sendable {
    /// RFC 5246.
    case tls12 = "1.2"
    /// RFC 8446.
    case tls13 = "1.3"
  }

  /// What the server proves who it is with.
  public enum Certificate: String, CaseIterable, Sendable {
    /// A P-256 key and a self-signed certificate.
    case ecdsa
    /// A 2048-bit key and a self-signed certificate.
    case rsa
    /// A P-256 key, certified as public authorities do: two names, two timestamps of certificate
    /// transparency, and an intermediate certificate (P-384, itself signed with 4096-bit RSA).
    case ecdsaChain = "ecdsa-chain"
    /// The same with 2048-bit RSA keys.
    case rsaChain = "rsa-chain"
  }

  /// Processor time that each end needs in a handshake.
  public struct Processing: Hashable, Sendable {
    public var client: SimDuration
    public var server: SimDuration

    public init(client: SimDuration, server: SimDuration) {
      self.client = client
      self.server = server
    }
  }

  public let version: Version
  public let certificate: Certificate
  /// An earlier session is resumed: with a pre-shared key and a fresh key exchange in TLS 1.3
  /// (RFC 8446 section 2.2), with a ticket in TLS 1.2 (RFC 5077). No certificate is sent.
  public let isResumed: Bool
  /// Flights in turn, the client's first; each end sends its own, in one write, once it has
  /// processed the other's. OpenSSL buffers 4096 octets of a flight before it writes.
  public let flights: [Int]
  /// Writes of the server once the client's last flight has come: TLS 1.3's session tickets, which
  /// OpenSSL writes one by one, two after a full handshake and one after a resumed one.
  public let tickets: [Int]
  /// Octets that a record adds to what it carries.
  public let recordOverhead: Int
  /// Most application octets of a record (RFC 8446 section 5.1).
  public let maximumRecord = 16_384
  /// By default such that handshakes take as long as measured.
  public var processing: Processing

  public init(
    version: Version, certificate: Certificate = .ecdsa, isResumed: Bool = false
  ) {
    self.version = version
    self.certificate = certificate
    self.isResumed = isResumed
    processing = Processing(version, certificate, isResumed: isResumed)
    switch version {
    case .tls12:
      flights = isResumed ? [396, 141, 51] : [188, certificate.flight12, 93, 242]
      tickets = []
      // Header, explicit nonce (RFC 5288 section 3) and tag.
      recordOverhead = 5 + 8 + 16
    case .tls13:
      flights = isResumed ? [496, 241, 80] : [225, certificate.flight13, 80]
      tickets = isResumed ? [255] : [255, 255]
      // Header, content type and tag (RFC 8446 section 5.2).
      recordOverhead = 5 + 1 + 16
    }
  }

  /// A full handshake with a self-signed ECDSA certificate.
  public static let tls12 = TLSProfile(version: .tls12)
  public static let tls13 = TLSProfile(version: .tls13)

  /// Octets on the TCP stream of a write of `octets`.
  public func wireOctets(_ octets: Int) -> Int {
    octets + (octets + maximumRecord - 1) / maximumRecord * recordOverhead
  }
}

extension TLSProfile.Certificate {
  /// Octets of each certificate that the server sends, its own first, in DER.
  public var certificateOctets: [Int] {
    switch self {
    case .ecdsa: [396]
    case .rsa: [793]
    case .ecdsaChain: [985, 1_121]
    case .rsaChain: [1_350, 1_295]
    }
  }

  public var isRSA: Bool {
    switch self {
    case .ecdsa, .ecdsaChain: false
    case .rsa, .rsaChain: true
    }
  }

  /// Octets of a signature with the server's key; ECDSA's vary by one either way (RFC 3279).
  var signatureOctets: Int { isRSA ? 256 : 71 }

  /// RFC 5246 section 7.3: hello; certificates; key exchange; done; a record each.
  var flight12: Int {
    let certificates = 5 + 4 + 3 + certificateOctets.reduce(0) { $0 + 3 + $1 }
    // Curve, x25519 share, scheme and signature (RFC 8422 section 5.4).
    let keyExchange = 5 + 4 + (1 + 2 + 1 + 32) + 2 + 2 + signatureOctets
    return 70 + certificates + keyExchange + 9
  }

  /// RFC 8446 section 2: hello and change_cipher_spec (appendix D.4) in the clear, then extensions,
  /// certificates, their proof and Finished, an encrypted record each.
  var flight13: Int {
    let encryption = 5 + 1 + 16
    let certificates = 4 + 1 + 3 + certificateOctets.reduce(0) { $0 + 3 + $1 + 2 } + encryption
    let proof = 4 + 2 + 2 + signatureOctets + encryption
    return 127 + 6 + (6 + encryption) + certificates + proof + (4 + 48 + encryption)
  }
}

extension TLSProfile.Processing {
  /// What makes handshakes as long as they were measured between two Linux hosts 50 ms apart (the
  /// median of 1,000, from the TCP connection being up to the client's being ready): 51.8 ms with
  /// TLS 1.3 and ECDSA, 102.1 ms with TLS 1.2; with RSA 0.2 ms more, which are the server's.
  ///
  /// What a chain adds at the client that verifies it, and what resuming saves, was measured with
  /// both ends in one process: 1.4 ms for P-384, 0.4 ms for RSA.
  init(
    _ version: TLSProfile.Version, _ certificate: TLSProfile.Certificate, isResumed: Bool
  ) {
    switch (version, isResumed) {
    case (.tls12, true): self.init(client: .microseconds(600), server: .microseconds(850))
    case (.tls13, true): self.init(client: .microseconds(550), server: .microseconds(800))
    case (.tls12, false): self.init(client: .microseconds(1_050), server: .microseconds(1_050))
    case (.tls13, false): self.init(client: .microseconds(900), server: .microseconds(900))
    }
    guard !isResumed else { return }
    if certificate.isRSA { server += .microseconds(200) }
    switch certificate {
    case .ecdsa, .rsa: break
    case .ecdsaChain: client += .microseconds(1_400)
    case .rsaChain: client += .microseconds(400)
    }
  }
}
