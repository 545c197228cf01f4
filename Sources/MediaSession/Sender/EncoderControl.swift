import SimulationKernel
import WireFormats

/// Decides how each frame is encoded, from what the receiver has said (RFC 7741 section 5).
///
/// Ordinary frames update `last` only, so golden and altref change when this policy says so and at
/// no other time.
public struct EncoderControl: Sendable {
  /// What a feedback message asks of the encoder.
  public enum Request: Equatable, Sendable {
    /// PLI, or a SIP INFO with picture_fast_update.
    case keyFrame
    /// FIR: a key frame, where this command has not been obeyed yet (RFC 5104 section 4.3.1).
    case fullIntra(command: UInt8)
    /// SLI: the oldest and the newest picture that were damaged since the last repair that the
    /// receiver believes in.
    case damaged(oldest: PictureNumber, newest: PictureNumber)
    /// RPSI: this picture was decoded; predict from it.
    case reference(PictureNumber)
  }

  /// What became of a message.
  public enum Verdict: String, Sendable {
    /// The next frame answers it.
    case answered
    /// The guard interval after a key frame forbids an answer.
    case guarded
    /// It changed what is known about the references, nothing more.
    case acknowledged
    /// It speaks of something already answered or no longer there.
    case ignored
  }

  /// One long-term buffer: what it holds and what is known of the receiver's copy.
  private struct LongTermReference {
    var picture: PictureNumber
    /// The receiver is taken to hold the same picture: acknowledged, or (SLI alone) not reported.
    var isEstablished: Bool
  }

  private enum Pending {
    case keyFrame(RequestIdentifier)
    case reference(VP8References, RequestIdentifier)
  }

  private let mechanism: Mechanism
  private let settings: EncoderControlSettings
  private var golden: LongTermReference?
  private var altref: LongTermReference?
  private var lastKeyFrame: SimTime?
  private var lastRefresh = SimTime.zero
  private var lastRepair: PictureNumber = -1
  private var pending: Pending?
  private var obeyedCommand: UInt8?
  private var layers: TemporalLayerCycle?

  /// - Parameter temporalLayers: 1...3 (checked).
  public init(mechanism: Mechanism, settings: EncoderControlSettings, temporalLayers: Int = 1) {
    self.mechanism = mechanism
    layers = TemporalLayerCycle(layers: temporalLayers)
    self.settings = settings
  }

  /// Takes in a message; the next `plan` is the answer, if there is one.
  public mutating func handle(_ request: Request, id: RequestIdentifier, now: SimTime) -> Verdict {
    switch request {
    case .keyFrame: return askForKeyFrame(id, now: now)
    case .fullIntra(let command):
      guard command != obeyedCommand else { return .ignored }
      let verdict = askForKeyFrame(id, now: now)
      if verdict == .answered { obeyedCommand = command }
      return verdict
    case .damaged(let oldest, let newest):
      return damaged(oldest: oldest, newest: newest, id, now: now)
    case .reference(let picture): return referenceNamed(picture, id, now: now)
    }
  }

  /// How frame `picture`, captured now, is to be encoded. Called once a frame, in order.
  public mutating func plan(_ picture: PictureNumber, now: SimTime) -> FramePlan {
    if lastKeyFrame == nil { return keyFrame(picture, answers: nil, now: now) }
    switch pending {
    case .keyFrame(let id):
      return keyFrame(picture, answers: id, now: now)
    case .reference(let buffer, let id):
      return repair(picture, from: buffer, answers: id)
    case nil:
      if mechanism.needsPeriodicKeyFrames, now - lastKeyFrame! >= settings.periodicKeyFrameInterval
      {
        return keyFrame(picture, answers: nil, now: now)
      }
      return ordinary(picture, now: now)
    }
  }

  /// The encoder made frame `picture` a key frame on its own: the plan that holds instead.
  public mutating func keyFrameHappened(_ picture: PictureNumber, now: SimTime) -> FramePlan {
    keyFrame(picture, answers: nil, now: now)
  }

  /// When the guard interval after the last key frame ends; nil before the first key frame.
  public var guardEnd: SimTime? { lastKeyFrame.map { $0 + settings.minimumKeyFrameInterval } }

  // MARK: Messages

  private mutating func askForKeyFrame(_ id: RequestIdentifier, now: SimTime) -> Verdict {
    if let guardEnd, now < guardEnd { return .guarded }
    pending = .keyFrame(id)
    return .answered
  }

  private mutating func damaged(
    oldest: PictureNumber, newest: PictureNumber, _ id: RequestIdentifier, now: SimTime
  ) -> Verdict {
    // A repair sent after the damaged pictures already answers the report.
    guard newest >= lastRepair else { return .ignored }
    if mechanism == .sli {
      // Silence meant success up to the damage and means nothing from there on.
      if golden.map({ $0.picture >= oldest }) ?? false { golden?.isEstablished = false }
      if altref.map({ $0.picture >= oldest }) ?? false { altref?.isEstablished = false }
    }
    // A key frame that is due already repairs more.
    if case .keyFrame = pending { return .answered }
    guard let buffer = newestEstablished else { return askForKeyFrame(id, now: now) }
    pending = .reference(buffer, id)
    return .answered
  }

  private mutating func referenceNamed(
    _ picture: PictureNumber, _ id: RequestIdentifier, now: SimTime
  ) -> Verdict {
    if golden?.picture == picture { golden?.isEstablished = true }
    if altref?.picture == picture { altref?.isEstablished = true }
    guard mechanism == .rpsi else { return .acknowledged }
    if case .keyFrame = pending { return .answered }
    // RPSI alone also says "predict from this picture" (RFC 4585 section 6.3.3), and it cannot be
    // told whether a message acknowledges or asks: the next frame does as it says in both cases.
    guard let buffer = buffer(holding: picture) ?? newestEstablished else {
      return askForKeyFrame(id, now: now)
    }
    pending = .reference(buffer, id)
    return .answered
  }

  // MARK: Plans

  private mutating func keyFrame(
    _ picture: PictureNumber, answers id: RequestIdentifier?, now: SimTime
  ) -> FramePlan {
    pending = nil
    lastKeyFrame = now
    lastRefresh = now
    lastRepair = picture
    // Without acknowledgements silence is taken for success, from the start.
    let fresh = LongTermReference(
      picture: picture, isEstablished: !mechanism.acknowledgesReferences)
    golden = fresh
    altref = fresh
    return FramePlan(
      isKey: true, allowed: [], updated: .all, answers: id,
      temporalLayer: layers?.next(anew: true).temporalLayer)
  }

  private mutating func repair(
    _ picture: PictureNumber, from buffer: VP8References, answers id: RequestIdentifier
  ) -> FramePlan {
    pending = nil
    lastRepair = picture
    var updated: VP8References = .last
    if mechanism == .sli {
      // The receiver's copy of a buffer renewed after the damage is unknown: renew it again.
      if golden?.isEstablished == false {
        updated.insert(.golden)
        golden = LongTermReference(picture: picture, isEstablished: true)
      }
      if altref?.isEstablished == false {
        updated.insert(.altref)
        altref = LongTermReference(picture: picture, isEstablished: true)
      }
    }
    return FramePlan(
      isKey: false, allowed: buffer, updated: updated, answers: id,
      temporalLayer: layers?.next(anew: true).temporalLayer)
  }

  private mutating func ordinary(_ picture: PictureNumber, now: SimTime) -> FramePlan {
    if let position = layers?.next() { return layered(picture, position) }
    var plan = FramePlan(isKey: false, allowed: .last, updated: .last)
    if mechanism.repairsByReference, now - lastRefresh >= settings.referenceInterval {
      lastRefresh = now
      let target = refreshTarget
      plan.updated.insert(target)
      let renewed = LongTermReference(
        picture: picture, isEstablished: !mechanism.acknowledgesReferences)
      if target == .golden { golden = renewed } else { altref = renewed }
      // The buffer being replaced is not referred to (as Linphone does).
      plan.allowed.formUnion(established.subtracting(target))
    } else {
      plan.allowed.formUnion(established)
    }
    return plan
  }

  /// With temporal layers the pattern replaces golden and no schedule does; altref, which it leaves
  /// alone, is referred to as far as the receiver is taken to have it.
  private mutating func layered(
    _ picture: PictureNumber, _ position: TemporalLayerPattern.Position
  ) -> FramePlan {
    if position.updated.contains(.golden) {
      golden = LongTermReference(
        picture: picture, isEstablished: !mechanism.acknowledgesReferences)
    }
    var allowed = position.allowed
    if !established.contains(.altref) { allowed.remove(.altref) }
    return FramePlan(
      isKey: false, allowed: allowed, updated: position.updated,
      temporalLayer: position.temporalLayer)
  }

  // MARK: References

  private var established: VP8References {
    var buffers: VP8References = []
    if golden?.isEstablished == true { buffers.insert(.golden) }
    if altref?.isEstablished == true { buffers.insert(.altref) }
    return buffers
  }

  private var newestEstablished: VP8References? {
    switch (golden?.isEstablished ?? false, altref?.isEstablished ?? false) {
    case (true, true): golden!.picture >= altref!.picture ? .golden : .altref
    case (true, false): .golden
    case (false, true): .altref
    case (false, false): nil
    }
  }

  private func buffer(holding picture: PictureNumber) -> VP8References? {
    if golden?.picture == picture { return .golden }
    if altref?.picture == picture { return .altref }
    return nil
  }

  /// RFC 7741 section 5: the only established reference is not overwritten; otherwise the older one
  /// is, and altref where they are equal, as in the example of section 5.3.
  private var refreshTarget: VP8References {
    switch (golden?.isEstablished ?? false, altref?.isEstablished ?? false) {
    case (true, false): .altref
    case (false, true): .golden
    default: golden!.picture < altref!.picture ? .golden : .altref
    }
  }
}
