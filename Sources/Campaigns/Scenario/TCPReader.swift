import Configuration
import NetworkModels
import Signalling
import SimulationKernel

/// Reads `signalling.tcp`: the constants of the connections under SIP.
enum TCPReader {
  private static let keys = [
    "profile", "nagle", "initial-window", "minimum-timeout", "tail-loss-probe", "rack", "cubic",
    "timer-wheel",
  ]

  /// - Parameter transport: the signalling's; UDP has no connections.
  static func read(
    _ signalling: ConfigurationReader, transport: SignallingSettings.Transport
  ) throws(ConfigurationError) -> TCPProfile {
    guard let reader = try signalling.mapping("tcp", keys: keys) else { return .linux }
    guard transport != .udp else {
      throw signalling.error(
        "tcp", "given beside transport udp, expected tcp, tls1.2 or tls1.3")
    }
    var profile =
      try reader.value("profile", ConfigurationValue<TCPProfileName>.oneOf)?.profile ?? .linux
    if let nagle = try reader.value("nagle", .boolean) { profile.nagle = nagle }
    if let window = try reader.value("initial-window", .integer(1...100)) {
      profile.initialWindow = window
    }
    if let timeout = try reader.value("minimum-timeout", .duration(.zero ... .seconds(60))) {
      profile.minimumTimeout = timeout
    }
    if let probes = try reader.value("tail-loss-probe", .boolean) {
      profile.usesTailLossProbe = probes
    }
    if let rack = try reader.value("rack", .boolean) { profile.usesRACK = rack }
    if let cubic = try reader.value("cubic", .boolean) { profile.usesCubic = cubic }
    if let wheel = try reader.value("timer-wheel", .boolean) { profile.usesTimerWheel = wheel }
    return profile
  }
}

/// The names of TCP's constants.
enum TCPProfileName: String, CaseIterable, Sendable {
  case linux, rfc

  var profile: TCPProfile {
    switch self {
    case .linux: .linux
    case .rfc: .rfc
    }
  }
}
