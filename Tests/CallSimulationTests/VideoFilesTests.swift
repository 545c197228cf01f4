import Foundation
import Results
import Testing
import VP8Codec
import WireFormats

@testable import CallSimulation

@Suite("Video files of a call")
struct VideoFilesTests {
  /// Frames of the IVF file that a call writes, by their time.
  private func frames(_ octets: [UInt8]) throws -> (IVFHeader, [(time: Int, octets: [UInt8])]) {
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      let header = try IVFHeader(parsing: &reader)
      var frames: [(Int, [UInt8])] = []
      while !reader.isAtEnd {
        let frame = try IVFFrameHeader(parsing: &reader)
        frames.append(
          (Int(frame.time), Array(try reader.read(Int(frame.frameByteCount), "frame"))))
      }
      return (header, frames)
    }
  }

  @Test("what was encoded decodes to what was shown, wherever that was exact")
  func exactness() throws {
    let base = NSTemporaryDirectory() + "video-\(UUID().uuidString)"
    defer {
      for ending in [".ivf", ".y4m"] { try? FileManager.default.removeItem(atPath: base + ending) }
    }
    let records = try smallScenario(.pli, losing: [(10, 0), (30, 0)]).simulated(
      outputs: CallOutputs(sent: base + ".ivf", shown: base + ".y4m"))
    let sent = try frames([UInt8](Data(contentsOf: URL(fileURLWithPath: base + ".ivf"))))
    #expect(sent.0.frameCount == 100 && sent.1.count == 100)
    let shown = [UInt8](try Data(contentsOf: URL(fileURLWithPath: base + ".y4m")))
    let line = "YUV4MPEG2 W160 H120 F25:1 Ip C420jpeg\n"
    #expect(shown.starts(with: line.utf8))
    let decoder = try VP8Decoder()
    let picture = Picture(width: 160, height: 120)
    var exact = 0
    for (frame, record) in zip(sent.1, records.frames) {
      let view = try frame.octets.withUnsafeBytes { try decoder.decode($0) }
      picture.copy(from: try #require(view))
      guard record.shown == .exact else { continue }
      exact += 1
      let start = line.utf8.count + frame.time * (6 + picture.octetCount) + 6
      #expect(shown[start..<start + picture.octetCount].elementsEqual(picture.samples))
    }
    #expect(exact > 80)
  }

  @Test("a picture that is due before anything was shown is black")
  func blank() throws {
    let path = NSTemporaryDirectory() + "blank-\(UUID().uuidString).y4m"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // The first key frame is lost, and nobody asks for another.
    _ = try smallScenario(.none, losing: [(0, 0)]).simulated(outputs: CallOutputs(shown: path))
    let shown = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let first = shown[(38 + 6)..<(38 + 6 + 160 * 120 * 3 / 2)]
    #expect(first.prefix(160 * 120).allSatisfy { $0 == 16 })
    #expect(first.dropFirst(160 * 120).allSatisfy { $0 == 128 })
  }
}
