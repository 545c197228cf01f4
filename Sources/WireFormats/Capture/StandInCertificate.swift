/// An X.509 certificate (RFC 5280) of a wished size: self-signed, or one of a chain.
///
/// Its form is right; key and signature are scattered octets, and its alternative names say what
/// it is and fill it up.
enum StandInCertificate {
  /// The kind of key that a certificate has and is signed with.
  enum Signing: Sendable {
    /// P-256 with SHA-256.
    case ecdsa
    /// 2048-bit RSA with SHA-256.
    case rsa
  }

  /// - Parameters:
  ///   - octets: of the whole; any size from 350 on can be met with ECDSA, from 750 on with RSA
  ///     (checked), up to some thousand.
  ///   - depth: the certificate's place in a chain, from 0.
  static func make(
    octets: Int, _ signing: Signing, depth: Int = 0, _ opaque: inout OpaqueOctets
  ) -> [UInt8] {
    let serial = [0x5A] + opaque.next(19)
    let key = signing.publicKey(&opaque)
    let signature = signing.signature(&opaque)
    // The serial number makes up for the jumps where a length field becomes longer.
    for serialCount in 8...20 {
      func build(filler: Int) -> [UInt8] {
        Self.certificate(
          signing, depth: depth, serial: Array(serial[..<serialCount]), key: key,
          signature: signature, filler: filler)
      }
      // Each octet of filler adds one or a little more.
      var filler = 0
      var certificate = build(filler: filler)
      while certificate.count < octets {
        filler += max(1, (octets - certificate.count) / 2)
        certificate = build(filler: filler)
      }
      if certificate.count == octets { return certificate }
    }
    preconditionFailure("no certificate has \(octets) octets")
  }

  private static func certificate(
    _ signing: Signing, depth: Int, serial: [UInt8], key: [UInt8], signature: [UInt8], filler: Int
  ) -> [UInt8] {
    let validity = DER.sequence(
      DER.value(0x17, utf8("200101000000Z")), DER.value(0x17, utf8("300101000000Z")))
    let toBeSigned = DER.sequence(
      DER.value(0xA0, DER.value(0x02, [2])), DER.value(0x02, serial), signing.algorithm,
      name(depth + 1), validity, name(depth), key,
      DER.value(0xA3, DER.sequence(alternativeNames(filler: filler))))
    return DER.sequence(toBeSigned, signing.algorithm, DER.value(0x03, [0] + signature))
  }

  /// Each certificate of a chain is signed by the next.
  private static func name(_ depth: Int) -> [UInt8] {
    let text = depth == 0 ? "avpfsim" : "avpf ca\(depth)"
    let commonName = DER.sequence(DER.object([0x55, 0x04, 0x03]), DER.value(0x0C, utf8(text)))
    return DER.sequence(DER.value(0x31, commonName))
  }

  /// subjectAltName with dNSNames of at most 150 octets (RFC 5280 section 4.2.1.6).
  private static func alternativeNames(filler: Int) -> [UInt8] {
    let most = 120
    let own = utf8("stand-in\(labels(min(filler, most))).avpfsim.invalid")
    var names = DER.value(0x82, own)
    for start in stride(from: most, to: filler, by: most) {
      names += DER.value(0x82, utf8(labels(min(filler - start, most))))
    }
    return DER.sequence(
      DER.object([0x55, 0x1D, 0x11]), DER.value(0x04, DER.value(0x30, names)))
  }

  /// A part of a host name, with labels of at most 31 octets.
  private static func labels(_ count: Int) -> String {
    var labels = ""
    for index in 0..<count { labels += index % 32 == 31 ? "." : "x" }
    return labels.hasSuffix(".") ? labels.dropLast() + "x" : labels
  }

  private static func utf8(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
}

extension StandInCertificate.Signing {
  /// SignatureScheme (RFC 8446 section 4.2.3): ecdsa_secp256r1_sha256 or rsa_pss_rsae_sha256.
  var scheme: Int { self == .ecdsa ? 0x0403 : 0x0804 }

  /// TLS 1.2 with ECDHE and AES-256-GCM (RFC 5289 section 3.2).
  var cipherSuite12: Int { self == .ecdsa ? 0xC02C : 0xC030 }

  var signatureOctets: Int { self == .ecdsa ? 71 : 256 }

  /// Scattered octets in a signature's form: Ecdsa-Sig-Value (RFC 3279 section 2.2.3), or RSA's.
  func signature(_ opaque: inout OpaqueOctets) -> [UInt8] {
    guard self == .ecdsa else { return opaque.next(signatureOctets) }
    var r = opaque.next(32)
    var s = opaque.next(32)
    r[0] |= 0x80
    s[0] = s[0] & 0x7F | 0x40
    return DER.sequence(DER.value(0x02, [0] + r), DER.value(0x02, s))
  }

  /// AlgorithmIdentifier: ecdsa-with-SHA256 (RFC 5758 section 3.2), or sha256WithRSAEncryption
  /// (RFC 4055 section 5).
  var algorithm: [UInt8] {
    switch self {
    case .ecdsa: DER.sequence(DER.object([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]))
    case .rsa:
      DER.sequence(
        DER.object([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B]), DER.value(0x05, []))
    }
  }

  /// SubjectPublicKeyInfo: id-ecPublicKey on secp256r1 (RFC 5480 section 2), or rsaEncryption with
  /// the exponent 65,537 (RFC 3279 section 2.3.1).
  func publicKey(_ opaque: inout OpaqueOctets) -> [UInt8] {
    switch self {
    case .ecdsa:
      return DER.sequence(
        DER.sequence(
          DER.object([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]),
          DER.object([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])),
        DER.value(0x03, [0, 4] + opaque.next(64)))
    case .rsa:
      var modulus = opaque.next(256)
      modulus[0] |= 0x80
      let key = DER.sequence(DER.value(0x02, [0] + modulus), DER.value(0x02, [1, 0, 1]))
      return DER.sequence(
        DER.sequence(
          DER.object([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]), DER.value(0x05, [])),
        DER.value(0x03, [0] + key))
    }
  }
}

/// The distinguished encoding of ASN.1 (X.690), as far as a certificate needs it.
private enum DER {
  static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let count = content.count
    switch count {
    case ..<0x80: return [tag, UInt8(count)] + content
    case ..<0x100: return [tag, 0x81, UInt8(count)] + content
    default: return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xFF)] + content
    }
  }

  static func sequence(_ parts: [UInt8]...) -> [UInt8] {
    value(0x30, parts.flatMap { $0 })
  }

  static func object(_ identifier: [UInt8]) -> [UInt8] { value(0x06, identifier) }
}
