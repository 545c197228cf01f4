import NetworkModels
import SimulationKernel
import Testing

@Suite("Round-trip estimate and timeout")
struct RoundTripEstimatorTests {
  // Measured on the kernel at these round-trip times.
  @Test(
    "a settled estimate gives the round trip and 200 ms, to the next tick of 4 ms",
    arguments: [(20, 224), (50, 252), (100, 304), (200, 404)] as [(Int64, Int64)])
  func settled(roundTrip: Int64, timeout: Int64) {
    let estimator = RoundTripEstimator(settledAt: .milliseconds(roundTrip), .linux)
    #expect(estimator.timeout(.linux) == .milliseconds(timeout))
  }

  @Test("before any sample the timeout is a second")
  func fresh() {
    #expect(RoundTripEstimator(.linux).timeout(.linux) == .seconds(1))
  }

  // RFC 6298 section 2.2: SRTT = R, RTTVAR = R/2; 2.3: RTTVAR = 3/4 * RTTVAR + 1/4 * |SRTT - R'|,
  // SRTT = 7/8 * SRTT + 1/8 * R'.
  @Test("samples are smoothed by an eighth, their variation by a quarter")
  func smoothing() {
    var estimator = RoundTripEstimator(.rfc)
    estimator.add(.milliseconds(400), acknowledged: 1, next: 1, .rfc)
    #expect(estimator.smoothed == .milliseconds(400))
    #expect(estimator.addend == .milliseconds(800))
    #expect(estimator.timeout(.rfc) == .milliseconds(1_201))
    estimator.add(.milliseconds(480), acknowledged: 2, next: 2, .rfc)
    #expect(estimator.smoothed == .milliseconds(410))
    #expect(estimator.addend == .milliseconds(680))
    #expect(estimator.minimum == .milliseconds(400))
  }

  // By hand from the kernel's rule: one sample of 302 ms among those of 50.
  @Test("Linux forgets a late sample slowly: a quarter of what exceeds 200 ms a round trip")
  func linux() {
    var estimator = RoundTripEstimator(settledAt: .milliseconds(50), .linux)
    var addends: [Double] = []
    for (message, sample) in [302, 50, 50, 50].enumerated() as EnumeratedSequence<[Int64]> {
      let next = Int64(message + 1) * 600
      estimator.add(.milliseconds(sample), acknowledged: next, next: next, .linux)
      addends.append((estimator.addend.inMilliseconds * 10).rounded() / 10)
    }
    // The deviation is 252 and falls: 220.5, 192.9, 168.8.
    #expect(addends == [252, 244.1, 233.1, 224.8])
    #expect(estimator.timeout(.linux) == .milliseconds(296))
  }
}
