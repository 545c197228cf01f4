import CallSimulation
import Configuration
import Foundation
import MediaSession
import Results
import SimulationKernel
import VP8Codec

/// The pictures around a call's first loss, for several mechanisms side by side.
public struct LossFilmstrip {
  /// Compared with the scenario's own where nothing else is said.
  public static let mechanisms: [Mechanism] = [.none, .sipInfo, .pli, .sliRpsi, .nackPli]

  private let node: ConfigurationNode
  private let source: String?
  private let clip: Clip
  private let sheet: FilmSheet

  /// - Parameters:
  ///   - node, source: what the scenario was read from.
  ///   - records: of the scenario's own call.
  /// - Throws: where the call lost nothing.
  public init(
    _ node: ConfigurationNode, source: String?, clip: Clip, records: CallRecords
  ) throws(CampaignError) {
    guard let episode = records.episodes.first else {
      throw .usage(
        "--filmstrip: the call lost nothing, so there is no loss to draw; expected network.loss or "
          + "network.lose in the scenario")
    }
    self.node = node
    self.source = source
    self.clip = clip
    sheet = FilmSheet(
      clip: clip, lossFrame: episode.firstDamagedFrame, frameCount: records.totals.frames)
  }

  /// Simulates the call with each mechanism, up to where it is filmed, and draws the sheet.
  ///
  /// - Parameter progress: called with each mechanism and the simulated time; what it throws ends it.
  public func drawn(
    _ mechanisms: [Mechanism], progress: @escaping (Mechanism, SimTime) throws -> Void
  ) throws -> Picture {
    var takes: [(mechanism: Mechanism, film: ScreenFilm)] = []
    for mechanism in mechanisms {
      let film = sheet.film()
      var scenario = try scenario(mechanism)
      let end = clip.frameRate.captureTime(ofFrame: Int64(sheet.lastFrame + 1))
      scenario.duration = min(scenario.duration, end + .seconds(1))
      _ = try simulateCall(scenario, clip: clip, film: film) { try progress(mechanism, $0) }
      takes.append((mechanism, film))
    }
    return sheet.drawn(takes)
  }

  /// The scenario as it is with another mechanism: what follows from that follows anew.
  private func scenario(_ mechanism: Mechanism) throws(ConfigurationError) -> Scenario {
    var node = node
    if case .mapping(let entries) = node.content {
      node = ConfigurationNode(.mapping(entries.filter { $0.key != "sdp" }), place: node.place)
    }
    let name = ConfigurationNode(.scalar(mechanism.rawValue), place: node.place)
    return try ScenarioReader.read(node.setting(["mechanism"], to: name), source: source)
  }

  /// Reads the names of mechanisms from a list with commas.
  public static func mechanisms(named list: String) throws(CampaignError) -> [Mechanism] {
    var found: [Mechanism] = []
    for name in list.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      guard let mechanism = Mechanism(rawValue: name) else {
        let names = Mechanism.allCases.map(\.rawValue)
        let hint = nearestName(to: name, among: names).map { " (did you mean \($0)?)" } ?? ""
        throw .usage(
          "--mechanisms: found \"\(name)\", expected some of \(names.joined(separator: ", "))\(hint)"
        )
      }
      guard !found.contains(mechanism) else {
        throw .usage("--mechanisms: found \(name) twice, expected it once")
      }
      found.append(mechanism)
    }
    return found
  }

  /// Writes the sheet beside its place and then moves it there.
  ///
  /// - Returns: the file's octets.
  @discardableResult
  public static func write(_ sheet: Picture, to path: String) throws -> [UInt8] {
    var octets: [UInt8] = []
    try WholeFile.write(to: path) { partial in
      try PNGFile.write(sheet, to: partial)
      octets = try [UInt8](Data(contentsOf: URL(fileURLWithPath: partial)))
    }
    return octets
  }
}
