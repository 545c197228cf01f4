import SimulationKernel

// Each `row` writes the columns of its file in the order of `ColumnDictionary`, and each
// `init(reading:)` in RowReading.swift reads them in the same order.

extension CSVText {
  private mutating func conditionFields(_ conditions: CallConditions) {
    field(conditions.run)
    field(conditions.group)
    field(conditions.mechanism)
    field(conditions.roundTrip)
    field(conditions.lossRate * 100, decimals: 4)
    field(conditions.meanBurst)
    field(conditions.relayRoundTrip)
    field(conditions.relayLossRate.map { $0 * 100 }, decimals: 4)
    field(conditions.proxies)
    field(conditions.transport)
    field(conditions.placement)
    field(conditions.connection)
    field(conditions.requestInterval)
    field(conditions.policy)
    field(conditions.repetition)
    field(conditions.outstanding)
    field(conditions.source)
    field(conditions.situation)
    field(conditions.seed)
  }

  mutating func row(_ row: EpisodeRow) {
    let episode = row.episode
    conditionFields(row.conditions)
    field(episode.episode)
    chainFields(episode)
    endRow()
  }

  mutating func row(_ row: ProbeRow) {
    conditionFields(row.conditions)
    field(row.probe.number)
    field(row.probe.frame)
    field(row.probe.position.rawValue)
    field(row.probe.packets)
    field(row.probe.horizon)
    switch row.outcome {
    case .failed(let reason):
      field("failed: " + reason)
      let written = ColumnDictionary.conditions.count + 6
      for _ in written..<CSVFile.probes.columns.count { empty() }
    case .followed(let course):
      field("ok")
      field(course.kind)
      field(referenceNames(course.renewed))
      chainFields(course.episode)
    }
    endRow()
  }

  private mutating func chainFields(_ episode: EpisodeRecord) {
    field(episode.firstDamagedFrame)
    field(episode.lostPackets)
    field(episode.damagedFrames)
    field(episode.lost)
    field(episode.noticed)
    field(episode.feedbackReady)
    field(episode.feedbackSent)
    field(episode.feedbackReceived)
    field(episode.recoveryCaptured)
    field(episode.recoveryArrived)
    field(episode.recovered)
    field(episode.end)
    field(episode.isCensored)
    field(episode.duration)
    field(episode.repairFrame)
    field(episode.repairKind)
    field(episode.repairOctets)
    field(episode.repairQuantizer)
    field(episode.requests)
    field(episode.frozen)
    field(episode.lowestPSNR, decimals: 3)
    field(episode.lowestSSIM, decimals: 5)
    field(episode.lostPSNR, decimals: 3)
    field(episode.lostSSIM, decimals: 5)
    field(episode.falseRepair)
    for cause in Cause.allCases { field(episode.causes[cause.rawValue]) }
  }

  mutating func row(_ row: FrameRow) {
    let frame = row.frame
    field(row.run)
    field(row.mechanism)
    field(frame.frame)
    field(frame.kind.rawValue)
    field(referenceNames(frame.referencesAllowed))
    field(frame.referencesUsed.map(referenceNames))
    field(frame.referencesUpdated.map(referenceNames))
    field(frame.octets)
    field(frame.packets)
    field(frame.packetsLost)
    field(frame.missingPartitions)
    field(frame.receivedOctets)
    field(frame.quantizer)
    field(frame.encodedPSNR, decimals: 3)
    field(frame.shownPSNR, decimals: 3)
    field(frame.shownAgainstReconstructionPSNR, decimals: 3)
    field(frame.encodedWeightedPSNR, decimals: 3)
    field(frame.shownWeightedPSNR, decimals: 3)
    field(frame.encodedSSIM, decimals: 5)
    field(frame.shownSSIM, decimals: 5)
    field(frame.captured)
    field(frame.arrived)
    field(frame.displayed)
    field(frame.shown.rawValue)
    field(frame.onScreen)
    endRow()
  }

  mutating func row(_ row: FeedbackRow) {
    let message = row.message
    field(row.run)
    field(row.mechanism)
    field(message.message)
    field(message.kind)
    field(message.hop)
    field(message.octets)
    field(message.frame)
    field(message.ready)
    field(message.sent)
    field(message.received)
    field(message.outcome)
    endRow()
  }

  mutating func row(_ row: RunRow) {
    conditionFields(row.conditions)
    guard let outcome = row.outcome else {
      field("failed:" + (row.failure ?? ""))
      let common = ColumnDictionary.conditions.count + 1
      for _ in common..<CSVFile.runs.columns.count { empty() }
      endRow()
      return
    }
    let totals = outcome.totals
    field("ok")
    field(totals.duration)
    field(totals.frames)
    field(totals.framesDropped)
    field(totals.framesLate)
    field(outcome.episodes)
    field(outcome.censored)
    field(outcome.falseRepairs)
    field(outcome.recoveryP50)
    field(outcome.recoveryP90)
    field(outcome.recoveryP95)
    field(outcome.recoveryMean)
    field(totals.freezes)
    field(totals.freezeTime)
    field(units: totals.share(of: totals.freezeTime), decimals: 6)
    field(totals.largestRenderInterval)
    field(totals.brokenTime)
    field(units: totals.share(of: totals.brokenTime), decimals: 6)
    field(totals.frozenTime)
    field(totals.meanLatency)
    field(totals.meanShownPSNR, decimals: 3)
    field(totals.meanEncodedPSNR, decimals: 3)
    field(totals.meanShownWeightedPSNR, decimals: 3)
    field(totals.meanShownSSIM, decimals: 5)
    field(totals.meanEncodedSSIM, decimals: 5)
    field(totals.mediaOctets)
    field(units: totals.bitsPerSecond(octets: totals.mediaOctets), decimals: 3)
    field(units: totals.usualMediaRate.map(Int64.init), decimals: 3)
    field(units: totals.peakMediaRate.map(Int64.init), decimals: 3)
    field(totals.encodedOctets)
    field(units: totals.bitsPerSecond(octets: totals.encodedOctets), decimals: 3)
    field(totals.keyFrames)
    field(totals.goldenAltrefRecoveryFrames)
    field(totals.mediaPackets)
    field(totals.mediaPacketsLost)
    field(totals.retransmittedPackets)
    field(units: totals.lossSeenPerMillion, decimals: 4)
    field(totals.rtcpOctets)
    field(totals.feedbackMessages)
    field(totals.feedbackMessagesLost)
    field(totals.radioWakeUpsPerHour, decimals: 1)
    for cause in Cause.allCases { field(outcome.causes[cause.rawValue]) }
    endRow()
  }
}

/// "+"-joined buffer names as written: no buffer at all is `none`, so that empty can mean unknown.
private func referenceNames(_ names: String) -> String { names.isEmpty ? "none" : names }

extension CallTotals {
  /// Millionths of the call's duration; nil for a call without duration.
  fileprivate func share(of part: SimDuration) -> Int64? {
    guard duration > .zero else { return nil }
    return roundedQuotient(part.nanoseconds, 1_000_000, over: duration.nanoseconds)
  }

  /// nil for a call without duration.
  fileprivate func bitsPerSecond(octets: Int) -> Int64? {
    guard duration > .zero else { return nil }
    return roundedQuotient(Int64(octets), 8_000_000_000, over: duration.nanoseconds)
  }

  /// Millionths of the media packets that were lost; nil where none was sent.
  fileprivate var lossSeenPerMillion: Int64? {
    guard mediaPackets > 0 else { return nil }
    return roundedQuotient(Int64(mediaPacketsLost), 1_000_000, over: Int64(mediaPackets))
  }
}
