import Results
import SimulationKernel

// The first octet: the file, and 8 where its header line is part of the text.
let csvFiles =
  CSVFile.ofCalls.enumerated().flatMap { index, file in
    [
      Seed("csv", file.rawValue, [UInt8(index)] + file.lines(for: call).utf8),
      Seed(
        "csv", "\(file.rawValue)-whole",
        [UInt8(index) | 8] + (file.header + file.lines(for: call)).utf8),
    ]
  } + [
    Seed(
      "csv", "runs-failed",
      [3] + CSVFile.failedLine(run: call.conditions, reason: "no \"clip\",\nno call").utf8),
    Seed("csv", "probes", [4] + probeLines.utf8),
    Seed("csv", "probes-whole", [4 | 8] + (CSVFile.probes.header + probeLines).utf8),
  ]

private let probeLines: String = {
  let probe = Probe(
    number: 3, frame: 30, position: .middle, packets: 2, horizon: .seconds(5))
  let course = ProbeRow.Course(kind: "golden", renewed: "golden", episode: call.episodes[0])
  return [ProbeRow.Outcome.followed(course), .failed("process ended by signal 9")]
    .map { CSVFile.line(for: ProbeRow(conditions: call.conditions, probe: probe, outcome: $0)) }
    .joined()
}()

private let call: CallRecords = {
  var episode = EpisodeRecord(
    episode: 0, firstDamagedFrame: 30, lost: SimTime(nanoseconds: 1_000_000_000))
  episode.recovered = SimTime(nanoseconds: 1_200_000_000)
  episode.end = SimTime(nanoseconds: 1_200_000_000)
  episode.isCensored = false
  episode.causes[0] = .milliseconds(150)
  episode.causes[1] = .milliseconds(50)
  episode.repairKind = "key"
  episode.lowestPSNR = 24.5
  var frame = FrameRecord(frame: 30, captured: SimTime(nanoseconds: 1_000_000_000))
  frame.kind = .golden
  frame.referencesAllowed = "last+golden"
  frame.referencesUsed = ""
  frame.encodedPSNR = 36.25
  var totals = CallTotals()
  totals.duration = .seconds(2)
  totals.mediaPackets = 100
  return CallRecords(
    conditions: CallConditions(
      run: 7, group: "rtt", mechanism: "sip-info", roundTrip: .milliseconds(100), lossRate: 0.01,
      meanBurst: .milliseconds(60), proxies: 1, transport: "tls1.3", placement: "detour",
      requestInterval: .milliseconds(500), source: "clip, \"two\".y4m", seed: .max),
    totals: totals, episodes: [episode], frames: [frame],
    feedback: [
      FeedbackRecord(
        message: 0, kind: "info", hop: 1, octets: 700, frame: nil,
        ready: SimTime(nanoseconds: 1_010_000_000), sent: SimTime(nanoseconds: 1_020_000_000),
        received: nil, outcome: "lost")
    ])
}()
