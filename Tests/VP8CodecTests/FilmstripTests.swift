import CPNG
import Foundation
import Testing

@testable import VP8Codec

@Suite("Filmstrip")
struct FilmstripTests {
  private func picture(luma: UInt8) -> Picture {
    let picture = Picture(width: 64, height: 48)
    picture.samples[0..<64 * 48].update(repeating: luma)
    return picture
  }

  private func strip() -> Filmstrip {
    Filmstrip(
      columns: ["-40 ms", "+0 ms"],
      rows: [
        .init(
          title: "pli", note: "repaired after\n80 ms",
          pictures: [(picture(luma: 200), .exact), (picture(luma: 60), .frozen)]),
        .init(title: "none", note: "", pictures: [(picture(luma: 200), .drifted), nil]),
      ])
  }

  /// The file as libpng reads it again: rows of R, G, B.
  private func read(_ path: String) -> (width: Int, height: Int, rgb: [UInt8])? {
    var (width, height) = (UInt32(0), UInt32(0))
    var rgb = [UInt8](repeating: 0, count: 4_000_000)
    guard cpng_read(path, &width, &height, &rgb, rgb.count) == 1 else { return nil }
    return (Int(width), Int(height), rgb)
  }

  @Test("a PNG has the sheet's size and, in its frames, the marks' colours")
  func file() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("filmstrip-\(UUID().uuidString).png").path
    defer { unlink(path) }
    let sheet = strip().drawn()
    try PNGFile.write(sheet, to: path)
    let image = try #require(read(path))
    #expect(image.width == sheet.width && image.height == sheet.height)
    func colour(_ x: Int, _ y: Int) -> [UInt8] {
      Array(image.rgb[3 * (y * image.width + x)..<3 * (y * image.width + x) + 3])
    }
    // The upper left corners of the frames.
    let (green, red) = (colour(184, 28), colour(184 + 80, 28))
    #expect(green[1] > green[0] && green[1] > green[2])
    #expect(red[0] > 2 * red[1] && red[0] > 2 * red[2])
    // Inside them the pictures, which have no colour.
    let (light, dark) = (colour(184 + 30, 28 + 20), colour(264 + 30, 28 + 20))
    #expect(
      light.allSatisfy { abs(Int($0) - 214) <= 1 } && dark.allSatisfy { abs(Int($0) - 51) <= 1 })
  }

  @Test("black and white of limited range become those of PNG")
  func range() {
    #expect(RGBConversion.rgb(of: picture(luma: 16)).allSatisfy { $0 == 0 })
    #expect(RGBConversion.rgb(of: picture(luma: 235)).allSatisfy { $0 == 255 })
    #expect(RGBConversion.rgb(of: picture(luma: 1)).allSatisfy { $0 == 0 })
  }

  @Test("a file that cannot be written is refused with a reason")
  func unwritable() {
    #expect(throws: PNGFile.Failure.self) {
      try PNGFile.write(strip().drawn(), to: "/nonexistent/strip.png")
    }
  }

  @Test("large pictures are scaled down by the mean of the samples that become one")
  func scaled() {
    let large = Picture(width: 416, height: 64)
    for index in 0..<416 * 64 { large.samples[index] = index % 2 == 0 ? 100 : 200 }
    let sheet = Filmstrip(
      columns: ["a"], rows: [.init(title: "", note: "", pictures: [(large, .source)])]
    ).drawn()
    #expect(sheet.y[(28 + 10) * sheet.width + 184 + 50] == 150)
  }
}
