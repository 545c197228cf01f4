import SimulationKernel

extension TraceGenerator {
  /// What becomes of packets of one size that a link is sent at even intervals, with their delays beyond
  /// the fastest transit.
  ///
  /// - Parameters: at least one packet, and a positive interval (both checked).
  public static func packets(
    over link: Link, count: Int, interval: SimDuration, octets: Int
  ) -> PacketTrace {
    precondition(count > 0 && interval > .zero, "a trace has packets that are apart")
    var link = link
    let sent = (0..<count).map { SimTime.zero + interval * Int64($0) }
    let transits = sent.map { time -> SimDuration? in
      guard case .delivered(let arrival) = link.send(octets: octets, at: time) else { return nil }
      return arrival - time
    }
    let fastest = transits.lazy.compactMap { $0 }.min() ?? .zero
    return PacketTrace(
      packets: zip(sent, transits).map { time, transit in
        PacketTrace.Packet(
          time: time, isLost: transit == nil, delay: transit.map { $0 - fastest }, octets: octets)
      })
  }
}
