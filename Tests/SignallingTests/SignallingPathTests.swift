import NetworkModels
import Signalling
import SimulationKernel
import Testing

@Suite("The signalling path")
struct SignallingPathTests {
  @Test("one warm hop: a round trip for the request and its 200")
  func oneHop() {
    var run = PathRun(.test(.tls13))
    run.ask(at: 1_000)
    run.run()
    #expect(run.sent == [1_000])
    #expect(run.received == [1_025])
    #expect(run.finished.map(\.time) == [1_050])
    #expect(run.finished.map(\.status) == [200])
    #expect(run.path.openMessages().isEmpty)
  }

  @Test("two proxies: three hops and twice the processing, both ways")
  func proxies() {
    var run = PathRun(.test(.tls12, proxies: 2))
    run.ask(at: 0)
    run.run()
    // 3 * 25 ms + 2 * 0.37 ms.
    #expect(run.received == [75.74])
    #expect(run.finished.map(\.time) == [151.48])
    let requests = run.hops.filter { !$0.isResponse }
    #expect(requests.map(\.hop) == [0, 1, 2])
    #expect(requests.map(\.received.inMilliseconds) == [0, 25, 50.37])
    #expect(requests.map { $0.written?.inMilliseconds } == [0, 25.37, 50.74])
    #expect(requests.map { $0.delivered?.inMilliseconds } == [25, 50.37, 75.74])
    #expect(requests.allSatisfy { $0.undisturbed == .milliseconds(25) })
    let responses = run.hops.filter(\.isResponse)
    #expect(responses.map(\.hop) == [2, 1, 0])
    #expect(responses.allSatisfy { $0.status == 200 })
  }

  @Test(
    "a warm hop is undisturbed: propagation and serialization are all it takes",
    arguments: SignallingSettings.Transport.allCases)
  func undisturbed(transport: SignallingSettings.Transport) throws {
    let link = LinkSettings(rate: .kilobitsPerSecond(256))
    var run = PathRun(.test(transport), link: link)
    run.ask(at: 0)
    run.run()
    let request = try #require(run.hops.first)
    let delivered = try #require(request.delivered)
    let written = try #require(request.written)
    #expect(delivered - written == request.undisturbed)
    // TLS's record, IPv4, and TCP with timestamps or UDP.
    let overhead =
      switch transport {
      case .udp: 28
      case .tcp: 52
      case .tls12: 29 + 52
      case .tls13: 22 + 52
      }
    // An octet takes 31.25 us.
    let serialization = SimDuration(nanoseconds: Int64(request.octets + overhead) * 31_250)
    #expect(request.undisturbed == .milliseconds(25) + serialization)
  }

  @Test(
    "the k-th data segment lost at 50 ms: the request arrives 252, 504, 1008 ms later",
    arguments: [(1, 277), (2, 529), (3, 1_033)] as [(Int, Double)])
  func scriptedLoss(lost: Int, received: Double) throws {
    let script = (0..<lost).map {
      ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .data, ordinal: $0)
    }
    var run = PathRun(.test(.tcp), script: script)
    run.ask(at: 0)
    run.run()
    #expect(run.received == [received])
    let request = try #require(run.hops.first)
    #expect(request.undisturbed == .milliseconds(25))
  }

  @Test("a request can be sent without the user agent's rules")
  func send() {
    var run = PathRun(.test(.udp))
    run.at(0, .send(request: 0))
    run.at(1, .send(request: 1))
    run.run()
    #expect(run.received == [25, 26])
    #expect(run.finished.map(\.status) == [200, 200])
  }

  @Test("a loss on the second hop delays that hop alone")
  func lossOnSecondHop() {
    let script = [ScriptedSegmentLoss(hop: 1, direction: .towardsSender, kind: .data, ordinal: 0)]
    var run = PathRun(.test(.tls13, proxies: 1), script: script)
    run.ask(at: 0)
    run.run()
    #expect(run.received == [302.37])
    let costs = run.hops.filter { !$0.isResponse }.map { record -> Double in
      guard let delivered = record.delivered, let written = record.written else { return -1 }
      return (delivered - written - record.undisturbed).inMilliseconds
    }
    #expect(costs == [0, 252])
  }

  @Test("a lost 200 delays the answer, not the request")
  func lostResponse() {
    let script = [ScriptedSegmentLoss(hop: 0, direction: .towardsReceiver, kind: .data, ordinal: 0)]
    var run = PathRun(.test(.tcp), script: script)
    run.ask(at: 0)
    run.run()
    #expect(run.received == [25])
    // The acknowledgement went with it: both ends' probes go 252 ms after their segments.
    #expect(run.finished.map(\.time) == [302])
  }

  @Test(
    "a cold hop: 1.5 round trips for TCP, 2.5 with TLS 1.3, 3.5 with TLS 1.2, and 2 ms to compute",
    arguments: [(.tcp, 75), (.tls13, 126.8), (.tls12, 177.1)]
      as [(SignallingSettings.Transport, Double)])
  func cold(transport: SignallingSettings.Transport, received: Double) {
    var run = PathRun(.test(transport, connection: .cold))
    run.ask(at: 0)
    run.ask(at: 5_000)
    run.run()
    #expect(run.received == [received, 5_025])
  }

  @Test("cold hops are set up one after the other, as the request comes to them")
  func coldHops() {
    var run = PathRun(.test(.tls13, proxies: 1, connection: .cold))
    run.ask(at: 0)
    run.run()
    #expect(run.received == [253.97])
  }

  @Test("a lost SYN costs a second")
  func lostSYN() {
    let script = [ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .syn, ordinal: 0)]
    var run = PathRun(.test(.tls13, connection: .cold), script: script)
    run.ask(at: 0)
    run.run()
    #expect(run.received == [1_126.8])
  }

  @Test("a request behind a lost one is delivered with it, in order")
  func inOrder() {
    var settings = SignallingSettings.test(.tcp)
    settings.minimumRequestInterval = .milliseconds(100)
    let script = [ScriptedSegmentLoss(hop: 0, direction: .towardsSender, kind: .data, ordinal: 0)]
    var run = PathRun(settings, script: script)
    run.at(0, .repairWanted)
    run.at(150, .repairDone(byKeyFrame: false))
    run.run()
    #expect(run.sent == [0, 100])
    // The second's arrival is reported back at 150 ms, when the first goes again.
    #expect(run.received == [175, 175])
    #expect(run.hops.filter { !$0.isResponse }.map(\.request) == [0, 1])
  }

  @Test(
    "a dead first hop: the transaction ends after 32 s, the message stays open",
    arguments: [.udp, .tls13] as [SignallingSettings.Transport])
  func timerF(transport: SignallingSettings.Transport) {
    let link = LinkSettings(loss: .independent(rate: 1))
    var run = PathRun(.test(transport, proxies: 1), link: link)
    run.ask(at: 0)
    run.run(until: .seconds(100))
    #expect(run.finished.map(\.time) == [32_000])
    #expect(run.finished.map(\.status) == [408])
    let open = run.path.openMessages()
    #expect(open.map(\.request) == [0])
    #expect(open.map(\.delivered) == [nil])
  }

  @Test("a message inside a proxy is open on the next hop, not yet written")
  func openInProxy() {
    var run = PathRun(.test(.tcp, proxies: 1))
    run.ask(at: 0)
    run.run(until: .milliseconds(25))
    let open = run.path.openMessages()
    #expect(open.map(\.hop) == [1])
    #expect(open.map(\.received.inMilliseconds) == [25])
    #expect(open.map(\.written) == [nil])
  }

  @Test(
    "over lossy hops every request arrives once and in order, and nothing is left over",
    arguments: [.tcp, .tls12, .tls13] as [SignallingSettings.Transport],
    [1, 2, 3, 4] as [UInt64])
  func lossy(transport: SignallingSettings.Transport, seed: UInt64) {
    var settings = SignallingSettings.test(
      transport, proxies: 2, connection: seed % 2 == 0 ? .warm : .cold)
    settings.minimumRequestInterval = .milliseconds(300)
    let link = LinkSettings(loss: .independent(rate: 0.1), rate: .kilobitsPerSecond(500))
    var run = PathRun(settings, link: link, seed: seed)
    run.at(0, .repairWanted)
    run.at(120_000, .repairDone(byKeyFrame: false))
    run.run()
    #expect(run.sent.count == 400)
    #expect(run.received.count == 400)
    for hop in 0..<3 {
      for isResponse in [false, true] {
        let records = run.hops.filter { $0.hop == hop && $0.isResponse == isResponse }
        #expect(records.map(\.request) == Array(0..<400))
        let isEarly = records.contains { record in
          guard let written = record.written, let delivered = record.delivered else { return true }
          return delivered < written + record.undisturbed
        }
        #expect(!isEarly)
      }
    }
    #expect(run.path.openMessages().isEmpty)
  }

  @Test("the same seed gives the same course, another seed another")
  func determinism() {
    func course(_ seed: UInt64) -> [SignallingHopRecord] {
      let link = LinkSettings(loss: .independent(rate: 0.2))
      var run = PathRun(.test(.tls13, proxies: 1), link: link, seed: seed)
      run.at(0, .repairWanted)
      run.at(30_000, .repairDone(byKeyFrame: false))
      run.run()
      return run.hops
    }
    #expect(course(1) == course(1))
    #expect(course(1) != course(2))
  }
}
