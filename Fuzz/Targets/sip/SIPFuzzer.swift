import FuzzSupport
import WireFormats

/// The first octet tells how the stream behind it is cut; the stream's messages, and the stream
/// itself as a media control body, are read.
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

private func check(_ message: SIPMessage) {
  checkRoundTrip(message)
  _ = message.sequence
  _ = message.callIdentifier
  _ = message.elements(of: SIPHeaderName.recordRoute)
  _ = message.decrementingMaxForwards().map { checkRoundTrip($0) }
  checkRoundTrip(SIPMessage.response(to: message, .ok))
  if let via = message.topVia {
    check(SIPVia(via.text) == via, "\(via) reads otherwise when written")
    let forwarded = message.addingVia(via)
    checkRoundTrip(forwarded)
    check(forwarded.topVia == via, "the Via put on top is not the top one: \(forwarded)")
    check(forwarded.removingTopVia() == message, "a hop there and back changes \(message)")
  }
  guard message.isPictureFastUpdate else { return }
  var isRead = false
  message.body.withUnsafeBytes { body in
    var reader = ByteReader(body)
    isRead = parse(MediaControl.self, from: &reader) != nil
  }
  check(isRead, "a picture fast update is not read as one")
}
