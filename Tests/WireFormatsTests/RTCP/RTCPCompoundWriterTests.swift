import Testing
import WireFormats

@Suite("RTCP compound writer")
struct RTCPCompoundWriterTests {
  private static let report = ReceiverReport(packetSender: 1)
  private static let loss = PictureLossIndication(packetSender: 1, mediaSource: 2)

  /// The octets that `write` makes, and those that the buffer had room for behind them.
  private func written(
    padding: Int = 0, _ write: (inout RTCPCompoundWriter) -> Void
  ) -> [UInt8] {
    var octets = [UInt8](repeating: 0xA5, count: 1_500)
    let count = octets.withUnsafeMutableBytes { buffer in
      var writer = RTCPCompoundWriter(ByteWriter(buffer))
      write(&writer)
      return writer.finish(paddingByteCount: padding)
    }
    #expect(octets[count...].allSatisfy { $0 == 0xA5 })
    return Array(octets[..<count])
  }

  @Test("packets stand one behind the other")
  func packets() {
    #expect(written { _ in }.isEmpty)
    var counts: [Int] = []
    let octets = written {
      $0.append(Self.report)
      counts.append($0.byteCount)
      $0.append(Self.loss)
      counts.append($0.byteCount)
    }
    #expect(counts == [8, 20])
    #expect(octets == Self.report.octets() + Self.loss.octets())
  }

  @Test("padding is announced by the last packet and counted in its length")
  func padding() {
    let octets = written(padding: 8) {
      $0.append(Self.report)
      $0.append(Self.loss)
    }
    #expect(
      octets
        == Self.report.octets() + hex("A1 CE 0004 00000001 00000002 00000000 00000008"))
  }

  @Test("any compound, padded or not, is read as it was written")
  func roundTrip() throws {
    var random = SplitMix(seed: 30)
    for _ in 0..<500 {
      let packets = (0...random.below(8)).map { _ in
        RTCPPacketTests.examples[random.below(RTCPPacketTests.examples.count)]
      }
      let padding = random.flag() ? 4 * random.below(64) : 0
      let octets = written(padding: padding) { writer in
        for packet in packets { writer.append(packet) }
      }
      try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
        var compound = RTCPCompound(reader)
        for packet in packets {
          #expect(compound.paddingByteCount == 0)
          #expect(try compound.next() == packet)
        }
        #expect(compound.paddingByteCount == padding)
        #expect(try compound.next() == nil)
      }
    }
  }
}
