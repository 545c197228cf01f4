import SimulationKernel
import Testing

@testable import Configuration

@Suite("Configuration values")
struct ConfigurationValueTests {
  private enum Colour: String, CaseIterable {
    case red, green
    case darkBlue = "dark-blue"
  }

  private func refusal<Value>(_ kind: ConfigurationValue<Value>, _ text: String) -> String? {
    let node = ConfigurationNode(.scalar(text), place: ConfigurationPlace(file: "f.yaml", line: 3))
    do {
      _ = try kind.read(node, path: "a.b")
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "durations are exact to the nanosecond",
    arguments: [
      ("50ms", 50_000_000), ("2s", 2_000_000_000), ("370us", 370_000), ("370µs", 370_000),
      ("0.37ms", 370_000), ("1.5min", 90_000_000_000), ("0ms", 0), ("0s", 0), ("1ns", 1),
      ("1h", 3_600_000_000_000), ("0.000000001s", 1), ("20 ms", 20_000_000),
    ] as [(String, Int64)])
  func durations(text: String, nanoseconds: Int64) throws {
    let kind = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(86_400))
    #expect(try kind.value(of: text) == SimDuration(nanoseconds: nanoseconds))
  }

  @Test(
    "what is no duration is refused",
    arguments: [
      "50", "", "ms", "-5ms", "1.ms", ".5s", "1e3ms", "5  ms", "5 ms ", "1..5s", "0x10ms", "5m",
      "0.5ns", "99999999999999999999s", "999999999999999999h", "25h", "5MS", "٥ms", "NaNs",
    ])
  func malformedDurations(text: String) {
    let kind = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(86_400))
    #expect(throws: ConfigurationMismatch.self) { try kind.value(of: text) }
  }

  @Test("an error says place, key, finding and expectation")
  func errorText() {
    let kind = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(10))
    #expect(
      refusal(kind, "50")
        == "f.yaml:3: a.b: found \"50\", expected a duration such as 50ms or 2s")
    #expect(
      refusal(kind, "11s")
        == "f.yaml:3: a.b: found \"11s\", expected a duration from 0ms to 10s")
    #expect(
      refusal(kind, "")
        == "f.yaml:3: a.b: found nothing, expected a duration such as 50ms or 2s")
  }

  @Test("text from the file cannot break an error's single line or fill the screen")
  func errorTextIsBounded() throws {
    let text = "one\ntwo\u{1B}[31m\u{202E}" + String(repeating: "x", count: 10_000)
    let message = try #require(refusal(.boolean, text))
    #expect(!message.contains("\n") && !message.contains("\u{1B}") && !message.contains("\u{202E}"))
    #expect(message.count < 160)
  }

  @Test(
    "rates are whole bits per second",
    arguments: [
      ("2Mbps", 2_000_000), ("300kbps", 300_000), ("1.5Mbps", 1_500_000), ("64 kbit/s", 64_000),
      ("64000bps", 64_000),
    ] as [(String, Int64)])
  func rates(text: String, bits: Int64) throws {
    let kind = ConfigurationValue<Bitrate>.bitrate(
      .kilobitsPerSecond(8)...(.kilobitsPerSecond(10_000)))
    #expect(try kind.value(of: text).bitsPerSecond == bits)
  }

  @Test(
    "rates out of range or without a unit are refused", arguments: ["2", "0kbps", "1Tbps", "7kbps"])
  func malformedRates(text: String) {
    let kind = ConfigurationValue<Bitrate>.bitrate(
      .kilobitsPerSecond(8)...(.kilobitsPerSecond(10_000)))
    #expect(throws: ConfigurationMismatch.self) { try kind.value(of: text) }
  }

  @Test("percentages become fractions, and the range's open end is refused")
  func percentages() throws {
    let kind = ConfigurationValue<Double>.percent(0..<100)
    #expect(try kind.value(of: "1%") == 0.01)
    #expect(try kind.value(of: "0.5%") == 0.005)
    #expect(try kind.value(of: "0%") == 0)
    for text in ["100%", "1", "0.01", "-1%", "%", "1%%", "inf%", "nan%"] {
      #expect(throws: ConfigurationMismatch.self) { try kind.value(of: text) }
    }
    #expect(
      refusal(kind, "100%")
        == "f.yaml:3: a.b: found \"100%\", expected a percentage at least 0% and below 100%")
  }

  @Test("sizes are even and within bounds")
  func sizes() throws {
    let kind = ConfigurationValue<PictureSize>.size(width: 160...1280, height: 120...720)
    #expect(try kind.value(of: "320x180") == PictureSize(width: 320, height: 180))
    let bad = [
      "321x180", "320x181", "158x120", "1282x720", "320", "320x", "x180", "320x180x2", "320X180",
      "-320x180", "999999999999999999x180",
    ]
    for text in bad {
      #expect(throws: ConfigurationMismatch.self) { try kind.value(of: text) }
    }
  }

  @Test("frame rates take the unit or leave it")
  func frameRates() throws {
    let kind = ConfigurationValue<PictureRate>.frameRate(1...60)
    for (text, frames, seconds) in [
      ("25", 25, 1), ("25fps", 25, 1), ("25 fps", 25, 1), ("1", 1, 1), ("60fps", 60, 1),
      ("12.5fps", 25, 2), ("25.50", 51, 2), ("7.333333", 7_333_333, 1_000_000),
      // What is written rounded means the rate of NTSC television.
      ("29.97fps", 30_000, 1_001), ("29.970", 30_000, 1_001), ("23.976fps", 24_000, 1_001),
      ("23.98", 24_000, 1_001), ("59.94fps", 60_000, 1_001), ("29.9", 299, 10),
      ("29.96", 749, 25), ("29.971", 29_971, 1_000),
      ("30000/1001", 30_000, 1_001), ("30000/1001fps", 30_000, 1_001), ("50/2", 25, 1),
    ] {
      let rate = try kind.value(of: text)
      #expect(rate.numerator == frames && rate.denominator == seconds, "\(text)")
    }
    for text in [
      "", "0", "0.99", "61", "60.01", "25hz", "fps", "/", "25/", "/25", "25/0", "25/1/1", "12.5/1",
      "25/1.0", "1/2", "61/1", "-25", "25.", "25fps/1", "1000001/1000001", "29.9700000",
      "9999999999999999999/1",
    ] {
      #expect(throws: ConfigurationMismatch.self) { try kind.value(of: text) }
    }
  }

  @Test("integers, seeds, booleans and texts keep to their ranges")
  func others() throws {
    #expect(try ConfigurationValue<Int>.integer(-1...8).value(of: "-1") == -1)
    #expect(throws: ConfigurationMismatch.self) {
      try ConfigurationValue<Int>.integer(0...8).value(of: "9")
    }
    #expect(try ConfigurationValue<UInt64>.seed.value(of: "18446744073709551615") == .max)
    #expect(throws: ConfigurationMismatch.self) {
      try ConfigurationValue<UInt64>.seed.value(of: "18446744073709551616")
    }
    #expect(try ConfigurationValue<Bool>.boolean.value(of: "true"))
    #expect(throws: ConfigurationMismatch.self) {
      try ConfigurationValue<Bool>.boolean.value(of: "yes")
    }
    for text in ["a\nb", "a\u{7F}", "a\u{85}b", "a\u{2028}b", "\u{202E}a"] {
      #expect(throws: ConfigurationMismatch.self) {
        try ConfigurationValue<String>.text.value(of: text)
      }
    }
  }

  @Test("an enumeration's refusal lists its names and suggests the nearest")
  func enumerations() throws {
    let kind = ConfigurationValue<Colour>.oneOf
    #expect(try kind.value(of: "dark-blue") == .darkBlue)
    #expect(
      refusal(kind, "gren")
        == "f.yaml:3: a.b: found \"gren\", expected one of red, green, dark-blue (did you mean green?)"
    )
    #expect(
      refusal(kind, "magenta")
        == "f.yaml:3: a.b: found \"magenta\", expected one of red, green, dark-blue")
  }

  @Test("a word may stand for the absence of a value")
  func absence() throws {
    let kind = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(1)).or("none")
    #expect(try kind.value(of: "none") == .some(nil))
    #expect(try kind.value(of: "5ms") == .milliseconds(5))
    #expect(
      refusal(kind, "2s")
        == "f.yaml:3: a.b: found \"2s\", expected a duration from 0ms to 1s, or none")
  }

  @Test(
    "octets are decimal multiples, whole and within their range",
    arguments: [("600B", 600), ("1.5kB", 1_500), ("20 kB", 20_000), ("1MB", 1_000_000)])
  func octets(text: String, octets: Int) throws {
    #expect(try ConfigurationValue<Int>.octets(1...1_000_000).value(of: text) == octets)
  }

  @Test(
    "anything else is no number of octets",
    arguments: ["", "600", "1.5B", "20KB", "0B", "1.1MB", "-1B", "999999999999999999MB", "1kB2"])
  func noOctets(text: String) {
    #expect(throws: ConfigurationMismatch.self) {
      try ConfigurationValue<Int>.octets(1...1_000_000).value(of: text)
    }
  }
}
