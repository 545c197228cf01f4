import NetworkModels
import SimulationKernel
import Testing

@Suite("A TLS session")
struct TLSSessionTests {
  /// Plays a handshake over a stream that hands octets over at once, in pieces of `piece`.
  private func play(_ profile: TLSProfile, piece: Int) -> (sent: [[Int]], time: SimTime) {
    var ends = [true, false].map {
      TLSSession(profile, isClient: $0, isWarm: false, processing: .milliseconds(1))
    }
    var sent: [[Int]] = [[], []]
    var now = SimTime.zero
    var work: [(end: Int, input: TLSSession.Input)] = [(1, .connected), (0, .connected)]
    while true {
      while !work.isEmpty {
        let (end, input) = work.removeFirst()
        var actions: [TLSSession.Action] = []
        ends[end].handle(input, now: now, into: &actions)
        for case .send(let octets) in actions {
          sent[end].append(octets)
          for start in stride(from: 0, to: octets, by: piece) {
            work.append((1 - end, .received(octets: min(piece, octets - start))))
          }
        }
        #expect(!actions.contains { if case .application = $0 { true } else { false } })
      }
      guard let next = ends.compactMap(\.nextDeadline).min() else { break }
      now = next
      work = [(0, .deadline), (1, .deadline)]
    }
    #expect(ends.allSatisfy { $0.isEstablished })
    return (sent, now)
  }

  @Test("TLS 1.3: three flights, then tickets; each end computes once", arguments: [1, 7, 10_000])
  func tls13(piece: Int) {
    let (sent, time) = play(.tls13, piece: piece)
    #expect(sent == [[225, 80], [766, 510]])
    #expect(time == .zero + .milliseconds(2))
  }

  @Test("TLS 1.2: four flights", arguments: [1, 7, 10_000])
  func tls12(piece: Int) {
    let (sent, time) = play(.tls12, piece: piece)
    #expect(sent == [[188, 93], [610, 242]])
    #expect(time == .zero + .milliseconds(2))
  }

  @Test("application data behind the tickets is told apart from them")
  func tickets() {
    var client = TLSSession(.tls13, isClient: true, isWarm: false, processing: .zero)
    var actions: [TLSSession.Action] = []
    client.handle(.connected, now: .zero, into: &actions)
    client.handle(.received(octets: 766), now: .zero, into: &actions)
    client.handle(.received(octets: 500), now: .zero, into: &actions)
    client.handle(.received(octets: 32), now: .zero, into: &actions)
    #expect(
      actions == [.send(octets: 225), .send(octets: 80), .established, .application(octets: 22)])
  }

  @Test(
    "a record adds 22 octets in 1.3 and 29 in 1.2, one for each 16 KiB begun",
    arguments: [(600, 622, 629), (16_384, 16_406, 16_413), (16_385, 16_429, 16_443)])
  func overhead(octets: Int, in13: Int, in12: Int) {
    #expect(TLSProfile.tls13.wireOctets(octets) == in13)
    #expect(TLSProfile.tls12.wireOctets(octets) == in12)
  }

  @Test("a warm session carries application data at once")
  func warm() {
    var server = TLSSession(.tls12, isClient: false, isWarm: true, processing: .milliseconds(1))
    var actions: [TLSSession.Action] = []
    server.handle(.received(octets: 629), now: .zero, into: &actions)
    #expect(actions == [.application(octets: 629)])
    #expect(server.nextDeadline == nil)
  }
}
