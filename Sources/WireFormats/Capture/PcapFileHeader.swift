/// The header of a pcap file, of either byte order and with micro- or nanoseconds
/// (draft-ietf-opsawg-pcap section 4).
struct PcapFileHeader: Hashable, Sendable {
  static let byteCount = 24
  /// Octets before each packet.
  static let recordByteCount = 16

  let isLittleEndian: Bool
  let resolution: PcapngInterfaceDescription.Resolution
  let snapLength: UInt32
  let linkType: UInt32

  /// Byte order and resolution that a file's first four octets tell, nil where it is no pcap file.
  static func form(
    ofMagic magic: UInt32
  ) -> (isLittleEndian: Bool, resolution: PcapngInterfaceDescription.Resolution)? {
    switch magic {
    case 0xA1B2_C3D4: (false, .decimal(digits: 6))
    case 0xD4C3_B2A1: (true, .decimal(digits: 6))
    case 0xA1B2_3C4D: (false, .nanoseconds)
    case 0x4D3C_B2A1: (true, .nanoseconds)
    default: nil
    }
  }

  init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    let magic = try reader.read32("pcap magic number")
    guard let (isLittleEndian, resolution) = Self.form(ofMagic: magic) else {
      throw WireError(
        "pcap magic number", at: start, .badValue(found: Int(magic)),
        expected: "A1B2C3D4 or A1B23C4D in either byte order")
    }
    self.isLittleEndian = isLittleEndian
    self.resolution = resolution
    var fields = PcapngFieldReader(reader, isLittleEndian: isLittleEndian)
    let major = try fields.read16("pcap major version")
    guard major == 2 else {
      throw WireError(
        "pcap major version", at: start + 4, .wrongVersion(found: Int(major)), expected: "2")
    }
    _ = try fields.read16("pcap minor version")
    _ = try fields.read64("pcap reserved")
    snapLength = try fields.read32("pcap snap length")
    // The upper half tells of frame check sequences, which stand behind the packet.
    linkType = try fields.read32("pcap link type") & 0xFFFF
    reader = fields.octets
  }
}
