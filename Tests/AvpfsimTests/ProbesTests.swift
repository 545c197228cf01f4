import Foundation
import Results
import Testing

@Suite("Command line: probes", .serialized)
struct ProbesTests {
  /// Every mechanism, and the conditions under which pasts and futures may differ most.
  private static let plan = """
    seeds: 2
    base:
      duration: 7s
      video: {source: talking-head, size: 160x120, rate: 15fps}
      codec: {rc_target_bitrate: 120, cpu-used: -16}
      network: {rtt: 60ms, loss: 5%, burst: 60ms, rate: 400kbps}
    groups:
      - name: whole
        seeds: 1
        set: {mechanism: pli}
      - name: mechanisms
        vary:
          mechanism: [none, sip-info, pli, fir, sli, rpsi, sli+rpsi, nack, nack+pli, sip-info+pli]
        probes: {count: 2, packets: [1, 4], horizon: 2s}
      - name: roads
        seeds: 1
        vary: {mechanism: [sip-info, pli]}
        situations:
          - name: shared
            set: {signalling: {share-access-links: true, proxies: 0}}
          - name: cold
            set: {signalling: {connection: cold, proxies: 2}}
          - name: busy
            set: {signalling: {load: {interval: 20ms}, transport: tcp, opposite-requests: 2s}}
          - name: datagrams
            set: {signalling: {transport: udp}}
        probes: {count: 2, horizon: 2s}
      - name: endpoints
        seeds: 1
        vary: {mechanism: [pli, sli+rpsi, nack+pli]}
        situations:
          - name: linphone
            set: {receiver: {profile: linphone}, sender: {profile: linphone}}
          - name: webrtc
            set: {receiver: {profile: webrtc}, sender: {profile: webrtc}}
          - name: layers
            set: {codec: {ts_number_layers: 2}}
          - name: no loss
            set: {network: {loss: 0%}}
        probes: {at: 3500ms, position: middle, horizon: 2s}
    """

  private func rows(_ folder: String) throws -> [ProbeRow] {
    try CSVRowReader<ProbeRow>(path: folder + "/probes.csv").all()
  }

  private func octets(_ folder: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder + "/probes.csv"))
  }

  @Test("branching gives the same octets as simulating each call anew, whatever the number of jobs")
  func branching() throws {
    try Program.withFolder { folder in
      try Self.plan.write(toFile: folder + "/p.yaml", atomically: true, encoding: .utf8)
      for (name, options) in [
        ("branched", ["--jobs", "1"]), ("both", ["--jobs", "2"]),
        ("replayed", ["--jobs", "2", "--replay-probes"]),
      ] {
        let result = try Program.run(["suite", "p.yaml", "-o", name] + options, in: folder)
        #expect(result.code == 0, "\(result.complaint)")
      }
      let branched = try octets(folder + "/branched")
      #expect(try branched == octets(folder + "/both"))
      #expect(try branched == octets(folder + "/replayed"))
      let rows = try rows(folder + "/branched")
      // PLI does not differ between the roads.
      #expect(rows.count == 10 * 2 * 4 + 5 * 2 + 12)
      let failures = rows.filter { if case .failed = $0.outcome { true } else { false } }
      #expect(failures.isEmpty, "\(failures.map(\.outcome))")
    }
  }

  @Test("a future that is killed costs its row, and the exit code 3")
  func killedFuture() throws {
    try Program.withFolder { folder in
      // Futures that last long enough to be met.
      let plan = """
        base: {duration: 60min, mechanism: none, video: {size: 160x120, rate: 10fps}}
        groups:
          - name: g
            set: {sender: {periodic-key-frames: never}}
            probes: {at: [2s, 3s], horizon: 59min}
          - name: h
            set: {sender: {periodic-key-frames: never}, duration: 10s}
            probes: {at: [2s]}
        """
      try plan.write(toFile: folder + "/p.yaml", atomically: true, encoding: .utf8)
      let process = try Program.start(["suite", "p.yaml", "-o", "out", "--jobs", "1"], in: folder)
      defer {
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
      }
      var killed = 0
      for _ in 0..<4_000 where killed < 2 && process.isRunning {
        usleep(5_000)
        for worker in Program.children(of: process.processIdentifier) {
          for future in Program.children(of: worker) where kill(future, SIGKILL) == 0 {
            killed += 1
            usleep(50_000)
          }
        }
      }
      process.waitUntilExit()
      #expect(killed == 2 && process.terminationStatus == 3)
      let rows = try rows(folder + "/out")
      #expect(rows.count == 3)
      #expect(rows[0].outcome == .failed("future ended by signal 9"))
      #expect(rows[1].outcome == .failed("future ended by signal 9"))
      if case .failed(let reason) = rows[2].outcome { Issue.record("\(reason)") }
    }
  }
}
