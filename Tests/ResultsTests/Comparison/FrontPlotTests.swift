import Foundation
import Testing

@testable import Results

@Suite("Plot of a front")
struct FrontPlotTests {
  @Test("is drawn with its present settings, and says in words what it shows")
  func drawing() throws {
    let points = [
      FrontPlot.Point(recovery: 400, bitrate: 300, psnr: 35, isOnFront: false, isPresent: true),
      FrontPlot.Point(recovery: 250, bitrate: 300, psnr: 35, isOnFront: true, isPresent: false),
      FrontPlot.Point(recovery: 500, bitrate: 310, psnr: 33, isOnFront: false, isPresent: false),
    ]
    let plot = FrontPlot.make(title: "Front", points: points)
    #expect(
      plot.alternative
        == "400 ms at 300.0 kbit/s and 35.00 dB (present settings); 250 ms at 300.0 kbit/s and 35.00 dB"
    )
    let folder = NSTemporaryDirectory() + "avpfsim-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for points in [points, [points[0]]] {
      let drawn = try Gnuplot().draw(FrontPlot.make(title: "Front", points: points), in: folder)
      #expect(
        try String(contentsOfFile: drawn.svgPath, encoding: .utf8).contains("present settings"))
    }
  }
}
