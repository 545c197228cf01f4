import Configuration
import MediaSession
import SimulationKernel

/// Reads the single rules of a sender and a receiver, which a profile sets together.
extension SessionReader {
  static let senderRuleKeys = [
    "key-frame-request", "guard-from", "guard-round-trips", "minimum-reference-distance",
    "guarded-requests",
    "limit-fast-updates", "periodic-key-frames", "start-key-frames", "reference-refresh",
    "first-renewed", "unacknowledged-refresh", "trust-silence", "repair-references",
    "stale-reports",
    "mark-non-reference", "doubt-dependent-references", "independent-refresh",
    "encoding-time", "feedback-delay",
  ]
  static let receiverRuleKeys = [
    "notice", "gap-takes-next-frame", "repeat", "minimum-request-interval", "wait-for",
    "pli-after-frames", "start-request", "damage", "stop-at-drop",
  ]

  static func readSenderRules(
    _ reader: ConfigurationReader, into settings: inout EncoderControlSettings
  ) throws(ConfigurationError) {
    try set(\.keyFrameRequest, "key-frame-request", reader, &settings)
    try set(\.guardedRequests, "guarded-requests", reader, &settings)
    try set(\.guardOrigin, "guard-from", reader, &settings)
    try set(\.firstRenewed, "first-renewed", reader, &settings)
    try set(\.periodicKeyFrames, "periodic-key-frames", reader, &settings)
    try set(\.refresh, "reference-refresh", reader, &settings)
    try set(\.unacknowledgedRefresh, "unacknowledged-refresh", reader, &settings)
    try set(\.repairReferences, "repair-references", reader, &settings)
    try set(\.staleReports, "stale-reports", reader, &settings)
    try set(\.limitsFastUpdates, "limit-fast-updates", .boolean, reader, &settings)
    try set(\.trustsSilence, "trust-silence", .boolean, reader, &settings)
    try set(
      \.doubtsDependentReferences, "doubt-dependent-references", .boolean, reader, &settings)
    if let renewals = try reader.value(
      "independent-refresh", ConfigurationValue<Int>.integer(1...1_000).or("none"))
    {
      settings.independentRefresh = renewals
    }
    try set(\.marksNonReference, "mark-non-reference", .boolean, reader, &settings)
    try set(
      \.encodingTime, "encoding-time", .durationRange(.zero ... .milliseconds(100)), reader,
      &settings)
    try set(\.feedbackDelay, "feedback-delay", .duration(.zero ... .seconds(1)), reader, &settings)
    try set(\.guardRoundTrips, "guard-round-trips", .integer(0...10), reader, &settings)
    if let frames = try reader.value("minimum-reference-distance", .integer(0...1_000)) {
      settings.minimumReferenceDistance = Int64(frames)
    }
    if let times = try startKeyFrames(reader) { settings.startKeyFrames = times }
  }

  static let playoutKeys = [
    "playout", "playout-delay", "minimum-playout-delay", "maximum-playout-delay", "late-frames",
    "reordering-tolerance", "ticker", "start-lag",
  ]

  static func readReceiverRules(
    _ reader: ConfigurationReader, into settings: inout ReceiverSettings
  ) throws(ConfigurationError) {
    try set(\.noticing, "notice", reader, &settings)
    try set(\.damage, "damage", reader, &settings)
    try set(\.repetition, "repeat", reader, &settings)
    try set(\.repairRule, "wait-for", reader, &settings)
    try set(\.startRequest, "start-request", reader, &settings)
    try set(\.gapTakesNextFrame, "gap-takes-next-frame", .boolean, reader, &settings)
    try set(\.stopsAtDrop, "stop-at-drop", .boolean, reader, &settings)
    try set(
      \.minimumRequestInterval, "minimum-request-interval", .duration(.zero ... .seconds(3_600)),
      reader, &settings)
    if let frames = try reader.value(
      "pli-after-frames", ConfigurationValue<Int>.integer(1...100_000).or("none"))
    {
      settings.framesUntilPictureLoss = frames
    }
  }

  static func readPlayout(
    _ reader: ConfigurationReader, into settings: inout ReceiverSettings
  ) throws(ConfigurationError) {
    let delays = ConfigurationValue<SimDuration>.duration(.zero ... .seconds(10))
    try set(\.playout, "playout", reader, &settings)
    try set(\.playoutDelay, "playout-delay", delays, reader, &settings)
    try set(\.minimumPlayoutDelay, "minimum-playout-delay", delays, reader, &settings)
    try set(\.maximumPlayoutDelay, "maximum-playout-delay", delays, reader, &settings)
    try set(
      \.reorderingTolerance, "reordering-tolerance", .duration(.zero ... .seconds(1)), reader,
      &settings)
    if let late = try reader.value(
      "late-frames", ConfigurationValue<LateFrames>.oneOf.or("auto"))
    {
      settings.lateFrames = late
    }
    try set(
      \.tickerInterval, "ticker", .duration(.milliseconds(1)...(.milliseconds(100))), reader,
      &settings)
    try set(\.startLag, "start-lag", .duration(.zero ... .seconds(2)), reader, &settings)
    guard settings.playout != .fixed else { return }
    let (least, longest) = (settings.minimumPlayoutDelay, settings.maximumPlayoutDelay)
    guard least <= longest else {
      throw reader.error(
        try reader.value("minimum-playout-delay", delays) == nil
          ? "maximum-playout-delay" : "minimum-playout-delay",
        "found a shortest delay of \(least.inMilliseconds) ms above the longest of "
          + "\(longest.inMilliseconds) ms, expected at most that")
    }
  }

  /// Times in ascending order, of which there are few.
  private static func startKeyFrames(
    _ reader: ConfigurationReader
  ) throws(ConfigurationError) -> [SimDuration]? {
    guard let list = try reader.list("start-key-frames") else { return nil }
    let value = ConfigurationValue<SimDuration>.duration(.milliseconds(1)...(.seconds(3_600)))
    var times: [SimDuration] = []
    for (index, element) in list.enumerated() {
      times.append(
        try value.read(element, path: "\(reader.path(to: "start-key-frames"))[\(index)]"))
    }
    guard times.count <= 100, zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw reader.error(
        "start-key-frames", "found times out of order or over 100, expected such as [2s, 4s]")
    }
    return times
  }

  private static func set<Settings, Value>(
    _ path: WritableKeyPath<Settings, Value>, _ key: String, _ reader: ConfigurationReader,
    _ settings: inout Settings
  ) throws(ConfigurationError)
  where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    try set(path, key, ConfigurationValue<Value>.oneOf, reader, &settings)
  }

  private static func set<Settings, Value>(
    _ path: WritableKeyPath<Settings, Value>, _ key: String, _ value: ConfigurationValue<Value>,
    _ reader: ConfigurationReader, _ settings: inout Settings
  ) throws(ConfigurationError) {
    if let read = try reader.value(key, value) { settings[keyPath: path] = read }
  }
}
