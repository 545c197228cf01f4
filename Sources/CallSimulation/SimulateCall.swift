import Results
import SimulationKernel
import VP8Codec

/// Simulates one call from its first frame to its end.
///
/// The same scenario and clip give the same records on any machine with the same libvpx.
///
/// - Parameters:
///   - scenario: all that decides the call's course.
///   - clip: what is filmed; made or read once and shared by the calls of a process.
///   - run, group: where the call stands in a plan.
///   - keepsFrames: whether the records have a row for every frame.
///   - outputs: files to be written beside the records.
///   - film: keeps what was on screen.
///   - watchesTransport: whether the records have the TCP segments of SIP that were lost or repeated.
///   - captured: called with the simulated time whenever a frame is captured; what it throws ends
///     the call, and the outputs are removed.
/// - Throws: `VP8Error` where libvpx refuses the codec's settings or the picture's size,
///   `OutputError` where an output cannot be written, or what `captured` throws.
public func simulateCall(
  _ scenario: Scenario, clip: Clip, run: Int = 0, group: String = "run", keepsFrames: Bool = true,
  outputs: CallOutputs = CallOutputs(), film: ScreenFilm? = nil, watchesTransport: Bool = false,
  captured: ((SimTime) throws -> Void)? = nil
) throws -> CallRecords {
  let call = try Call(scenario, clip: clip)
  call.film = film
  if watchesTransport { call.watchTransport() }
  try call.open(outputs)
  try call.run(captured: captured)
  try call.commitOutputs()
  let builder = RecordBuilder(
    scenario: scenario, clip: clip, recorder: call.recorder,
    openHops: call.signalling?.openMessages() ?? [], end: .zero + scenario.duration)
  var records = builder.records(
    conditions: scenario.conditions(run: run, group: group),
    keepsFrames: keepsFrames)
  records.segments = call.segmentWatch?.records ?? []
  return records
}

extension Scenario {
  /// The conditions under which the call's results are filed.
  public func conditions(run: Int, group: String) -> CallConditions {
    let usesSIP = mechanism.usesSIP
    return CallConditions(
      run: run, group: group, mechanism: mechanism.rawValue,
      roundTrip: media.forward.oneWayDelay + media.reverse.oneWayDelay,
      lossRate: media.forward.loss.rate, meanBurst: media.forward.loss.meanBurst,
      relayRoundTrip: media.relay.map { $0.forward.oneWayDelay + $0.reverse.oneWayDelay },
      relayLossRate: media.relay?.forward.loss.rate,
      proxies: usesSIP ? signalling.proxies : nil,
      transport: usesSIP ? signalling.transport.rawValue : nil,
      placement: usesSIP ? signalling.placement.rawValue : nil,
      connection: usesSIP && signalling.transport != .udp ? signalling.connection.rawValue : nil,
      requestInterval: usesSIP ? signalling.minimumRequestInterval : nil,
      policy: usesSIP ? signalling.policy?.rawValue : nil,
      repetition: usesSIP ? signalling.repetition.rawValue : nil,
      outstanding: usesSIP ? signalling.outstanding.rawValue : nil,
      source: video.source.name, situation: situation, seed: seed)
  }
}
