import FuzzSupport
import WireFormats

/// The first octet tells how the stream behind it is cut; the stream's messages, and the stream
/// itself as a datagram and as a media control body, are read.
@main
enum SIPFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let first = octets.first else { return }
    let stream = UnsafeRawBufferPointer(rebasing: octets[1...])
    let whole = frame(stream, pieceByteCount: max(stream.count, 1))
    let pieces = frame(stream, pieceByteCount: Int(first) + 1)
    check(whole == pieces, "cut in pieces of \(Int(first) + 1) octets the stream reads otherwise")
    for message in whole.messages { check(message) }
    checkDatagram(stream, first: whole.messages.first)
    var reader = ByteReader(stream)
    _ = parse(MediaControl.self, from: &reader)
  }
}

private struct Framed: Equatable {
  var messages: [SIPMessage] = []
  var error: WireError?
  /// Octets that begin another message; those of an error depend on where the stream is cut.
  var leftOver = 0
}

private func frame(_ stream: UnsafeRawBufferPointer, pieceByteCount: Int) -> Framed {
  var framer = SIPFramer()
  var framed = Framed()
  for start in stride(from: 0, to: stream.count, by: pieceByteCount) {
    let end = min(start + pieceByteCount, stream.count)
    framer.append(UnsafeRawBufferPointer(rebasing: stream[start..<end]))
    do throws(WireError) {
      while let message = try framer.next() { framed.messages.append(message) }
    } catch {
      framed.error = error
      return framed
    }
  }
  framed.leftOver = framer.bufferedByteCount
  return framed
}

/// One message, to the datagram's end; where it tells its length it is the stream's first as well.
private func checkDatagram(_ octets: UnsafeRawBufferPointer, first: SIPMessage?) {
  var reader = ByteReader(octets)
  do throws(WireError) {
    let message = try SIPMessage(datagram: &reader)
    check(reader.isAtEnd, "\(reader.remaining) octets of a datagram are left")
    guard message != first else { return }
    check(message)
  } catch {
    checkSentence(error.description)
  }
}
