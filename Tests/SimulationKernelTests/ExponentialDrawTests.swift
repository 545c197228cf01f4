import SimulationKernel
import Testing

@Suite("Exponential draws")
struct ExponentialDrawTests {
  @Test("mean, variance and tail are those of the distribution", arguments: [1, 2, 3] as [UInt64])
  func moments(seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "exponential")
    let count = 400_000
    var sum = 0.0
    var squares = 0.0
    var beyondTwoMeans = 0
    for _ in 0..<count {
      let draw = Double(stream.nextExponential(mean: .milliseconds(10)).nanoseconds) / 1e7
      sum += draw
      squares += draw * draw
      if draw >= 2 { beyondTwoMeans += 1 }
    }
    let n = Double(count)
    // The draw has deviation 1, its square mean 2 and deviation sqrt(20).
    #expect(abs(sum / n - 1) < 3 / n.squareRoot())
    #expect(abs(squares / n - 2) < 3 * (20 / n).squareRoot())
    let tail = 0.135_335_283_236_612_7  // exp(-2)
    #expect(abs(Double(beyondTwoMeans) / n - tail) < 3 * (tail * (1 - tail) / n).squareRoot())
  }

  @Test("a mean of nothing gives nothing, and the longest one stays in range")
  func extremes() {
    var stream = RandomStream(seed: 4, name: "exponential")
    for _ in 0..<1_000 {
      #expect(stream.nextExponential(mean: .zero) == .zero)
      #expect(stream.nextExponential(mean: RandomStream.longestMean) >= .zero)
    }
  }
}
