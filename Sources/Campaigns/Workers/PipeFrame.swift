import Foundation

/// Octets between a parent and its workers: a length of 4 octets (little-endian), then as many.
enum PipeFrame {
  /// A worker that announces more than this has lost its way.
  static let maximumOctets = 1 << 30

  static func append(_ payload: [UInt8], to octets: inout [UInt8]) {
    append(UInt32(payload.count), to: &octets)
    octets += payload
  }

  static func append(_ number: UInt32, to octets: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { octets += $0 }
  }

  /// The reverse of `append`: of four octets.
  static func number(_ octets: ArraySlice<UInt8>) -> UInt32 {
    octets.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  static func append(_ text: String, to octets: inout [UInt8]) {
    append(UInt32(text.utf8.count), to: &octets)
    octets += text.utf8
  }
}

/// Puts frames together from whatever pieces a pipe delivers.
struct PipeFrameReader {
  private var octets: [UInt8] = []
  private var position = 0

  mutating func append(_ piece: ArraySlice<UInt8>) {
    if position == octets.count {
      octets.removeAll(keepingCapacity: true)
      position = 0
    }
    octets += piece
  }

  /// The next whole frame; nil where more octets are needed.
  ///
  /// - Throws: `PipeError` where the length cannot be meant.
  mutating func next() throws(PipeError) -> [UInt8]? {
    guard octets.count - position >= 4 else { return nil }
    var fields = PipeFields(octets[position..<position + 4])
    let count = Int(try fields.number())
    guard count <= PipeFrame.maximumOctets else { throw PipeError() }
    guard octets.count - position - 4 >= count else { return nil }
    let payload = Array(octets[position + 4..<position + 4 + count])
    position += 4 + count
    return payload
  }
}

/// The other end does not keep to the protocol.
public struct PipeError: Error {}

/// Takes a frame's payload apart.
struct PipeFields {
  private var rest: ArraySlice<UInt8>

  init(_ payload: ArraySlice<UInt8>) { rest = payload }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number() throws(PipeError) -> UInt32 {
    guard rest.count >= 4 else { throw PipeError() }
    let value = PipeFrame.number(rest.prefix(4))
    rest = rest.dropFirst(4)
    return value
  }

  /// All octets that are left.
  mutating func remainder() -> [UInt8] {
    defer { rest = rest.suffix(0) }
    return Array(rest)
  }

  mutating func texts(_ count: Int) throws(PipeError) -> [String] {
    var texts: [String] = []
    for _ in 0..<count { texts.append(try text()) }
    return texts
  }

  mutating func text() throws(PipeError) -> String {
    let count = Int(try number())
    guard rest.count >= count else { throw PipeError() }
    defer { rest = rest.dropFirst(count) }
    return String(decoding: rest.prefix(count), as: UTF8.self)
  }
}

/// Reads and writes that go on after an interruption.
enum Descriptor {
  /// A pipe that no child inherits, or one worker would hold another's input open.
  static func pipe() throws(CampaignError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else {
      throw .environment("no pipe can be made: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Writes all octets; false where the other end is gone or the device refuses (see `errno`).
  static func write(_ octets: [UInt8], to descriptor: Int32) -> Bool {
    octets.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = Foundation.write(
          descriptor, buffer.baseAddress! + offset, buffer.count - offset)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
  }

  /// Reads what is there, up to the buffer's size; 0 at the end, negative on an error.
  static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 || errno != EINTR { return count }
    }
  }
}
