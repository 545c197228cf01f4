/// Any packet of an RTCP compound.
public enum RTCPPacket: Hashable, Sendable {
  case senderReport(SenderReport)
  case receiverReport(ReceiverReport)
  case sourceDescription(SourceDescription)
  case pictureLossIndication(PictureLossIndication)
  case sliceLossIndication(SliceLossIndication)
  case referencePictureSelectionIndication(ReferencePictureSelectionIndication)
  /// A type or feedback format that this module does not read; its content is stepped over.
  case other(RTCPHeader)

  /// Reads one packet of whatever type and leaves the reader behind it.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    var ahead = reader
    let (header, _) = try RTCPHeader.open(&ahead)
    switch (header.packetType, header.count) {
    case (RTCPPacketType.senderReport, _):
      self = .senderReport(try SenderReport(parsing: &reader))
    case (RTCPPacketType.receiverReport, _):
      self = .receiverReport(try ReceiverReport(parsing: &reader))
    case (RTCPPacketType.sourceDescription, _):
      self = .sourceDescription(try SourceDescription(parsing: &reader))
    case (RTCPPacketType.payloadSpecificFeedback, PayloadSpecificFormat.pictureLossIndication):
      self = .pictureLossIndication(try PictureLossIndication(parsing: &reader))
    case (RTCPPacketType.payloadSpecificFeedback, PayloadSpecificFormat.sliceLossIndication):
      self = .sliceLossIndication(try SliceLossIndication(parsing: &reader))
    case (
      RTCPPacketType.payloadSpecificFeedback,
      PayloadSpecificFormat.referencePictureSelectionIndication
    ):
      self = .referencePictureSelectionIndication(
        try ReferencePictureSelectionIndication(parsing: &reader))
    default:
      reader = ahead
      self = .other(header)
    }
  }
}
