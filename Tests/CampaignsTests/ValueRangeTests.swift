import Configuration
import Testing

@testable import Campaigns

@Suite("ValueRange")
struct ValueRangeTests {
  @Test(
    "values run from end to end in the finer unit, rounded so that they read well",
    arguments: [
      ("20ms..200ms in 5 steps", "20ms 65ms 110ms 155ms 200ms"),
      ("500us..2ms in 5 steps", "500us 875us 1250us 1625us 2000us"),
      ("0s..200ms in 3 steps", "0ms 100ms 200ms"),
      ("1min..100s in 2 steps", "60s 100s"),
      ("0.5%..10% in 8 steps log", "0.5% 0.767% 1.18% 1.81% 2.77% 4.25% 6.52% 10%"),
      ("1..1000 in 4 steps log", "1 10 100 1000"),
      ("100kbps..3Mbps in 6 steps log", "100kbps 197kbps 390kbps 770kbps 1520kbps 3000kbps"),
      ("0..3", "0 1 2 3"), ("-4..-2", "-4 -3 -2"), ("-1..1", "-1 0 1"),
      ("0..3 in 3 steps", "0 2 3"), ("-16..-4 in 4 steps", "-16 -12 -8 -4"),
      ("0.0..1 in 4 steps", "0 0.333 0.667 1"), ("0.1..0.5 in 3 steps", "0.1 0.3 0.5"),
      ("10..30fps in 3 steps", "10fps 20fps 30fps"),
      // Three digits would make 1003ms of 1000ms; four are exact.
      ("1000ms..1006ms in 3 steps", "1000ms 1003ms 1006ms"),
      // Rounding to three would be off by more than a twentieth of a step.
      ("1s..1.003s in 5 steps", "1s 1.00075s 1.0015s 1.00225s 1.003s"),
      // A nanosecond is the least there is.
      ("1ns..4ns in 3 steps", "1ns 3ns 4ns"), ("1B..2kB in 3 steps log", "1B 45B 2000B"),
      ("20 ms .. 40 ms in 2 steps", "20ms 40ms"),
    ])
  func values(text: String, expected: String) throws {
    #expect(ValueRange.isMeant(by: text))
    #expect(try ValueRange(text).texts().joined(separator: " ") == expected)
  }

  @Test(
    "however many steps, they rise from end to end and no two are alike", arguments: [2, 7, 1_000])
  func rising(steps: Int) throws {
    for ends in ["20ms..2s", "0.01%..99%", "1h..24h", "99999999..99999999.5", "1us..9999h"] {
      for spacing in ["", " log"] {
        let values = try ValueRange("\(ends) in \(steps) steps\(spacing)").texts().map {
          try #require(Quantity($0))
        }
        #expect(values.count == steps)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0.isLess(than: $1) }, "\(ends)")
      }
    }
  }

  @Test(
    "what is no range is left alone",
    arguments: [
      "20ms", "pli", "../clip.y4m", "2020..2021/clip.y4m", "a..b", "-", "", "none", "1.5.2",
      "talk in 5 steps",
    ])
  func otherTexts(text: String) {
    #expect(!ValueRange.isMeant(by: text))
  }

  @Test(
    "a malformed range is refused with what was expected",
    arguments: [
      ("20ms..200ms", "expected the number of steps too"),
      ("20..200fps", "expected the number of steps too"),
      ("200ms..20ms in 5 steps", "whose first end is not below its second"),
      ("20ms..0.02s in 5 steps", "whose first end is not below its second"),
      ("20..200ms in 5 steps", "whose ends have no unit in common"),
      ("20ms..5% in 5 steps", "whose ends have no unit in common"),
      ("20ms.. in 5 steps", "which has no second end"),
      ("20ms..", "which has no second end"), ("..20ms in 5 steps", "which has no first end"),
      ("20ms...200ms in 5 steps", "whose second end is no number"),
      ("20xs..200ms in 5 steps", "whose first end is no number"),
      ("1..2..3", "whose second end is no number"),
      ("1.0123456789s..2s in 5 steps", "whose first end has over 9 digits"),
      ("1s..9999999999s in 5 steps", "whose second end has over 9 digits"),
      ("20ms..200ms in 1 steps", "expected a whole number of steps from 2 to 1000"),
      ("20ms..200ms in 1001 steps", "expected a whole number of steps from 2 to 1000"),
      ("20ms..200ms in five steps", "expected a whole number of steps from 2 to 1000"),
      ("20ms..200ms in 5", "expected after its ends nothing, \"in 5 steps\" or"),
      ("20ms..200ms in 5 steps lin", "expected after its ends nothing, \"in 5 steps\" or"),
      ("20ms..200ms in 5 steps log log", "expected after its ends nothing, \"in 5 steps\" or"),
      ("0%..10% in 5 steps log", "which cannot begin at 0 with log"),
      ("-3..10 in 5 steps log", "which cannot begin at a negative number with log"),
      ("0..3 in 8 steps", "of which 8 steps are not 8 different values, expected at most 4 steps"),
      ("1..10 in 9 steps log", "expected at most 6 steps"),
      ("1ns..2ns in 3 steps", "expected at most 2 steps"),
      ("0..1000", "which is 1001 numbers, expected at most 1000"),
    ])
  func refusals(text: String, expected: String) {
    #expect(ValueRange.isMeant(by: text))
    let fault = #expect(throws: ValueRangeFault.self) { try ValueRange(text).texts() }
    #expect(fault?.problem.contains(expected) == true, "\(String(describing: fault))")
  }
}
