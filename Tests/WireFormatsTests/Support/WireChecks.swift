import Testing
import WireFormats

/// Octets from hexadecimal digits; spaces only part them for the reader's eye.
func hex(_ digits: String) -> [UInt8] {
  let values = digits.filter { !$0.isWhitespace }.map { UInt8($0.hexDigitValue!) }
  return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}

/// The octets and the value stand for each other, and the declared size is the written one.
func expect<Value: WireValue>(
  _ value: Value, is octets: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(value.octets() == octets, sourceLocation: sourceLocation)
  #expect(value.serializedByteCount == octets.count, sourceLocation: sourceLocation)
  #expect(throws: Never.self, sourceLocation: sourceLocation) {
    let parsed = try Value(octets: octets)
    #expect(parsed == value, sourceLocation: sourceLocation)
  }
}

/// A value survives its octets, fills just what it declares, and is refused at every shorter length.
func expectRoundTrip<Value: WireValue>(
  _ value: Value, sourceLocation: SourceLocation = #_sourceLocation
) {
  // Room beyond the declared size shows a writer that goes past it.
  var buffer = [UInt8](repeating: 0xA5, count: value.serializedByteCount + 8)
  let written = buffer.withUnsafeMutableBytes { octets in
    var writer = ByteWriter(octets)
    value.serialize(into: &writer)
    return writer.offset
  }
  #expect(written == value.serializedByteCount, sourceLocation: sourceLocation)
  #expect(buffer[written...].allSatisfy { $0 == 0xA5 }, sourceLocation: sourceLocation)
  let octets = Array(buffer[..<written])
  #expect((try? Value(octets: octets)) == value, sourceLocation: sourceLocation)
  for length in 0..<written {
    if (try? Value(octets: Array(octets[..<length]))) != nil {
      Issue.record(
        "accepted \(length) of \(written) octets of \(value)", sourceLocation: sourceLocation)
    }
  }
}

/// Why a type refuses octets; nil where it takes them.
func refusal<Value: WireValue>(of type: Value.Type, _ octets: [UInt8]) -> WireError? {
  do throws(WireError) {
    _ = try Value(octets: octets)
    return nil
  } catch {
    return error
  }
}

/// A malformed input and the refusal that it must meet.
struct Malformed: CustomTestStringConvertible, Sendable {
  let what: String
  let octets: [UInt8]
  let field: String
  let offset: Int
  let kind: WireError.Kind

  init(_ what: String, _ digits: String, _ field: String, _ offset: Int, _ kind: WireError.Kind) {
    self.what = what
    octets = hex(digits)
    self.field = field
    self.offset = offset
    self.kind = kind
  }

  var testDescription: String { what }

  func check<Value: WireValue>(_ type: Value.Type) {
    let error = refusal(of: type, octets)
    #expect(error?.field.description == field)
    #expect(error?.offset == offset)
    #expect(error?.kind == kind)
  }
}
