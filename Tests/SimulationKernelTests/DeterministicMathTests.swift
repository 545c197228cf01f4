import Foundation
import SimulationKernel
import Testing

@Suite("DeterministicMath")
struct DeterministicMathTests {
  /// The error of `value`, relative where the reference is above 1 in magnitude.
  private func error(_ value: Double, _ reference: Double) -> Double {
    abs(value - reference) / max(1, abs(reference))
  }

  @Test("logarithms of the whole range of magnitudes agree with the C library to 1e-14")
  func logarithms() {
    var stream = RandomStream(seed: 7, name: "test.logarithm")
    for _ in 0..<100_000 {
      // Any positive finite number, subnormal ones included.
      let value = Double(bitPattern: stream.next(below: 0x7FF0_0000_0000_0000 - 1) + 1)
      #expect(error(DeterministicMath.ln(value), Foundation.log(value)) < 1e-14)
      #expect(error(DeterministicMath.log10(value), Foundation.log10(value)) < 1e-14)
    }
  }

  @Test("logarithms near one keep their relative precision")
  func nearOne() {
    for step in stride(from: -4000, through: 4000, by: 1) where step != 0 {
      let value = 1 + Double(step) * 1e-5
      let reference = Foundation.log(value)
      #expect(abs(DeterministicMath.ln(value) - reference) < 1e-14 * abs(reference))
    }
    #expect(DeterministicMath.ln(1) == 0)
  }

  @Test("the exponential function agrees with the C library to 1e-14")
  func exponentials() {
    for step in -70_000...70_000 {
      let value = Double(step) * 0.01013
      let reference = Foundation.exp(value)
      guard reference.isNormal else { continue }
      #expect(abs(DeterministicMath.exp(value) - reference) < 1e-14 * reference)
    }
    #expect(DeterministicMath.exp(0) == 1)
  }

  @Test("the ends of the range follow IEEE 754")
  func extremes() {
    #expect(DeterministicMath.ln(0) == -.infinity)
    #expect(DeterministicMath.ln(.infinity) == .infinity)
    #expect(DeterministicMath.ln(-1).isNaN)
    #expect(DeterministicMath.ln(.nan).isNaN)
    #expect(DeterministicMath.log10(0) == -.infinity)
    #expect(DeterministicMath.exp(.infinity) == .infinity)
    #expect(DeterministicMath.exp(710) == .infinity)
    #expect(DeterministicMath.exp(-.infinity) == 0)
    #expect(DeterministicMath.exp(-746) == 0)
    #expect(DeterministicMath.exp(.nan).isNaN)
  }

  @Test("the bits are pinned, whatever the machine")
  func bits() {
    #expect(DeterministicMath.ln(10).bitPattern == 0x4002_6BB1_BBB5_5516)
    #expect(DeterministicMath.exp(1).bitPattern == 0x4005_BF0A_8B14_576A)
  }
}
