import MediaSession
import Results
import Signalling
import SimulationKernel
import VP8Codec
import WireFormats

/// Turns a recorder's notes into a call's records, after the call.
struct RecordBuilder {
  let scenario: Scenario
  let clip: Clip
  let recorder: Recorder
  /// All SIP messages by hop, those still under way included.
  let hops: [SignallingHopRecord]
  let requests: RequestLog
  private let requestsByReadiness: [RequestIdentifier]
  private let causeOfPicture: [PictureNumber: RequestIdentifier]
  /// No frame is due longer after its capture than this: its way, and the playout.
  private let latestDisplay: SimDuration
  let end: SimTime

  init(
    scenario: Scenario, clip: Clip, recorder: Recorder, openHops: [SignallingHopRecord],
    end: SimTime
  ) {
    self.scenario = scenario
    self.clip = clip
    self.recorder = recorder
    self.end = end
    latestDisplay = scenario.longestLatency
    hops = recorder.hops + openHops
    requests =
      scenario.mechanism.usesSIP
      ? InfoTimeline(recorder: recorder, hops: hops, end: end).requests : recorder.requests
    requestsByReadiness = requests.identifiersByReadiness()
    causeOfPicture = requests.causes()
  }

  /// The requests that became ready from `begin` on and before `end`, in that order.
  func requestsReady(
    from begin: SimTime, before end: SimTime
  ) -> ArraySlice<RequestIdentifier> {
    let first = requestsByReadiness.partitionPoint { requests[$0].ready >= begin }
    let last = requestsByReadiness.partitionPoint { requests[$0].ready >= end }
    return requestsByReadiness[first..<max(first, last)]
  }

  func records(conditions: CallConditions, keepsFrames: Bool) -> CallRecords {
    CallRecords(
      conditions: conditions, totals: totals(), episodes: episodes(),
      frames: keepsFrames ? frames() : [], feedback: feedback())
  }

  // MARK: Episodes

  /// The first episode; nil where nothing was lost.
  func firstEpisode() -> EpisodeRecord? {
    recorder.episodes.episodes.first.map { record($0, number: 0) }
  }

  private func episodes() -> [EpisodeRecord] {
    recorder.episodes.episodes.enumerated().map { number, episode in
      record(episode, number: number)
    }
  }

  private func record(_ episode: EpisodeTracker.Episode, number: Int) -> EpisodeRecord {
    let losses = recorder.episodes.losses[episode.losses]
    let firstDamaged = losses.map(\.picture).min() ?? episode.newestDamaged
    var record = EpisodeRecord(
      episode: number, firstDamagedFrame: recorder.frames.index(of: firstDamaged),
      lost: episode.begin)
    record.lostPackets = losses.count
    record.damagedFrames = Set(losses.map(\.picture)).count
    record.noticed = episode.noticed
    record.falseRepair = episode.falseRepair
    record.isCensored = episode.repair == nil
    record.end = episode.repair?.displayed ?? end
    record.recovered = episode.repair?.displayed
    var cause: RequestIdentifier?
    if let repair = episode.repair {
      let frame = recorder.frames[recorder.frames.index(of: repair.picture)]
      record.repairFrame = recorder.frames.index(of: repair.picture)
      record.repairKind = frame.kind.rawValue
      record.repairOctets = frame.octets
      record.repairQuantizer = frame.quantizer
      record.recoveryCaptured = frame.captured
      record.recoveryArrived = frame.arrived
      cause = causeOfPicture[repair.picture]
      if frame.packetsLost > 0, let last = lastCompleted(of: episode, upTo: repair.picture) {
        // The frame itself was completed: its picture could not be exact otherwise.
        cause = last.completedBy
        record.repairKind = "retransmission"
        record.recoveryCaptured = cause.flatMap { requests[$0].retransmission?.sent }
        record.recoveryArrived = last.arrived
      }
    }
    if let cause {
      let request = requests[cause]
      record.feedbackReady = request.ready
      record.feedbackSent = request.sent
      record.feedbackReceived = request.received
    }
    // A request that became ready before the episode is not one of its own.
    record.requests = requestsReady(from: record.lost, before: record.end).count {
      requests[$0].sent.map { $0 < record.end } ?? false && !isAcknowledgement(requests[$0])
    }
    addScreen(to: &record)
    record.causes = causes(of: episode, record, repairedBy: cause)
    return record
  }

  /// Of the episode's damaged frames up to the repaired one, the one that was completed last: the
  /// repaired frame was shown once all those before it could be.
  private func lastCompleted(
    of episode: EpisodeTracker.Episode, upTo picture: PictureNumber
  ) -> FrameEntry? {
    let damaged = recorder.episodes.losses[episode.losses].lazy.filter { $0.picture <= picture }
    return damaged.map { recorder.frames[recorder.frames.index(of: $0.picture)] }
      .filter { $0.completedBy != nil }
      .max { $0.arrived! < $1.arrived! }
  }

  /// RPSI beside SLI only acknowledges.
  func isAcknowledgement(_ entry: RequestEntry) -> Bool {
    entry.kind == .rpsi && scenario.mechanism == .sliRpsi
  }

  /// What the viewer saw during the episode.
  private func addScreen(to record: inout EpisodeRecord) {
    var frozen = 0
    // Frames fall due in their order; the first ones, before anything had arrived, never do.
    let entries = recorder.frames.entries
    let first = entries.partitionPoint { $0.captured >= record.lost - latestDisplay }
    for frame in entries[first...] {
      guard let due = frame.due, due >= record.lost else { continue }
      guard due < record.end else { break }
      if frame.shown == .frozen { frozen += 1 }
      addQuality(of: frame, to: &record)
    }
    record.frozen = clip.frameRate.captureTime(ofFrame: Int64(frozen))
  }

  /// What the damage took from one frame: as far as what was on screen is further from the source
  /// than the encoder's own picture, for as long as a frame lasts. A frame that looks better by chance
  /// gives nothing back.
  private func addQuality(of frame: FrameEntry, to record: inout EpisodeRecord) {
    guard let shown = frame.shownQuality else { return }
    if let psnr = shown.lumaPSNR { record.lowestPSNR = min(record.lowestPSNR ?? psnr, psnr) }
    record.lowestSSIM = min(record.lowestSSIM ?? shown.ssim, shown.ssim)
    guard let encoded = frame.encodedQuality else { return }
    let seconds = clip.frameRate.captureTime(ofFrame: 1).inSeconds
    let bound = PictureQuality.identicalPSNR
    record.lostPSNR += max(0, (encoded.lumaPSNR ?? bound) - (shown.lumaPSNR ?? bound)) * seconds
    record.lostSSIM += max(0, encoded.ssim - shown.ssim) * seconds
  }

  // MARK: Frames and feedback

  private func frames() -> [FrameRecord] {
    recorder.frames.entries.enumerated().map { index, entry in
      var record = FrameRecord(frame: index, captured: entry.captured)
      record.kind = entry.kind
      record.referencesAllowed = names(entry.plan.allowed)
      record.referencesUsed = entry.used.map(names)
      record.referencesUpdated = entry.updated.map(names)
      record.octets = entry.octets
      record.packets = entry.packets
      record.packetsLost = entry.packetsLost
      record.missingPartitions = entry.damage.map { partitionNames($0.missingPartitions) }
      record.receivedOctets = entry.damage?.receivedOctets
      record.quantizer = entry.quantizer
      record.encodedPSNR = entry.encodedQuality?.lumaPSNR
      record.encodedWeightedPSNR = entry.encodedQuality?.weightedPSNR
      record.encodedSSIM = entry.encodedQuality?.ssim
      record.shownPSNR = entry.shownQuality?.lumaPSNR
      record.shownWeightedPSNR = entry.shownQuality?.weightedPSNR
      record.shownSSIM = entry.shownQuality?.ssim
      record.shownAgainstReconstructionPSNR = entry.shownAgainstReconstructionPSNR
      record.arrived = entry.arrived
      record.displayed = entry.displayed
      record.shown = entry.shown
      record.onScreen = entry.onScreen
      return record
    }
  }

  private func partitionNames(_ set: UInt8) -> String {
    (0..<8).filter { set & 1 << $0 != 0 }.map(String.init).joined(separator: "+")
  }

  private func names(_ buffers: VP8References) -> String {
    buffers.description
  }

  private func feedback() -> [FeedbackRecord] {
    var records: [FeedbackRecord] = []
    for (id, entry) in requests.entries.enumerated() where entry.kind != .info {
      records.append(
        FeedbackRecord(
          message: id, kind: entry.kind.rawValue, hop: 0, octets: entry.octets,
          frame: entry.picture.map(recorder.frames.index(of:)), ready: entry.ready,
          sent: entry.sent, received: entry.received, outcome: entry.outcome))
    }
    for hop in hops { records.append(record(hop)) }
    return records.sorted { ($0.message, $0.ready, $0.hop) < ($1.message, $1.ready, $1.hop) }
  }

  private func record(_ hop: SignallingHopRecord) -> FeedbackRecord {
    let id = recorder.identifier(ofInfo: hop.request)
    let entry = requests[id]
    let isLastHop = hop.hop == (hop.isResponse ? 0 : scenario.signalling.proxies)
    var outcome = "pending"
    if hop.delivered != nil { outcome = "forwarded" }
    if hop.delivered != nil, isLastHop { outcome = hop.isResponse ? "completed" : entry.outcome }
    if hop.lost != nil { outcome = "lost" }
    // The user agent had wanted the request before it was allowed to make it.
    let ready = hop.hop == 0 && !hop.isResponse ? entry.ready : hop.received
    return FeedbackRecord(
      message: id, kind: hop.status.map(String.init) ?? "info", hop: hop.hop, octets: hop.octets,
      frame: nil, ready: ready, sent: hop.written, received: hop.delivered, outcome: outcome)
  }

  // MARK: Totals

  private func totals() -> CallTotals {
    var totals = recorder.totals
    let frames = recorder.frames.entries
    totals.duration = scenario.duration
    totals.frames = frames.count
    totals.keyFrames = frames.count { $0.kind == .key }
    totals.goldenAltrefRecoveryFrames = frames.count {
      [.golden, .altref, .goldenAltref].contains($0.kind) && $0.plan.answers != nil
    }
    totals.encodedOctets = frames.reduce(0) { $0 + $1.octets }
    let rates = recorder.mediaRate.windows(within: scenario.duration)
    totals.peakMediaRate = rates.last
    // The least that 99 of 100 windows keep.
    totals.usualMediaRate = rates.isEmpty ? nil : rates[(rates.count * 99 + 99) / 100 - 1]
    totals.freezes = recorder.freezes.count
    totals.freezeTime = recorder.freezes.time
    totals.largestRenderInterval = recorder.freezes.largestGap
    let latencies = frames.compactMap { frame in
      frame.due.map { ($0 - frame.captured).nanoseconds }
    }
    totals.meanLatency = SimDuration(
      nanoseconds: latencies.reduce(0, +) / Int64(max(1, latencies.count)))
    totals.feedbackMessages = requests.entries.count { $0.sent != nil }
    totals.feedbackMessagesLost = requests.entries.count { $0.sent != nil && $0.isLost }
    let broken = frames.count { $0.due != nil && $0.shown != .exact }
    totals.brokenTime = clip.frameRate.captureTime(ofFrame: Int64(broken))
    let frozen = frames.count { $0.due != nil && ($0.shown == .frozen || $0.shown == .blank) }
    totals.frozenTime = clip.frameRate.captureTime(ofFrame: Int64(frozen))
    let shown = frames.filter { $0.due != nil }.map(\.shownQuality)
    let encoded = frames.filter { $0.picture != nil }.map(\.encodedQuality)
    let bound = CallTotals.identicalPSNR
    totals.meanShownPSNR = mean(shown.map { $0?.lumaPSNR ?? bound })
    totals.meanEncodedPSNR = mean(encoded.map { $0?.lumaPSNR ?? bound })
    totals.meanShownWeightedPSNR = mean(shown.map { $0?.weightedPSNR ?? bound })
    totals.meanShownSSIM = mean(shown.map { $0?.ssim ?? 1 })
    totals.meanEncodedSSIM = mean(encoded.map { $0?.ssim ?? 1 })
    return totals
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}
