import Results

/// Plots and report of a results folder.
enum Drawing {
  static func draw(_ folder: ResultsFolder, with gnuplot: Gnuplot) throws {
    let catalog = try folder.plotCatalog()
    let plots = try folder.draw(catalog, with: gnuplot)
    let report = try folder.writeReport(plots: plots, omitted: catalog.omitted)
    for omitted in catalog.omitted { print("No plot \(omitted.name): \(omitted.reason)") }
    print("\(plots.count) plots in \(folder.path)/plots, report in \(report)")
  }

  /// The same where the work was done for something else: without gnuplot the report has no plots.
  static func drawIfPossible(_ folder: ResultsFolder) throws {
    guard let gnuplot = gnuplotIfInstalled() else {
      let omitted = try folder.plotCatalog().withoutGnuplot
      print("Report without plots in \(try folder.writeReport(plots: [], omitted: omitted))")
      return
    }
    try draw(folder, with: gnuplot)
  }

  /// nil, and a sentence that says so, where there is none.
  static func gnuplotIfInstalled() -> Gnuplot? {
    do throws(OutputError) {
      return try Gnuplot()
    } catch {
      Terminal.complain("\(error)")
      return nil
    }
  }
}
