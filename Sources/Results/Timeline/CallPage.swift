import Foundation
import SimulationKernel

/// One call as a page that needs nothing else: a ladder of each of its first episodes, and its story.
public struct CallPage: Sendable {
  /// In a results folder of `run`.
  public static let fileName = "call.html"
  /// How many episodes have a ladder.
  static let ladders = 6

  private let call: CallRecords
  private let filmstrip: [UInt8]?
  private let focus: Int?

  /// - Parameters:
  ///   - filmstrip: a PNG file's octets.
  ///   - focus: the episode that comes first; the others follow in their order.
  public init(_ call: CallRecords, filmstrip: [UInt8]? = nil, focus: Int? = nil) {
    self.call = call
    self.filmstrip = filmstrip
    self.focus = focus
  }

  /// The page.
  ///
  /// - Throws: never for templates that are as they were built.
  public func html() throws -> String {
    let story = CallStory(call)
    let first = call.episodes.filter { $0.episode == focus }
    let shown = (first + call.episodes.filter { $0.episode != focus }).prefix(Self.ladders)
    let rest = call.episodes.count - shown.count
    let content: [String: Any] = [
      "title": "One call: \(MechanismStyle.title(of: call.conditions.mechanism))",
      "headlines": headlines,
      "conditions": story.header.split(separator: "\n").map(String.init),
      "filmstrip": filmstrip.map {
        [
          ["data": Data($0).base64EncodedString(), "alternative": Self.filmstripWords]
            as [String: Any]
        ]
      } ?? [],
      "episodes": shown.map(content),
      "rest": rest > 0 ? ["The story tells \(rest) more, without a drawing."] : [],
      "definitions": CallPageTemplate.definitions.map { ["term": $0, "meaning": $1] },
      "story": story.text(),
    ]
    return try Page.html(
      body: CallPageTemplate.body, partials: ["ladder": CallPageTemplate.ladder], content)
  }

  private static let filmstripWords =
    "Pictures around the loss, a row for each mechanism: what was filmed, and what was on screen when. "
    + "The list below tells when it was repaired."

  private var headlines: [String] {
    guard let longest = call.episodes.max(by: { $0.duration < $1.duration }) else {
      return ["No packet was lost on the way: the picture stayed exact."]
    }
    let open = call.episodes.count { $0.isCensored }
    let length = FigureText.grouped(longest.duration)
    let isAlone = call.episodes.count == 1
    let count = isAlone ? "One damage episode" : "\(call.episodes.count) damage episodes"
    let outcome =
      switch (open, isAlone) {
      case (0, true): "repaired after \(length)."
      case (0, false): "all repaired. The longest took \(length)."
      case (_, true): "open at the call's end, \(length) later."
      case (_, false):
        "\(call.episodes.count - open) repaired, \(open) open at the call's end. The longest took "
          + "\(length)."
      }
    let broken = FixedPoint.text(call.totals.brokenTime.inSeconds, decimals: 2)
    let duration = FixedPoint.text(call.totals.duration.inSeconds, decimals: 2)
    return [
      "\(count), \(outcome)",
      "\(explanation(longest).sentence)"
        + (!isAlone ? " (Episode \(longest.episode + 1).)" : ""),
      "The screen did not show the sender's picture for \(broken) s of \(duration) s.",
    ]
  }

  private func explanation(_ episode: EpisodeRecord) -> Explanation {
    Explanation(episode, call.conditions, feedback: call.feedback)
  }

  private func content(_ episode: EpisodeRecord) -> [String: Any] {
    let explanation = explanation(episode)
    let length = FigureText.grouped(episode.duration)
    let outcome =
      episode.isCensored
      ? "still broken at the call's end, \(length) later" : "repaired after \(length)"
    return [
      "heading": "Episode \(episode.episode + 1), frame \(episode.firstDamagedFrame): \(outcome)",
      "sentence": explanation.sentence, "bar": [explanation.bar],
      "ladder": [Ladder(call, episode).content],
    ]
  }
}
