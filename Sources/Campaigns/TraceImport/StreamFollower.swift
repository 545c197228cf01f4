import Results
import WireFormats

/// The second reading of a capture: one stream's packets into a trace.
struct StreamFollower {
  private let stream: RTPStream
  private var tracker: RTPTracker
  private(set) var ledger: PacketLedger
  private var writer: PacketTraceWriter
  private var jitter = InterarrivalJitter()

  init(_ stream: RTPStream, output: String?) throws(OutputError) {
    self.stream = stream
    tracker = RTPTracker(first: stream.first, clockRate: stream.clockRate)
    ledger = PacketLedger(first: stream.lowest)
    writer = try PacketTraceWriter(path: output)
  }

  mutating func add(_ frame: CapturedFrame) {
    let isLast = frame.interface == stream.interface
    guard isLast || frame.interface == stream.earlierInterface, let time = frame.time,
      let datagram = try? CapturedDatagram(frame.octets, linkType: frame.linkType),
      datagram.flow == stream.flow,
      let (sighting, source, _) = RTPSighting.read(datagram.payload, time: time),
      source == stream.source
    else { return }
    if isLast {
      arrive(sighting, octets: datagram.packetByteCount)
    } else {
      see(sighting, octets: datagram.packetByteCount, fate: Self.fate(frame.comment))
    }
  }

  private mutating func arrive(_ sighting: RTPSighting, octets: Int) {
    tracker.place(sighting) { placed in
      // A file that grew between its readings may go on with what was not there.
      guard placed.segment < stream.fastest.count else { return }
      // With the fastest transit, a packet would have left as long before it came.
      let sent = placed.nominal + stream.fastest[placed.segment]
      let isNew = ledger.arrive(
        placed.number, sent: sent, at: placed.sighting.time, octets: octets
      ) { writer.write($0) }
      if isNew { jitter.add(transit: placed.transit, segment: placed.segment) }
    }
  }

  private mutating func see(_ sighting: RTPSighting, octets: Int, fate: PacketLedger.Fate) {
    guard tracker.segment < stream.fastest.count,
      let (number, nominal) = tracker.locate(sighting, near: ledger.highest)
    else { return }
    ledger.see(
      number, sent: nominal + stream.fastest[tracker.segment], at: sighting.time, octets: octets,
      fate: fate
    ) { writer.write($0) }
  }

  /// - Parameter end: the time of the capture's last packet.
  mutating func finish(at end: Int64) throws(OutputError) -> PacketTraceSummary {
    ledger.finish(at: end) { writer.write($0) }
    var summary = try writer.finish()
    summary.reordered = ledger.reordered
    summary.duplicates = ledger.duplicates
    summary.meanJitter = jitter.mean
    summary.highestJitter = jitter.highest
    return summary
  }

  /// What this project's own captures say of a packet that was sent.
  private static func fate(_ comment: UnsafeRawBufferPointer?) -> PacketLedger.Fate {
    guard let comment else { return .unknown }
    if comment.starts(with: "lost on the way".utf8) { return .lost }
    return comment.starts(with: "under way".utf8) ? .underWay : .unknown
  }
}
