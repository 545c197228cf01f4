import Foundation
import MediaSession
import Testing

@Suite("Captures before Wireshark", .enabled(if: Wireshark.isInstalled, Wireshark.missing))
struct CaptureTests {
  /// A call with losses both ways, and a capture of it.
  private func withCall(
    _ scenario: String, _ body: (String, Wireshark) throws -> Void
  ) throws {
    try Program.withFolder { folder in
      let text =
        "duration: 8s\nvideo: {size: 160x120, rate: 15fps}\n"
        + "network: {rtt: 80ms, loss: 12%, lose: [{frame: 20, packet: 0}]}\n" + scenario
      try text.write(toFile: folder + "/call.yaml", atomically: false, encoding: .utf8)
      let result = try Program.run(
        ["run", "call.yaml", "-o", "out", "--capture", "call.pcapng"], in: folder)
      #expect(result.code == 0, "\(result.complaint)")
      try body(folder + "/out", Wireshark(path: folder + "/call.pcapng"))
    }
  }

  private static let resumption =
    "TLS: This session reuses previously negotiated keys (Session resumption)"

  /// What Wireshark may remark: that it reads VP8 only in part, that a session of TLS 1.2 is resumed,
  /// and what TCP did about losses.
  private func isExpected(_ remark: String) -> Bool {
    if remark == "VP8: Payload not fully decoded" || remark == Self.resumption { return true }
    return remark.hasPrefix("TCP: ")
      && ["retransmission", "out-of-order", "Duplicate ACK", "D-SACK"].contains {
        remark.contains($0)
      }
  }

  /// Nothing is malformed, no checksum wrong, and no packet left as mere data.
  private func expectDissected(_ capture: Wireshark) throws {
    for (remark, count) in try capture.remarks() where !isExpected(remark) {
      Issue.record("\(count) times \(remark)")
    }
    for frame in try capture.frames(["frame.number", "frame.protocols"]) {
      let protocols = frame["frame.protocols", default: ""].split(separator: ":")
      let isKnown = ["rtp", "rtcp", "sip", "tls", "tcp"].contains { protocols.contains($0) }
      #expect(isKnown && !protocols.contains("data"), "frame \(frame)")
    }
  }

  // MARK: Media and RTCP

  @Test("every packet is dissected, whatever the mechanism", arguments: Mechanism.allCases)
  func dissection(mechanism: Mechanism) throws {
    try withCall("mechanism: \(mechanism.rawValue)\n") { _, capture in
      try expectDissected(capture)
    }
  }

  @Test("a packet of each partition is dissected, where the first one does not end its packet")
  func partitions() throws {
    let text = "mechanism: nack+pli\nrtp: {packetization: partitions}\ncodec: {token-parts: 2}\n"
    try withCall(text) { _, capture in try expectDissected(capture) }
  }

  @Test("reduced-size RTCP is dissected")
  func reducedSize() throws {
    try withCall("mechanism: pli\nrtcp: {reduced-size: true}\n") { _, capture in
      try expectDissected(capture)
      #expect(
        try !capture.frames(["rtcp.pt"], where: "rtcp.pt == 206 && !(rtcp.pt == 201)").isEmpty)
    }
  }

  @Test("lost packets are at the sender, with the reason, and not at the receiver")
  func losses() throws {
    try withCall("mechanism: pli\n") { results, capture in
      let frames = try capture.frames(["frame.interface_name", "frame.comment"], where: "rtp")
      let sent = frames.filter { $0["frame.interface_name"] == "sender" }
      let received = frames.filter { $0["frame.interface_name"] == "receiver" }
      let lost = sent.filter { $0["frame.comment", default: ""].hasPrefix("lost on the way") }
      let rows = try rows(of: results + "/frames.csv")
      let total = { (column: String) in rows.reduce(0) { $0 + Int($1[column]!)! } }
      #expect(sent.count == total("packets"))
      #expect(lost.count == total("packets_lost") && lost.count > 5)
      #expect(lost.contains { $0["frame.comment"] == "lost on the way: on purpose" })
      let underWay = sent.filter { $0["frame.comment"] == "under way when the call ends" }
      #expect(received.count == sent.count - lost.count - underWay.count)
      #expect(received.allSatisfy { $0["frame.comment"] == "" })
    }
  }

  /// How a kind of feedback shows in Wireshark: the field, and its value.
  private static let feedbackFields: [String: (field: String, value: String)] = [
    "nack": ("rtcp.rtpfb.fmt", "1"), "pli": ("rtcp.psfb.fmt", "1"),
    "sli": ("rtcp.psfb.fmt", "2"), "rpsi": ("rtcp.psfb.fmt", "3"),
    "fir": ("rtcp.psfb.fmt", "4"),
  ]

  @Test(
    "Wireshark counts the feedback that feedback.csv tells, sent and received",
    arguments: Mechanism.allCases)
  func feedback(mechanism: Mechanism) throws {
    try withCall("mechanism: \(mechanism.rawValue)\n") { results, capture in
      let rows = try rows(of: results + "/feedback.csv")
      let frames = try capture.frames(
        ["frame.interface_name", "rtcp.rtpfb.fmt", "rtcp.psfb.fmt"], where: "rtcp")
      for (kind, (field, value)) in Self.feedbackFields {
        let counted = { (interface: String) in
          frames.filter { $0["frame.interface_name"] == interface }.reduce(0) {
            $0 + $1[field, default: ""].split(separator: "|").count { $0 == value }
          }
        }
        // Requests that go in one RTCP packet go in one NACK; the others have a message each.
        let told = { (column: String) in
          let times = rows.filter { $0["kind"] == kind }.map { $0[column]! }.filter { $0 != "" }
          return kind == "nack" ? Set(times).count : times.count
        }
        #expect(counted("receiver") == told("sent_ms"), "\(kind) sent")
        #expect(counted("sender") == told("received_ms"), "\(kind) received")
      }
      if mechanism.usesRTCPFeedback {
        #expect(rows.contains { Self.feedbackFields[$0["kind"]!] != nil && $0["sent_ms"] != "" })
      }
    }
  }

  // MARK: Signalling

  @Test(
    "every segment and message of the signalling is dissected, and INFOs are as many as told",
    arguments: ["udp", "tcp", "tls1.2", "tls1.3"], [true, false])
  func signalling(transport: String, isWarm: Bool) throws {
    let scenario =
      "mechanism: sip-info\nsignalling: {transport: \(transport), connection: \(isWarm || transport == "udp" ? "warm" : "cold"), proxies: 2}\n"
    try withCall(scenario) { results, capture in
      try expectDissected(capture)
      let rows = try rows(of: results + "/feedback.csv")
      let frames = try capture.frames([
        "frame.interface_name", "sip.Method", "sip.Status-Code", "tls.handshake.type",
        "tcp.flags.syn",
      ])
      for hop in 0...2 {
        let hasTLS = transport.hasPrefix("tls")
        let interface = "sip-hop\(hop)" + (hasTLS ? "-clear" : "")
        let on = frames.filter { $0["frame.interface_name"] == interface }
        for (kind, field, value) in [
          ("info", "sip.Method", "INFO"), ("200", "sip.Status-Code", "200"),
        ] {
          let told = rows.count {
            $0["kind"] == kind && $0["hop"] == "\(hop)" && $0["sent_ms"] != ""
          }
          let counted = on.count {
            $0[field, default: ""].split(separator: "|").contains { $0 == value }
          }
          // Over UDP what is lost goes again as it was.
          #expect(
            told > 0 && (transport == "udp" ? counted >= told : counted == told),
            "\(kind) on hop \(hop)")
        }
        let wire = frames.filter { $0["frame.interface_name"] == "sip-hop\(hop)" }
        #expect(wire.contains { $0["tcp.flags.syn"] == "1" } == (!isWarm && transport != "udp"))
        // A ClientHello where there is a handshake of TLS.
        #expect(
          wire.contains { $0["tls.handshake.type"] == "1" } == (!isWarm && hasTLS))
      }
    }
  }

  @Test(
    "handshakes of every kind of certificate and resumed ones are dissected",
    arguments: ["tls1.2", "tls1.3"], ["rsa", "ecdsa-chain", "rsa-chain", "resumed"])
  func handshakes(transport: String, kind: String) throws {
    let isResumed = kind == "resumed"
    let how = isResumed ? "resumption: true" : "certificate: \(kind)"
    let scenario =
      "mechanism: sip-info\nsignalling: {transport: \(transport), connection: cold, proxies: 0, \(how)}\n"
    try withCall(scenario) { _, capture in
      try expectDissected(capture)
      let frames = try capture.frames(
        ["tls.handshake.certificate_length", "tls.handshake.extension.type"],
        where: "tls.handshake.type == 1 || tls.handshake.type == 11")
      let certificates = frames.flatMap {
        $0["tls.handshake.certificate_length", default: ""].split(separator: "|")
      }
      // TLS 1.3 hides them.
      let expected = [
        "rsa": ["793"], "ecdsa-chain": ["985", "1121"], "rsa-chain": ["1350", "1295"],
      ]
      #expect(
        certificates.map { String($0) } == (transport == "tls1.3" ? [] : expected[kind] ?? []))
      let told = try capture.remarks().contains { $0.0 == Self.resumption }
      #expect(told == (isResumed && transport == "tls1.2"))
      // pre_shared_key.
      let offersKey = frames.contains {
        $0["tls.handshake.extension.type", default: ""].split(separator: "|").contains("41")
      }
      #expect(offersKey == (isResumed && transport == "tls1.3"))
    }
  }

  @Test("what Wireshark takes for lost and sent again is what the model lost")
  func retransmissions() throws {
    try withCall("mechanism: sip-info\nsignalling: {transport: tcp, proxies: 0}\n") { _, capture in
      let frames = try capture.frames(
        ["frame.comment", "tcp.seq", "tcp.len", "tcp.srcport", "tcp.analysis.retransmission"],
        where: "tcp && tcp.len > 0")
      let lost = frames.filter { $0["frame.comment", default: ""].hasPrefix("lost on the way") }
      #expect(!lost.isEmpty)
      for frame in lost {
        let copies = frames.filter {
          $0["tcp.seq"] == frame["tcp.seq"] && $0["tcp.srcport"] == frame["tcp.srcport"]
            && $0["tcp.analysis.retransmission"] != ""
        }
        #expect(!copies.isEmpty, "\(frame)")
      }
    }
  }
}
