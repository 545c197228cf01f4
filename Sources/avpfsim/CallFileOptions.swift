import ArgumentParser
import CallSimulation
import Campaigns
import Foundation
import Results

/// Files that `avpfsim run` writes beside the results.
struct CallFileOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Writes every packet here, for Wireshark: media, RTCP and signalling.",
      valueName: "pcapng"))
  var capture: String?

  @Option(
    name: .long, help: ArgumentHelp("Writes every encoded frame here.", valueName: "ivf"))
  var ivf: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Writes here what the viewer saw, frame by frame.", valueName: "y4m"))
  var y4m: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Writes here the pictures around the first loss, a row for each mechanism.",
      valueName: "png"))
  var filmstrip: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The filmstrip's rows, such as pli,sip-info (default: the scenario's, none, sip-info, pli, sli+rpsi, nack+pli).",
      valueName: "list"))
  var mechanisms: String?

  private var all: [(flag: String, path: String?)] {
    [("--capture", capture), ("--ivf", ivf), ("--y4m", y4m), ("--filmstrip", filmstrip)]
  }

  func validate() throws {
    if mechanisms != nil, filmstrip == nil {
      throw ValidationError("--mechanisms: given without --filmstrip, expected both")
    }
    do { _ = try mechanisms.map(LossFilmstrip.mechanisms(named:)) } catch {
      throw ValidationError("\(error)")
    }
    let named = all.compactMap {
      (flag, path) in path.map { (flag, URL(fileURLWithPath: $0).standardized.path) }
    }
    for (flag, path) in all where path == "" {
      throw ValidationError("\(flag): found nothing, expected a file's path")
    }
    for (index, (flag, path)) in named.enumerated() {
      for (earlier, other) in named[..<index] where other == path {
        throw ValidationError(
          "\(flag): found the file of \(earlier), expected one of its own")
      }
    }
  }

  /// Finds out before the call, not after it, whether the filmstrip can be written.
  func probeFilmstrip() throws {
    if let filmstrip { _ = try GrowingFile(path: filmstrip) }
  }

  /// Refuses to write over a file that the call is made from, by whatever path it is named.
  func refuseInputs(_ inputs: [(path: String, role: String)]) throws {
    for (flag, path) in all {
      guard let path, let identity = FileIdentity(path) else { continue }
      for input in inputs where FileIdentity(input.path) == identity {
        throw CampaignError.usage(
          "\(flag): \(path) is the call's \(input.role), expected a file of its own")
      }
    }
  }

  var outputs: CallOutputs { CallOutputs(capture: capture, sent: ivf, shown: y4m) }
}

/// Which file a path leads to, links followed; nil where there is none.
private struct FileIdentity: Equatable {
  private let device: UInt64
  private let number: UInt64

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }
}
