import Configuration
import Foundation
import NetworkModels
import SimulationKernel

/// A trace that was read from a file.
public struct TraceFile: Sendable {
  /// As the user named it.
  public let path: String
  public let format: TraceFormat
  public let trace: Trace

  private static let chunk = 1 << 16

  /// Reads a file in memory that does not grow with it beyond what a trace may hold.
  ///
  /// - Parameters:
  ///   - format: nil to find it out.
  ///   - interval: between packets of which only the order is known; nil for the file's own or 10 ms.
  /// - Throws: `ConfigurationError` with the line, what was found there and what was expected.
  public init(
    path: String, format: TraceFormat? = nil, interval: SimDuration? = nil
  ) throws(ConfigurationError) {
    self.path = path
    var parser = TraceParser(format: format, interval: interval)
    try Self.read(path) { (octets) throws(TraceError) in try parser.feed(octets) }
    do throws(TraceError) {
      trace = try parser.finish()
    } catch {
      throw ConfigurationError(error, file: path)
    }
    self.format = parser.format!
  }

  /// The losses; what is no trace of packets is refused.
  public func packets(for purpose: String) throws(ConfigurationError) -> PacketTrace {
    guard case .packets(let packets) = trace else {
      throw ConfigurationError(
        place: ConfigurationPlace(file: path),
        problem: "found a trace of a rate (\(format.rawValue)), expected one of packets \(purpose)")
    }
    return packets
  }

  private static func read(
    _ path: String, _ take: (UnsafeRawBufferPointer) throws(TraceError) -> Void
  ) throws(ConfigurationError) {
    let place = ConfigurationPlace(file: path)
    func unreadable() -> ConfigurationError {
      ConfigurationError(
        place: place, problem: "the file cannot be read: \(String(cString: strerror(errno)))")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable() }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, chunk)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable() }
      guard count > 0 else { return }
      do throws(TraceError) {
        try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } catch {
        throw ConfigurationError(error, file: path)
      }
    }
  }
}

extension ConfigurationError {
  /// An error in a trace with the file's name.
  public init(_ error: TraceError, file: String) {
    let finding =
      switch error.found {
      case .text(let text): quoted(text)
      case .words(let words): words
      }
    self.init(
      place: ConfigurationPlace(file: file, line: error.line),
      problem: "found \(finding), expected \(error.expected)")
  }
}
