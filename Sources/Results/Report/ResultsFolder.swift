import Foundation

/// A results folder, worked from its CSV files alone.
public struct ResultsFolder: Sendable {
  /// The report's name in a results folder.
  public static let reportName = Report.fileName

  public let path: String
  public let results: ResultSet
  /// Where it is a validation's.
  let verdicts: Verdicts?
  /// Of the bootstrap's resamples.
  public let seed: UInt64

  /// Reads episodes.csv, runs.csv and, where there are such, probes.csv and gates.json.
  ///
  /// - Throws: `CSVError` for files that are missing or malformed, `OutputError.noCalls`.
  public init(path: String, seed: UInt64 = 1) throws {
    self.path = path
    self.seed = seed
    results = try ResultSet(folder: path)
    verdicts = try Verdicts(folder: path)
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
    if let verdicts { return PlotCatalog(verdicts, cells(verdicts), seed: seed) }
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

  /// Writes report.html from the tables, the drawn plots, manifest.json and gates.json, and returns its
  /// path.
  ///
  /// - Throws: `OutputError` where files cannot be read or written.
  public func writeReport(plots: [DrawnPlot], omitted: [OmittedPlot]) throws -> String {
    let manifestPath = "\(path)/\(Manifest.fileName)"
    let manifest =
      FileManager.default.fileExists(atPath: manifestPath)
      ? try Manifest(json: WholeFile.read(manifestPath), path: manifestPath) : nil
    let html =
      try verdicts.map { try validationReport($0, plots, omitted, manifest) }
      ?? suiteReport(plots, omitted, manifest)
    let reportPath = "\(path)/\(Report.fileName)"
    try WholeFile.write(html, to: reportPath)
    return reportPath
  }

  private func suiteReport(
    _ plots: [DrawnPlot], _ omitted: [OmittedPlot], _ manifest: Manifest?
  ) throws -> String {
    let summary = summary()
    let explained = try explainedRepairs(probeGroup: summary.probes.first?.group)
    return try Report(
      results: results, summary: summary, plots: plots, omitted: omitted, manifest: manifest,
      explained: explained, folder: path
    ).html()
  }

  private func validationReport(
    _ verdicts: Verdicts, _ plots: [DrawnPlot], _ omitted: [OmittedPlot], _ manifest: Manifest?
  ) throws -> String {
    let cells = cells(verdicts)
    let stories = try verdicts.gates.map { line in
      try explained(
        line.episodes.map {
          (line.gate, $0.rank == "median" ? .median : .longest, run: $0.run, number: $0.episode)
        })
    }
    // Of the candidate alone: what is rolled out is to be understood.
    let usual = try explainedEpisodes(
      cells.networks.prefix(Self.explainedNetworks).map { network in
        (cells.label(network, cells.sides[0]), cells.calls(network, cells.sides[0]))
      })
    return try ValidationReport(
      verdicts: verdicts, results: results, cells: cells, seed: seed, plots: plots,
      omitted: omitted, manifest: manifest, stories: stories, explained: usual, folder: path
    ).html()
  }

  /// Beyond so many networks a usual and a bad repair of each is more than anybody reads.
  private static let explainedNetworks = 6

  private func cells(_ verdicts: Verdicts) -> ValidationCells {
    ValidationCells(
      results, networks: verdicts.networks.map(\.name), hasBaseline: verdicts.hasBaseline)
  }
}
