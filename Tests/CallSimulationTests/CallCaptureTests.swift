import Foundation
import MediaSession
import Results
import Signalling
import SimulationKernel
import Testing
import WireFormats

@testable import CallSimulation

/// A capture, read back.
private struct Capture {
  var interfaces: [PcapngInterfaceDescription] = []
  var packets: [PcapngEnhancedPacket] = []

  init(_ scenario: Scenario) throws {
    let path = NSTemporaryDirectory() + "capture-\(UUID().uuidString).pcapng"
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try scenario.simulated(outputs: CallOutputs(capture: path))
    let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var interfaces: [PcapngInterfaceDescription] = []
    var packets: [PcapngEnhancedPacket] = []
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      var blocks = PcapngBlocks(reader)
      while let block = try blocks.next() {
        switch block {
        case .interfaceDescription(let interface): interfaces.append(interface)
        case .enhancedPacket(let packet): packets.append(packet)
        case .sectionHeader, .other: break
        }
      }
    }
    self.interfaces = interfaces
    self.packets = packets
  }

  func number(of name: String) throws -> UInt32 {
    UInt32(try #require(interfaces.firstIndex { $0.name == name }))
  }

  /// Packets on an interface to or from a UDP port.
  func packets(on name: String, port: UInt16) throws -> [PcapngEnhancedPacket] {
    let number = try number(of: name)
    return try packets.filter { packet in
      guard packet.interface == number else { return false }
      return try withReader(over: packet.octets) { (reader: inout ByteReader) throws(WireError) in
        _ = try IPv4Header(parsing: &reader)
        let header = try UDPHeader(parsing: &reader)
        return header.sourcePort == port || header.destinationPort == port
      }
    }
  }
}

extension PcapngEnhancedPacket {
  /// Nanoseconds since the call's beginning.
  fileprivate var time: Int64 {
    Int64(timestamp - 1_577_836_800_000_000_000)
  }
}

@Suite("A call's capture")
struct CallCaptureTests {
  @Test("a lost packet stands at the sender, with the reason, and not at the receiver")
  func loss() throws {
    let capture = try Capture(smallScenario(.pli, losing: [(30, 0)]))
    let sent = try capture.packets(on: "sender", port: CaptureHosts.senderPort)
    let received = try capture.packets(on: "receiver", port: CaptureHosts.senderPort)
    let lost = sent.filter { $0.comment == "lost on the way: on purpose" }
    #expect(lost.count == 1)
    // Frame 30 is captured at 1,200 ms.
    #expect(lost.first?.time == 1_200_000_000)
    #expect(!received.contains { $0.packetIdentifier == lost.first?.packetIdentifier })
    // The last frame's packet is still under way at the end of the 4 s: it leaves at 3.96 s.
    let underWay = sent.filter { $0.comment == "under way when the call ends" }
    #expect(underWay.isEmpty)
    #expect(sent.count == received.count + 1)
  }

  @Test("what arrives after the call's end is said to be under way")
  func underWay() throws {
    var scenario = smallScenario(.pli)
    scenario.media.forward.oneWayDelay = .milliseconds(45)
    let capture = try Capture(scenario)
    let sent = try capture.packets(on: "sender", port: CaptureHosts.senderPort)
    // Frame 99 leaves at 3,960 ms.
    #expect(
      sent.filter { $0.comment == "under way when the call ends" }.map(\.time) == [3_960_000_000])
  }

  @Test("a packet arrives as the same octets after the path's delay, and times never go back")
  func delay() throws {
    let capture = try Capture(smallScenario(.sliRpsi, losing: [(30, 0)]))
    #expect(zip(capture.packets, capture.packets.dropFirst()).allSatisfy { $0.time <= $1.time })
    let received = capture.packets.filter { $0.direction == .inbound }
    #expect(received.count > 100)
    for packet in received {
      let sent = capture.packets.first {
        $0.packetIdentifier == packet.packetIdentifier && $0.direction == .outbound
      }
      #expect(sent?.octets == packet.octets)
      #expect(sent.map { packet.time - $0.time } == 25_000_000)
    }
  }

  @Test("a TCP hop's segments hold the SIP messages, whole and in order")
  func messages() throws {
    var scenario = smallScenario(.sipInfo, losing: [(30, 0)])
    scenario.signalling.transport = .tcp
    scenario.signalling.connection = .cold
    let capture = try Capture(scenario)
    for hop in 0..<2 {
      let number = try capture.number(of: "sip-hop\(hop)")
      var framers = [SIPFramer(), SIPFramer()]
      var flags: [TCPHeader.Flags] = []
      for packet in capture.packets where packet.interface == number {
        try withReader(over: packet.octets) { (reader: inout ByteReader) throws(WireError) in
          _ = try IPv4Header(parsing: &reader)
          let header = try TCPHeader(parsing: &reader)
          flags.append(header.flags)
          framers[header.destinationPort == 5_060 ? 0 : 1].append(Array(reader.unread))
        }
      }
      #expect(Array(flags.prefix(3)) == [.syn, [.syn, .ack], .ack])
      let info = try #require(try framers[0].next())
      #expect(info.isPictureFastUpdate)
      #expect(info.elements(of: SIPHeaderName.via).count == hop + 1)
      #expect(info.elements(of: SIPHeaderName.route).count == 1 - hop)
      let answer = try #require(try framers[1].next())
      #expect(answer.status == 200 && answer.topVia?.branch == info.topVia?.branch)
      // RFC 3581 section 4: with the port that this hop's connection was opened from.
      #expect(answer.topVia?.responsePort == 50_000 + hop)
    }
  }

  @Test("a connection that takes a dead one's place is captured from its SYN on, messages whole")
  func replacedConnection() throws {
    for transport in [SignallingSettings.Transport.tcp, .tls12, .tls13] {
      var scenario = smallScenario(.sipInfo, seconds: 6, losing: [(30, 0)])
      scenario.signalling.transport = transport
      scenario.signalling.proxies = 1
      scenario.signalling.connection = .halfDead
      scenario.signalling.giveUp = .seconds(1)
      scenario.signalling.load = SignallingLoad(interval: .milliseconds(100))
      let capture = try Capture(scenario)
      let number = try capture.number(of: "sip-hop0")
      var framers = [SIPFramer(), SIPFramer()]
      var synchronized = 0
      for packet in capture.packets where packet.interface == number {
        try withReader(over: packet.octets) { (reader: inout ByteReader) throws(WireError) in
          _ = try IPv4Header(parsing: &reader)
          let header = try TCPHeader(parsing: &reader)
          if header.flags == .syn { synchronized += 1 }
          guard synchronized > 0, transport == .tcp else { return }
          framers[header.destinationPort == 5_060 ? 0 : 1].append(Array(reader.unread))
        }
      }
      #expect(synchronized == 1)
      guard transport == .tcp else { continue }
      var methods: Set<String> = []
      while let message = try framers[0].next() { methods.insert(message.method ?? "") }
      #expect(methods == ["INFO", "NOTIFY"])
    }
  }

  @Test("a TLS hop's clear text stands on an interface of its own")
  func clearText() throws {
    let capture = try Capture(smallScenario(.sipInfo, losing: [(30, 0)]))
    #expect(
      capture.interfaces.map(\.name) == [
        "setup", "sender", "receiver", "sip-hop0", "sip-hop0-clear", "sip-hop1", "sip-hop1-clear",
      ])
    for hop in 0..<2 {
      let messages = try capture.packets(on: "sip-hop\(hop)-clear", port: 5_060).map { packet in
        try SIPMessage(octets: Array(packet.octets[28...]))
      }
      #expect(messages.map(\.method) == ["INFO", nil])
    }
  }

  @Test(
    "the payloads of a capture, put together, are the frames that were encoded",
    arguments: [(0, "partitions"), (2, "partitions"), (0, "balanced"), (3, "fill")])
  func payloads(tokenPartitions: Int, mode: String) throws {
    var scenario = smallScenario(.pli, seconds: 2)
    scenario.codec.tokenPartitions = tokenPartitions
    scenario.codec.targetBitrate = 800
    scenario.rtp.packetization = try #require(VP8Packetization(rawValue: mode))
    var frames: [UInt32: [UInt8]] = [:]
    for packet in try Capture(scenario).packets(on: "sender", port: CaptureHosts.senderPort) {
      try withReader(over: packet.octets) { (reader: inout ByteReader) throws(WireError) in
        _ = try IPv4Header(parsing: &reader)
        _ = try UDPHeader(parsing: &reader)
        let header = try RTPHeader(parsing: &reader)
        guard header.payloadType == SessionIdentity.payloadType else { return }
        _ = try VP8PayloadDescriptor(parsing: &reader)
        frames[header.timestamp, default: []] += reader.unread
      }
    }
    let path = NSTemporaryDirectory() + "sent-\(UUID().uuidString).ivf"
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try scenario.simulated(outputs: CallOutputs(sent: path))
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var encoded: [[UInt8]] = []
    try withReader(over: file) { (reader: inout ByteReader) throws(WireError) in
      _ = try IVFHeader(parsing: &reader)
      while !reader.isAtEnd {
        let header = try IVFFrameHeader(parsing: &reader)
        encoded.append([UInt8](try reader.read(Int(header.frameByteCount), "frame")))
      }
    }
    #expect(encoded.count == 50)
    #expect(frames.sorted { $0.key < $1.key }.map(\.value) == encoded)
  }

  @Test("the largest packet has 1500 octets, where it is sent again and the payload the largest")
  func largestPacket() throws {
    var scenario = smallScenario(.nack, losing: [(0, 1), (30, 0)])
    scenario.codec.targetBitrate = 1_000
    scenario.encoderControl.maximumPayload = MediaPacketSize(scenario).largestPayload
    let sent = try Capture(scenario).packets(on: "sender", port: CaptureHosts.senderPort)
    #expect(sent.map(\.octets.count).max() == MediaPacketSize.largest)
  }

  @Test(
    "the set-up makes the dialog that the INFOs are in, by way of all proxies", arguments: [0, 2])
  func setup(proxies: Int) throws {
    var scenario = smallScenario(.sipInfo, losing: [(30, 0)])
    scenario.signalling.proxies = proxies
    let capture = try Capture(scenario)
    let read = { (interface: String) in
      try capture.packets(on: interface, port: 5_060).map { packet in
        try SIPMessage(octets: Array(packet.octets[28...]))
      }
    }
    let setup = try read("setup")
    #expect(setup.map(\.method) == ["INVITE", nil, "ACK"])
    for message in setup { #expect(throws: Never.self) { try message.checkComposition() } }
    let (invite, ok, acknowledgement) = (setup[0], setup[1], setup[2])
    #expect(ok.topVia == invite.topVia?.received(from: "192.0.2.10", port: 50_000))
    let dialog = try #require(SIPDialog(callerOf: invite, response: ok))
    #expect(dialog.routeSet.count == proxies)
    let info = try #require(try read("sip-hop0-clear").first)
    for request in [acknowledgement, info] {
      #expect(request.callIdentifier == dialog.callIdentifier)
      #expect(request.from?.tag == dialog.localTag && request.to?.tag == dialog.remoteTag)
      #expect(request.routes?.map(\.uri) == dialog.routeSet)
      guard case .request(_, dialog.remoteTarget) = request.startLine else {
        Issue.record("\(request.startLine)")
        continue
      }
    }
    #expect([invite, ok, acknowledgement, info].map { $0.sequence?.number } == [1, 1, 1, 2])
    #expect(Set([invite, acknowledgement, info].map { $0.topVia?.branch }).count == 3)
  }

  @Test("the records of a call do not depend on what is written beside them")
  func records() throws {
    let scenario = smallScenario(.sipInfo, losing: [(30, 0)])
    let base = NSTemporaryDirectory() + "outputs-\(UUID().uuidString)"
    let outputs = CallOutputs(
      capture: base + ".pcapng", sent: base + ".ivf", shown: base + ".y4m")
    defer {
      for path in [outputs.capture, outputs.sent, outputs.shown] {
        try? FileManager.default.removeItem(atPath: path!)
      }
    }
    #expect(try scenario.simulated(outputs: outputs) == scenario.simulated())
  }
}
