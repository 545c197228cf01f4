import NetworkModels
import Results
import Signalling
import SimulationKernel

/// Notes the TCP segments of SIP connections that were lost, and those that went again.
struct SegmentWatch {
  private struct Direction: Hashable {
    var hop: Int
    var end: Int
  }

  private(set) var records: [SegmentRecord] = []
  /// Behind the highest octet that each end has sent on its present connection.
  private var highest: [Direction: Int64] = [:]

  mutating func note(_ observation: SignallingObservation, now: SimTime) {
    switch observation {
    case .connectionReplaced(let hop):
      for end in 0...1 { highest[Direction(hop: hop, end: end)] = nil }
    case .segmentSent(let hop, let end, let segment, let outcome, let isScripted):
      guard segment.length > 0 else { return }
      let direction = Direction(hop: hop, end: end)
      let top = highest[direction] ?? 0
      let last = segment.sequence + Int64(segment.length)
      highest[direction] = max(top, last)
      var arrived: SimTime?
      if case .delivered(let time) = outcome, !isScripted { arrived = time }
      guard last <= top || arrived == nil else { return }
      records.append(
        SegmentRecord(
          hop: hop, isFromReceiverSide: end == 0, sent: now, arrived: arrived,
          isRepeat: last <= top))
    case .written, .datagramSent, .segmentArrived: break
    }
  }
}

extension Call {
  /// Begins to watch; before `begin()`.
  func watchTransport() {
    segmentWatch = SegmentWatch()
    signalling?.observations = []
  }

  /// Takes what was seen of the signalling at this instant; a capture empties the list itself.
  func watchSegments(now: SimTime) {
    for observation in signalling?.observations ?? [] {
      segmentWatch?.note(observation, now: now)
    }
    if capture == nil { signalling?.observations?.removeAll(keepingCapacity: true) }
  }
}
