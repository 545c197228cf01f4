import SimulationKernel
import WireFormats

/// Decides how each frame is encoded, from what the receiver has said (RFC 7741 section 5).
///
/// Ordinary frames update `last` only, so golden and altref change when this policy says so and at
/// no other time.
public struct EncoderControl: Sendable {
  private enum Pending {
    case keyFrame(RequestIdentifier)
    case reference(VP8References, RequestIdentifier)
  }

  var mechanism: Mechanism
  let settings: EncoderControlSettings
  var golden: LongTermReference?
  var altref: LongTermReference?
  private var lastKeyFrame: SimTime?
  private var lastRefresh = SimTime.zero
  private var lastRepair: PictureNumber = -1
  private var newestPlanned: PictureNumber = -1
  /// Whether the frame that wrote golden or altref last, or repaired, was a repair: `last` follows
  /// from buffers that the receiver may hold no more, and the next renewal does without it.
  private var repairedSinceRefresh = false
  /// Renewals since the last frame that was predicted from nothing.
  private var renewalsSinceIntra = 0
  /// The newest picture reported damaged.
  var lastReported: PictureNumber?
  let framesPerRefresh: PictureNumber
  /// The next of `startKeyFrames`, and when the first frame was captured.
  private var nextStartKeyFrame = 0
  private var begin = SimTime.zero
  private var pending: Pending?
  /// A request for a key frame that must wait for the end of the guard.
  private var held: RequestIdentifier?
  /// When a request for a key frame was let through last.
  private var lastAccepted: SimTime?
  /// The picture that golden or altref was written by last, temporal layers' pattern aside.
  private var newestReference: PictureNumber?
  private var obeyedCommand: UInt8?
  private var layers: TemporalLayerCycle?

  /// - Parameters:
  ///   - framesPerRefresh: frames in `referenceInterval`.
  ///   - temporalLayers: 1...3 (checked).
  public init(
    mechanism: Mechanism, settings: EncoderControlSettings, framesPerRefresh: PictureNumber = 75,
    temporalLayers: Int = 1
  ) {
    self.framesPerRefresh = framesPerRefresh
    self.mechanism = mechanism
    layers = TemporalLayerCycle(layers: temporalLayers)
    self.settings = settings
  }

  /// Goes on by another mechanism's rules, under which all frames so far would have been the same.
  public mutating func adopt(_ mechanism: Mechanism) {
    self.mechanism = mechanism
  }

  /// Takes in a message; the next `plan` is the answer, if there is one.
  public mutating func handle(_ request: Request, id: RequestIdentifier, now: SimTime) -> Verdict {
    switch request {
    case .keyFrame:
      guard settings.keyFrameRequest == .reference else { return askForKeyFrame(id, now: now) }
      return lossReported(id, now: now)
    case .fastUpdate:
      if settings.limitsFastUpdates { return askForKeyFrame(id, now: now) }
      pending = .keyFrame(id)
      return .answered
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
    defer { newestPlanned = picture }
    var plan = choose(picture, now: now)
    // A frame without `last` ends the receiver's wait where all that it refers to was acknowledged.
    let repairs = !plan.allowed.contains(.last) && plan.allowed.isSubset(of: established)
    plan.isMarkedNonReference =
      settings.marksNonReference && !plan.isKey
      && plan.updated.isDisjoint(with: [.golden, .altref]) && !repairs
    return plan
  }

  private mutating func choose(_ picture: PictureNumber, now: SimTime) -> FramePlan {
    guard lastKeyFrame != nil else {
      begin = now
      return keyFrame(picture, answers: nil, now: now)
    }
    switch pending {
    case .keyFrame(let id): return keyFrame(picture, answers: id, now: now)
    case .reference(let buffer, let id):
      return repair(picture, from: buffer, answers: id)
    case nil:
      if let held, !isGuarded(now: now) { return keyFrame(picture, answers: held, now: now) }
      if isKeyFrameDue(now: now) { return keyFrame(picture, answers: nil, now: now) }
      return ordinary(picture, now: now)
    }
  }

  /// Whether a key frame comes now though nobody asks.
  private mutating func isKeyFrameDue(now: SimTime) -> Bool {
    if nextStartKeyFrame < settings.startKeyFrames.count,
      now - begin >= settings.startKeyFrames[nextStartKeyFrame]
    {
      nextStartKeyFrame += 1
      return true
    }
    let isPeriodic =
      switch settings.periodicKeyFrames {
      case .unasked: mechanism.needsPeriodicKeyFrames
      case .always: true
      case .never: false
      }
    guard isPeriodic, let lastKeyFrame else { return false }
    return now - lastKeyFrame >= settings.periodicKeyFrameInterval
  }

  /// The encoder made frame `picture` a key frame on its own: the plan that holds instead.
  public mutating func keyFrameHappened(_ picture: PictureNumber, now: SimTime) -> FramePlan {
    keyFrame(picture, answers: nil, now: now)
  }

  /// When the guard interval ends; nil where none has begun.
  public var guardEnd: SimTime? {
    let begin = settings.guardOrigin == .keyFrame ? lastKeyFrame : lastAccepted
    return begin.map { $0 + settings.minimumKeyFrameInterval }
  }

  // MARK: Messages

  private mutating func askForKeyFrame(_ id: RequestIdentifier, now: SimTime) -> Verdict {
    guard isGuarded(now: now) else {
      pending = .keyFrame(id)
      lastAccepted = now
      return .answered
    }
    guard settings.guardedRequests == .defer else { return .guarded }
    held = held ?? id
    return .answered
  }

  private func isGuarded(now: SimTime) -> Bool {
    if let guardEnd, now < guardEnd { return true }
    return isWithinReferenceDistance
  }

  private var isWithinReferenceDistance: Bool {
    guard let newestReference else { return false }
    return newestPlanned + 1 - newestReference <= settings.minimumReferenceDistance
  }

  /// A PLI that is taken for a report of damage to nobody knows what.
  private mutating func lossReported(_ id: RequestIdentifier, now: SimTime) -> Verdict {
    guard !isGuarded(now: now) else { return .guarded }
    if case .keyFrame = pending { return .answered }
    pending = repairReferences.map { .reference($0, id) } ?? .keyFrame(id)
    return .answered
  }

  private mutating func damaged(
    oldest: PictureNumber, newest: PictureNumber, _ id: RequestIdentifier, now: SimTime
  ) -> Verdict {
    lastReported = newest
    // A repair sent after the damaged pictures already answers the report.
    guard newest >= newestAnswer else { return .ignored }
    if mechanism == .sli, settings.trustsSilence {
      // Silence meant success up to the damage and means nothing from there on.
      if golden.map({ $0.picture >= oldest }) ?? false { golden?.isEstablished = false }
      if altref.map({ $0.picture >= oldest }) ?? false { altref?.isEstablished = false }
    }
    // A key frame that is due already repairs more.
    if case .keyFrame = pending { return .answered }
    if let buffers = repairReferences {
      pending = .reference(buffers, id)
    } else if isWithinReferenceDistance {
      // Too soon for another key frame: the last one must do, whether it arrived or not.
      pending = .reference([.golden, .altref], id)
    } else {
      return askForKeyFrame(id, now: now)
    }
    return .answered
  }

  /// Reports of older pictures than this are answered already.
  private var newestAnswer: PictureNumber {
    guard settings.staleReports == .reference, let newestReference else { return lastRepair }
    return max(lastRepair, newestReference)
  }

  private mutating func referenceNamed(
    _ picture: PictureNumber, _ id: RequestIdentifier, now: SimTime
  ) -> Verdict {
    if golden?.picture == picture, isBelieved(golden!) { golden?.isEstablished = true }
    if altref?.picture == picture, isBelieved(altref!) { altref?.isEstablished = true }
    guard mechanism == .rpsi else { return .acknowledged }
    if case .keyFrame = pending { return .answered }
    // RPSI alone also says "predict from this picture" (RFC 4585 section 6.3.3), and it cannot be
    // told whether a message acknowledges or asks: the next frame does as it says in both cases.
    guard let buffer = buffer(holding: picture) ?? repairReferences else {
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
    held = nil
    newestReference = picture
    lastKeyFrame = now
    lastRefresh = now
    lastRepair = picture
    repairedSinceRefresh = false
    renewalsSinceIntra = 0
    let fresh = LongTermReference(picture: picture, isEstablished: isEstablishedUnasked)
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
    repairedSinceRefresh = true
    var updated: VP8References = .last
    if mechanism == .sli, settings.trustsSilence {
      // The receiver's copy of a buffer renewed after the damage is unknown: renew it again.
      if !established.isSuperset(of: [.golden, .altref]) { newestReference = picture }
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
    if renewsReferences, now - lastRefresh >= settings.referenceInterval {
      if established.isEmpty, settings.unacknowledgedRefresh == .keyFrame {
        return keyFrame(picture, answers: nil, now: now)
      }
      lastRefresh = now
      let target = refreshTarget
      plan.updated.insert(target)
      if repairedSinceRefresh, settings.doubtsDependentReferences { plan.allowed = [] }
      repairedSinceRefresh = false
      renewalsSinceIntra += 1
      let isIntra =
        target == .altref
        && settings.independentRefresh.map { renewalsSinceIntra > $0 } ?? false
      if isIntra { renewalsSinceIntra = 0 }
      var renewed = LongTermReference(picture: picture, isEstablished: isEstablishedUnasked)
      renewed.isIndependent = isIntra || plan.allowed.isEmpty
      if target == .golden { golden = renewed } else { altref = renewed }
      newestReference = picture
      // The buffer being replaced is not referred to (as Linphone does).
      plan.allowed = isIntra ? [] : plan.allowed.union(established.subtracting(target))
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
      golden = LongTermReference(picture: picture, isEstablished: isEstablishedUnasked)
    }
    var allowed = position.allowed
    if !established.contains(.altref) { allowed.remove(.altref) }
    return FramePlan(
      isKey: false, allowed: allowed, updated: position.updated,
      temporalLayer: position.temporalLayer)
  }
}
