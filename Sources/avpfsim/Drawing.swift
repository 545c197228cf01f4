import Campaigns
import Results

/// Plots and report of a results folder.
enum Drawing {
  /// Draws until it is done or a signal comes, which leaves nothing half-drawn.
  static func draw(
    _ folder: ResultsFolder, with gnuplot: Gnuplot, _ interruption: Interruption
  ) throws {
    let catalog = try folder.plotCatalog()
    try interruption.check()
    let plots = try draw(catalog, in: folder, with: gnuplot, interruption)
    let report = try folder.writeReport(plots: plots, omitted: catalog.omitted)
    for omitted in catalog.omitted { print("No plot \(omitted.name): \(omitted.reason)") }
    print("\(plots.count) plots in \(folder.path)/plots, report in \(report)")
  }

  /// The same where the work was done for something else: without gnuplot the report has no plots.
  static func drawIfPossible(
    _ folder: ResultsFolder, _ interruption: Interruption
  ) throws {
    guard let gnuplot = gnuplotIfInstalled() else {
      let omitted = try folder.plotCatalog().withoutGnuplot
      print("Report without plots in \(try folder.writeReport(plots: [], omitted: omitted))")
      return
    }
    try draw(folder, with: gnuplot, interruption)
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

  private static func draw(
    _ catalog: PlotCatalog, in folder: ResultsFolder, with gnuplot: Gnuplot,
    _ interruption: Interruption
  ) throws -> [DrawnPlot] {
    var gnuplot = gnuplot
    gnuplot.stopDescriptor = interruption.descriptor
    do {
      return try folder.draw(catalog, with: gnuplot)
    } catch {
      // A key pressed at the terminal reaches gnuplot too.
      try interruption.check()
      throw error
    }
  }
}
