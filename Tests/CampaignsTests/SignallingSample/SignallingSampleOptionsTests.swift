import CallSimulation
import Configuration
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Options of a signalling sample")
struct SignallingSampleOptionsTests {
  @Test("what a user says becomes the settings of each hop")
  func settings() throws {
    var options = SignallingSampleOptions()
    options.rtt = "100ms"
    options.loss = "2%"
    options.hops = 3
    options.rate = "1Mbps"
    options.queue = "10kB"
    options.burst = "20kB"
    options.spacing = "500ms"
    options.usesNagle = true
    options.hasReply = true
    let settings = try options.settings()
    #expect(settings.hops.count == 3)
    for hop in settings.hops {
      for link in [hop.towardsSender, hop.towardsReceiver] {
        #expect(link.oneWayDelay == .milliseconds(50))
        #expect(link.loss == .independent(rate: 0.02))
        #expect(link.rate == .kilobitsPerSecond(1_000))
        #expect(link.queueLimit == .milliseconds(80) && link.queueOctets == 10_000)
      }
    }
    #expect(settings.burstOctets == 20_000 && settings.answerOctets != nil && settings.tcp.nagle)
    #expect(settings.spacing == .milliseconds(500)...(.milliseconds(500)))
  }

  @Test(
    "what cannot be is refused in one sentence that names the option",
    arguments: [
      ("--rtt", "50"), ("--rtt", "-50ms"), ("--rtt", "fast"), ("--loss", "101%"),
      ("--loss", "-1%"), ("--loss", "0.02"), ("--rate", "0kbps"), ("--rate", "1"),
      ("--burst", "20"), ("--burst", "0B"), ("--spacing", "3s..2s"), ("--spacing", "1s..2s..3s"),
      ("--spacing", ".."), ("--size", "0B"), ("--transport", "sctp"), ("--tcp-profile", "bsd"),
      ("--queue", "10kB"),
    ])
  func refused(option: String, text: String) {
    var options = SignallingSampleOptions()
    switch option {
    case "--rtt": options.rtt = text
    case "--loss": options.loss = text
    case "--rate": options.rate = text
    case "--burst": options.burst = text
    case "--spacing": options.spacing = text
    case "--size": options.size = text
    case "--transport": options.transport = text
    case "--tcp-profile": options.profile = text
    default: options.queue = text
    }
    let error = #expect(throws: ConfigurationError.self) { try options.settings() }
    let sentence = error?.description ?? ""
    #expect(sentence.hasPrefix("\(option): "))
    #expect(sentence.contains("expected ") && !sentence.contains("\n"))
  }

  @Test("a sample that would take centuries is refused")
  func span() {
    var options = SignallingSampleOptions()
    options.spacing = "86400s"
    options.messages = 200_000
    let error = #expect(throws: ConfigurationError.self) { try options.settings() }
    #expect(error?.description.hasPrefix("--messages: found 200000 with a --spacing of") == true)
  }

  @Test(
    "numbers beyond their range are refused",
    arguments: [("--hops", 0), ("--hops", 10), ("--connections", 0), ("--messages", -1)])
  func numbers(option: String, number: Int) {
    var options = SignallingSampleOptions()
    switch option {
    case "--hops": options.hops = number
    case "--connections": options.connections = number
    default: options.messages = number
    }
    let error = #expect(throws: ConfigurationError.self) { try options.settings() }
    #expect(error?.description.hasPrefix("\(option): found \(number), expected ") == true)
  }

  @Test("a certificate and a resumed session matter where TLS connections are opened")
  func handshakes() throws {
    var options = SignallingSampleOptions()
    options.isCold = true
    options.certificate = "rsa-chain"
    options.resumesSessions = true
    #expect(try options.settings().tls?.certificate == .rsaChain)
    #expect(try options.settings().tls?.isResumed == true)
    options.isCold = false
    #expect(throws: ConfigurationError.self) { try options.settings() }
    options.isCold = true
    options.transport = "tcp"
    let error = #expect(throws: ConfigurationError.self) { try options.settings() }
    #expect(
      error?.description
        == "--certificate: found with --transport tcp, expected tls1.2 or tls1.3")
  }

  @Test("UDP has neither Nagle's algorithm, nor connections, nor a line to wait in")
  func datagrams() {
    for (option, set) in [
      ("--nagle", { $0.usesNagle = true }), ("--nodelay", { $0.usesNagle = false }),
      ("--cold", { $0.isCold = true }), ("--reply", { $0.hasReply = true }),
      ("--tcp-profile", { $0.profile = "rfc" }), ("--size", { $0.size = "66kB" }),
      ("--fragment-loss", { $0.fragmentLoss = "10%" }), ("--burst", { $0.burst = "20kB" }),
    ] as [(String, (inout SignallingSampleOptions) -> Void)] {
      var options = SignallingSampleOptions()
      options.transport = "udp"
      set(&options)
      let error = #expect(throws: ConfigurationError.self) { try options.settings() }
      #expect(error?.description.hasPrefix("\(option): ") == true)
    }
  }
}
