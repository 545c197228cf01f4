import NetworkModels
import Results
import SimulationKernel

/// A trace as lines of text that a terminal shows.
public enum TracePicture {
  private static let columns = 60
  private static let rows = 12
  private static let shades: [Character] = ["░", "▒", "▓", "█"]
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  public static func text(_ file: TraceFile) -> String {
    let series = TraceSeries.all(of: file.trace, slices: columns * rows)
    return "\(file.path) (\(file.format.rawValue))\n"
      + series.map { "\n" + text($0) }.joined()
  }

  private static func text(_ series: TraceSeries) -> String {
    let slice = FigureText.milliseconds(series.slice.inMilliseconds)
    let largest = series.values.compactMap { $0 }.max() ?? 0
    let title: String
    let glyph: (Double) -> Character
    switch series.kind {
    case .loss:
      title = "Loss, \(slice) ms a sign: · none, ░ to 10 %, ▒ to a third, ▓ to two thirds, █ more"
      glyph = { shade($0) }
    case .delay:
      title = "Largest delay, \(slice) ms a sign: █ \(FigureText.milliseconds(largest)) ms"
      glyph = { bar($0, of: largest) }
    case .rate:
      title = "Rate, \(slice) ms a sign: █ \(FixedPoint.text(largest, decimals: 0)) kbit/s, · none"
      glyph = { bar($0, of: largest) }
    }
    var lines = [title]
    for first in stride(from: 0, to: series.values.count, by: columns) {
      let row = series.values[first..<min(first + columns, series.values.count)]
      let time = FixedPoint.text((series.slice * Int64(first)).inSeconds, decimals: 2)
      let padding = String(repeating: " ", count: max(0, 9 - time.count))
      lines.append("\(padding)\(time) s  " + String(row.map { $0.map(glyph) ?? " " }))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func shade(_ share: Double) -> Character {
    switch share {
    case 0: "·"
    case ...0.1: shades[0]
    case ...(1.0 / 3): shades[1]
    case ...(2.0 / 3): shades[2]
    default: shades[3]
    }
  }

  private static func bar(_ value: Double, of largest: Double) -> Character {
    guard value > 0, largest > 0 else { return "·" }
    return bars[min(bars.count - 1, Int(value / largest * Double(bars.count)))]
  }
}
