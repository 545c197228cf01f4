import Testing

@testable import WireFormats

@Suite("TLS as a tap sees it")
struct TLSTranscriptTests {
  /// Type and length of the records that fill the octets exactly.
  private func records(_ octets: [UInt8]) throws -> [[Int]] {
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      var records: [[Int]] = []
      while !reader.isAtEnd {
        let type = Int(try reader.read8("type"))
        try reader.skip(2, "version")
        let count = Int(try reader.read16("length"))
        try reader.skip(count, "content")
        records.append([type, count])
      }
      return records
    }
  }

  @Test("a TLS 1.3 handshake of the counted sizes is that of OpenSSL with a 396-octet certificate")
  func tls13() throws {
    var session = TLSTranscript(.tls13, key: 1)
    let client = session.flight(0, octets: 225)
    #expect(try records(client) == [[22, 220]])
    let server = session.flight(1, octets: 767)
    #expect(
      try records(server) == [[22, 122], [20, 1], [23, 23], [23, 426], [23, 96], [23, 69]])
    #expect(try records(session.flight(2, octets: 80)) == [[20, 1], [23, 69]])
    #expect(try records(session.ticket(octets: 255)) == [[23, 250]])
    // The server repeats the client's session identifier.
    #expect(client[44..<76] == server[44..<76])
  }

  @Test("a TLS 1.2 handshake of the counted sizes has a certificate of 396 octets in the clear")
  func tls12() throws {
    var session = TLSTranscript(.tls12, key: 1)
    #expect(try records(session.flight(0, octets: 188)) == [[22, 183]])
    let server = session.flight(1, octets: 610)
    #expect(try records(server) == [[22, 65], [22, 406], [22, 115], [22, 4]])
    // Behind hello, record, message and two list lengths: a SEQUENCE of 392 octets.
    #expect(Array(server[85..<89]) == hex("3082 0188"))
    #expect(try records(session.flight(2, octets: 93)) == [[22, 37], [20, 1], [22, 40]])
    #expect(try records(session.flight(3, octets: 242)) == [[22, 186], [20, 1], [22, 40]])
  }

  @Test(
    "with RSA and with chains the certificates have the sizes asked for",
    arguments: [
      (false, [985, 1_121], 2_323, 2_482), (true, [793], 1_192, 1_349),
      (true, [1_350, 1_295], 3_047, 3_206),
    ])
  func certificates(isRSA: Bool, sizes: [Int], octets12: Int, octets13: Int) throws {
    var tls12 = TLSTranscript(.tls12, isRSA: isRSA, certificates: sizes, key: 1)
    let flight = tls12.flight(1, octets: octets12)
    let list = sizes.reduce(7) { $0 + 3 + $1 }
    #expect(
      try records(flight) == [[22, 65], [22, list], [22, isRSA ? 300 : 115], [22, 4]])
    // Each certificate is a SEQUENCE as long as its place in the list says.
    var start = 70 + 5 + 4 + 3
    for size in sizes {
      let certificate = Array(flight[(start + 3)..<(start + 3 + size)])
      #expect(Array(flight[start..<start + 3]) == [0, UInt8(size >> 8), UInt8(size & 0xFF)])
      #expect(certificate[..<2] == [0x30, 0x82])
      #expect(Int(certificate[2]) << 8 + Int(certificate[3]) == size - 4)
      start += 3 + size
    }
    var tls13 = TLSTranscript(.tls13, isRSA: isRSA, certificates: sizes, key: 1)
    let encrypted = sizes.reduce(4 + 4 + 17) { $0 + 3 + $1 + 2 }
    #expect(
      try records(tls13.flight(1, octets: octets13))
        == [[22, 122], [20, 1], [23, 23], [23, encrypted], [23, isRSA ? 281 : 96], [23, 69]])
  }

  @Test("resumed sessions have three flights without certificates")
  func resumed() throws {
    var tls13 = TLSTranscript(.tls13, isResumed: true, key: 1)
    #expect(try records(tls13.flight(0, octets: 496)) == [[22, 491]])
    #expect(
      try records(tls13.flight(1, octets: 241)) == [[22, 128], [20, 1], [23, 23], [23, 69]])
    #expect(try records(tls13.flight(2, octets: 80)) == [[20, 1], [23, 69]])
    var tls12 = TLSTranscript(.tls12, isResumed: true, key: 1)
    let client = tls12.flight(0, octets: 396)
    #expect(try records(client) == [[22, 391]])
    let server = tls12.flight(1, octets: 141)
    #expect(try records(server) == [[22, 85], [20, 1], [22, 40]])
    // RFC 5077 section 3.4: the server repeats the session identifier.
    #expect(client[43] == 32 && client[44..<76] == server[44..<76])
    #expect(try records(tls12.flight(2, octets: 51)) == [[20, 1], [22, 40]])
  }

  @Test("application data has the overhead a record, and records as large as allowed")
  func application() throws {
    var session = TLSTranscript(.tls13, key: 1)
    #expect(
      try records(session.application(octets: 600, overhead: 22, maximum: 16_384)) == [[23, 617]])
    #expect(
      try records(session.application(octets: 250, overhead: 29, maximum: 100))
        == [[23, 124], [23, 124], [23, 74]])
  }

  @Test(
    "a certificate can have any size from 350 on, with RSA from 750 on",
    arguments: [(StandInCertificate.Signing.ecdsa, 350), (.rsa, 750)])
  func certificateSizes(signing: StandInCertificate.Signing, least: Int) {
    var opaque = OpaqueOctets(key: 3)
    for count in Array(least...least + 350) + stride(from: 1_200, to: 2_000, by: 13) {
      #expect(StandInCertificate.make(octets: count, signing, &opaque).count == count)
    }
  }

  @Test("sessions differ by their key alone")
  func keys() {
    var a = TLSTranscript(.tls13, key: 1)
    var b = TLSTranscript(.tls13, key: 1)
    var c = TLSTranscript(.tls13, key: 2)
    let first = a.flight(0, octets: 225)
    #expect(first == b.flight(0, octets: 225))
    #expect(first != c.flight(0, octets: 225))
  }
}
