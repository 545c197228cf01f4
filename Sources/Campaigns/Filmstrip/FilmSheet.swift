import CallSimulation
import MediaSession
import Results
import SimulationKernel
import VP8Codec

/// A sheet of pictures around a loss, a row for each call that was filmed.
struct FilmSheet {
  /// After the loss nothing is shown beyond this.
  static let longest = SimDuration.seconds(3)
  static let columnCount = 9

  let clip: Clip
  /// The frame that is hit first, and the last one that is filmed.
  let lossFrame: Int
  let lastFrame: Int

  /// - Parameter frameCount: of the call.
  init(clip: Clip, lossFrame: Int, frameCount: Int) {
    self.clip = clip
    self.lossFrame = lossFrame
    lastFrame = min(
      frameCount - 1, lossFrame + clip.frameRate.frameCount(within: Self.longest))
  }

  /// Takes the pictures that the sheet is drawn from.
  func film() -> ScreenFilm { ScreenFilm(frames: max(lossFrame - 1, 0)..<lastFrame + 1) }

  func drawn(_ takes: [(mechanism: Mechanism, film: ScreenFilm)]) -> Picture {
    filmstrip(takes).drawn()
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
