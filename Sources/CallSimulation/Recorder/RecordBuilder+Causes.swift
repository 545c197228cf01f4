import MediaSession
import Results
import SimulationKernel

/// Where an episode's time went.
extension RecordBuilder {
  func causes(
    of episode: EpisodeTracker.Episode, _ record: EpisodeRecord,
    repairedBy cause: RequestIdentifier?
  ) -> [SimDuration] {
    var account = Attribution(begin: record.lost, end: record.end)
    var final = cause.map { requests[$0] }
    if record.repairKind == "retransmission" {
      // What else it asked for is of no concern here.
      final?.retransmission?.packetsLost = 0
      final?.retransmission?.arrived = record.recoveryArrived
    }
    // A frame that nobody asked for may repair, where it happens to refer to intact buffers alone.
    let givenUp = givenUp(record)
    let takeover =
      [final?.ready, givenUp].compactMap { $0 }.min() ?? record.recoveryCaptured ?? record.end
    // A NACK goes when its gap is seen, also where the decoder notices later, or never has to.
    let asked = requestsReady(from: record.lost, before: record.end)
      .first { !isAcknowledgement(requests[$0]) }
    if let noticed = [record.noticed, asked.map { requests[$0].ready }].compactMap({ $0 }).min() {
      account.blame(.notNoticed, until: min(noticed, takeover))
      followEarlierRequests(of: episode, record, until: takeover, final: cause, in: &account)
    }
    if let final {
      // What came too late to be shown helps nobody before a periodic key frame.
      if givenUp != nil { account.blame(.periodicKeyFrame, until: final.ready) }
      account.follow(final, until: record.end, frames: recorder.frames, nextLoss: nil)
    } else {
      followUnasked(record, in: &account)
    }
    // Left over only where nothing was noticed before the call's end.
    account.blame(.notNoticed, until: record.end)
    return account.causes
  }

  /// Requests of the episode that did not bring the repair, each until the next one takes over.
  ///
  /// Where both roads are used, those of the repair's own road alone: what went on beside it took
  /// none of its time. Where nothing was repaired they are RTCP's, which asks more often.
  private func followEarlierRequests(
    of episode: EpisodeTracker.Episode, _ record: EpisodeRecord, until takeover: SimTime,
    final: RequestIdentifier?, in account: inout Attribution
  ) {
    let isOverSIP =
      final.map { requests[$0].isOverSIP } ?? !scenario.mechanism.usesRTCPFeedback
    let earlier = withoutRepetitions(
      of: episode,
      requestsReady(from: record.lost, before: takeover).filter { id in
        id != final && requests[id].isOverSIP == isOverSIP && !isAcknowledgement(requests[id])
      })
    for (place, id) in earlier.enumerated() {
      let request = requests[id]
      let next = place + 1 < earlier.count ? requests[earlier[place + 1]].ready : takeover
      account.follow(
        request, until: min(next, takeover), frames: recorder.frames,
        nextLoss: request.answeredBy.flatMap { firstLoss(of: episode, from: $0 + 1) })
    }
  }

  /// Leaves out what was asked again, and did nothing, while the answer to an earlier request was under way
  /// or could still be taken for whole.
  private func withoutRepetitions(
    of episode: EpisodeTracker.Episode, _ ids: [RequestIdentifier]
  ) -> [RequestIdentifier] {
    var kept: [RequestIdentifier] = []
    for id in ids {
      let request = requests[id]
      // An answer fails when it loses a packet itself, or when one behind it is lost.
      if let answer = kept.last.flatMap({ requests[$0].answeredBy }), request.received != nil,
        request.answeredBy == nil, !request.isRefused, request.kind != .nack,
        let failed = firstLoss(of: episode, from: answer), request.ready < failed
      {
        continue
      }
      kept.append(id)
    }
    return kept
  }

  private func firstLoss(
    of episode: EpisodeTracker.Episode, from picture: PictureNumber
  ) -> SimTime? {
    recorder.episodes.losses[episode.losses].first { $0.picture >= picture }?.time
  }

  /// When the last hope but a periodic key frame was gone; nil where the receiver can ask for one,
  /// and where it still hopes.
  private func givenUp(_ record: EpisodeRecord) -> SimTime? {
    guard scenario.mechanism.needsPeriodicKeyFrames else { return nil }
    return recorder.givenUp.first { $0 >= record.lost && $0 < record.end }
  }

  /// A periodic key frame repairs, or will; or a frame does that nobody asked for.
  private func followUnasked(_ record: EpisodeRecord, in account: inout Attribution) {
    if givenUp(record) != nil {
      account.blame(.periodicKeyFrame, until: record.recoveryCaptured ?? record.end)
    }
    guard record.recovered != nil else { return }
    account.blame(.repairOnNetwork, until: record.recoveryArrived ?? record.end)
    account.blame(.playout, until: record.end)
  }
}
