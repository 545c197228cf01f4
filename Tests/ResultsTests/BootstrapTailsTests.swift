import SimulationKernel
import Testing

@testable import Results

@Suite("Bootstrap tails")
struct BootstrapTailsTests {
  // Tables of Student's t at 97.5 %.
  @Test(
    "the expansion gives the tables' quantiles",
    arguments: [(4.0, 2.7764), (9, 2.2622), (19, 2.0930), (39, 2.0227), (1e6, 1.95996)])
  func student(degrees: Double, quantile: Double) {
    #expect(abs(BootstrapTails.studentQuantile(degrees: degrees) - quantile) < 0.001)
  }

  @Test(
    "the normal distribution's upper tail is the tables'",
    arguments: [(0.0, 0.5), (1, 0.158655), (1.959964, 0.025), (3, 0.00134990)])
  func normal(z: Double, share: Double) {
    #expect(abs(BootstrapTails.upperTail(z) - share) < 1e-6)
  }

  @Test("ends lie farther out for few clusters, and at 2.5 % for very many")
  func ends() {
    let shares = [5, 6, 10, 20, 100, 100_000].map(BootstrapTails.share)
    #expect(shares == shares.sorted())
    #expect(abs(shares[0] - 0.00095) < 0.00005)
    #expect(abs(shares[5] - 0.025) < 1e-5)
  }

  // Binomial with 400 data sets at 95 %: a standard deviation is 1.1 %, the bounds lie over three away.
  @Test(
    "the interval of a mean holds the truth about as often as it says, with few clusters too",
    arguments: [6, 10, 25])
  func coverage(clusters: Int) {
    var stream = RandomStream(seed: UInt64(clusters), name: "tails")
    var count = CoverageCount()
    for dataSet in 0..<400 {
      let means = (0..<clusters).map { _ in
        // A sum of twelve uniform draws is close to normal.
        (0..<12).reduce(100.0) { sum, _ in sum + 4 * (stream.nextUnit() - 0.5) }
      }
      count.add(Bootstrap.mean(means, seed: UInt64(dataSet), resamples: 1_000), truth: 100)
    }
    #expect(count.told == 400)
    #expect(count.share >= 0.91 && count.share <= 0.985, "\(count.share)")
  }
}
