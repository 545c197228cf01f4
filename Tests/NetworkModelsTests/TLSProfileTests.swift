import NetworkModels
import SimulationKernel
import Testing

@Suite("A TLS handshake's sizes")
struct TLSProfileTests {
  @Test(
    "flights are those that OpenSSL 3.0 wrote, ECDSA signatures being of 71 octets",
    arguments: [
      (.tls13, .ecdsa, false, [225, 767, 80]), (.tls13, .rsa, false, [225, 1_349, 80]),
      (.tls13, .ecdsaChain, false, [225, 2_482, 80]), (.tls13, .rsaChain, false, [225, 3_206, 80]),
      (.tls13, .ecdsa, true, [496, 241, 80]), (.tls13, .rsaChain, true, [496, 241, 80]),
      (.tls12, .ecdsa, false, [188, 610, 93, 242]), (.tls12, .rsa, false, [188, 1_192, 93, 242]),
      (.tls12, .ecdsaChain, false, [188, 2_323, 93, 242]),
      (.tls12, .rsaChain, false, [188, 3_047, 93, 242]),
      (.tls12, .ecdsa, true, [396, 141, 51]), (.tls12, .rsaChain, true, [396, 141, 51]),
    ] as [(TLSProfile.Version, TLSProfile.Certificate, Bool, [Int])])
  func flights(
    version: TLSProfile.Version, certificate: TLSProfile.Certificate, isResumed: Bool,
    flights: [Int]
  ) {
    let profile = TLSProfile(version: version, certificate: certificate, isResumed: isResumed)
    #expect(profile.flights == flights)
  }

  @Test("every flight is one write of OpenSSL's and fits an initial window of 10 segments")
  func window() {
    for version in TLSProfile.Version.allCases {
      for certificate in TLSProfile.Certificate.allCases {
        let profile = TLSProfile(version: version, certificate: certificate)
        #expect(profile.flights.allSatisfy { $0 <= min(4_096, 10 * 1_448) })
      }
    }
  }

  @Test(
    "both ends' computing is what measured handshakes took beyond their round trips",
    arguments: [
      (.tls13, .ecdsa, 1_800), (.tls13, .rsa, 2_000), (.tls12, .ecdsa, 2_100),
      (.tls12, .rsa, 2_300),
    ] as [(TLSProfile.Version, TLSProfile.Certificate, Int64)])
  func processing(
    version: TLSProfile.Version, certificate: TLSProfile.Certificate, microseconds: Int64
  ) {
    let processing = TLSProfile(version: version, certificate: certificate).processing
    #expect(processing.client + processing.server == .microseconds(microseconds))
  }

  @Test("resuming takes the same time whatever the certificate, and less than any full handshake")
  func resumedProcessing() {
    for version in TLSProfile.Version.allCases {
      let resumed = TLSProfile(version: version, isResumed: true).processing
      for certificate in TLSProfile.Certificate.allCases {
        let full = TLSProfile(version: version, certificate: certificate).processing
        #expect(resumed.client < full.client && resumed.server < full.server)
        #expect(
          TLSProfile(version: version, certificate: certificate, isResumed: true).processing
            == resumed)
      }
    }
  }

  @Test(
    "a record adds 22 octets in 1.3 and 29 in 1.2, one for each 16 KiB begun",
    arguments: [(600, 622, 629), (16_384, 16_406, 16_413), (16_385, 16_429, 16_443)])
  func overhead(octets: Int, in13: Int, in12: Int) {
    #expect(TLSProfile.tls13.wireOctets(octets) == in13)
    #expect(TLSProfile.tls12.wireOctets(octets) == in12)
  }
}
