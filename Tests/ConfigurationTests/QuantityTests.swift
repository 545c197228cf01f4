import Testing

@testable import Configuration

@Suite("Quantity")
struct QuantityTests {
  private func node(_ text: String) throws -> ConfigurationNode {
    try ConfigurationFile.parse("value: \(text)\n", file: "q.yaml")["value"]!
  }

  @Test(
    "what stands for the same is the same, in any unit and order",
    arguments: [
      ("20ms", "0.02s"), ("20ms", "20.0 ms"), ("1Mbps", "1000kbit/s"), ("2kB", "2000B"),
      ("0%", "0.000%"), ("25", "25fps"), ("-8", "-8.0"), ("1.5min", "90s"), ("pli", "pli"),
      ("[20ms, x]", "[0.02s, x]"), ("{rtt: 90ms, loss: 1%}", "{loss: 1.0%, rtt: 0.09s}"),
    ])
  func same(first: String, second: String) throws {
    #expect(try node(first).means(node(second)))
    #expect(try node(second).means(node(first)))
  }

  @Test(
    "what differs in value, kind, number or key is not the same",
    arguments: [
      ("20ms", "20us"), ("20ms", "20"), ("1%", "0.01"), ("8", "-8"), ("pli", "sli"),
      ("[20ms]", "[20ms, 20ms]"), ("[20ms]", "20ms"), ("{rtt: 90ms}", "{rtt: 90ms, loss: 1%}"),
      ("{rtt: 90ms}", "{loss: 90ms}"), ("320x180", "320x182"), ("30000/1001", "30000"),
    ])
  func different(first: String, second: String) throws {
    #expect(try !node(first).means(node(second)))
    #expect(try !node(second).means(node(first)))
  }

  @Test("order holds across units, and where the digits of two numbers are far apart")
  func order() throws {
    func isLess(_ first: String, _ second: String) throws -> Bool {
      try #require(Quantity(first)).isLess(than: #require(Quantity(second)))
    }
    #expect(try isLess("999us", "1ms") && !isLess("1ms", "999us") && !isLess("1ms", "1000us"))
    #expect(try isLess("-8", "-4") && isLess("-4", "0") && !isLess("0", "-4"))
    let (large, small) = ("999999999999999999h", "0.00000000000000001ns")
    #expect(try isLess(small, large) && !isLess(large, small))
    #expect(try isLess("-999999999999999999", "0.00000000000000001"))
  }

  @Test(
    "what is no number with a known unit is none",
    arguments: ["", "-", "3g", "320x180", "1.", ".5", "-20ms", "1e3", "20 parsecs", "..", "--1"])
  func refused(text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test(
    "a unit has as many decimals as keep it whole",
    arguments: [
      ("ns", 0), ("us", 3), ("ms", 6), ("s", 9), ("min", 10), ("h", 11), ("bps", 0), ("Mbps", 6),
      ("B", 0), ("kB", 3), ("%", nil), ("", nil),
    ] as [(String, Int?)])
  func decimals(name: String, count: Int?) throws {
    #expect(try #require(QuantityUnit(name)).decimals == count)
  }
}
