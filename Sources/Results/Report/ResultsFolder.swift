import Foundation

/// A results folder, worked from its CSV files alone.
public struct ResultsFolder: Sendable {
  /// The report's name in a results folder.
  public static let reportName = Report.fileName

  public let path: String
  public let results: ResultSet
  /// Of the bootstrap's resamples.
  public let seed: UInt64

  /// Reads episodes.csv, runs.csv and, where there is one, probes.csv.
  ///
  /// - Throws: `CSVError` for files that are missing or malformed, `OutputError.noCalls`.
  public init(path: String, seed: UInt64 = 1) throws {
    self.path = path
    self.seed = seed
    results = try ResultSet(folder: path)
    if results.calls.isEmpty, results.probes.count == 0 {
      throw OutputError.noCalls(
        folder: path, failed: results.failures.count + results.probes.failures.count)
    }
  }

  /// The tables and headlines.
  public func summary() -> SummaryTable { SummaryTable(results, seed: seed) }

  /// The plots that the data allow; frames.csv is read as far as it is there.
  ///
  /// - Throws: `CSVError` where frames.csv is malformed.
  public func plotCatalog() throws -> PlotCatalog {
    let wanted = Set(PlotCatalog.runsWithFramesWanted(results))
    let framesPath = "\(path)/\(CSVFile.frames.fileName)"
    var frames: [FrameRow] = []
    if !wanted.isEmpty, FileManager.default.fileExists(atPath: framesPath) {
      let reader = try CSVRowReader<FrameRow>(path: framesPath)
      while let row = try reader.next(whereRun: wanted.contains) { frames.append(row) }
    }
    return PlotCatalog(results, frames: frames, seed: seed)
  }

  /// Draws the catalog's plots into the folder `plots`, and removes older drawings of plots that
  /// the data no longer allow.
  ///
  /// - Throws: `OutputError` where gnuplot fails or the folder is not writable.
  public func draw(_ catalog: PlotCatalog, with gnuplot: Gnuplot) throws(OutputError) -> [DrawnPlot]
  {
    let folder = "\(path)/\(PlotCatalog.folderName)"
    try WholeFile.makeFolder(folder)
    var drawn: [DrawnPlot] = []
    for plot in catalog.plots { drawn.append(try gnuplot.draw(plot, in: folder)) }
    for name in catalog.namesWithoutPlot { PlotCatalog.removeDrawing(name, in: folder) }
    return drawn
  }

  /// Writes report.html from the tables, the drawn plots and manifest.json, and returns its path.
  ///
  /// - Throws: `OutputError` where files cannot be read or written.
  public func writeReport(plots: [DrawnPlot], omitted: [OmittedPlot]) throws -> String {
    let manifestPath = "\(path)/\(Manifest.fileName)"
    let manifest =
      FileManager.default.fileExists(atPath: manifestPath)
      ? try Manifest(json: WholeFile.read(manifestPath), path: manifestPath) : nil
    let summary = summary()
    let explained = try explainedRepairs(probeGroup: summary.probes.first?.group)
    let report = Report(
      results: results, summary: summary, plots: plots, omitted: omitted, manifest: manifest,
      explained: explained, folder: path)
    let reportPath = "\(path)/\(Report.fileName)"
    try WholeFile.write(try report.html(), to: reportPath)
    return reportPath
  }
}
