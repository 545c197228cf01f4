import SimulationKernel

/// An episode drawn as a ladder: a lane for each place, time downward, and a numbered list that tells
/// the same.
struct Ladder {
  static let width = 380.0
  private static let firstLane = 82.0
  private static let lastLane = 348.0
  private static let top = 46.0

  private let call: CallRecords
  private let episode: EpisodeRecord
  private let steps: [EpisodeStep]
  private let states: [(from: SimTime, shown: FrameRecord.Shown)]
  private let lanes: [Lane]
  private let scale: LadderScale

  init(_ call: CallRecords, _ episode: EpisodeRecord) {
    self.call = call
    self.episode = episode
    let source = EpisodeSteps(call, episode)
    steps = source.drawn
    states = source.screenStates
    let proxies = call.conditions.proxies ?? 0
    lanes =
      [.sender, .network] + (0..<proxies).reversed().map(Lane.proxy) + [.receiver, .screen]
    scale = LadderScale(steps.map(\.time) + [episode.end], top: Self.top)
  }

  /// What the template `ladder` shows.
  var content: [String: Any] {
    [
      "width": text(Self.width), "height": text(scale.bottom + 16),
      "alternative": alternative, "lanes": laneContent, "screen": screenContent,
      "rows": rowContent, "waits": waitContent,
      "arrows": steps.indices.flatMap { arrows(at: $0) }, "points": pointContent,
      "steps": steps.enumerated().map { index, step in
        [
          "number": "\(index + 1)", "offset": offset(step.time), "name": step.name,
          "detail": step.detail,
        ]
      },
    ]
  }

  private var alternative: String {
    let outcome =
      episode.isCensored ? "still broken at the call's end" : "repaired"
    return "Ladder of episode \(episode.episode + 1): \(outcome) after "
      + "\(FigureText.grouped(episode.duration)), in \(steps.count) steps. "
      + "The list with it tells each."
  }

  // MARK: Parts

  private var laneContent: [[String: String]] {
    lanes.map { lane in
      [
        "x": text(place(lane)), "name": name(lane), "top": text(Self.top - 10),
        "bottom": text(scale.bottom + 10), "anchor": "middle",
      ]
    }
  }

  private var screenContent: [[String: String]] {
    states.enumerated().map { index, state in
      let from = scale[max(state.from, episode.lost)]
      let to = index + 1 < states.count ? scale[states[index + 1].from] : scale.bottom
      return [
        "x": text(place(.screen) - 5), "y": text(from), "height": text(max(1, to - from)),
        "state": state.shown.rawValue,
      ]
    }
  }

  private var rowContent: [[String: String]] {
    zip(scale.rows, scale.places).map { time, place in
      [
        "y": text(place), "label": offset(time), "textY": text(place + 3.5),
        "left": text(Self.firstLane - 18), "right": text(Self.width - 6),
      ]
    }
  }

  private var waitContent: [[String: String]] {
    scale.shortened.map { wait in
      ["y": text(wait.place + 3), "label": FigureText.grouped(wait.span)]
    }
  }

  private func arrows(at index: Int) -> [[String: String]] {
    let step = steps[index]
    switch step.mark {
    case .point: return []
    case .arrow(let from, let to, let arrives, let kind):
      return [
        line(from, step.time, place(to), scale[min(arrives, episode.end)], kind, isCut: false)
      ]
    case .cut(let from, let to, let kind):
      let end = (place(from) + place(to)) / 2
      return [line(from, step.time, end, scale[step.time] + 9, kind, isCut: kind == .lost)]
    }
  }

  private func line(
    _ from: Lane, _ time: SimTime, _ x: Double, _ y: Double, _ kind: StepMark.Kind, isCut: Bool
  ) -> [String: String] {
    let (startX, startY) = (place(from), scale[time])
    return [
      "kind": kind.rawValue, "x1": text(startX), "y1": text(startY), "x2": text(x), "y2": text(y),
      "head": isCut ? cross(x, y) : arrowHead(from: startX, startY, to: x, y),
    ]
  }

  private func cross(_ x: Double, _ y: Double) -> String {
    "M\(text(x - 4)) \(text(y - 4))L\(text(x + 4)) \(text(y + 4))"
      + "M\(text(x - 4)) \(text(y + 4))L\(text(x + 4)) \(text(y - 4))"
  }

  /// Two strokes back from the tip, on either side of the line.
  private func arrowHead(from x1: Double, _ y1: Double, to x: Double, _ y: Double) -> String {
    let length = max(1, ((x - x1) * (x - x1) + (y - y1) * (y - y1)).squareRoot())
    let (along, across) = ((x - x1) / length, (y - y1) / length)
    let (backX, backY) = (x - 7 * along, y - 7 * across)
    return "M\(text(backX - 3.2 * across)) \(text(backY + 3.2 * along))L\(text(x)) \(text(y))"
      + "L\(text(backX + 3.2 * across)) \(text(backY - 3.2 * along))"
  }

  /// A dot for each lane and instant, with the numbers of its steps.
  private var pointContent: [[String: String]] {
    var points: [(lane: Lane, y: Double, kind: StepMark.Kind, numbers: [Int])] = []
    for (index, step) in steps.enumerated() {
      let (lane, kind): (Lane, StepMark.Kind) =
        switch step.mark {
        case .point(let lane, let kind): (lane, kind)
        case .arrow(let from, _, _, let kind), .cut(let from, _, let kind): (from, kind)
        }
      let y = scale[step.time]
      if let place = points.firstIndex(where: { $0.lane == lane && abs($0.y - y) < 0.5 }) {
        points[place].numbers.append(index + 1)
      } else {
        points.append((lane, y, kind, [index + 1]))
      }
    }
    var labels = LabelRow()
    return points.map { point in
      // Above, on the side where arrows of its kind neither come nor go.
      let isLeft =
        point.kind != .repair && point.kind != .media && point.lane != .sender
        && point.lane != .screen
      let isBelow = point.lane == .sender && point.kind != .repair && point.kind != .media
      let label = ranges(point.numbers)
      let labelY = point.y + (isBelow ? 11 : -3.5)
      let side = place(point.lane) + (isLeft ? -6 : 8)
      return [
        "x": text(place(point.lane)), "y": text(point.y), "kind": point.kind.rawValue,
        "label": label, "anchor": isLeft ? "end" : "start",
        "labelX": text(labels.place(label, at: side, labelY, leftward: isLeft)),
        "labelY": text(labelY),
      ]
    }
  }

  /// "3–5" of numbers in a row, "3, 7" of others.
  private func ranges(_ numbers: [Int]) -> String {
    var parts: [String] = []
    var start = 0
    for index in numbers.indices {
      let isLast = index + 1 == numbers.count || numbers[index + 1] != numbers[index] + 1
      guard isLast else { continue }
      parts.append(start == index ? "\(numbers[index])" : "\(numbers[start])–\(numbers[index])")
      start = index + 1
    }
    return parts.joined(separator: ", ")
  }

  private func place(_ lane: Lane) -> Double {
    let index = lanes.firstIndex(of: lane) ?? 0
    let step = (Self.lastLane - Self.firstLane) / Double(lanes.count - 1)
    return Self.firstLane + step * Double(index)
  }

  private func name(_ lane: Lane) -> String {
    switch lane {
    case .sender: "Sender"
    case .network: lanes.count > 6 ? "Net" : "Network"
    case .proxy(let number): lanes.count > 5 ? "P\(number + 1)" : "Proxy \(number + 1)"
    case .receiver: lanes.count > 6 ? "Rcv" : "Receiver"
    case .screen: "Screen"
    }
  }

  private func offset(_ time: SimTime) -> String {
    let offset = (time - episode.lost).inMilliseconds
    return (offset < 0 ? "" : "+") + FixedPoint.text(offset, decimals: 1)
  }

  private func text(_ value: Double) -> String { FigureText.trimmed((value * 10).rounded() / 10) }
}

/// Keeps labels of one lane from lying on each other: one that would is put beside.
private struct LabelRow {
  private static let height = 9.0
  private static let digit = 6.0
  private var taken: [(left: Double, right: Double, y: Double)] = []

  /// - Returns: where the label's near end goes.
  mutating func place(_ label: String, at x: Double, _ y: Double, leftward: Bool) -> Double {
    let width = Double(label.count) * Self.digit
    var x = x
    func box() -> (left: Double, right: Double, y: Double) {
      leftward ? (x - width, x, y) : (x, x + width, y)
    }
    while let other = taken.first(where: {
      abs($0.y - y) < Self.height && $0.left < box().right && box().left < $0.right
    }) {
      x = leftward ? other.left - 3 : other.right + 3
    }
    taken.append(box())
    return x
  }
}
