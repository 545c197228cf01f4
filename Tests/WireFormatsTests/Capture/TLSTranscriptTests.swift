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
    let server = session.flight(1, octets: 766)
    #expect(
      try records(server) == [[22, 122], [20, 1], [23, 23], [23, 426], [23, 95], [23, 69]])
    #expect(try records(session.flight(2, octets: 80)) == [[20, 1], [23, 69]])
    #expect(try records(session.tickets(octets: 510)) == [[23, 250], [23, 250]])
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

  @Test("application data has the overhead a record, and records as large as allowed")
  func application() throws {
    var session = TLSTranscript(.tls13, key: 1)
    #expect(
      try records(session.application(octets: 600, overhead: 22, maximum: 16_384)) == [[23, 617]])
    #expect(
      try records(session.application(octets: 250, overhead: 29, maximum: 100))
        == [[23, 124], [23, 124], [23, 74]])
  }

  @Test("a certificate can have any size from 350 on")
  func certificateSizes() {
    var opaque = OpaqueOctets(key: 3)
    for count in 350...700 {
      #expect(StandInCertificate.make(octets: count, &opaque).count == count)
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
