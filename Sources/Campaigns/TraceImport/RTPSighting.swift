import WireFormats

/// The fields of an RTP packet by which its stream is followed (RFC 3550 section 5.1).
struct RTPSighting {
  var sequenceNumber: UInt16
  var timestamp: UInt32
  /// When it passed its interface, in nanoseconds since 1970.
  var time: Int64

  /// Reads a datagram that may be RTP; nil where it cannot be.
  ///
  /// - Parameter payload: of which only the header need have been captured.
  static func read(
    _ payload: UnsafeRawBufferPointer, time: Int64
  ) -> (sighting: RTPSighting, source: UInt32, payloadType: UInt8)? {
    var reader = ByteReader(payload)
    guard
      let first = try? reader.read8("RTP version"), first >> 6 == 2,
      let second = try? reader.read8("RTP payload type"), isMedia(second & 0x7F),
      let sequenceNumber = try? reader.read16("RTP sequence number"),
      let timestamp = try? reader.read32("RTP timestamp"),
      let source = try? reader.read32("RTP SSRC")
    else { return nil }
    let sighting = RTPSighting(
      sequenceNumber: sequenceNumber, timestamp: timestamp, time: time)
    return (sighting, source, second & 0x7F)
  }

  /// RFC 5761 section 4: 64...95 are left to RTCP, whose types 192...223 look like them.
  private static func isMedia(_ payloadType: UInt8) -> Bool { !(64...95).contains(payloadType) }
}

/// What static payload types tell (RFC 3551 section 6).
enum RTPPayloadType {
  static let videoClockRate = 90_000

  /// The clock rate in Hz, nil where the type is a dynamic one.
  static func clockRate(_ type: UInt8) -> Int? {
    switch type {
    case 6: 16_000
    case 10, 11: 44_100
    case 14: videoClockRate
    case 16: 11_025
    case 17: 22_050
    case 0...18: 8_000
    case 25, 26, 28, 31...34: videoClockRate
    default: nil
    }
  }

  /// Whether the type is a video's, nil where it is a dynamic one.
  static func isVideo(_ type: UInt8) -> Bool? {
    switch type {
    case 0...18: false
    case 25, 26, 28, 31...34: true
    default: nil
    }
  }
}
