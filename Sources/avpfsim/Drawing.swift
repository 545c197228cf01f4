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
}
