import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Trace generator")
struct TraceGeneratorTests {
  @Test("the same seed gives the same losses, another one others")
  func seeds() {
    let model = TraceGenerator.gilbert(rate: 0.1, meanBurst: 3)
    let losses = TraceGenerator.losses(model, count: 1_000, seed: 1)
    #expect(losses == TraceGenerator.losses(model, count: 1_000, seed: 1))
    #expect(losses != TraceGenerator.losses(model, count: 1_000, seed: 2))
    #expect(losses.count == 1_000)
  }

  @Test("a chain that loses in both states has the rate of its definition")
  func rate() {
    let model = GilbertElliottParameters(
      goodToBad: 0.01, badToGood: 0.09, goodLoss: 0.02, badLoss: 0.5)
    #expect(abs(model.rate - 0.068) < 1e-12)
    let count = 1_000_000
    let lost = TraceGenerator.losses(model, count: count, seed: 4).count { $0 }
    // Losses correlate by the states: covariance 0.09 * 0.48^2 * 0.9^lag, which adds up to 9 times.
    let variance = model.rate * (1 - model.rate) + 2 * 9 * 0.09 * 0.48 * 0.48
    #expect(
      abs(Double(lost) / Double(count) - model.rate) < 3 * (variance / Double(count)).squareRoot())
  }

  @Test("a rate walks within its bounds and by its steps")
  func walk() {
    let walk = TraceGenerator.RandomWalk(
      lowest: .kilobitsPerSecond(100), highest: .kilobitsPerSecond(1_100),
      interval: .milliseconds(100), step: 0.2)
    guard
      case .steps(let steps, let period) = TraceGenerator.rate(
        walk, duration: .seconds(100), seed: 1)
    else { return }
    let rates = steps.map(\.rate.bitsPerSecond)
    #expect(rates.count == 1_000 && period == .seconds(100) && rates[0] == 600_000)
    #expect(rates.allSatisfy { (100_000...1_100_000).contains($0) })
    #expect(zip(rates, rates.dropFirst()).allSatisfy { abs($0 - $1) <= 200_000 })
    #expect(rates.min()! < 200_000 && rates.max()! > 1_000_000)
  }
}
