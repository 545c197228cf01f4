/// Cuts a byte stream into SIP messages, however the stream is cut into pieces (RFC 3261 section
/// 18.3).
///
/// Empty lines between messages, which keep connections alive (RFC 5626 section 4.4.1), are stepped
/// over. After an error the framer stays failed, since a stream cannot be picked up again behind it.
public struct SIPFramer {
  private enum State {
    /// Looks for the empty line; the search goes on at this distance from the message's start.
    case head(searched: Int)
    case body(SIPMessageHead, byteCount: Int)
    case failed(WireError)
  }

  private var state = State.head(searched: 0)
  private var buffer: [UInt8] = []
  // Octets at the buffer's front that belong to messages already given out.
  private var consumed = 0

  public init() {}

  /// Octets received that are in no message given out yet.
  public var bufferedByteCount: Int { buffer.count - consumed }

  /// Takes the next piece of the stream, of any size.
  public mutating func append(_ octets: UnsafeRawBufferPointer) {
    dropConsumed()
    buffer.append(contentsOf: octets)
  }

  /// Takes the next piece of the stream, of any size.
  public mutating func append(_ octets: [UInt8]) {
    dropConsumed()
    buffer.append(contentsOf: octets)
  }

  /// The next whole message, nil until more octets arrive; call until nil after each piece.
  ///
  /// - Throws: the first error of the stream, again at every call. Offsets count from the message's
  ///   start.
  public mutating func next() throws(WireError) -> SIPMessage? {
    do throws(WireError) {
      if case .head(let searched) = state {
        try readHead(from: searched)
      }
      switch state {
      case .head: return nil
      case .failed(let error): throw error
      case .body(let head, let headByteCount):
        let byteCount = headByteCount + head.contentLength
        guard bufferedByteCount >= byteCount else { return nil }
        let message = buffer.withUnsafeBytes { octets in
          let body = octets[consumed + headByteCount..<consumed + byteCount]
          return SIPMessage(head: head, body: UnsafeRawBufferPointer(rebasing: body))
        }
        consumed += byteCount
        state = .head(searched: 0)
        return message
      }
    } catch {
      state = .failed(error)
      throw error
    }
  }

  private mutating func readHead(from searched: Int) throws(WireError) {
    if searched == 0 { skipEmptyLines() }
    guard let byteCount = endOfHead(from: searched) else {
      guard bufferedByteCount < SIPMessageHead.maximumByteCount else {
        throw WireError(
          "SIP header section", at: 0, .badLength(found: bufferedByteCount),
          expected: "an empty line within 65536 octets")
      }
      // Three octets of the empty line may be here already.
      state = .head(searched: max(0, bufferedByteCount - 3))
      return
    }
    let start = consumed
    let result = buffer.withUnsafeBytes { octets -> Result<SIPMessageHead, WireError> in
      let head = octets[start..<start + byteCount]
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: head))
      do throws(WireError) {
        return .success(try SIPMessageHead(parsing: &reader))
      } catch {
        return .failure(error)
      }
    }
    state = .body(try result.get(), byteCount: byteCount)
  }

  /// Octets up to and with the empty line; nil where it is not there yet.
  private func endOfHead(from searched: Int) -> Int? {
    buffer.withUnsafeBytes { octets in
      var index = consumed + searched
      while index + 3 < octets.count {
        if octets[index] == 0x0D, octets[index + 1] == 0x0A, octets[index + 2] == 0x0D,
          octets[index + 3] == 0x0A
        {
          return index + 4 - consumed
        }
        index += 1
      }
      return nil
    }
  }

  private mutating func skipEmptyLines() {
    while bufferedByteCount >= 2, buffer[consumed] == 0x0D, buffer[consumed + 1] == 0x0A {
      consumed += 2
    }
  }

  // Keeps the buffer's memory, so that a warm framer does not grow.
  private mutating func dropConsumed() {
    guard consumed > 0 else { return }
    buffer.removeFirst(consumed)
    consumed = 0
  }
}
