import Foundation

/// Writes Corpus/: small inputs from the project's own writers, the same ones every time.
@main
enum Seeds {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: seeds FOLDER")
      exit(64)
    }
    let folder = URL(fileURLWithPath: CommandLine.arguments[1])
    let all =
      rtpPackets + packetOrders + rtcpPackets + vp8Frames + y4mStreams + ivfFiles + captureFiles
      + sipStreams + sessionDescriptions + csvFiles + scenarioFiles + signallingOptions
      + commandLines + traceFiles + journals
    for seed in all {
      let target = folder.appendingPathComponent(seed.target)
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      try Data(seed.octets).write(to: target.appendingPathComponent(seed.name))
    }
  }
}

/// One input of a target.
struct Seed {
  let target: String
  let name: String
  let octets: [UInt8]

  init(_ target: String, _ name: String, _ octets: [UInt8]) {
    self.target = target
    self.name = name
    self.octets = octets
  }

  init(_ target: String, _ name: String, _ text: String) {
    self.init(target, name, [UInt8](text.utf8))
  }
}
