import FuzzSupport
import WireFormats

/// The input is a capture file; its first octet tells where it is cut in two.
@main
enum CaptureFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let first = octets.first else { return }
    let file = UnsafeRawBufferPointer(rebasing: octets[1...])
    let whole = Reading(of: [file])
    let cut = min(Int(first) * 4, file.count)
    let parts = Reading(of: [
      UnsafeRawBufferPointer(rebasing: file[..<cut]),
      UnsafeRawBufferPointer(rebasing: file[cut...]),
    ])
    check(whole == parts, "\(whole) in one piece, \(parts) cut at \(cut)")
    check(whole.packets <= file.count / 16, "\(whole.packets) packets of \(file.count) octets")
  }
}

/// What is read of a file, as far as it can be compared.
private struct Reading: Equatable {
  var packets = 0
  var sum: UInt64 = 0
  var isComplete = false
  var refusal: CaptureError?

  init(of pieces: [UnsafeRawBufferPointer]) {
    var reader = CaptureReader()
    for piece in pieces {
      do throws(CaptureError) {
        try reader.feed(piece) { add($0) }
      } catch {
        checkSentence(error.description)
        refusal = error
        return
      }
    }
    check(reader.packets == packets, "\(packets) packets handed over, \(reader.packets) counted")
    isComplete = reader.isComplete
  }

  private mutating func add(_ frame: CapturedFrame) {
    packets += 1
    check(frame.number == packets, "packet \(packets) has the number \(frame.number)")
    check((frame.time ?? 0) >= 0, "packet \(packets) comes at \(frame.time ?? 0)")
    mix(UInt64(frame.interface), UInt64(frame.linkType), UInt64(frame.time ?? 0))
    for octet in frame.octets { mix(UInt64(octet)) }
    guard let datagram = try? CapturedDatagram(frame.octets, linkType: frame.linkType) else {
      return
    }
    check(
      datagram.payload.count <= frame.octets.count,
      "\(datagram.payload.count) octets of content in \(frame.octets.count)")
    checkSentence("\(datagram.flow)")
  }

  private mutating func mix(_ words: UInt64...) {
    for word in words { sum = (sum ^ word) &* 0x100_0000_01B3 }
  }
}
