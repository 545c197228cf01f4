import WireFormats

/// Parses a value, nil where the octets are refused; a value that is taken must survive its octets.
public func parse<Value: WireValue>(
  _ type: Value.Type, from reader: inout ByteReader
) -> Value? {
  guard let value = try? Value(parsing: &reader) else { return nil }
  checkRoundTrip(value)
  return value
}

/// Checks that a value fills just what it declares, and that what it writes reads as itself again.
///
/// - Parameter suffix: octets that must stand behind the value for it to be read.
public func checkRoundTrip<Value: WireValue>(_ value: Value, suffix: [UInt8] = []) {
  let declared = value.serializedByteCount
  // Room beyond the declared size shows a writer that goes past it.
  var octets = [UInt8](repeating: 0xA5, count: declared + 8)
  let written = octets.withUnsafeMutableBytes { buffer in
    var writer = ByteWriter(buffer)
    value.serialize(into: &writer)
    return writer.offset
  }
  check(written == declared, "\(value) declares \(declared) octets and writes \(written)")
  octets.removeSubrange(written...)
  octets += suffix
  do {
    let again = try Value(octets: octets)
    check(again == value, "\(value) reads as \(again)")
  } catch {
    fatalError("\(value) is refused when read again: \(error)")
  }
}
