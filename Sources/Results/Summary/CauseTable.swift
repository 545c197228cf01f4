/// Mean milliseconds by cause, a column a mechanism.
enum CauseTable {
  /// - Parameter columns: what each is named, how many episodes it has, and the means by cause.
  static func make(
    _ title: String, _ columns: [(name: String, count: Int, means: [Double])], note: String
  ) -> TextTable {
    let shown = Cause.allCases.filter { cause in
      columns.contains { $0.means[cause.rawValue] >= 0.05 }
    }
    var rows = shown.map { cause in
      [cause.title]
        + columns.map { column in
          let mean = column.means[cause.rawValue]
          return mean == 0 ? "–" : FixedPoint.text(mean, decimals: 1)
        }
    }
    rows.append(
      ["all"]
        + columns.map { column in
          column.count == 0 ? "–" : FixedPoint.text(column.means.reduce(0, +), decimals: 1)
        })
    return TextTable(
      title: title, headings: ["cause"] + columns.map(\.name), rows: rows, note: note)
  }
}
