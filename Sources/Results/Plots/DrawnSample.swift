/// How a line is drawn and named, told apart by colour, dashes and points.
struct DrawnStyle: Equatable {
  var title: String
  var colour: String
  var dash: String
  var point: Int

  init(title: String, colour: String, dash: String, point: Int) {
    self.title = title
    self.colour = colour
    self.dash = dash
    self.point = point
  }

  init(_ style: MechanismStyle) {
    self.init(title: style.title, colour: style.colour, dash: style.dash, point: style.point)
  }

  /// gnuplot's words for the key.
  var key: String {
    "with linespoints \(line) pointtype \(point) pointsize 0.8 title \(PlotScript.quoted(title))"
  }

  /// gnuplot's words for the line.
  var line: String {
    "linecolor rgb \(PlotScript.quoted(colour)) dashtype \(dash) linewidth 1.8"
  }

  /// Colours and forms for lines that are no mechanisms: SIP's roads.
  static func road(_ title: String, position: Int) -> DrawnStyle {
    let colours = ["#009e73", "#d55e00", "#e69f00", "#a6478b", "#6b6b6b", "#56b4e9"]
    let dashes = ["(10,3,2,3)", "(12,4)", "(6,3)", "(4,2,1,2)", "(2,3)", "solid"]
    let points = [11, 7, 9, 13, 2, 3]
    return DrawnStyle(
      title: title, colour: colours[position % 6], dash: dashes[position % 6],
      point: points[position % 6])
  }
}

/// Samples side by side and how each is drawn.
struct DrawnSample {
  var style: DrawnStyle
  var sample: CallSample

  init(_ style: MechanismStyle, _ sample: CallSample) {
    self.init(DrawnStyle(style), sample)
  }

  init(_ style: DrawnStyle, _ sample: CallSample) {
    self.style = style
    self.sample = sample
  }

  var title: String { style.title }
  var colour: String { style.colour }
  var point: Int { style.point }
  var key: String { style.key }
  var line: String { style.line }
}
