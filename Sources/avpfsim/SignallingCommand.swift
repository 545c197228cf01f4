import ArgumentParser
import Campaigns
import Configuration

/// `avpfsim signalling`
struct SignallingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signalling",
    abstract: "Sample how long a SIP message takes over a signalling path.",
    discussion: """
      Sends messages over TCP, TLS or UDP through lossy hops, without a call, and prints how \
      their delivery times are distributed. Round trip, loss and rate are those of each hop; n \
      hops have n - 1 proxies between them.

      Example:
        avpfsim signalling --rtt 50ms --loss 2%
        avpfsim signalling --rtt 100ms --loss 5% --hops 3 --csv delays.csv
        avpfsim signalling --rtt 50ms --loss 5% --cold --transport tls1.2
        avpfsim signalling --rtt 50ms --burst 20kB --rate 1Mbps
        avpfsim signalling --transport udp --size 2kB --fragment-loss 10%
        avpfsim signalling --messages 1 --connections 1 --script "drop data 1,2"
      """)

  @Option(name: .long, parsing: .unconditional, help: "Round trip of a hop.") var rtt =
    SignallingSampleOptions().rtt

  @Option(
    name: .long, parsing: .unconditional,
    help: "Loss of each packet of a hop, both ways, acknowledgements too.")
  var loss = SignallingSampleOptions().loss

  @Option(
    name: .long, parsing: .unconditional,
    help: "Connections on the way: 1 is direct, 2 have a proxy between them.")
  var hops = SignallingSampleOptions().hops

  @Option(name: .long, parsing: .unconditional, help: "tcp, tls1.2, tls1.3 or udp.")
  var transport = SignallingSampleOptions().transport

  @Flag(
    name: .long,
    help: "Opens the connections anew for each message, and counts from the start of connecting.")
  var cold = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "With --cold, the server's: ecdsa, rsa, ecdsa-chain or rsa-chain (default: ecdsa).",
      valueName: "kind"))
  var certificate: String?

  @Flag(name: .long, help: "With --cold, handshakes resume an earlier session.")
  var resumption = false

  @Flag(name: .long, help: "Sends small segments at once (TCP_NODELAY); the default.")
  var nodelay = false

  @Flag(name: .long, help: "Nagle's algorithm: a small segment waits for the acknowledgement.")
  var nagle = false

  @Option(
    name: .long, parsing: .unconditional,
    help: "Between two messages of a connection, drawn evenly from this range.")
  var spacing = SignallingSampleOptions().spacing

  @Option(
    name: .long, parsing: .unconditional,
    help: "Connections, one after the other, each with its own chance.")
  var connections = SignallingSampleOptions().connections

  @Option(name: .long, parsing: .unconditional, help: "Messages on each connection.")
  var messages = SignallingSampleOptions().messages

  @Option(name: .long, parsing: .unconditional, help: "Octets of a message.") var size =
    SignallingSampleOptions().size

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Other signalling that is written just before each message.", valueName: "20kB"))
  var burst: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Rate of a hop, both ways (default: unlimited).", valueName: "1Mbps"))
  var rate: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Queue before the rate (default: 64kB).", valueName: "64kB"))
  var queue: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Over UDP, fragments that routers drop of messages above the MTU.", valueName: "10%"))
  var fragmentLoss: String?

  @Flag(name: .long, help: "The far end answers each message with a 200 OK.") var reply = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Loses these on purpose: data, ack, syn, syn-ack or datagram, counted from 1.",
      valueName: "drop data 1,2"))
  var script: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: "TCP's constants: linux (measured) or rfc (default: linux).")
  var tcpProfile: String?

  @Option(name: .long, parsing: .unconditional, help: "The same seed gives the same delays.")
  var seed = SignallingSampleOptions().seed

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Writes a row for each message here.", valueName: "file"))
  var csv: String?

  func validate() throws {
    if nodelay, nagle {
      throw ValidationError("--nagle: found with --nodelay, expected one of them")
    }
  }

  func run() throws {
    var options = SignallingSampleOptions()
    options.rtt = rtt
    options.loss = loss
    options.hops = hops
    options.transport = transport
    options.isCold = cold
    options.certificate = certificate
    options.resumesSessions = resumption
    options.usesNagle = nagle ? true : (nodelay ? false : nil)
    options.spacing = spacing
    options.connections = connections
    options.messages = messages
    options.size = size
    options.burst = burst
    options.rate = rate
    options.queue = queue
    options.hasReply = reply
    options.fragmentLoss = fragmentLoss
    options.script = script
    options.profile = tcpProfile
    options.seed = seed
    let table = try SignallingSampleRun.run(options, csv: csv)
    print(table.text(usesColour: Terminal.usesColour), terminator: "")
  }
}
