import Configuration
import Foundation
import WireFormats

/// Reads a capture file from its disk piece by piece, as often as one wants.
struct CaptureSource {
  /// What became of the file's end.
  struct End {
    var interfaces: [CaptureInterface]
    var packets: Int
    /// The file ends within a packet.
    var isCutOff: Bool
  }

  private static let chunk = 1 << 20

  let path: String

  /// Hands over all packets in their order.
  ///
  /// - Throws: `ConfigurationError` that names the file, and where it can the packet and the octet.
  func read(_ body: (CapturedFrame) -> Void) throws(ConfigurationError) -> End {
    let descriptor = try open()
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 8)
    defer { buffer.deallocate() }
    var reader = CaptureReader()
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw error("\(Self.reason()), expected to read it") }
      guard count > 0 else { break }
      do throws(CaptureError) {
        try reader.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]), body)
      } catch {
        throw self.error("\(error)")
      }
    }
    guard reader.hasHeader else {
      throw error("the file ends before a capture's header, expected a pcap or pcapng file")
    }
    return End(
      interfaces: reader.interfaces, packets: reader.packets, isCutOff: !reader.isComplete)
  }

  func error(_ problem: String) -> ConfigurationError {
    ConfigurationError(place: ConfigurationPlace(file: path), problem: problem)
  }

  private func open() throws(ConfigurationError) -> Int32 {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw error("\(Self.reason()), expected a capture file") }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      // It is read twice.
      throw error("found a folder, a pipe or a device, expected a file")
    }
    return descriptor
  }

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }
}
