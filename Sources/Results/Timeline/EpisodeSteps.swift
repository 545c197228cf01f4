import SimulationKernel

/// Where something of a call happens.
enum Lane: Hashable {
  case sender
  /// Between the endpoints, where packets are lost.
  case network
  /// A SIP proxy, from the receiver's side from 0.
  case proxy(Int)
  case receiver
  case screen
}

/// What one step of an episode looks like among the lanes.
enum StepMark: Equatable {
  /// What moves, for its colour.
  enum Kind: String {
    case media, request, transport, lost
    case repair = "repair-step"
  }
  case point(Lane, Kind)
  /// Something that leaves one lane and reaches another.
  case arrow(from: Lane, to: Lane, arrives: SimTime, Kind)
  /// Something that leaves a lane for another and does not reach it.
  case cut(from: Lane, to: Lane, Kind)
}

/// A step of an episode.
struct EpisodeStep: Equatable {
  var time: SimTime
  var name: String
  var detail: String
  var mark: StepMark
}

/// The steps of an episode, from the loss to the repair.
struct EpisodeSteps {
  /// How many of an episode's requests are told where there are more than both together.
  struct Limits {
    var first: Int
    var last: Int
    var all: Int
  }

  private let call: CallRecords
  private let episode: EpisodeRecord

  init(_ call: CallRecords, _ episode: EpisodeRecord) {
    self.call = call
    self.episode = episode
  }

  /// The steps that a story tells, in the order of time.
  var told: [EpisodeStep] { ordered(chain(Limits(first: 6, last: 3, all: 10), hasAnswers: true)) }

  /// The steps that a ladder shows: of requests fewer, of their answers those that refuse, and beyond
  /// the story what the sender and the screen did, and what TCP sent again.
  var drawn: [EpisodeStep] {
    let limits = Limits(first: 3, last: 2, all: 6)
    let steps = filming + chain(limits, hasAnswers: false) + transport + screen
    return ordered(steps.filter { $0.time <= episode.end })
  }

  /// Steps of one instant stay in the order of the chain.
  private func ordered(_ steps: [EpisodeStep]) -> [EpisodeStep] {
    steps.enumerated().sorted { a, b in
      (a.element.time, a.offset) < (b.element.time, b.offset)
    }.map(\.element)
  }

  private func chain(_ limits: Limits, hasAnswers: Bool) -> [EpisodeStep] {
    let packets = "\(episode.lostPackets) \(episode.lostPackets == 1 ? "packet" : "packets")"
    let frames = "\(episode.damagedFrames) \(episode.damagedFrames == 1 ? "frame" : "frames")"
    var steps = [
      EpisodeStep(
        time: episode.lost, name: "lost",
        detail: "frame \(episode.firstDamagedFrame); in all \(packets), \(frames) damaged",
        mark: .point(.network, .lost))
    ]
    func add(_ time: SimTime?, _ name: String, _ detail: String, _ mark: StepMark) {
      if let time { steps.append(EpisodeStep(time: time, name: name, detail: detail, mark: mark)) }
    }
    add(episode.noticed, "noticed", "by the receiver", .point(.receiver, .request))
    steps += messages(limits, hasAnswers: hasAnswers)
    add(
      episode.recoveryCaptured, "captured",
      "frame \(episode.repairFrame.map(String.init) ?? "?"), which repairs\(unasked): "
        + "\(episode.repairKind ?? "?"), \(episode.repairOctets.map(String.init) ?? "?") octets",
      episode.recoveryArrived.map {
        .arrow(from: .sender, to: .receiver, arrives: $0, .repair)
      } ?? .point(.sender, .repair))
    add(
      episode.recoveryArrived, "arrived", "its last packet",
      episode.recovered.map { .arrow(from: .receiver, to: .screen, arrives: $0, .repair) }
        ?? .point(.receiver, .repair))
    add(episode.recovered, "shown", "exact again", .point(.screen, .repair))
    if episode.isCensored {
      add(episode.end, "ended", "the call, the picture still broken", .point(.screen, .lost))
    }
    return steps
  }

  /// A frame may repair that no request has asked for, where it happens to refer to what is intact.
  private var unasked: String {
    episode.feedbackReady == nil && episode.repairKind != "key" ? ", unasked" : ""
  }

  // MARK: Requests

  /// The requests of an episode, hop by hop; of many the first and the last ones.
  private func messages(_ limits: Limits, hasAnswers: Bool) -> [EpisodeStep] {
    let rows = call.feedback.filter {
      $0.ready >= episode.lost && $0.ready <= episode.end && $0.outcome != "acknowledged"
        && (hasAnswers || !$0.kind.hasPrefix("2"))
    }
    let numbers = ResultSet.distinct(rows.map(\.message))
    let isLong = numbers.count > limits.all
    let told = isLong ? numbers.prefix(limits.first) + numbers.suffix(limits.last) : numbers[...]
    let copies = RequestCopies(call)
    var steps: [EpisodeStep] = []
    for row in rows where told.contains(row.message) { steps += self.steps(of: row, copies) }
    if isLong, let first = rows.first(where: { $0.message == numbers[limits.first] }) {
      let omitted = numbers.count - told.count
      steps.append(
        EpisodeStep(
          time: first.ready, name: "...", detail: "\(omitted) more requests",
          mark: .point(.receiver, .request)))
    }
    return steps
  }

  private func steps(of row: FeedbackRecord, _ copies: RequestCopies) -> [EpisodeStep] {
    let isResponse = Int(row.kind) != nil
    let isSIP = row.kind == "info" || isResponse
    let title = "\(row.kind) #\(row.message)" + (isSIP ? " on hop \(row.hop + 1)" : "")
    let near = isSIP ? element(row.hop) : .receiver
    let far = isSIP ? element(row.hop + 1) : .sender
    let (from, to) = isResponse ? (far, near) : (near, far)
    var steps: [EpisodeStep] = []
    func add(_ time: SimTime, _ name: String, _ detail: String, _ mark: StepMark) {
      steps.append(EpisodeStep(time: time, name: name, detail: detail, mark: mark))
    }
    if row.hop == 0, !isResponse {
      let about = row.frame.map { ", about frame \($0)" } ?? ""
      add(row.ready, "asked", "\(title)\(about)", .point(from, .request))
    }
    if let sent = row.sent {
      let mark: StepMark =
        row.received.map { .arrow(from: from, to: to, arrives: $0, .request) }
        ?? .cut(from: from, to: to, .lost)
      add(sent, "sent", "\(title), \(row.octets) octets", mark)
    }
    for (number, time) in copies.times(of: row).enumerated() where time <= episode.end {
      add(
        time, "sent again", "\(title), copy \(number + 1)",
        .cut(from: from, to: to, .transport))
    }
    if let received = row.received {
      add(received, "received", "\(title): \(row.outcome)", .point(to, .request))
    } else if let sent = row.sent, row.outcome == "lost" {
      add(sent, "request lost", title, .point(from, .lost))
    } else if row.outcome == "dropped" {
      add(row.ready, "dropped", "\(title): too long to wait", .point(from, .lost))
    }
    return steps
  }

  /// The SIP element at a place of the path, which begins at the receiver.
  private func element(_ place: Int) -> Lane {
    let proxies = call.conditions.proxies ?? 0
    if place == 0 { return .receiver }
    return place > proxies ? .sender : .proxy(place - 1)
  }

  // MARK: Beyond the story

  /// The frame that was hit, as its sender knows it.
  private var filming: [EpisodeStep] {
    guard let frame = call.frames.first(where: { $0.frame == episode.firstDamagedFrame }) else {
      return []
    }
    return [
      EpisodeStep(
        time: frame.captured, name: "captured",
        detail: "frame \(frame.frame), of which a packet is lost: \(frame.octets) octets",
        mark: .arrow(from: .sender, to: .network, arrives: episode.lost, .media))
    ]
  }

  /// What TCP lost and sent again, of much the first.
  private var transport: [EpisodeStep] {
    let seen = call.segments.filter { $0.sent >= episode.lost && $0.sent <= episode.end }
    return seen.prefix(8).map { segment in
      let (near, far) = (element(segment.hop), element(segment.hop + 1))
      let (from, to) = segment.isFromReceiverSide ? (near, far) : (far, near)
      let mark: StepMark =
        segment.arrived.map { .arrow(from: from, to: to, arrives: $0, .transport) }
        ?? .cut(from: from, to: to, .lost)
      let fate = segment.arrived == nil ? ", lost" : ""
      return EpisodeStep(
        time: segment.sent, name: segment.isRepeat ? "sent again" : "segment lost",
        detail: (segment.isRepeat ? "by TCP" : "of TCP") + " on hop \(segment.hop + 1)"
          + (segment.isRepeat ? fate : ""), mark: mark)
    }
  }

  /// When the screen first kept an older picture, and when it first showed what is not the sender's.
  private var screen: [EpisodeStep] {
    let details: [(shown: FrameRecord.Shown, detail: String)] = [
      (.frozen, "the screen keeps an older picture"),
      (.drifted, "what is on screen is not the sender's picture"),
    ]
    return details.compactMap { shown, detail in
      guard let first = screenStates.first(where: { $0.shown == shown }) else { return nil }
      return EpisodeStep(
        time: first.from, name: shown.rawValue, detail: detail, mark: .point(.screen, .lost))
    }
  }

  /// What was on screen from the loss to the end. When a frame was due that was not shown then, the
  /// records do not say: by the call's mean latency.
  var screenStates: [(from: SimTime, shown: FrameRecord.Shown)] {
    let latency = call.totals.meanLatency
    var states: [(from: SimTime, shown: FrameRecord.Shown)] = []
    for frame in call.frames where frame.shown != .pending {
      // One that came late was shown, but not when it was due.
      let isOnTime = frame.shown == .exact || frame.shown == .drifted
      let due = (isOnTime ? frame.displayed : nil) ?? frame.captured + latency
      guard due < episode.recovered ?? episode.end else { continue }
      let shown = frame.shown == .blank ? .frozen : frame.shown
      // Only the last state before the loss counts of all that were before.
      if due <= episode.lost { states.removeAll() }
      guard states.last?.shown != shown else { continue }
      states.append((max(due, episode.lost), shown))
    }
    if let recovered = episode.recovered { states.append((recovered, .exact)) }
    return states
  }
}
