/// A value with a form on the wire: the members that every message type has.
///
/// For generic code that is specialized (tests, benchmarks); nothing stores a value as `any`.
public protocol WireValue: Equatable, Sendable {
  /// Reads one value and leaves the reader behind it; the reader's place after a throw is undefined.
  init(parsing reader: inout ByteReader) throws(WireError)

  /// Writes exactly `serializedByteCount` octets.
  func serialize(into writer: inout ByteWriter)

  /// Octets that `serialize(into:)` writes.
  var serializedByteCount: Int { get }
}

extension WireValue {
  /// Reads a value that fills `octets` exactly.
  ///
  /// - Throws: `WireError` from the value, or a bad length where octets are left over.
  public init(octets: [UInt8]) throws(WireError) {
    self = try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      let value = try Self(parsing: &reader)
      guard reader.isAtEnd else {
        throw WireError(
          "octets after the value", at: reader.offset, .badLength(found: reader.remaining),
          expected: "none")
      }
      return value
    }
  }

  /// The value's octets in a new array; for tests and for work done once, since it allocates.
  public func octets() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: serializedByteCount) { buffer, count in
      var writer = ByteWriter(UnsafeMutableRawBufferPointer(buffer))
      serialize(into: &writer)
      count = writer.offset
    }
  }
}

/// Calls `body` with a reader over an array's octets, which is valid only during the call.
public func withReader<Value>(
  over octets: [UInt8], _ body: (inout ByteReader) throws(WireError) -> Value
) throws(WireError) -> Value {
  let result = octets.withUnsafeBytes { buffer -> Result<Value, WireError> in
    var reader = ByteReader(buffer)
    do throws(WireError) {
      return .success(try body(&reader))
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
