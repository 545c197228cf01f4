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
    let estimator = RoundTripEstimator(settledAt: .milliseconds(roundTrip))
    #expect(estimator.timeout(.linux) == .milliseconds(timeout))
  }

  @Test("before any sample the timeout is a second")
  func fresh() {
    #expect(RoundTripEstimator().timeout(.linux) == .seconds(1))
  }

  // RFC 6298 section 2.2: SRTT = R, RTTVAR = R/2; 2.3: RTTVAR = 3/4 * RTTVAR + 1/4 * |SRTT - R'|,
  // SRTT = 7/8 * SRTT + 1/8 * R'.
  @Test("samples are smoothed by an eighth, their variation by a quarter")
  func smoothing() {
    var estimator = RoundTripEstimator()
    estimator.add(.milliseconds(400))
    #expect(estimator.smoothed == .milliseconds(400))
    #expect(estimator.variation == .milliseconds(200))
    #expect(estimator.timeout(.linux) == .milliseconds(1_204))
    estimator.add(.milliseconds(480))
    #expect(estimator.smoothed == .milliseconds(410))
    #expect(estimator.variation == .milliseconds(170))
    #expect(estimator.minimum == .milliseconds(400))
  }
}
