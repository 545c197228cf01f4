import NetworkModels
import SimulationKernel
import Testing

@Suite("A TLS session")
struct TLSSessionTests {
  /// Plays a handshake over a stream that hands octets over at once, in pieces of `piece`.
  private func play(_ profile: TLSProfile, piece: Int) -> (sent: [[Int]], time: SimTime) {
    var ends = [true, false].map {
      TLSSession(profile, isClient: $0, isWarm: false)
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

  @Test("TLS 1.3: three flights, then tickets, a write each", arguments: [1, 7, 10_000])
  func tls13(piece: Int) {
    let (sent, time) = play(.tls13, piece: piece)
    #expect(sent == [[225, 80], [767, 255, 255]])
    #expect(time == .zero + .microseconds(1_800))
  }

  @Test("TLS 1.2: four flights", arguments: [1, 7, 10_000])
  func tls12(piece: Int) {
    let (sent, time) = play(.tls12, piece: piece)
    #expect(sent == [[188, 93], [610, 242]])
    #expect(time == .zero + .microseconds(2_100))
  }

  @Test("resumed, both have three flights; TLS 1.3 gives one new ticket", arguments: [1, 10_000])
  func resumed(piece: Int) {
    let tls13 = play(TLSProfile(version: .tls13, isResumed: true), piece: piece)
    #expect(tls13.sent == [[496, 80], [241, 255]])
    let tls12 = play(TLSProfile(version: .tls12, isResumed: true), piece: piece)
    #expect(tls12.sent == [[396, 51], [141]])
  }

  /// Round trips over links of a second each way until the client may send, computing aside.
  private func roundTrips(_ profile: TLSProfile) -> Double {
    var profile = profile
    profile.processing = .init(client: .zero, server: .zero)
    var ends = [true, false].map { TLSSession(profile, isClient: $0, isWarm: false) }
    var actions: [TLSSession.Action] = []
    ends[1].handle(.connected, now: .zero, into: &actions)
    ends[0].handle(.connected, now: .zero, into: &actions)
    var crossings = 0
    while !ends[0].isEstablished {
      let octets = actions.reduce(0) {
        if case .send(let octets) = $1 { $0 + octets } else { $0 }
      }
      actions = []
      crossings += 1
      ends[crossings % 2].handle(
        .received(octets: octets), now: .zero + .seconds(Int64(crossings)), into: &actions)
    }
    return Double(crossings) / 2
  }

  @Test("a client may send after one round trip, with a full handshake of TLS 1.2 after two")
  func roundTrips() {
    for certificate in TLSProfile.Certificate.allCases {
      for isResumed in [false, true] {
        let tls13 = TLSProfile(version: .tls13, certificate: certificate, isResumed: isResumed)
        #expect(roundTrips(tls13) == 1)
        let tls12 = TLSProfile(version: .tls12, certificate: certificate, isResumed: isResumed)
        #expect(roundTrips(tls12) == (isResumed ? 1 : 2))
      }
    }
  }

  @Test("application data behind the tickets is told apart from them")
  func tickets() {
    var profile = TLSProfile.tls13
    profile.processing = .init(client: .zero, server: .zero)
    var client = TLSSession(profile, isClient: true, isWarm: false)
    var actions: [TLSSession.Action] = []
    client.handle(.connected, now: .zero, into: &actions)
    client.handle(.received(octets: 767), now: .zero, into: &actions)
    client.handle(.received(octets: 500), now: .zero, into: &actions)
    client.handle(.received(octets: 32), now: .zero, into: &actions)
    #expect(
      actions == [.send(octets: 225), .send(octets: 80), .established, .application(octets: 22)])
  }

  @Test("a warm session carries application data at once")
  func warm() {
    var server = TLSSession(.tls12, isClient: false, isWarm: true)
    var actions: [TLSSession.Action] = []
    server.handle(.received(octets: 629), now: .zero, into: &actions)
    #expect(actions == [.application(octets: 629)])
    #expect(server.nextDeadline == nil)
  }
}
