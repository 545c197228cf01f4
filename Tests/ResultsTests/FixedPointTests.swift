import SimulationKernel
import Testing

@testable import Results

@Suite("Fixed-point text")
struct FixedPointTests {
  @Test(
    "whole units are written with their point in place",
    arguments: [
      (0, 3, "0.000"), (1, 3, "0.001"), (-1, 3, "-0.001"), (1_500, 3, "1.500"),
      (123_456, 0, "123456"), (-42, 0, "-42"), (Int64.max, 3, "9223372036854775.807"),
      (Int64.min, 0, "-9223372036854775808"), (0, 0, "0"), (999, 3, "0.999"),
    ] as [(Int64, Int, String)])
  func units(value: Int64, decimals: Int, text: String) {
    #expect(FixedPoint.text(value, decimals: decimals) == text)
  }

  @Test(
    "numbers are rounded half away from zero",
    arguments: [
      (0.5, 0, "1"), (-0.5, 0, "-1"), (2.5, 0, "3"), (35.1234567, 3, "35.123"),
      (0.125, 2, "0.13"), (-0.0001, 3, "0.000"), (1e6, 3, "1000000.000"),
    ] as [(Double, Int, String)])
  func numbers(value: Double, decimals: Int, text: String) {
    #expect(FixedPoint.text(value, decimals: decimals) == text)
  }

  @Test("what is written is read back as the same units")
  func roundTrip() {
    var stream = RandomStream(seed: 5, name: "units")
    for _ in 0..<2_000 {
      let value = Int64(bitPattern: stream.next()) >> Int64(stream.next(below: 63))
      let decimals = Int(stream.next(below: 7))
      let text = Array(FixedPoint.text(value, decimals: decimals).utf8)
      #expect(parseUnits(text[...], decimals: decimals) == value)
    }
  }

  @Test(
    "what is no decimal number is refused",
    arguments: [
      "-", ".", ".5", "5.", "1.2345", "1e3", "+1", " 1", "1 ", "0x1", "1,0", "1.2.3", "--1", "nan",
      "9223372036854775808", "9223372036854776",
    ])
  func refused(text: String) {
    #expect(parseUnits(Array(text.utf8)[...], decimals: 3) == nil)
  }

  @Test("a quotient is rounded to the nearest without overflow between")
  func quotient() {
    #expect(roundedQuotient(1, 1, over: 2) == 1)
    #expect(roundedQuotient(1, 1, over: 3) == 0)
    #expect(roundedQuotient(4_000_000_000, 8_000_000_000, over: 10_000_000_000) == 3_200_000_000)
  }
}
