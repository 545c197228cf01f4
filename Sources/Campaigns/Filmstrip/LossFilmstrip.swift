import CallSimulation
import Configuration
import MediaSession
import Results
import SimulationKernel
import VP8Codec

/// The pictures around a call's first loss, for several mechanisms side by side.
public struct LossFilmstrip {
  /// Compared with the scenario's own where nothing else is said.
  public static let mechanisms: [Mechanism] = [.none, .sipInfo, .pli, .sliRpsi, .nackPli]
  /// After the loss nothing is shown beyond this.
  static let longest = SimDuration.seconds(3)
  static let columnCount = 9

  private let node: ConfigurationNode
  private let source: String?
  private let clip: Clip
  /// The frame that is hit first, and the last one that is filmed.
  private let lossFrame: Int
  private let lastFrame: Int

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
    lossFrame = episode.firstDamagedFrame
    lastFrame = min(
      records.totals.frames - 1, lossFrame + clip.frameRate.frameCount(within: Self.longest))
  }

  /// Simulates the call with each mechanism, up to where it is filmed, and draws the sheet.
  ///
  /// - Parameter progress: called with each mechanism and the simulated time; what it throws ends it.
  public func drawn(
    _ mechanisms: [Mechanism], progress: @escaping (Mechanism, SimTime) throws -> Void
  ) throws -> Picture {
    var takes: [(mechanism: Mechanism, film: ScreenFilm)] = []
    for mechanism in mechanisms {
      let film = ScreenFilm(frames: max(lossFrame - 1, 0)..<lastFrame + 1)
      var scenario = try scenario(mechanism)
      let end = clip.frameRate.captureTime(ofFrame: Int64(lastFrame + 1))
      scenario.duration = min(scenario.duration, end + .seconds(1))
      _ = try simulateCall(scenario, clip: clip, film: film) { try progress(mechanism, $0) }
      takes.append((mechanism, film))
    }
    return filmstrip(takes).drawn()
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
  public static func write(_ sheet: Picture, to path: String) throws {
    try WholeFile.write(to: path) { partial in try PNGFile.write(sheet, to: partial) }
  }

  private func filmstrip(_ takes: [(mechanism: Mechanism, film: ScreenFilm)]) -> Filmstrip {
    let repairs = takes.map { repair(in: $0.film) }
    let askers = zip(takes, repairs).filter { $0.0.mechanism != .none }
    let slowest = askers.map { $0.1 ?? lastFrame }.max() ?? repairs.map { $0 ?? lastFrame }.max()
    let frames = shownFrames(until: min(lastFrame, (slowest ?? lastFrame) + 1))
    var rows = [
      Filmstrip.Row(
        title: "source", note: "what was filmed",
        pictures: frames.map { (clip.picture(at: $0), .source) })
    ]
    for ((mechanism, film), repair) in zip(takes, repairs) {
      let note =
        repair.map { "repaired after\n\(milliseconds($0)) ms" }
        ?? "not repaired in\n\(milliseconds(lastFrame)) ms"
      rows.append(
        Filmstrip.Row(
          title: mechanism.rawValue, note: note,
          pictures: frames.map { frame in
            film[frame].map { ($0.picture, Filmstrip.Mark($0.shown)) }
          }))
    }
    return Filmstrip(
      columns: frames.map { frame in
        "\(frame < lossFrame ? "-" : "+")\(milliseconds(frame).magnitude) ms"
      }, rows: rows)
  }

  /// Of the loss and the time up to a frame, in equal steps, first the one before the loss if any.
  private func shownFrames(until last: Int) -> [Int] {
    let steps = Self.columnCount - 2
    var frames = lossFrame > 0 ? [lossFrame - 1] : []
    for step in 0...steps {
      let frame = lossFrame + (last - lossFrame) * step / steps
      if frames.last.map({ frame > $0 }) ?? true { frames.append(frame) }
    }
    return frames
  }

  /// The first frame that is exact again behind the first that is not; nil where none is.
  private func repair(in film: ScreenFilm) -> Int? {
    let frames = lossFrame...lastFrame
    guard let broken = frames.first(where: { film[$0].map { $0.shown != .exact } ?? false }) else {
      return lossFrame
    }
    return frames.first { $0 > broken && film[$0]?.shown == .exact }
  }

  /// From the capture of the frame that was hit.
  private func milliseconds(_ frame: Int) -> Int {
    let time =
      clip.frameRate.captureTime(ofFrame: Int64(frame))
      - clip.frameRate.captureTime(ofFrame: Int64(lossFrame))
    return Int((time.inSeconds * 1_000).rounded())
  }
}

extension Filmstrip.Mark {
  init(_ shown: FrameRecord.Shown) {
    switch shown {
    case .exact: self = .exact
    case .drifted: self = .drifted
    case .frozen, .blank, .pending: self = .frozen
    }
  }
}
