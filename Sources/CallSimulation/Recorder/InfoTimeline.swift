import MediaSession
import Signalling
import SimulationKernel

/// Finds out since when each SIP request was wanted, and joins it with its hops.
///
/// The user agent only knows that a repair is wanted; whether the time before an INFO was spent on
/// its interval or on the answer to the INFO before shows when the whole call is known.
struct InfoTimeline {
  private(set) var requests: RequestLog
  /// The SIP requests among them, in the order in which they were sent.
  private let infos: [RequestIdentifier]

  init(recorder: Recorder, hops: [SignallingHopRecord], end: SimTime) {
    requests = recorder.requests
    infos = requests.entries.indices.filter { recorder.requests[$0].kind == .info }
    for hop in hops where !hop.isResponse {
      guard hop.written != nil || hop.heldFrom != nil else { continue }
      requests[recorder.identifier(ofInfo: hop.request)].hops.append(
        HopTiming(
          written: hop.written, delivered: hop.delivered, heldFrom: hop.heldFrom,
          lost: hop.lost, undisturbed: hop.undisturbed))
    }
    for episode in recorder.episodes.episodes {
      setReadiness(within: episode, recorder: recorder, end: end)
    }
  }

  private mutating func setReadiness(
    within episode: EpisodeTracker.Episode, recorder: Recorder, end: SimTime
  ) {
    let stop = episode.repair?.displayed ?? end
    var previous: RequestIdentifier?
    let first = infos.partitionPoint { requests[$0].sent! >= episode.begin }
    for id in infos[first...] {
      guard let sent = requests[id].sent, sent < stop else { break }
      requests[id].hops.sort {
        ($0.written ?? .distantFuture) < ($1.written ?? .distantFuture)
      }
      requests[id].ready =
        wanted(after: previous, by: sent, episode, recorder: recorder) ?? sent
      previous = id
    }
    // One that the call's end found still waiting for its time.
    guard episode.repair == nil, recorder.isRepairWanted,
      let ready = wanted(after: previous, by: end, episode, recorder: recorder)
    else { return }
    _ = requests.add(RequestEntry(kind: .info, ready: ready))
  }

  /// When the next request became necessary; nil where nothing but the repetition itself made it so.
  private func wanted(
    after previous: RequestIdentifier?, by latest: SimTime, _ episode: EpisodeTracker.Episode,
    recorder: Recorder
  ) -> SimTime? {
    guard let previous else {
      return episode.noticed.flatMap { $0 <= latest ? $0 : nil }
    }
    // The answer to the one before, or a frame after it, turned out to be damaged.
    guard let answer = requests[previous].answeredBy else { return nil }
    // Later notices are of later pictures.
    let place = recorder.notices.partitionPoint { $0.picture >= answer }
    guard place < recorder.notices.count, recorder.notices[place].time <= latest else { return nil }
    return recorder.notices[place].time
  }
}
