import Glibc
import WireFormats

/// A plain socket to a peer on the loopback that carries SIP messages of ours.
final class LoopbackSocket {
  struct Failure: Error {
    var what: String
    var code = errno
  }

  let localPort: UInt16
  private let descriptor: Int32
  private let transport: SIPTransport
  private var framer = SIPFramer()

  /// - Parameter transport: UDP or TCP. A peer that does not listen yet is waited for, 10 s.
  init(_ transport: SIPTransport, peerPort: UInt16) throws {
    self.transport = transport
    var address = Self.address(peerPort)
    var opened: Int32 = -1
    for _ in 0..<200 {
      opened = Self.open(transport)
      let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(opened, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      if result == 0 { break }
      close(opened)
      opened = -1
      usleep(50_000)
    }
    guard opened >= 0 else { throw Failure(what: "connect") }
    descriptor = opened
    localPort = try Self.port(of: opened)
  }

  deinit { close(descriptor) }

  /// A port of the loopback that nobody has.
  static func freePort(_ transport: SIPTransport) throws -> UInt16 {
    let descriptor = open(transport)
    defer { close(descriptor) }
    var address = address(0)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(what: "bind") }
    return try port(of: descriptor)
  }

  func send(_ message: SIPMessage) throws {
    let octets = message.octets()
    guard Glibc.send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count
    else { throw Failure(what: "send") }
  }

  /// Sends a request and waits for its final response, by the rules of transactions: over UDP it is
  /// sent again every half second, 10 s long.
  func finalResponse(to request: SIPMessage) throws -> SIPMessage {
    let key = SIPTransactionKey.Client(request)
    for attempt in 0..<20 {
      if attempt == 0 || transport == .udp { try? send(request) }
      while let message = try receive() {
        guard SIPTransactionKey.Client(message) == key, let status = message.status, status >= 200
        else { continue }
        return message
      }
    }
    throw Failure(what: "no final response to \(request.method ?? "")")
  }

  /// The next message, nil where none comes within half a second.
  private func receive() throws -> SIPMessage? {
    while true {
      if transport != .udp, let message = try framer.next() { return message }
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 500) > 0 else { return nil }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      // Nobody listens yet: the datagram came back as an ICMP error.
      if count < 0, errno == ECONNREFUSED {
        usleep(100_000)
        return nil
      }
      guard count > 0 else { throw Failure(what: "recv") }
      let octets = Array(buffer[..<count])
      if transport == .udp {
        return try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
          try SIPMessage(datagram: &reader)
        }
      }
      framer.append(octets)
    }
  }

  private static func open(_ transport: SIPTransport) -> Int32 {
    socket(
      AF_INET, Int32(transport == .udp ? SOCK_DGRAM.rawValue : SOCK_STREAM.rawValue), 0)
  }

  private static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func port(of descriptor: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    guard result == 0 else { throw Failure(what: "getsockname") }
    return UInt16(bigEndian: address.sin_port)
  }
}
