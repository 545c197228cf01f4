import FuzzSupport
import WireFormats

/// The first octet tells how many token partitions the VP8 frame behind it has.
@main
enum VP8FrameFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let first = octets.first else { return }
    let frame = ByteReader(UnsafeRawBufferPointer(rebasing: octets[1...]))
    let tokenPartitionCount = VP8Partitions.tokenPartitionCounts[Int(first & 3)]
    var reader = frame
    let header = parse(VP8FrameHeader.self, from: &reader)
    guard let layout = try? VP8Partitions(of: frame, tokenPartitionCount: tokenPartitionCount)
    else {
      return
    }
    check(layout.header == header, "the partitions' header is another: \(layout.header)")
    check(
      layout.first.lowerBound == 0 && layout.first.upperBound == layout.sizeTable.upperBound
        && layout.sizeTable.count == 3 * (tokenPartitionCount - 1)
        && layout.first.count
          == layout.header.serializedByteCount + layout.header.firstPartitionSize
          + layout.sizeTable.count,
      "the first partition is no whole: \(layout)")
    // Token partitions lie one behind the other up to the frame's end.
    var end = layout.first.upperBound
    for index in 0..<tokenPartitionCount {
      let partition = layout.tokenPartition(index)
      check(partition.lowerBound == end, "token partition \(index) begins elsewhere: \(layout)")
      end = partition.upperBound
    }
    check(end == octets.count - 1, "the partitions do not fill the frame: \(layout)")
  }
}
