import Signalling
import SimulationKernel
import WireFormats

/// The signalling's side of a capture.
extension CallCapture {
  /// Takes what was seen of the signalling at this instant, and empties the list.
  func signalling(_ observations: inout [SignallingObservation]?, now: SimTime) {
    guard let seen = observations else { return }
    observations?.removeAll(keepingCapacity: true)
    for observation in seen {
      switch observation {
      case .written(let hop, let end, let content):
        guard
          let text = hops[hop].write(content, end: end, settings: scenario.signalling)
        else { continue }
        let octets = text.withUnsafeBytes {
          InternetPacket.udp(
            from: InternetEndpoint(
              hops[hop].endpoints[end].address, port: CaptureHosts.clearPort),
            to: InternetEndpoint(
              hops[hop].endpoints[end ^ 1].address, port: CaptureHosts.clearPort),
            identification: 0, payload: $0)
        }
        add(octets, on: hops[hop].interface + 1, comment: nil, now: now)
      case .datagramSent(let record, let outcome, let isScripted):
        add(
          hops[record.hop].packet(of: record, settings: scenario.signalling),
          on: hops[record.hop].interface, comment: fate(outcome, isScripted: isScripted), now: now)
      case .segmentSent(let hop, let end, let segment, let outcome, let isScripted):
        add(
          hops[hop].packet(of: segment, end: end), on: hops[hop].interface,
          comment: fate(outcome, isScripted: isScripted), now: now)
      case .connectionReplaced(let hop): hops[hop].replaceConnection()
      case .segmentArrived(let hop, let end, let segment):
        hops[hop].arrived(segment, end: end)
      }
    }
  }
}
