/// The octets of one TLS session as somebody without its keys sees them, in records of the sizes
/// that a model gives.
///
/// Handshake messages that travel in the clear are well formed (hello messages, and with TLS 1.2
/// the certificate and the key exchange); key shares, signatures and everything encrypted are
/// scattered octets without meaning. Nothing can be decrypted, for nothing was encrypted.
public struct TLSTranscript: Sendable {
  public enum Version: Sendable {
    /// RFC 5246 with ECDHE.
    case tls12
    /// RFC 8446 with middlebox compatibility (appendix D.4).
    case tls13
  }

  /// RFC 8446 section 5.1.
  enum ContentType: Int {
    case changeCipherSpec = 20
    case handshake = 22
    case applicationData = 23
  }

  let version: Version
  let signing: StandInCertificate.Signing
  private let certificates: [Int]
  let isResumed: Bool
  var opaque: OpaqueOctets
  /// What the client made up and the server repeats.
  let sessionIdentifier: [UInt8]

  /// - Parameters:
  ///   - isRSA: the server's key is one of 2048-bit RSA rather than of P-256.
  ///   - certificates: octets of each certificate that the server sends, its own first.
  ///   - isResumed: an earlier session is resumed; no certificate is sent.
  ///   - key: sessions with different keys have different octets.
  public init(
    _ version: Version, isRSA: Bool = false, certificates: [Int] = [396], isResumed: Bool = false,
    key: UInt64
  ) {
    self.version = version
    signing = isRSA ? .rsa : .ecdsa
    self.certificates = certificates
    self.isResumed = isResumed
    opaque = OpaqueOctets(key: key)
    sessionIdentifier = opaque.next(32)
  }

  /// A flight of the handshake, the client's first being 0, of exactly so many octets.
  ///
  /// TLS 1.3 has the flights 0...2, TLS 1.2 0...3, resumed 0...2 (checked). What is in a flight
  /// decides its size or its least size (checked): those that were counted with OpenSSL fit.
  public mutating func flight(_ index: Int, octets: Int) -> [UInt8] {
    let result: [UInt8] =
      switch (version, index, isResumed) {
      case (_, 0, _): clientHello(octets: octets)
      case (.tls13, 1, _): serverFlight13(octets: octets)
      case (.tls13, 2, _): changeCipherSpec() + encrypted(.applicationData, wireOctets: octets - 6)
      case (.tls12, 1, true): serverHello() + lastMessages12()
      case (.tls12, 2, true): lastMessages12()
      case (.tls12, 1, false): serverFlight12(octets: octets)
      case (.tls12, 2, false): clientFlight12(octets: octets)
      case (.tls12, 3, false): ticketFlight12(octets: octets)
      default: preconditionFailure("the handshake has no flight \(index)")
      }
    precondition(result.count == octets, "a flight of \(octets) octets, not \(result.count)")
    return result
  }

  /// A session ticket of TLS 1.3: a record.
  public mutating func ticket(octets: Int) -> [UInt8] {
    encrypted(.applicationData, wireOctets: octets)
  }

  /// Records of application data with so many octets of text in them, `overhead` more for each
  /// record, and at most `maximum` octets of text a record.
  public mutating func application(octets: Int, overhead: Int, maximum: Int) -> [UInt8] {
    var result: [UInt8] = []
    var left = octets
    while left > 0 {
      let text = min(left, maximum)
      result += encrypted(.applicationData, wireOctets: text + overhead)
      left -= text
    }
    return result
  }

  // MARK: Records

  /// A record of scattered octets, with its header of 5 octets so many on the wire.
  mutating func encrypted(_ type: ContentType, wireOctets: Int) -> [UInt8] {
    precondition(wireOctets > 5 + 16, "an encrypted record has a header and a tag")
    return record(type, opaque.next(wireOctets - 5))
  }

  /// RFC 8446 section 5.1; the version of a record is frozen.
  func record(_ type: ContentType, _ content: [UInt8], version: Int = 0x0303) -> [UInt8] {
    var builder = OctetBuilder()
    builder.write8(type.rawValue)
    builder.write16(version)
    builder.vector(2) { $0.write(content) }
    return builder.octets
  }

  func changeCipherSpec() -> [UInt8] { record(.changeCipherSpec, [1]) }

  /// A handshake message in a record of its own.
  func message(
    _ type: Int, version: Int = 0x0303, _ body: (inout OctetBuilder) -> Void
  ) -> [UInt8] {
    var builder = OctetBuilder()
    builder.write8(type)
    builder.vector(3, body)
    return record(.handshake, builder.octets, version: version)
  }

  // MARK: Flights

  /// ServerHello in the clear; extensions, certificate, its proof and Finished encrypted. With a
  /// pre-shared key there is no certificate (RFC 8446 section 2.2).
  private mutating func serverFlight13(octets: Int) -> [UInt8] {
    let clear = serverHello() + changeCipherSpec()
    // Type octet and tag add 17 to a message; Finished has SHA-384's 48 octets (section 4.4.4).
    let extensions = 5 + 6 + 17
    let proof = 5 + 4 + 4 + signing.signatureOctets + 17
    let finished = 5 + 4 + 48 + 17
    let certificate = octets - clear.count - extensions - proof - finished
    let records = isResumed ? [extensions, finished] : [extensions, certificate, proof, finished]
    return records.reduce(into: clear) { $0 += encrypted(.applicationData, wireOctets: $1) }
  }

  private mutating func serverFlight12(octets: Int) -> [UInt8] {
    let hello = serverHello()
    let share = opaque.next(32)
    let signature = signing.signature(&opaque)
    let scheme = signing.scheme
    let exchange = message(12) {  // RFC 8422 section 5.4
      $0.write8(3)  // named_curve
      $0.write16(0x001D)  // x25519
      $0.vector(1) { $0.write(share) }
      $0.write16(scheme)
      $0.vector(2) { $0.write(signature) }
    }
    let chain = certificates.enumerated().map { index, count in
      StandInCertificate.make(octets: count, signing, depth: index, &opaque)
    }
    let list = message(11) {
      $0.vector(3) { for certificate in chain { $0.vector(3) { $0.write(certificate) } } }
    }
    return hello + list + exchange + message(14) { _ in }
  }

  private mutating func clientFlight12(octets: Int) -> [UInt8] {
    let share = opaque.next(32)
    let exchange = message(16) { $0.vector(1) { $0.write(share) } }
    let clear = exchange + changeCipherSpec()
    return clear + encrypted(.handshake, wireOctets: octets - clear.count)
  }

  private mutating func ticketFlight12(octets: Int) -> [UInt8] {
    let last = lastMessages12()
    let ticket = opaque.next(octets - last.count - 15)
    let message = message(4) {  // RFC 5077 section 3.3
      $0.write32(7_200)
      $0.vector(2) { $0.write(ticket) }
    }
    return message + last
  }

  private mutating func lastMessages12() -> [UInt8] {
    // Finished: 4 and 12 octets (RFC 5246 section 7.4.9), nonce and tag (RFC 5288).
    changeCipherSpec() + encrypted(.handshake, wireOctets: 5 + 16 + 24)
  }
}
