/// The payload header of a retransmitted packet: the number that it had when first sent
/// (RFC 4588 section 4). The original payload follows it.
public struct RetransmissionPayload: WireValue, Hashable {
  /// OSN, in the numbering of the original stream.
  public var originalSequenceNumber: UInt16

  public init(originalSequenceNumber: UInt16) {
    self.originalSequenceNumber = originalSequenceNumber
  }

  public init(parsing reader: inout ByteReader) throws(WireError) {
    originalSequenceNumber = try reader.read16("RTX original sequence number")
  }

  public var serializedByteCount: Int { 2 }

  public func serialize(into writer: inout ByteWriter) {
    writer.write16(originalSequenceNumber)
  }
}

/// A retransmission stream beside the stream that it repairs (RFC 4588 section 4,
/// SSRC multiplexing): a payload type, an SSRC and sequence numbers of its own.
public struct RetransmissionStream: Hashable, Sendable {
  /// 0...127; SDP's `apt` ties it to the original's.
  public var payloadType: UInt8
  public var synchronizationSource: UInt32
  /// Of the next retransmission.
  public private(set) var nextSequenceNumber: UInt16

  public init(payloadType: UInt8, synchronizationSource: UInt32, firstSequenceNumber: UInt16) {
    self.payloadType = payloadType
    self.synchronizationSource = synchronizationSource
    nextSequenceNumber = firstSequenceNumber
  }

  /// The two headers of the next retransmission of a packet, in the order of writing; the original
  /// payload, without padding, follows them.
  ///
  /// Marker, timestamp and contributing sources stay (section 4).
  public mutating func headers(
    of original: RTPHeader
  ) -> (header: RTPHeader, payload: RetransmissionPayload) {
    var header = original
    header.payloadType = payloadType
    header.synchronizationSource = synchronizationSource
    header.sequenceNumber = nextSequenceNumber
    // The original's padding is not part of its payload.
    header.paddingByteCount = 0
    nextSequenceNumber &+= 1
    return (header, RetransmissionPayload(originalSequenceNumber: original.sequenceNumber))
  }
}

extension RTPHeader {
  /// The header that a retransmitted packet had when it was first sent.
  ///
  /// - Parameters:
  ///   - payload: the payload header of this packet.
  ///   - payloadType: the original stream's, 0...127.
  ///   - synchronizationSource: the original stream's.
  public func original(
    _ payload: RetransmissionPayload, payloadType: UInt8, synchronizationSource: UInt32
  ) -> RTPHeader {
    var header = self
    header.payloadType = payloadType
    header.synchronizationSource = synchronizationSource
    header.sequenceNumber = payload.originalSequenceNumber
    header.paddingByteCount = 0
    return header
  }
}
