import Configuration
import Foundation
import NetworkModels
import Results
import SimulationKernel

/// Draws a trace into a file.
public enum TraceDrawing {
  private static let slices = 600

  /// - Parameter output: a path that ends in `.svg` or `.png`.
  /// - Throws: `CampaignError.usage` where it does not, `OutputError` where gnuplot or the folder fails.
  public static func draw(_ file: TraceFile, to output: String, with gnuplot: Gnuplot) throws {
    let isVector = try isVector(output)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("avpfsim-plot-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let drawn = try gnuplot.draw(plot(of: file), in: folder)
    // Copied, since the two may be on different disks.
    try WholeFile.write(to: output) { partial in
      let picture = try Data(
        contentsOf: URL(fileURLWithPath: isVector ? drawn.svgPath : drawn.pngPath))
      try picture.write(to: URL(fileURLWithPath: partial))
    }
  }

  /// Refuses what is no picture's name; true for SVG.
  public static func isVector(_ output: String) throws(CampaignError) -> Bool {
    if output.hasSuffix(".svg") { return true }
    guard output.hasSuffix(".png") else {
      throw .usage("-o: found \(quoted(output)), expected a file that ends in .svg or .png")
    }
    return false
  }

  static func plot(of file: TraceFile) -> Plot {
    let name = URL(fileURLWithPath: file.path).lastPathComponent
    return TracePlot.make(
      title: name,
      panels: TraceSeries.all(of: file.trace, slices: slices).map { series in
        let (title, axis): (String, String) =
          switch series.kind {
          case .loss: ("Packets lost", "lost, %")
          case .delay: ("Delay above the fastest transit", "largest delay, ms")
          case .rate: ("Rate", "kbit/s")
          }
        let scale = series.kind == .loss ? 100.0 : 1
        return TracePlot.Panel(
          title: "\(title), by \(FigureText.milliseconds(series.slice.inMilliseconds)) ms",
          axis: axis, isFilled: series.kind == .loss,
          interval: series.slice.inSeconds, values: series.values.map { $0.map { $0 * scale } })
      })
  }
}
