/// A line through figures with their intervals.
struct IntervalLine {
  struct Point: Equatable {
    var x: Double
    var value: Double
    var interval: Interval

    /// nil where there is no finite figure.
    init?(_ x: Double, _ estimate: Estimate) {
      guard case .measured(let value, let interval) = estimate, value.isFinite else { return nil }
      self.x = x
      self.value = value
      self.interval = interval
    }
  }

  var style: DrawnStyle
  var points: [Point]

  /// The parts of a `plot` command that draw some lines side by side, moved aside a little so that their
  /// bars do not hide each other.
  ///
  /// - Parameters:
  ///   - range: of the x axis.
  ///   - isLogarithmic: whether the x axis is.
  static func parts(
    _ lines: [IntervalLine], range: (Double, Double), isLogarithmic: Bool,
    to script: inout PlotScript
  ) -> [String] {
    lines.enumerated().flatMap { position, line -> [String] in
      let offset = Double(position) - Double(lines.count - 1) / 2
      let rows = line.points.map { point -> String in
        let x =
          isLogarithmic
          ? point.x * (1 + 0.014 * offset) : point.x + 0.012 * offset * (range.1 - range.0)
        return [x, point.value, point.interval.lower, point.interval.upper]
          .map(PlotScript.number).joined(separator: " ")
      }
      // A block without points would be an error: the key still names the line.
      let data = script.addData(rows.isEmpty ? ["NaN NaN NaN NaN"] : rows)
      return [
        "\(data) using 1:3:(0):($4-$3) with vectors heads size screen 0.005,90 linewidth 1.2 "
          + "linecolor rgb \(PlotScript.quoted(line.style.colour)) notitle",
        "\(data) using 1:2 with linespoints \(line.style.line) pointtype \(line.style.point) "
          + "pointsize 0.8 notitle",
      ]
    }
  }
}
