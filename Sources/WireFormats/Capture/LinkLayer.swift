/// What stands before IP on the links that captures come from (the LINKTYPE_ registry of
/// draft-ietf-opsawg-pcaplinktype).
enum LinkLayer {
  private enum EtherType {
    static let ipv4: UInt16 = 0x0800
    static let ipv6: UInt16 = 0x86DD
    /// IEEE 802.1Q, 802.1ad, and two numbers in use before it.
    static let vlans: Set<UInt16> = [0x8100, 0x88A8, 0x9100, 0x9200]
  }

  /// Steps over the link's header.
  ///
  /// - Returns: IP's version, nil where another protocol follows.
  /// - Throws: `WireError` where the octets end before, `CapturedDatagram.Absence` for a link type
  ///   that is not read.
  static func open(_ reader: inout ByteReader, linkType: UInt32) throws -> UInt8? {
    switch linkType {
    case 1:  // Ethernet: both addresses.
      try reader.skip(12, "Ethernet addresses")
      return try version(ofEtherType: try reader.read16("EtherType"), &reader)
    case 113:  // Linux cooked capture: packet type, ARP hardware type, address.
      try reader.skip(14, "Linux cooked header")
      return try version(ofEtherType: try reader.read16("EtherType"), &reader)
    case 276:  // Linux cooked capture v2: the protocol first, interface and address behind.
      let type = try reader.read16("EtherType")
      try reader.skip(18, "Linux cooked header")
      return try version(ofEtherType: type, &reader)
    // Raw IP; 12 and 14 are what some systems write for it.
    case 101, 12, 14: return try reader.peek8("IP version") >> 4 == 6 ? 6 : 4
    case 228: return 4
    case 229: return 6
    case 0, 108: return version(ofFamily: try reader.read32("loopback family"))
    default: throw CapturedDatagram.Absence.unknownLink
    }
  }

  private static func version(
    ofEtherType first: UInt16, _ reader: inout ByteReader
  ) throws -> UInt8? {
    var type = first
    while EtherType.vlans.contains(type) {
      try reader.skip(2, "VLAN tag")
      type = try reader.read16("EtherType")
    }
    switch type {
    case EtherType.ipv4: return 4
    case EtherType.ipv6: return 6
    default: return nil
    }
  }

  /// BSD loopback: the address family as the capturing system numbers it, in its own byte order
  /// (null) or the network's (loop).
  private static func version(ofFamily word: UInt32) -> UInt8? {
    switch word > 0xFFFF ? word.byteSwapped : word {
    case 2: 4
    case 10, 24, 28, 30: 6
    default: nil
    }
  }
}
