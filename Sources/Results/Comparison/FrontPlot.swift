/// Recovery against what it costs, a point for each of some settings.
public enum FrontPlot {
  public static let name = "front"

  public struct Point: Sendable, Equatable {
    /// Mean recovery in ms.
    public var recovery: Double
    /// kbit/s without loss.
    public var bitrate: Double
    /// dB without loss.
    public var psnr: Double
    public var isOnFront: Bool
    public var isPresent: Bool

    public init(
      recovery: Double, bitrate: Double, psnr: Double, isOnFront: Bool, isPresent: Bool
    ) {
      self.recovery = recovery
      self.bitrate = bitrate
      self.psnr = psnr
      self.isOnFront = isOnFront
      self.isPresent = isPresent
    }
  }

  private struct Kind: Sendable {
    var title: String
    var style: String
    var holds: @Sendable (Point) -> Bool
  }

  private static let kinds = [
    Kind(title: "beaten", style: "pointtype 6 pointsize 0.8 linecolor rgb '#999999'") {
      !$0.isOnFront
    },
    Kind(title: "front", style: "pointtype 7 pointsize 1.1 linecolor rgb '#0072b2'") {
      $0.isOnFront
    },
    Kind(title: "present settings", style: "pointtype 4 pointsize 2 linecolor rgb '#d55e00'") {
      $0.isPresent
    },
  ]

  /// - Parameter title: of what.
  public static func make(title: String, points: [Point]) -> Plot {
    let grid = PlotGrid(panels: 2, panelHeight: 300, keyEntries: kinds.count, keyColumns: 3)
    var script = PlotScript(name: name, title: title, grid: grid)
    script.beginPanel(0, title: title)
    add(points, "media without loss, kbit/s", \.bitrate, to: &script)
    script.beginPanel(1, title: "")
    add(points, "PSNR on screen without loss, dB", \.psnr, to: &script)
    script.addKey(kinds.map { "with points \($0.style) title \(PlotScript.quoted($0.title))" })
    return Plot(
      name: name, title: title,
      caption: "Mean time from a loss to its repair, and what a call takes without any loss.",
      alternative: alternative(points), script: script.text)
  }

  private static func add(
    _ points: [Point], _ label: String, _ value: (Point) -> Double, to script: inout PlotScript
  ) {
    let (low, high) = range(points.map(value))
    script.add("set xlabel \(PlotScript.quoted(label))")
    script.add("set ylabel 'mean recovery, ms'")
    script.add("set xrange [\(PlotScript.number(low)):\(PlotScript.number(high))]")
    let top = (points.map(\.recovery).max() ?? 1) * 1.1
    script.add("set yrange [0:\(PlotScript.number(max(top, 1)))]")
    var parts: [String] = []
    for kind in kinds {
      let rows = points.filter(kind.holds).map {
        "\(PlotScript.number(value($0))) \(PlotScript.number($0.recovery))"
      }
      // A block without points would be an error.
      let data = script.addData(rows.isEmpty ? ["NaN NaN"] : rows)
      parts.append("\(data) using 1:2 with points \(kind.style) notitle")
    }
    script.addPlot(parts)
  }

  private static func range(_ values: [Double]) -> (Double, Double) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = max((high - low) * 0.08, abs(high) * 0.002, 0.01)
    return (low - room, high + room)
  }

  private static func alternative(_ points: [Point]) -> String {
    points.filter { $0.isOnFront || $0.isPresent }.map { point in
      "\(FigureText.milliseconds(point.recovery)) ms at "
        + "\(FixedPoint.text(point.bitrate, decimals: 1)) kbit/s and "
        + "\(FixedPoint.text(point.psnr, decimals: 2)) dB"
        + (point.isPresent ? " (present settings)" : "")
    }.joined(separator: "; ")
  }
}
