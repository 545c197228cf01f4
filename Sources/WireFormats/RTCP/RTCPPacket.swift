/// Any packet of an RTCP compound.
public enum RTCPPacket: Hashable, Sendable {
  case senderReport(SenderReport)
  case receiverReport(ReceiverReport)
  case sourceDescription(SourceDescription)
  case goodbye(Goodbye)
  case applicationDefined(ApplicationDefined)
  case genericNegativeAcknowledgement(GenericNegativeAcknowledgement)
  case pictureLossIndication(PictureLossIndication)
  case sliceLossIndication(SliceLossIndication)
  case referencePictureSelectionIndication(ReferencePictureSelectionIndication)
  case fullIntraRequest(FullIntraRequest)
  case receiverEstimatedMaximumBitrate(ReceiverEstimatedMaximumBitrate)
  case applicationLayerFeedback(ApplicationLayerFeedback)
  /// A type or feedback format that this module does not read.
  case unknown(UnknownRTCPPacket)
}

extension RTCPPacket: WireValue {
  /// Reads one packet of whatever type and leaves the reader behind it.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    var ahead = reader
    let header = try RTCPHeader(parsing: &ahead)
    switch header.packetType {
    case RTCPPacketType.senderReport:
      self = .senderReport(try SenderReport(parsing: &reader))
    case RTCPPacketType.receiverReport:
      self = .receiverReport(try ReceiverReport(parsing: &reader))
    case RTCPPacketType.sourceDescription:
      self = .sourceDescription(try SourceDescription(parsing: &reader))
    case RTCPPacketType.goodbye:
      self = .goodbye(try Goodbye(parsing: &reader))
    case RTCPPacketType.applicationDefined:
      self = .applicationDefined(try ApplicationDefined(parsing: &reader))
    case RTCPPacketType.transportLayerFeedback
    where header.count == TransportLayerFormat.genericNegativeAcknowledgement:
      self = .genericNegativeAcknowledgement(
        try GenericNegativeAcknowledgement(parsing: &reader))
    case RTCPPacketType.payloadSpecificFeedback:
      self = try Self.payloadSpecific(format: header.count, from: &reader)
    default:
      self = .unknown(try UnknownRTCPPacket(parsing: &reader))
    }
  }

  private static func payloadSpecific(
    format: UInt8, from reader: inout ByteReader
  ) throws(WireError) -> RTCPPacket {
    switch format {
    case PayloadSpecificFormat.pictureLossIndication:
      .pictureLossIndication(try PictureLossIndication(parsing: &reader))
    case PayloadSpecificFormat.sliceLossIndication:
      .sliceLossIndication(try SliceLossIndication(parsing: &reader))
    case PayloadSpecificFormat.referencePictureSelectionIndication:
      .referencePictureSelectionIndication(
        try ReferencePictureSelectionIndication(parsing: &reader))
    case PayloadSpecificFormat.fullIntraRequest:
      .fullIntraRequest(try FullIntraRequest(parsing: &reader))
    case PayloadSpecificFormat.applicationLayer where try isBitrateEstimate(reader):
      .receiverEstimatedMaximumBitrate(try ReceiverEstimatedMaximumBitrate(parsing: &reader))
    case PayloadSpecificFormat.applicationLayer:
      .applicationLayerFeedback(try ApplicationLayerFeedback(parsing: &reader))
    default:
      .unknown(try UnknownRTCPPacket(parsing: &reader))
    }
  }

  /// Whether application-layer feedback begins with REMB's identifier, behind the two SSRCs.
  private static func isBitrateEstimate(_ reader: ByteReader) throws(WireError) -> Bool {
    var ahead = reader
    var (_, body) = try RTCPHeader.open(&ahead)
    guard body.remaining >= 12 else { return false }
    try body.skip(8, "SSRCs of feedback")
    return try body.read32("REMB unique identifier") == ReceiverEstimatedMaximumBitrate.identifier
  }

  public var serializedByteCount: Int {
    switch self {
    case .senderReport(let packet): packet.serializedByteCount
    case .receiverReport(let packet): packet.serializedByteCount
    case .sourceDescription(let packet): packet.serializedByteCount
    case .goodbye(let packet): packet.serializedByteCount
    case .applicationDefined(let packet): packet.serializedByteCount
    case .genericNegativeAcknowledgement(let packet): packet.serializedByteCount
    case .pictureLossIndication(let packet): packet.serializedByteCount
    case .sliceLossIndication(let packet): packet.serializedByteCount
    case .referencePictureSelectionIndication(let packet): packet.serializedByteCount
    case .fullIntraRequest(let packet): packet.serializedByteCount
    case .receiverEstimatedMaximumBitrate(let packet): packet.serializedByteCount
    case .applicationLayerFeedback(let packet): packet.serializedByteCount
    case .unknown(let packet): packet.serializedByteCount
    }
  }

  public func serialize(into writer: inout ByteWriter) {
    switch self {
    case .senderReport(let packet): packet.serialize(into: &writer)
    case .receiverReport(let packet): packet.serialize(into: &writer)
    case .sourceDescription(let packet): packet.serialize(into: &writer)
    case .goodbye(let packet): packet.serialize(into: &writer)
    case .applicationDefined(let packet): packet.serialize(into: &writer)
    case .genericNegativeAcknowledgement(let packet): packet.serialize(into: &writer)
    case .pictureLossIndication(let packet): packet.serialize(into: &writer)
    case .sliceLossIndication(let packet): packet.serialize(into: &writer)
    case .referencePictureSelectionIndication(let packet): packet.serialize(into: &writer)
    case .fullIntraRequest(let packet): packet.serialize(into: &writer)
    case .receiverEstimatedMaximumBitrate(let packet): packet.serialize(into: &writer)
    case .applicationLayerFeedback(let packet): packet.serialize(into: &writer)
    case .unknown(let packet): packet.serialize(into: &writer)
    }
  }
}
