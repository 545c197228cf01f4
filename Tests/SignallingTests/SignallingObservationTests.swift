import NetworkModels
import SimulationKernel
import Testing

@testable import Signalling

@Suite("What is seen of the signalling path")
struct SignallingObservationTests {
  /// All observations of one request over two hops and its answer.
  private func observe(
    _ transport: SignallingSettings.Transport, isWarm: Bool, script: [ScriptedSegmentLoss] = []
  ) -> [SignallingObservation] {
    var settings = SignallingSettings()
    settings.transport = transport
    settings.connection = isWarm ? .warm : .cold
    var run = PathRun(settings, script: script)
    run.path.observations = []
    run.ask(at: 0)
    run.run()
    return run.path.observations ?? []
  }

  @Test("nobody watches unless asked to")
  func off() {
    var run = PathRun(SignallingSettings())
    run.ask(at: 0)
    run.run()
    #expect(run.path.observations == nil)
  }

  @Test(
    "the octets of an end's segments are those that it wrote, in order",
    arguments: [SignallingSettings.Transport.tcp, .tls12, .tls13], [true, false])
  func streams(transport: SignallingSettings.Transport, isWarm: Bool) {
    var written = [Int64](repeating: 0, count: 4)
    var sent = [Int64](repeating: 0, count: 4)
    var messages = 0
    let profile = transport.tlsVersion.map { TLSProfile(version: $0) }
    for observation in observe(transport, isWarm: isWarm) {
      switch observation {
      case .written(let hop, let end, .handshake(let octets)):
        written[2 * hop + end] += Int64(octets)
      case .written(let hop, let end, .message(let record)):
        messages += 1
        #expect(record.hop == hop && record.isResponse == (end == 1))
        written[2 * hop + end] +=
          Int64(profile?.wireOctets(record.octets) ?? record.octets)
      case .segmentSent(let hop, let end, let segment, _, _):
        // Written before it is sent: sequence numbers begin at 1 behind the SYN.
        #expect(segment.length == 0 || segment.end - 1 <= written[2 * hop + end])
        sent[2 * hop + end] = max(sent[2 * hop + end], segment.end - 1)
      case .segmentArrived, .datagramSent, .connectionReplaced: break
      }
    }
    #expect(messages == 4)
    #expect(sent == written)
  }

  @Test("over UDP each datagram is seen, copies too")
  func datagrams() {
    var fates: [Bool] = []
    for observation in observe(
      .udp, isWarm: true,
      script: [
        ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .datagram, ordinal: 0)
      ])
    {
      guard case .datagramSent(let record, let outcome, let isScripted) = observation,
        record.hop == 0, !record.isResponse
      else { continue }
      if case .delivered = outcome { fates.append(true) } else { fates.append(false) }
      #expect(isScripted != fates.last)
    }
    #expect(fates == [false, true])
  }

  @Test("a lost segment is seen to leave and not to arrive")
  func loss() {
    let seen = observe(
      .tcp, isWarm: true,
      script: [ScriptedSegmentLoss(hop: 1, direction: .towardsSender, kind: .data, ordinal: 0)])
    var left = 0
    var lost = 0
    var arrived = 0
    for observation in seen {
      switch observation {
      case .segmentSent(1, 0, let segment, let outcome, let isScripted) where segment.length > 0:
        left += 1
        if isScripted {
          lost += 1
          guard case .lost = outcome else {
            Issue.record("the script loses \(outcome)")
            continue
          }
        }
      case .segmentArrived(1, 1, let segment) where segment.length > 0: arrived += 1
      default: break
      }
    }
    #expect(left == 2 && lost == 1 && arrived == 1)
  }

  @Test(
    "a message is as long as it was counted, and each request has a number and branches of its own")
  func messages() {
    var settings = SignallingSettings()
    settings.proxies = 2
    let sizes = SIPMessageSizes(settings)
    var branches: Set<String> = []
    for request in [0, 7, 8, 97, 98, 998] {
      for hop in 0...2 {
        let info = SIPMessageSizes.message(
          settings, request: request, status: nil, hop: hop)
        let ok = SIPMessageSizes.message(settings, request: request, status: 200, hop: hop)
        #expect(info.serializedByteCount == sizes.request(request, hop: hop))
        #expect(ok.serializedByteCount == sizes.response(request, status: 200, hop: hop))
        #expect(info.sequence?.number == UInt32(request) + 2)
        #expect(info.topVia?.branch == ok.topVia?.branch)
        branches.insert(info.topVia?.branch ?? "")
      }
    }
    #expect(branches.count == 18)
  }
}
