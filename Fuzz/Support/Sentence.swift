import WireFormats

/// Checks that a refusal is one line that a terminal shows as it is.
public func checkSentence(_ text: String) {
  check(
    !text.isEmpty && !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0) ~= $0.value },
    "no sentence for a user: \(text.debugDescription)")
}

/// Reads a value and checks that it survives being written, or that its refusal is a sentence; nil
/// where the value is refused.
public func parseOrRefuse<Value: WireValue>(
  _ type: Value.Type, from reader: inout ByteReader
) -> Value? {
  do throws(WireError) {
    let value = try Value(parsing: &reader)
    checkRoundTrip(value)
    return value
  } catch {
    checkSentence(error.description)
    return nil
  }
}
