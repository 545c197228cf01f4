/// A self-signed X.509 certificate (RFC 5280) of a wished size, with a P-256 key.
///
/// Its form is right; key and signature are scattered octets, and its alternative name says what
/// it is and fills it up.
enum StandInCertificate {
  /// - Parameter octets: of the whole; any size from 350 on can be met (checked).
  static func make(octets: Int, _ opaque: inout OpaqueOctets) -> [UInt8] {
    let serial = [0x5A] + opaque.next(19)
    let point = [4] + opaque.next(64)
    let signature = signature(&opaque)
    // The serial number makes up for the jumps where a length field becomes longer.
    for serialCount in 8...20 {
      for filler in 0..<octets {
        let certificate = certificate(
          serial: Array(serial[..<serialCount]), point: point, signature: signature,
          filler: filler)
        if certificate.count == octets { return certificate }
        if certificate.count > octets { break }
      }
    }
    preconditionFailure("no certificate has \(octets) octets")
  }

  /// Ecdsa-Sig-Value (RFC 3279 section 2.2.3) of 71 octets.
  static func signature(_ opaque: inout OpaqueOctets) -> [UInt8] {
    var r = opaque.next(32)
    var s = opaque.next(32)
    r[0] |= 0x80
    s[0] = s[0] & 0x7F | 0x40
    return DER.sequence(DER.value(0x02, [0] + r), DER.value(0x02, s))
  }

  private static func certificate(
    serial: [UInt8], point: [UInt8], signature: [UInt8], filler: Int
  ) -> [UInt8] {
    // ecdsa-with-SHA256 (RFC 5758 section 3.2).
    let algorithm = DER.sequence(DER.object([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]))
    let commonName = DER.sequence(DER.object([0x55, 0x04, 0x03]), DER.value(0x0C, utf8("avpfsim")))
    let name = DER.sequence(DER.value(0x31, commonName))
    let validity = DER.sequence(
      DER.value(0x17, utf8("200101000000Z")), DER.value(0x17, utf8("300101000000Z")))
    // id-ecPublicKey, secp256r1 (RFC 5480 section 2.1).
    let key = DER.sequence(
      DER.sequence(
        DER.object([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]),
        DER.object([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])),
      DER.value(0x03, [0] + point))
    let toBeSigned = DER.sequence(
      DER.value(0xA0, DER.value(0x02, [2])), DER.value(0x02, serial), algorithm, name, validity,
      name, key, DER.value(0xA3, DER.sequence(alternativeName(filler: filler))))
    return DER.sequence(toBeSigned, algorithm, DER.value(0x03, [0] + signature))
  }

  /// subjectAltName with one dNSName (RFC 5280 section 4.2.1.6).
  private static func alternativeName(filler: Int) -> [UInt8] {
    var labels = ""
    for index in 0..<filler { labels += index % 32 == 31 ? "." : "x" }
    if labels.hasSuffix(".") { labels = labels.dropLast() + "x" }
    let host = "stand-in\(labels).avpfsim.invalid"
    return DER.sequence(
      DER.object([0x55, 0x1D, 0x11]),
      DER.value(0x04, DER.sequence(DER.value(0x82, utf8(host)))))
  }

  private static func utf8(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
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
