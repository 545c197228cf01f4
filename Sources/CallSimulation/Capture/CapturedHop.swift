import NetworkModels
import Signalling
import SimulationKernel
import WireFormats

/// One hop's connection as a capture shows it: what the octets of its two streams are.
///
/// The model counts octets. Here each range of sequence numbers gets the octets that it stands
/// for: SIP messages, TLS handshake messages, and records whose content is scattered octets.
/// Streams are kept whole, some hundred octets a request.
struct CapturedHop {
  let hop: Int
  /// End 0, nearer the receiver, opens the connection.
  let endpoints: [InternetEndpoint]
  private var initialSequences: [UInt32]
  /// What the ends' clocks of RFC 7323 say when the call begins.
  private let firstTimestamps: [UInt32]
  private var isWarm: Bool
  /// What connections that take a lost one's place begin with.
  private var chance: RandomStream
  private let transport: SignallingSettings.Transport
  private let profile: TLSProfile?
  private var tls: TLSTranscript?
  private var streams: [[UInt8]] = [[], []]
  /// Handshake writes so far, by end.
  private var handshakeWrites = [0, 0]
  /// The data segment that reached an end last: what a duplicate's acknowledgement reports.
  private var latestArrival: [TCPRange?] = [nil, nil]
  private var identifications: [UInt16] = [1, 1]

  init(_ hop: Int, hosts: CaptureHosts, seed: UInt64) {
    self.hop = hop
    endpoints = (0..<2).map { hosts.elements.endpoint(hop: hop, end: $0) }
    var stream = RandomStream(seed: seed, name: "capture.hop\(hop)")
    initialSequences = (0..<2).map { _ in UInt32(truncatingIfNeeded: stream.next()) }
    firstTimestamps = (0..<2).map { _ in UInt32(truncatingIfNeeded: stream.next()) }
    isWarm = hosts.settings.connection != .cold
    transport = hosts.settings.transport
    profile = hosts.settings.tlsProfile
    tls = profile.map { TLSTranscript($0, key: stream.next()) }
    chance = stream
  }

  /// The connection is given up; the next one has the same ends and ports, and numbers of its own.
  mutating func replaceConnection() {
    initialSequences = (0..<2).map { _ in UInt32(truncatingIfNeeded: chance.next()) }
    tls = profile.map { TLSTranscript($0, key: chance.next()) }
    isWarm = false
    streams = [[], []]
    handshakeWrites = [0, 0]
    latestArrival = [nil, nil]
  }

  var hasClearText: Bool { profile != nil }
  /// The interface of the wire; that of the clear text is the next.
  var interface: UInt32 {
    CallCapture.Interface.firstHop + UInt32(hop) * (hasClearText ? 2 : 1)
  }

  /// Names and descriptions of the hop's interfaces.
  func interfaces(_ hosts: CaptureHosts) -> [(String, String)] {
    let ends = "\(hosts.name(hop: hop, end: 0)) - \(hosts.name(hop: hop, end: 1))"
    let transport =
      switch hosts.settings.transport {
      case .udp: "UDP"
      case .tcp: "TCP"
      case .tls12: "TLS 1.2 over TCP"
      case .tls13: "TLS 1.3 over TCP"
      }
    let hasConnection = hosts.settings.transport != .udp
    let state = isWarm && hasConnection ? ", up before the call" : ""
    let unit = hasConnection ? "segment" : "datagram"
    let wire = (
      "sip-hop\(hop)",
      "SIP hop \(hop), \(ends), \(transport)\(state): each \(unit) once, as it leaves its end"
    )
    guard hasClearText else { return [wire] }
    return [
      wire,
      (
        "sip-hop\(hop)-clear",
        "clear text of SIP hop \(hop), NOT ON THE WIRE: each message as it is handed to TLS, "
          + "put into a UDP datagram"
      ),
    ]
  }

  // MARK: Streams

  /// An end writes to its stream. The message's text is returned where the wire hides it.
  mutating func write(
    _ content: StreamContent, end: Int, settings: SignallingSettings
  ) -> [UInt8]? {
    switch content {
    case .handshake(let octets):
      // Flights alternate, the client's first; behind them TLS 1.3's tickets, each a write.
      let flight = 2 * handshakeWrites[end] + end
      handshakeWrites[end] += 1
      streams[end] +=
        flight < profile!.flights.count
        ? tls!.flight(flight, octets: octets) : tls!.ticket(octets: octets)
      return nil
    case .message(let record):
      let text = settings.message(of: record).octets()
      precondition(text.count == record.octets, "a message is not what it was counted as")
      guard let profile else {
        streams[end] += text
        return nil
      }
      streams[end] += tls!.application(
        octets: text.count, overhead: profile.recordOverhead, maximum: profile.maximumRecord)
      return text
    }
  }

  // MARK: Datagrams

  /// A message that goes as a datagram, from its IP header on.
  mutating func packet(of record: SignallingHopRecord, settings: SignallingSettings) -> [UInt8] {
    let end = record.isResponse ? 1 : 0
    defer { identifications[end] &+= 1 }
    return settings.message(of: record).octets().withUnsafeBytes {
      InternetPacket.udp(
        from: endpoints[end], to: endpoints[end ^ 1], identification: identifications[end],
        payload: $0)
    }
  }

  // MARK: Segments

  mutating func arrived(_ segment: TCPSegment, end: Int) {
    if segment.length > 0 {
      latestArrival[end] = TCPRange(start: segment.sequence, end: segment.end)
    }
  }

  /// A segment as it leaves an end, from its IP header on.
  mutating func packet(of segment: TCPSegment, end: Int) -> [UInt8] {
    let start = Int(segment.sequence) - 1
    let range = segment.length > 0 ? start..<start + segment.length : 0..<0
    let header = header(of: segment, end: end, endsWrite: range.upperBound == streams[end].count)
    let packet = streams[end].withUnsafeBytes {
      InternetPacket.tcp(
        header, from: endpoints[end].address, to: endpoints[end ^ 1].address,
        identification: identifications[end], payload: UnsafeRawBufferPointer(rebasing: $0[range]))
    }
    identifications[end] &+= 1
    precondition(packet.count == segment.octetsOnWire, "a segment is not what it was counted as")
    return packet
  }

  private func header(of segment: TCPSegment, end: Int, endsWrite: Bool) -> TCPHeader {
    let isSYN = segment.flags.contains(.syn)
    let isAcknowledgement = segment.flags.contains(.ack)
    var flags: TCPHeader.Flags = []
    if isSYN { flags.insert(.syn) }
    if isAcknowledgement { flags.insert(.ack) }
    if segment.flags.contains(.reset) { flags.insert(.rst) }
    if segment.length > 0, endsWrite { flags.insert(.psh) }
    var options = TCPOptions()
    let echo = segment.echo.map { timestamp($0, end: end ^ 1) }
    options.timestamps = TCPOptions.Timestamps(
      value: timestamp(segment.timestamp, end: end),
      echo: echo ?? (isWarm ? firstTimestamps[end ^ 1] : 0))
    if isSYN {
      options.maximumSegmentSize = 1_460
      options.permitsSelectiveAcknowledgement = true
      options.windowScale = 7
    } else {
      options.selective = selective(of: segment, end: end)
    }
    return TCPHeader(
      sourcePort: endpoints[end].port, destinationPort: endpoints[end ^ 1].port,
      sequence: sequence(segment.sequence, end: end),
      acknowledgement: isAcknowledgement ? sequence(segment.acknowledgement, end: end ^ 1) : 0,
      // 64,240 octets, which the model takes to be wide enough; scaled once both SYNs have gone.
      flags: flags, window: isSYN ? 64_240 : 502, options: options)
  }

  private func sequence(_ number: Int64, end: Int) -> UInt32 {
    initialSequences[end] &+ UInt32(truncatingIfNeeded: number)
  }

  /// A millisecond's clock, as Linux has it.
  private func timestamp(_ time: SimTime, end: Int) -> UInt32 {
    firstTimestamps[end] &+ UInt32(truncatingIfNeeded: time.nanoseconds / 1_000_000)
  }

  private func selective(of segment: TCPSegment, end: Int) -> [TCPOptions.Block] {
    let (first, second, third) = segment.selective
    var ranges: [TCPRange] = []
    // RFC 2883 section 4: the duplicate first.
    if segment.flags.contains(.duplicate), let duplicate = latestArrival[end] {
      ranges.append(duplicate)
    }
    ranges += [first, second, third].filter { $0.end > $0.start }
    return ranges.prefix(3).map {
      TCPOptions.Block(
        start: sequence($0.start, end: end ^ 1), end: sequence($0.end, end: end ^ 1))
    }
  }
}

extension TLSTranscript {
  fileprivate init(_ profile: TLSProfile, key: UInt64) {
    let version: Version =
      switch profile.version {
      case .tls12: .tls12
      case .tls13: .tls13
      }
    self.init(
      version, isRSA: profile.certificate.isRSA,
      certificates: profile.certificate.certificateOctets, isResumed: profile.isResumed, key: key)
  }
}
