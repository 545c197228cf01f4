import Configuration
import Results
import SimulationKernel

/// How a file writes what metrics are measured in.
extension MetricUnit {
  /// Reads a level in this unit.
  func parse(_ text: String) throws(ConfigurationMismatch) -> Double {
    do throws(ConfigurationMismatch) {
      return try level(text)
    } catch {
      throw ConfigurationMismatch(error.expectation + nearestUnit(text))
    }
  }

  private func level(_ text: String) throws(ConfigurationMismatch) -> Double {
    let percent = ConfigurationValue<Double>.percent(0.0...100.0)
    switch self {
    case .milliseconds:
      let kind = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(86_400))
      return try kind.value(of: text).inMilliseconds
    case .share: return try percent.value(of: text)
    case .decibels:
      // A percentage has the same grammar behind another unit.
      guard text.hasSuffix("dB"), let fraction = try? percent.value(of: text.dropLast(2) + "%")
      else { throw ConfigurationMismatch("a level from 0dB to 100dB such as 33dB") }
      return fraction * 100
    case .similarity:
      guard let hundredth = try? percent.value(of: text + "%"), hundredth <= 0.01 else {
        throw ConfigurationMismatch("a share from 0 to 1 such as 0.95")
      }
      return hundredth * 100
    case .kilobitsPerSecond:
      let kind = ConfigurationValue<Bitrate>.bitrate(
        Bitrate(bitsPerSecond: 1)...(.kilobitsPerSecond(100_000_000)))
      return Double(try kind.value(of: text).bitsPerSecond) / 1_000
    }
  }

  private var unitNames: [String] {
    switch self {
    case .milliseconds: ["ms", "s", "us", "min"]
    case .share: ["%"]
    case .decibels: ["dB"]
    case .similarity: []
    case .kilobitsPerSecond: ["kbps", "Mbps", "bps", "kbit/s", "Mbit/s"]
    }
  }

  /// ` (did you mean 400ms?)` where a number has a unit that is nearly right, or none where there is
  /// only one; empty otherwise.
  private func nearestUnit(_ text: String) -> String {
    let number = text.prefix { $0.isNumber || $0 == "." }
    var unit = text.dropFirst(number.count)
    while unit.first == " " { unit = unit.dropFirst() }
    guard !number.isEmpty, !unitNames.contains(String(unit)) else { return "" }
    let nearest =
      unit.isEmpty
      ? (unitNames.count == 1 ? unitNames.first : nil)
      : nearestName(to: String(unit), among: unitNames)
    guard let nearest, (try? level(number + nearest)) != nil else { return "" }
    return " (did you mean \(number)\(nearest)?)"
  }
}
