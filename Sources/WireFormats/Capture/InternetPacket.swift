/// Whole IPv4 packets with all their checksums, in new arrays.
public enum InternetPacket {
  /// A UDP datagram.
  public static func udp(
    from source: InternetEndpoint, to destination: InternetEndpoint, identification: UInt16,
    payload: UnsafeRawBufferPointer
  ) -> [UInt8] {
    var header = UDPHeader(
      sourcePort: source.port, destinationPort: destination.port,
      payloadByteCount: payload.count)
    let checksum = checksum(
      of: header, payload: payload, protocolNumber: IPv4Header.udp, from: source.address,
      to: destination.address)
    // RFC 768: a computed zero goes as all ones, for zero says that there is none.
    header.checksum = checksum == 0 ? 0xFFFF : checksum
    return packet(
      header, payload: payload, protocolNumber: IPv4Header.udp, from: source.address,
      to: destination.address, identification: identification)
  }

  /// A TCP segment; the checksum is set here.
  public static func tcp(
    _ header: TCPHeader, from source: IPv4Address, to destination: IPv4Address,
    identification: UInt16, payload: UnsafeRawBufferPointer
  ) -> [UInt8] {
    var header = header
    header.checksum = 0
    header.checksum = checksum(
      of: header, payload: payload, protocolNumber: IPv4Header.tcp, from: source, to: destination)
    return packet(
      header, payload: payload, protocolNumber: IPv4Header.tcp, from: source, to: destination,
      identification: identification)
  }

  /// Over the pseudo header, the header with a zero in the field, and the payload (RFC 768,
  /// RFC 9293 section 3.1).
  static func checksum(
    of header: some WireValue, payload: UnsafeRawBufferPointer, protocolNumber: UInt8,
    from source: IPv4Address, to destination: IPv4Address
  ) -> UInt16 {
    var sum = InternetChecksum()
    for address in [source, destination] {
      sum.add(UInt16(address.value >> 16))
      sum.add(UInt16(truncatingIfNeeded: address.value))
    }
    sum.add(UInt16(protocolNumber))
    sum.add(UInt16(header.serializedByteCount + payload.count))
    header.octets().withUnsafeBytes { sum.add($0) }
    sum.add(payload)
    return sum.value
  }

  private static func packet(
    _ header: some WireValue, payload: UnsafeRawBufferPointer, protocolNumber: UInt8,
    from source: IPv4Address, to destination: IPv4Address, identification: UInt16
  ) -> [UInt8] {
    let count = header.serializedByteCount + payload.count
    let internet = IPv4Header(
      payloadByteCount: count, identification: identification, protocolNumber: protocolNumber,
      source: source, destination: destination)
    return [UInt8](unsafeUninitializedCapacity: IPv4Header.byteCount + count) { buffer, written in
      var writer = ByteWriter(UnsafeMutableRawBufferPointer(buffer))
      internet.serialize(into: &writer)
      header.serialize(into: &writer)
      writer.write(payload)
      written = writer.offset
    }
  }
}
