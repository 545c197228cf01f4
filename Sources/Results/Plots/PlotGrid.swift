/// Where the panels of a plot and its key stand, in pixels of the SVG.
struct PlotGrid {
  /// At most two columns, so that a panel stays legible on a page.
  let columns: Int
  let rows: Int
  let width = 860.0
  /// Room left of each panel for its labels.
  let left: Double
  let panelHeight: Double
  private let keyRows: Int
  private let keyColumns: Int
  private static let right = 18.0
  private static let above = 40.0
  private static let below = 66.0
  private static let keyRow = 25.0

  /// - Parameters:
  ///   - columns: at most two.
  ///   - keyEntries: how many names the key has, none where it is 0.
  ///   - keyColumns: how many of them stand side by side.
  init(
    panels: Int, columns: Int = 2, left: Double = 82, panelHeight: Double, keyEntries: Int,
    keyColumns: Int
  ) {
    let columns = min(columns, max(1, panels))
    self.columns = columns
    rows = (panels + columns - 1) / columns
    self.left = left
    self.panelHeight = panelHeight
    self.keyColumns = max(1, min(keyEntries, keyColumns))
    keyRows = (keyEntries + self.keyColumns - 1) / self.keyColumns
  }

  var height: Double {
    Double(rows) * (Self.above + panelHeight + Self.below) + keyHeight
  }

  /// Of the plot itself, in pixels.
  var panelWidth: Double { width / Double(columns) - left - Self.right }

  /// A round step for an axis from 0 to `end` across a panel, so that four digits fit between tics.
  func step(upTo end: Double) -> Double {
    let least = end * 48 / max(48, panelWidth)
    var decade = 1.0
    while decade * 10 <= least { decade *= 10 }
    return [1, 2, 5, 10].map { $0 * decade }.first { $0 >= least } ?? decade * 10
  }

  private var keyHeight: Double { keyRows == 0 ? 0 : Double(keyRows) * Self.keyRow + 10 }

  /// Commands that put the next plot into a panel; panels count from the upper left.
  func place(_ panel: Int) -> String {
    let (row, column) = (panel / columns, panel % columns)
    let cell = width / Double(columns)
    let top = Double(row) * (Self.above + panelHeight + Self.below) + Self.above
    return margins(
      left: Double(column) * cell + left, right: Double(column + 1) * cell - Self.right,
      top: top, bottom: top + panelHeight)
  }

  /// Commands that put a plot of nothing but the key below the panels.
  var placeKey: String {
    """
    unset title; unset xlabel; unset ylabel; unset border; unset xtics; unset ytics; unset grid
    unset arrow; unset label; unset logscale
    set xrange [0:1]; set yrange [0:1]
    \(margins(left: 20, right: width - 20, top: height - keyHeight, bottom: height - 6))
    set key center center horizontal Left reverse samplen 3 width 1 maxcols \(keyColumns)
    """
  }

  private func margins(left: Double, right: Double, top: Double, bottom: Double) -> String {
    func at(_ share: Double) -> String { "at screen " + FixedPoint.text(share, decimals: 5) }
    return "set lmargin \(at(left / width)); set rmargin \(at(right / width)); "
      + "set tmargin \(at(1 - top / height)); set bmargin \(at(1 - bottom / height))"
  }
}
