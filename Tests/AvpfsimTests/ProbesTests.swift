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

  /// A clip of a moving slope.
  private func writeClip(to path: String) throws {
    var octets = Data("YUV4MPEG2 W160 H120 F15:1 Ip A1:1 C420jpeg\n".utf8)
    for frame in 0..<30 {
      octets += Data("FRAME\n".utf8)
      for row in 0..<120 {
        octets += Data(
          (0..<160).map { UInt8(truncatingIfNeeded: 40 + ($0 + row + 3 * frame) % 160) })
      }
      octets += Data(repeating: 128, count: 2 * 80 * 60)
    }
    try octets.write(to: URL(fileURLWithPath: path))
  }

  @Test("where a file's frames offer fewer probes than the plan asks for, each group says so once")
  func fewerProbes() throws {
    try Program.withFolder { folder in
      try writeClip(to: folder + "/clip.y4m")
      let base = """
        base: {duration: 6s, video: {source: clip.y4m}, sender: {reference-interval: 1s}}
        groups:
        """
      let key = "  - {name: k, seeds: 2, probes: {count: 3, frames: key, horizon: 2s}}\n"
      let golden = """
          - name: g
            vary: {mechanism: [pli, sli+rpsi]}
            probes: {count: 30, frames: golden, horizon: 2s}

        """
      try (base + "\n" + key + golden).write(
        toFile: folder + "/p.yaml", atomically: true, encoding: .utf8)
      let some = try Program.run(["suite", "p.yaml", "-o", "out", "--jobs", "2"], in: folder)
      #expect(some.code == 0, "\(some.complaint)")
      let made = try rows(folder + "/out").count
      #expect(made > 0 && made < 60)
      #expect(
        some.complaint
          == "avpfsim: group k: found no key frame to probe in any call, expected 6 probes; other frames, "
          + "longer calls, an earlier from or a shorter horizon give more\n"
          + "avpfsim: group g: found a golden frame for \(made) probes, expected 60; other frames, longer "
          + "calls, an earlier from or a shorter horizon give more\n")
      try (base + "\n" + key).write(toFile: folder + "/k.yaml", atomically: true, encoding: .utf8)
      let none = try Program.run(["suite", "k.yaml", "-o", "none"], in: folder)
      #expect(none.code == 2)
      #expect(
        none.complaint.hasSuffix(
          "\navpfsim: none: found no frame to probe in any group, expected one; there is nothing to "
            + "show\n"))
      #expect(!Program.names(folder + "/none").contains("journal.avpf"))
    }
  }
}
