import SimulationKernel

extension CSVFieldCursor {
  fileprivate mutating func conditions() throws(CSVError) -> CallConditions {
    let run = try integer()
    let group = try text()
    let mechanism = try text()
    let roundTrip = try duration()
    let lossRate = try percentage()
    let meanBurst = try optionalDuration()
    let relayRoundTrip = try optionalDuration()
    let relayLossRate = try optionalPercentage()
    let proxies = try optionalInteger()
    let transport = try optionalText()
    let placement = try optionalText()
    let connection = try optionalText()
    let requestInterval = try optionalDuration()
    let policy = try optionalText()
    let repetition = try optionalText()
    let outstanding = try optionalText()
    let source = try text()
    let situation = try optionalText()
    return CallConditions(
      run: run, group: group, mechanism: mechanism, roundTrip: roundTrip, lossRate: lossRate,
      meanBurst: meanBurst, relayRoundTrip: relayRoundTrip, relayLossRate: relayLossRate,
      proxies: proxies, transport: transport, placement: placement, connection: connection,
      requestInterval: requestInterval, policy: policy, repetition: repetition,
      outstanding: outstanding, source: source, situation: situation, seed: try seed())
  }

  fileprivate mutating func causes() throws(CSVError) -> [SimDuration] {
    var causes: [SimDuration] = []
    for _ in Cause.allCases { causes.append(try duration()) }
    return causes
  }

  /// A rate in kbit/s with three decimals.
  fileprivate mutating func optionalBitsPerSecond() throws(CSVError) -> Int? {
    try optionalNumber(decimals: 3).map { Int(($0 * 1_000).rounded()) }
  }

  fileprivate mutating func references() throws(CSVError) -> String? {
    guard let names = try optionalText() else { return nil }
    return names == "none" ? "" : names
  }
}

extension EpisodeRow: CSVRow {
  public static var file: CSVFile { .episodes }

  public init(reading cursor: inout CSVFieldCursor) throws(CSVError) {
    conditions = try cursor.conditions()
    episode = try EpisodeRecord(number: try cursor.integer(), readingChain: &cursor)
  }
}

extension ProbeRow: CSVRow {
  public static var file: CSVFile { .probes }

  public init(reading cursor: inout CSVFieldCursor) throws(CSVError) {
    conditions = try cursor.conditions()
    let (number, frame) = (try cursor.integer(), try cursor.integer())
    probe = Probe(
      number: number, frame: frame,
      position: try cursor.name(of: Probe.Position.self, expected: "first, middle or last"),
      packets: try cursor.integer(), horizon: try cursor.duration())
    let status = try cursor.text()
    if status.hasPrefix("failed: ") {
      outcome = .failed(String(status.dropFirst("failed: ".count)))
      return
    }
    guard status == "ok" else { throw cursor.error(expected: "ok or failed: reason") }
    let (kind, renewed) = (try cursor.text(), try cursor.text())
    outcome = .followed(
      Course(
        kind: kind, renewed: renewed == "none" ? "" : renewed,
        episode: try EpisodeRecord(number: 0, readingChain: &cursor)))
  }
}

extension EpisodeRecord {
  fileprivate init(number: Int, readingChain cursor: inout CSVFieldCursor) throws(CSVError) {
    let firstDamaged = try cursor.integer()
    let lostPackets = try cursor.integer()
    let damagedFrames = try cursor.integer()
    var episode = EpisodeRecord(
      episode: number, firstDamagedFrame: firstDamaged, lost: try cursor.time())
    episode.lostPackets = lostPackets
    episode.damagedFrames = damagedFrames
    episode.noticed = try cursor.optionalTime()
    episode.feedbackReady = try cursor.optionalTime()
    episode.feedbackSent = try cursor.optionalTime()
    episode.feedbackReceived = try cursor.optionalTime()
    episode.recoveryCaptured = try cursor.optionalTime()
    episode.recoveryArrived = try cursor.optionalTime()
    episode.recovered = try cursor.optionalTime()
    episode.end = try cursor.time()
    episode.isCensored = try cursor.truth()
    let duration = try cursor.duration()
    guard duration == episode.duration, duration >= .zero else {
      throw cursor.error(expected: "end_ms - lost_ms, not below 0")
    }
    episode.repairFrame = try cursor.optionalInteger()
    episode.repairKind = try cursor.optionalText()
    episode.repairOctets = try cursor.optionalInteger()
    episode.repairQuantizer = try cursor.optionalInteger()
    episode.requests = try cursor.integer()
    episode.frozen = try cursor.duration()
    episode.lowestPSNR = try cursor.optionalNumber(decimals: 3)
    episode.lowestSSIM = try cursor.optionalNumber(decimals: 5)
    episode.lostPSNR = try cursor.number(decimals: 3)
    episode.lostSSIM = try cursor.number(decimals: 5)
    episode.falseRepair = try cursor.truth()
    episode.causes = try cursor.causes()
    guard episode.causes.reduce(.zero, +) == duration else {
      throw cursor.error(expected: "causes that add up to duration_ms")
    }
    self = episode
  }
}

extension FrameRow: CSVRow {
  public static var file: CSVFile { .frames }

  public init(reading cursor: inout CSVFieldCursor) throws(CSVError) {
    run = try cursor.integer()
    mechanism = try cursor.text()
    frame = FrameRecord(frame: try cursor.integer(), captured: .zero)
    frame.kind = try cursor.name(
      of: FrameRecord.Kind.self, expected: "key, golden, altref, golden+altref, last or dropped")
    frame.referencesAllowed = try cursor.references() ?? ""
    frame.referencesUsed = try cursor.references()
    frame.referencesUpdated = try cursor.references()
    frame.octets = try cursor.integer()
    frame.packets = try cursor.integer()
    frame.packetsLost = try cursor.integer()
    frame.missingPartitions = try cursor.optionalText()
    frame.receivedOctets = try cursor.optionalInteger()
    frame.quantizer = try cursor.integer()
    frame.encodedPSNR = try cursor.optionalNumber(decimals: 3)
    frame.shownPSNR = try cursor.optionalNumber(decimals: 3)
    frame.shownAgainstReconstructionPSNR = try cursor.optionalNumber(decimals: 3)
    frame.encodedWeightedPSNR = try cursor.optionalNumber(decimals: 3)
    frame.shownWeightedPSNR = try cursor.optionalNumber(decimals: 3)
    frame.encodedSSIM = try cursor.optionalNumber(decimals: 5)
    frame.shownSSIM = try cursor.optionalNumber(decimals: 5)
    frame.captured = try cursor.time()
    frame.arrived = try cursor.optionalTime()
    frame.displayed = try cursor.optionalTime()
    frame.shown = try cursor.name(
      of: FrameRecord.Shown.self, expected: "exact, drifted, frozen, blank or pending")
    frame.onScreen = try cursor.optionalInteger()
  }
}

extension FeedbackRow: CSVRow {
  public static var file: CSVFile { .feedback }

  public init(reading cursor: inout CSVFieldCursor) throws(CSVError) {
    run = try cursor.integer()
    mechanism = try cursor.text()
    let number = try cursor.integer()
    let kind = try cursor.text()
    let hop = try cursor.integer()
    let octets = try cursor.integer()
    let frame = try cursor.optionalInteger()
    let ready = try cursor.time()
    let sent = try cursor.optionalTime()
    let received = try cursor.optionalTime()
    message = FeedbackRecord(
      message: number, kind: kind, hop: hop, octets: octets, frame: frame, ready: ready,
      sent: sent, received: received, outcome: try cursor.text())
  }
}

extension RunRow: CSVRow {
  public static var file: CSVFile { .runs }

  public init(reading cursor: inout CSVFieldCursor) throws(CSVError) {
    conditions = try cursor.conditions()
    let status = try cursor.text()
    if status.hasPrefix("failed:") {
      failure = String(status.dropFirst("failed:".count))
      return
    }
    guard status == "ok" else { throw cursor.error(expected: "ok or failed:reason") }
    outcome = try Outcome(reading: &cursor)
  }
}

extension RunRow.Outcome {
  fileprivate init(reading cursor: inout CSVFieldCursor) throws(CSVError) {
    totals = CallTotals()
    totals.duration = try cursor.duration()
    totals.frames = try cursor.integer()
    totals.framesDropped = try cursor.integer()
    totals.framesLate = try cursor.integer()
    episodes = try cursor.integer()
    censored = try cursor.integer()
    falseRepairs = try cursor.integer()
    recoveryP50 = try cursor.optionalDuration()
    recoveryP90 = try cursor.optionalDuration()
    recoveryP95 = try cursor.optionalDuration()
    recoveryMean = try cursor.optionalDuration()
    totals.freezes = try cursor.integer()
    totals.freezeTime = try cursor.duration()
    cursor.skip()  // freeze_ratio
    totals.largestRenderInterval = try cursor.duration()
    totals.brokenTime = try cursor.duration()
    cursor.skip()  // broken_ratio
    totals.frozenTime = try cursor.duration()
    totals.meanLatency = try cursor.duration()
    totals.meanShownPSNR = try cursor.number(decimals: 3)
    totals.meanEncodedPSNR = try cursor.number(decimals: 3)
    totals.meanShownWeightedPSNR = try cursor.number(decimals: 3)
    totals.meanShownSSIM = try cursor.number(decimals: 5)
    totals.meanEncodedSSIM = try cursor.number(decimals: 5)
    totals.mediaOctets = try cursor.integer()
    cursor.skip()  // media_kbps
    totals.usualMediaRate = try cursor.optionalBitsPerSecond()
    totals.peakMediaRate = try cursor.optionalBitsPerSecond()
    totals.encodedOctets = try cursor.integer()
    cursor.skip()  // encoded_kbps
    totals.keyFrames = try cursor.integer()
    totals.goldenAltrefRecoveryFrames = try cursor.integer()
    totals.mediaPackets = try cursor.integer()
    totals.mediaPacketsLost = try cursor.integer()
    totals.retransmittedPackets = try cursor.integer()
    cursor.skip()  // loss_seen_pct
    totals.rtcpOctets = try cursor.integer()
    totals.feedbackMessages = try cursor.integer()
    totals.feedbackMessagesLost = try cursor.integer()
    totals.radioWakeUpsPerHour = try cursor.optionalNumber(decimals: 1)
    causes = try cursor.causes()
  }
}
