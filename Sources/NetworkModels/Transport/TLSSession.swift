import SimulationKernel

/// One end of a TLS session, over the octets of a TCP connection.
///
/// Each end computes once in a handshake, for its time of the profile: the server before its first
/// flight, the client after it. The rest is too short to count. Every `send` is a write of its own,
/// which matters to Nagle's algorithm (RFC 9293 section 3.7.4): with it, what a client of TLS 1.3
/// writes behind its Finished waits for the acknowledgement of that.
public struct TLSSession: Sendable {
  public enum Input: Sendable {
    /// The TCP connection is up.
    case connected
    /// Octets of the TCP stream, in order.
    case received(octets: Int)
    /// `nextDeadline` has come; ignored while it has not.
    case deadline
  }

  public enum Action: Sendable, Equatable {
    /// Octets for the TCP stream.
    case send(octets: Int)
    /// Application data may be sent from now on.
    case established
    /// Octets of the stream that are records of application data.
    case application(octets: Int)
  }

  private enum Phase {
    /// Before TCP is up.
    case waiting
    /// The flight of this index, counted from 0, is awaited; `missing` octets of it.
    case receiving(flight: Int, missing: Int)
    case computing(flight: Int, until: SimTime)
    /// `tickets` octets of session tickets are still to come.
    case established(tickets: Int)
  }

  private let profile: TLSProfile
  private let isClient: Bool
  private let processing: SimDuration
  private var phase: Phase
  /// Octets received while this end computes.
  private var early = 0

  /// - Parameters:
  ///   - isWarm: the session is up already.
  public init(_ profile: TLSProfile, isClient: Bool, isWarm: Bool) {
    self.profile = profile
    self.isClient = isClient
    processing = isClient ? profile.processing.client : profile.processing.server
    phase = isWarm ? .established(tickets: 0) : .waiting
  }

  public var isEstablished: Bool {
    if case .established = phase { true } else { false }
  }

  /// When `.deadline` is due; nil while nothing is computed.
  public var nextDeadline: SimTime? {
    if case .computing(_, let until) = phase { until } else { nil }
  }

  public mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action]) {
    switch input {
    case .connected:
      guard case .waiting = phase else { preconditionFailure("TCP connects once") }
      if isClient {
        actions.append(.send(octets: profile.flights[0]))
        phase = .receiving(flight: 1, missing: profile.flights[1])
      } else {
        phase = .receiving(flight: 0, missing: profile.flights[0])
      }
    case .received(let octets): receive(octets, now: now, into: &actions)
    case .deadline:
      guard case .computing(let flight, let until) = phase, until <= now else { return }
      answer(flight, into: &actions)
      let received = early
      early = 0
      if received > 0 { receive(received, now: now, into: &actions) }
    }
  }

  private mutating func receive(_ octets: Int, now: SimTime, into actions: inout [Action]) {
    switch phase {
    case .waiting: preconditionFailure("nothing arrives before TCP is up")
    case .computing: early += octets
    case .established(let tickets):
      let taken = min(tickets, octets)
      phase = .established(tickets: tickets - taken)
      if octets > taken { actions.append(.application(octets: octets - taken)) }
    case .receiving(let flight, let missing):
      guard octets >= missing else {
        phase = .receiving(flight: flight, missing: missing - octets)
        return
      }
      if processing > .zero, flight < 2 {
        phase = .computing(flight: flight, until: now + processing)
        early = octets - missing
        return
      }
      answer(flight, into: &actions)
      if octets > missing { receive(octets - missing, now: now, into: &actions) }
    }
  }

  /// The flight of this index is complete and processed: sends the next, or is done.
  private mutating func answer(_ flight: Int, into actions: inout [Action]) {
    let own = flight + 1
    if own < profile.flights.count { actions.append(.send(octets: profile.flights[own])) }
    if own + 1 < profile.flights.count {
      phase = .receiving(flight: own + 1, missing: profile.flights[own + 1])
      return
    }
    if isClient {
      phase = .established(tickets: profile.tickets.reduce(0, +))
    } else {
      for ticket in profile.tickets { actions.append(.send(octets: ticket)) }
      phase = .established(tickets: 0)
    }
    actions.append(.established)
  }
}
