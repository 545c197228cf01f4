#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Octets from a file descriptor, buffered; owns and closes the descriptor.
final class OctetInput {
  /// For errors: the path, or "standard input".
  let name: String
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var next = 0
  private var end = 0

  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// A file, or standard input for "-".
  init(path: String) throws(ClipError) {
    name = path == "-" ? "standard input" : path
    descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      throw .unreadable(file: name, reason: String(cString: strerror(errno)))
    }
  }

  deinit {
    close(descriptor)
  }

  private func receive(_ target: UnsafeMutableRawPointer, _ count: Int) throws(ClipError) -> Int {
    while true {
      let received = read(descriptor, target, count)
      if received >= 0 { return received }
      if errno != EINTR {
        throw .unreadable(file: name, reason: String(cString: strerror(errno)))
      }
    }
  }

  /// Makes the buffer hold `count` octets not yet taken, fewer only at the end.
  private func fill(_ count: Int) throws(ClipError) {
    if next > 0 {
      buffer.replaceSubrange(0..<end - next, with: buffer[next..<end])
      (next, end) = (0, end - next)
    }
    while end < count {
      let space = buffer.count - end
      // A typed error does not pass through a closure of the standard library.
      var failure: ClipError?
      let received = buffer.withUnsafeMutableBytes { octets -> Int in
        do throws(ClipError) { return try receive(octets.baseAddress! + end, space) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      if received == 0 { return }
      end += received
    }
  }

  /// The next octets as text, not taken yet; fewer than `count` only at the end.
  func peek(_ count: Int) throws(ClipError) -> String {
    if end - next < count { try fill(count) }
    return Self.text(buffer[next..<min(end, next + count)])
  }

  /// A line with its line feed, or what is there where no line feed comes within `limit` octets;
  /// empty at the end.
  func line(limit: Int) throws(ClipError) -> [UInt8] {
    if end - next < limit { try fill(limit) }
    let window = buffer[next..<min(end, next + limit)]
    let line = window.firstIndex(of: 0x0A).map { window[...$0] } ?? window
    next += line.count
    return Array(line)
  }

  /// Fills memory; returns the octets that were there, fewer than asked for only at the end.
  func take(into target: UnsafeMutableRawBufferPointer) throws(ClipError) -> Int {
    let buffered = min(end - next, target.count)
    target.copyBytes(from: buffer[next..<next + buffered])
    next += buffered
    var count = buffered
    while count < target.count {
      let received = try receive(target.baseAddress! + count, target.count - count)
      if received == 0 { break }
      count += received
    }
    return count
  }

  /// Printable text; other octets become dots.
  static func text(_ octets: some Sequence<UInt8>) -> String {
    String(
      decoding: octets.filter { $0 != 0x0A }.map { (0x20..<0x7F).contains($0) ? $0 : 0x2E },
      as: UTF8.self)
  }
}
