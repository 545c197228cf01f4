/// A plot as a gnuplot script that holds its data, and the words that go with it.
public struct Plot: Sendable, Equatable {
  /// The file name without extension.
  public var name: String
  public var title: String
  /// How to read the plot.
  public var caption: String
  /// What the plot shows, for those who do not see it.
  public var alternative: String
  /// Runs by itself: `gnuplot NAME.gp` writes NAME.svg and NAME.png.
  public var script: String
}

/// A plot that the data do not allow.
public struct OmittedPlot: Sendable, Equatable {
  public var name: String
  /// Half a sentence.
  public var reason: String
}

/// One of the plots, or why it is left out.
enum PlotOrOmission {
  case plot(Plot)
  case omitted(OmittedPlot)

  var name: String {
    switch self {
    case .plot(let plot): plot.name
    case .omitted(let omitted): omitted.name
    }
  }
}

/// Lines of gnuplot that draw the same picture as SVG and as PNG.
struct PlotScript {
  let name: String
  let title: String
  /// The SVG's size is the grid's; the PNG has twice as many pixels each way.
  let grid: PlotGrid
  private var data: [String] = []
  private var commands: [String] = []

  init(name: String, title: String, grid: PlotGrid) {
    self.name = name
    self.title = title
    self.grid = grid
  }

  /// Sends the next plot into a panel.
  mutating func beginPanel(_ panel: Int, title: String) {
    add(grid.place(panel))
    add(title.isEmpty ? "unset title" : "set title \(Self.quoted(title))")
  }

  /// Draws the key: samples of lines or boxes with their names, over all panels' columns.
  mutating func addKey(_ samples: [String]) {
    add(grid.placeKey)
    addPlot(samples.map { "NaN \($0)" })
  }

  /// Adds a block of data lines and returns the name by which commands refer to it.
  mutating func addData(_ lines: [String]) -> String {
    let block = "$data\(data.count)"
    data.append("\(block) << END\n" + lines.map { $0 + "\n" }.joined() + "END")
    return block
  }

  mutating func add(_ command: String) { commands.append(command) }

  /// A `plot` command of several parts, one a line.
  mutating func addPlot(_ parts: [String]) {
    commands.append("plot \\\n  " + parts.joined(separator: ", \\\n  "))
  }

  /// The whole script.
  var text: String {
    let (width, height) = (Int(grid.width), Int(grid.height.rounded()))
    let identifier = name.replacing("-", with: "_")
    return """
      # \(title). To draw it again: gnuplot \(name).gp
      if (!exists("svg")) svg = "\(name).svg"
      if (!exists("png")) png = "\(name).png"
      set encoding utf8
      \(data.joined(separator: "\n"))
      do for [format in "svg png"] {
      reset
      if (format eq "svg") {
      set terminal svg noenhanced size \(width),\(height) font "sans-serif,13" \\
      background "#ffffff" name "\(identifier)"
      set output svg
      } else {
      set terminal pngcairo noenhanced size \(width * 2),\(height * 2) font "Sans,13" \\
      fontscale 1.45 linewidth 2 pointscale 1.6 background "#ffffff"
      set output png
      }
      set border 3 linecolor "#444444"
      set tics nomirror textcolor "#222222"
      set grid linecolor "#dddddd" linetype 1 linewidth 0.5
      set clip two
      unset key
      set multiplot
      \(commands.joined(separator: "\n"))
      unset multiplot
      }
      set output

      """
  }

  /// A text in gnuplot's single quotes.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
  }

  static func number(_ value: Double) -> String {
    // Beyond every axis: an interval that is open above reaches the plot's edge.
    value.isFinite ? FixedPoint.text(value, decimals: 3) : "1000000000000"
  }

  /// Tics at 1, 2 and 5 times the powers of ten around a range, at more where it is narrow, with their
  /// figures written out.
  static func logarithmicTics(from lower: Double, to upper: Double) -> String {
    let steps: [[Double]] = [
      [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7], [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 7, 8, 9],
    ]
    var tics: [String] = []
    for factors in steps where tics.count < 3 {
      tics = []
      var decade = 0.001
      while decade <= upper {
        for factor in factors where decade * factor >= lower && decade * factor <= upper {
          let text = FigureText.trimmed(decade * factor)
          tics.append("\(quoted(text)) \(text)")
        }
        decade *= 10
      }
    }
    return "(" + tics.joined(separator: ", ") + ")"
  }

  /// Makes an axis logarithmic over the values with some room around them.
  mutating func addLogarithmicAxis(_ axis: String, values: [Double]) {
    let finite = values.filter { $0.isFinite && $0 > 0 }
    let lower = (finite.min() ?? 1) / 1.25
    let upper = (finite.max() ?? 1_000) * 1.25
    add("set logscale \(axis)")
    add("set \(axis)range [\(Self.number(lower)):\(Self.number(upper))]")
    add("set \(axis)tics \(Self.logarithmicTics(from: lower, to: upper))")
  }
}
