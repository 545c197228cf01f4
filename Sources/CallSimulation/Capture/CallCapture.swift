import MediaSession
import NetworkModels
import Results
import Signalling
import SimulationKernel
import WireFormats

/// Writes a call's packets into a pcapng file; a call has one only where a capture is asked for.
///
/// Media and RTCP pass two interfaces, one at either end, so that a lost packet stands at the first
/// and not at the second, with a comment that says where it was lost. A SIP hop has one interface,
/// on which each segment stands once, when it leaves its end.
final class CallCapture {
  /// Numbers of the interfaces that every capture has.
  enum Interface {
    static let setup: UInt32 = 0
    static let sender: UInt32 = 1
    static let receiver: UInt32 = 2
    static let firstHop: UInt32 = 3
  }

  /// What a packet belongs to, as far as its ports say.
  enum MediaKind: UInt16 {
    case rtp = 0
    case rtcp = 1
  }

  let scenario: Scenario
  let hosts: CaptureHosts
  let end: SimTime
  var file: CaptureFile
  var hops: [CapturedHop] = []
  private var packetIdentifier: UInt64 = 0
  /// IPv4 identification, a host's next; only media and RTCP count here.
  private var nextFromSender: UInt16 = 1
  private var nextFromReceiver: UInt16 = 1

  /// - Throws: `OutputError` where the file cannot be made.
  init(_ scenario: Scenario, identity: SessionIdentity, path: String) throws {
    self.scenario = scenario
    var settings = scenario.signalling
    // Without signalling the set-up is between the parties alone.
    if !scenario.mechanism.usesSIP { settings.proxies = 0 }
    let hosts = CaptureHosts(settings: settings)
    self.hosts = hosts
    end = .zero + scenario.duration
    if scenario.mechanism.usesSIP {
      hops = (0...settings.proxies).map { CapturedHop($0, hosts: hosts, seed: scenario.seed) }
    }
    file = try CaptureFile(
      path: path,
      header: PcapngSectionHeader(
        comment: "A simulated call: \(scenario.name), mechanism \(scenario.mechanism.rawValue), "
          + "seed \(scenario.seed). Times count from the call's beginning, which is put at "
          + "2020-01-01 00:00:00 UTC.",
        application: "avpfsim"),
      interfaces: Self.interfaces(hosts, hops: hops, isSecure: scenario.rtp.usesSRTP))
    for message in CallSetup(scenario, hosts: hosts).messages {
      add(message, on: Interface.setup, comment: nil, now: .zero)
    }
  }

  private static func interfaces(
    _ hosts: CaptureHosts, hops: [CapturedHop], isSecure: Bool
  ) -> [PcapngInterfaceDescription] {
    let security = isSecure ? ", in clear text without what SRTP adds" : ""
    let fixed = [
      ("setup", "call set-up, NOT SIMULATED: tells what RTP's ports and payload types mean"),
      ("sender", "media and RTCP at the sender, \(CaptureHosts.sender)\(security)"),
      ("receiver", "media and RTCP at the receiver, \(CaptureHosts.receiver)\(security)"),
    ]
    return (fixed + hops.flatMap { $0.interfaces(hosts) }).map {
      PcapngInterfaceDescription(name: $0.0, description: $0.1)
    }
  }

  /// Completes the file.
  ///
  /// - Throws: `OutputError` for the first thing that went wrong.
  func commit() throws {
    try file.commit(end: end)
  }

  // MARK: Media and RTCP

  /// An RTP packet leaves the sender; `isScripted` where it is lost on purpose.
  func mediaSent(
    _ octets: UnsafeRawBufferPointer, _ outcome: Link.Outcome, isScripted: Bool = false,
    now: SimTime
  ) {
    sent(octets, .rtp, byReceiver: false, outcome, isScripted: isScripted, now: now)
  }

  /// A compound RTCP packet leaves one of the ends.
  func rtcpSent(
    _ octets: UnsafeRawBufferPointer, byReceiver: Bool, _ outcome: Link.Outcome,
    isScripted: Bool = false, now: SimTime
  ) {
    sent(octets, .rtcp, byReceiver: byReceiver, outcome, isScripted: isScripted, now: now)
  }

  private func sent(
    _ payload: UnsafeRawBufferPointer, _ kind: MediaKind, byReceiver: Bool,
    _ outcome: Link.Outcome, isScripted: Bool, now: SimTime
  ) {
    let sender = InternetEndpoint(
      CaptureHosts.sender, port: CaptureHosts.senderPort + kind.rawValue)
    let receiver = InternetEndpoint(
      CaptureHosts.receiver, port: CaptureHosts.receiverPort + kind.rawValue)
    let identification = byReceiver ? nextFromReceiver : nextFromSender
    let octets = InternetPacket.udp(
      from: byReceiver ? receiver : sender, to: byReceiver ? sender : receiver,
      identification: identification, payload: payload)
    if byReceiver { nextFromReceiver &+= 1 } else { nextFromSender &+= 1 }
    packetIdentifier += 1
    var packet = PcapngEnhancedPacket(
      interface: byReceiver ? Interface.receiver : Interface.sender, timestamp: 0,
      octets: octets, direction: .outbound, packetIdentifier: packetIdentifier,
      comment: fate(outcome, isScripted: isScripted))
    file.add(packet, at: now, now: now)
    guard case .delivered(let arrival) = outcome else { return }
    packet.interface = byReceiver ? Interface.sender : Interface.receiver
    packet.direction = .inbound
    packet.comment = nil
    file.add(packet, at: arrival, now: now)
  }

  /// What happened to a packet on its way; nil where it arrives.
  func fate(_ outcome: Link.Outcome, isScripted: Bool) -> String? {
    switch outcome {
    case .lost where isScripted: "lost on the way: on purpose"
    case .lost: "lost on the way: by the channel"
    case .dropped: "lost on the way: the bottleneck's queue was full"
    case .delivered(let arrival) where arrival >= end: "under way when the call ends"
    case .delivered: nil
    }
  }

  /// A packet that stands in the file once.
  func add(_ octets: [UInt8], on interface: UInt32, comment: String?, now: SimTime) {
    let packet = PcapngEnhancedPacket(
      interface: interface, timestamp: 0, octets: octets, comment: comment)
    file.add(packet, at: now, now: now)
  }
}
