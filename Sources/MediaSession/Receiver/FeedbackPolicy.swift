import SimulationKernel

/// What the receiver asks for when it notices damage, and when it asks again.
public struct FeedbackPolicy: Sendable {
  public enum Input: Sendable {
    /// The depacketizer has noticed that this picture cannot be completed.
    case damageNoticed(PictureNumber)
    /// A complete picture could not be shown, because what it refers to is damaged; `isRepair` where
    /// it refers to golden or altref alone, so that the sender took the damaged buffer for intact.
    case undecodable(PictureNumber, isRepair: Bool)
    /// This picture is on screen and the receiver believes it intact.
    case repaired(PictureNumber, byKeyFrame: Bool)
    /// A picture that updated golden or altref was decoded from intact references.
    case referenceUpdated(PictureNumber)
    /// `nextDeadline` has come.
    case deadline
  }

  public enum Action: Equatable, Sendable {
    /// Hand this message to the RTCP scheduler.
    case feedback(FeedbackMessage)
    /// The SIP user agent is to ask for a fast update. Said once for each loss that is noticed; how
    /// often it asks until told otherwise is the user agent's own rule.
    case repairWanted
    /// Nothing is wanted any more.
    case repairDone(byKeyFrame: Bool)
  }

  private enum State {
    case intact
    /// Since `first` was found damaged; `askAgain` is the time of the next request over RTCP.
    case waiting(first: PictureNumber, newest: PictureNumber, askAgain: SimTime)
  }

  private var mechanism: Mechanism
  private let settings: ReceiverSettings
  /// Whether pictures have a PictureID, by which SLI and RPSI name them.
  private let namesPictures: Bool
  private let nameableDistance: PictureNumber
  private var state = State.intact
  private var newestMissing: PictureNumber = -1
  private var lastAsked: SimTime?
  /// Pictures dropped since the wait began.
  private var droppedFrames = 0
  /// A repair that the sender believed in has failed: only a key frame helps.
  private var needsKeyFrame = false
  /// RFC 5104 section 4.3.1.1: the number of the last command, the newest loss it was about, and
  /// whether it is still to be obeyed.
  private var command: (number: UInt8, about: PictureNumber, isOpen: Bool)?

  /// - Parameter nameableDistance: how many pictures back an SLI can name one. It has six bits (RFC
  ///   4585 section 6.3.2), which the sender takes for one of the last 64 pictures it has sent; some
  ///   are under way while the report is.
  public init(
    mechanism: Mechanism, settings: ReceiverSettings, namesPictures: Bool = true,
    nameableDistance: PictureNumber = 40
  ) {
    self.mechanism = mechanism
    self.settings = settings
    self.namesPictures = namesPictures
    self.nameableDistance = nameableDistance
  }

  /// Goes on by another mechanism's rules; nothing has been damaged yet (checked).
  public mutating func adopt(_ mechanism: Mechanism) {
    precondition(!isWaiting, "a wait for a repair is one mechanism's own")
    self.mechanism = mechanism
  }

  /// Whether the receiver knows of damage that nothing has repaired.
  public var isWaiting: Bool {
    if case .waiting = state { true } else { false }
  }

  public var nextDeadline: SimTime? {
    guard mechanism.asksEncoderByRTCP, case .waiting(_, _, let askAgain) = state else { return nil }
    return askAgain == .distantFuture ? nil : askAgain
  }

  /// - Parameter reference: the newest intact golden or altref (`ReferenceTracker`).
  public mutating func handle(
    _ input: Input, reference: PictureNumber?, hasPicture: Bool, now: SimTime,
    into actions: inout [Action]
  ) {
    switch input {
    case .damageNoticed(let picture):
      newestMissing = max(newestMissing, picture)
      damageNoticed(picture, reference, hasPicture, now: now, into: &actions)
    case .undecodable(let picture, let isRepair):
      if repeatsByFrame, isWaiting {
        if isRepair { needsKeyFrame = true }
        droppedFrames += 1
        ask(picture, reference, hasPicture, now: now, into: &actions)
      } else if isRepair, !needsKeyFrame, mechanism == .sli || mechanism == .sliRpsi {
        // No report of damage can tell the sender which buffer it is wrong about.
        needsKeyFrame = true
        ask(picture, reference, hasPicture, now: now, into: &actions)
      } else if case .waiting(let first, let newest, let askAgain) = state {
        state = .waiting(first: first, newest: max(newest, picture), askAgain: askAgain)
      } else {
        damageNoticed(picture, reference, hasPicture, now: now, into: &actions)
      }
    case .repaired(let picture, let byKeyFrame):
      // Pictures from before the damage are still being played.
      guard case .waiting(let first, _, _) = state, picture > first else { return }
      state = .intact
      needsKeyFrame = false
      droppedFrames = 0
      command?.isOpen = false
      if mechanism.usesSIP { actions.append(.repairDone(byKeyFrame: byKeyFrame)) }
      // Something after the repair is missing already: the next repair is wanted at once.
      if newestMissing > picture {
        state = .waiting(first: picture + 1, newest: newestMissing, askAgain: now)
        if mechanism.usesSIP { actions.append(.repairWanted) }
        ask(newestMissing, reference, hasPicture, now: now, into: &actions)
      }
    case .referenceUpdated(let picture):
      if mechanism.acknowledgesReferences, namesPictures {
        actions.append(.feedback(.referencePictureSelection(picture)))
      }
    case .deadline:
      guard case .waiting(_, let newest, _) = state else { return }
      ask(newest, reference, hasPicture, now: now, into: &actions)
    }
  }

  private mutating func damageNoticed(
    _ picture: PictureNumber, _ reference: PictureNumber?, _ hasPicture: Bool, now: SimTime,
    into actions: inout [Action]
  ) {
    if mechanism.usesSIP { actions.append(.repairWanted) }
    if case .waiting(let first, let newest, let askAgain) = state {
      let newest = max(newest, picture)
      state = .waiting(first: first, newest: newest, askAgain: askAgain)
      // A slice loss may have hit the repairing frame itself, and the sender tells an old report
      // from a new one by the picture it names: report each. A key-frame request names nothing,
      // and the sender's guard would drop it: that one waits for its time.
      if mechanism == .sli || mechanism == .sliRpsi || repeatsByFrame {
        ask(newest, reference, hasPicture, now: now, into: &actions)
      }
      return
    }
    ask(picture, reference, hasPicture, now: now, into: &actions)
  }

  private mutating func ask(
    _ picture: PictureNumber, _ reference: PictureNumber?, _ hasPicture: Bool, now: SimTime,
    into actions: inout [Action]
  ) {
    var first = picture
    if case .waiting(let earlier, _, _) = state { first = earlier }
    let next = repeatsByFrame ? .distantFuture : now + settings.repeatInterval
    if let lastAsked, now < lastAsked + settings.minimumRequestInterval {
      // It goes as soon as it may.
      state = .waiting(
        first: first, newest: picture, askAgain: lastAsked + settings.minimumRequestInterval)
      return
    }
    lastAsked = now
    state = .waiting(first: first, newest: picture, askAgain: next)
    if !hasPicture, settings.startRequest == .firAndPli, mechanism.asksEncoderByRTCP {
      actions.append(.feedback(.fullIntraRequest(command: commandNumber())))
      actions.append(.feedback(.pictureLoss))
      return
    }
    switch mechanism {
    // The SIP user agent has its own rules for asking again.
    case .none, .nack, .sipInfo: break
    case .pli, .nackPli, .sipInfoPli: actions.append(.feedback(.pictureLoss))
    case .fir: actions.append(.feedback(.fullIntraRequest(command: commandNumber())))
    case .sli, .rpsi, .sliRpsi:
      // Without a reference to go back to only a key frame helps, and so it does where six bits
      // cannot name the oldest damaged picture any more.
      let newest = max(picture, newestMissing)
      if repeatsByFrame {
        actions.append(.feedback(frameReport(picture, reference)))
        return
      }
      guard hasPicture, namesPictures, let reference, !needsKeyFrame,
        newest - first <= nameableDistance
      else {
        actions.append(.feedback(.pictureLoss))
        return
      }
      actions.append(
        .feedback(
          mechanism == .rpsi
            ? .referencePictureSelection(reference) : .sliceLoss(oldest: first, newest: newest)))
    }
  }
}

extension FeedbackPolicy {
  private var repeatsByFrame: Bool { settings.repetition == .frame }

  /// One picture's loss, by itself; a PLI where pictures have no names and each time that as many as
  /// `framesUntilPictureLoss` have been dropped.
  private func frameReport(
    _ picture: PictureNumber, _ reference: PictureNumber?
  ) -> FeedbackMessage {
    if let limit = settings.framesUntilPictureLoss, droppedFrames > 0, droppedFrames % limit == 0 {
      return .pictureLoss
    }
    guard namesPictures, !needsKeyFrame else { return .pictureLoss }
    guard mechanism == .rpsi else { return .sliceLoss(oldest: picture, newest: picture) }
    return reference.map(FeedbackMessage.referencePictureSelection) ?? .pictureLoss
  }

  /// A repetition has the number of the command it repeats; a loss that came after the command, and
  /// may have hit its answer, makes a new one (RFC 5104 section 4.3.1.1).
  private mutating func commandNumber() -> UInt8 {
    if let command, command.isOpen, command.about >= newestMissing { return command.number }
    let number = command.map { $0.number &+ 1 } ?? 0
    command = (number, newestMissing, true)
    return number
  }
}

/// A feedback message before it has octets.
public enum FeedbackMessage: Hashable, Sendable {
  /// What a message is, whatever it is about; named as in the results.
  public enum Kind: String, CaseIterable, Sendable {
    case pli, sli, rpsi, nack, fir
  }

  case pictureLoss
  case fullIntraRequest(command: UInt8)
  case negativeAcknowledgement(RetransmissionRequester.Request)
  /// Pictures are damaged or doubtful from the oldest to the newest.
  case sliceLoss(oldest: PictureNumber, newest: PictureNumber)
  case referencePictureSelection(PictureNumber)

  /// Whether a message that waits need not be sent beside this one: it says the same, or, of slices,
  /// less.
  public func replaces(_ waiting: FeedbackMessage) -> Bool {
    switch (self, waiting) {
    case (.sliceLoss, .sliceLoss), (.fullIntraRequest, .fullIntraRequest): true
    default: self == waiting
    }
  }

  public var kind: Kind {
    switch self {
    case .pictureLoss: .pli
    case .fullIntraRequest: .fir
    case .negativeAcknowledgement: .nack
    case .sliceLoss: .sli
    case .referencePictureSelection: .rpsi
    }
  }
}
