import SimulationKernel
import WireFormats

/// The numbers an RTP session draws at random (RFC 3550 section 5.1), from one named stream.
struct SessionIdentity {
  let senderSource: UInt32
  let receiverSource: UInt32
  let firstSequence: Int64
  let firstTimestamp: Int64
  /// PictureID starts at random (RFC 7741 section 4.2); 15 bits.
  let firstPicture: Int64
  /// The retransmission stream's own numbers (RFC 4588 section 4).
  let retransmissionSource: UInt32
  let firstRetransmissionSequence: UInt16

  /// Dynamic payload type of VP8.
  static let payloadType: UInt8 = 96
  /// Dynamic payload type of its retransmissions.
  static let retransmissionPayloadType: UInt8 = 97
  static let senderName = ShortOctets("sender@avpfsim.invalid")
  static let receiverName = ShortOctets("receiver@avpfsim.invalid")

  init(seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "rtp.identity")
    senderSource = UInt32(truncatingIfNeeded: stream.next())
    receiverSource = UInt32(truncatingIfNeeded: stream.next())
    firstSequence = Int64(stream.next(below: 1 << 16))
    firstTimestamp = Int64(stream.next(below: 1 << 32))
    firstPicture = Int64(stream.next(below: 1 << 15))
    retransmissionSource = UInt32(truncatingIfNeeded: stream.next())
    firstRetransmissionSequence = UInt16(stream.next(below: 1 << 16))
  }
}
