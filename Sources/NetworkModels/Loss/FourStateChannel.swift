import SimulationKernel

/// Netem's chain, a step of it with each step of time.
struct FourStateChannel: Sendable {
  private enum State {
    case gap, burstArrival, burstLoss, singleLoss
  }

  private let settings: FourStateLoss
  private var stream: RandomStream
  private var state: State
  /// The step of time that `state` is of.
  private var step: Int64 = 0

  init(_ settings: FourStateLoss, key: StreamKey) {
    precondition(settings.step > .zero, "a step takes some time")
    self.settings = settings
    stream = RandomStream(key)
    let (one, two, three, _) = settings.shares
    let draw = stream.nextUnit()
    state =
      draw < one
      ? .gap
      : draw < one + two ? .burstArrival : draw < one + two + three ? .burstLoss : .singleLoss
  }

  mutating func loses(at time: SimTime) -> Bool {
    let now = time.nanoseconds / settings.step.nanoseconds
    precondition(now >= step, "packets pass a channel in the order of time")
    while step < now {
      advance()
      step += 1
    }
    return state == .burstLoss || state == .singleLoss
  }

  private mutating func advance() {
    let draw = stream.nextUnit()
    switch state {
    case .gap:
      if draw < settings.p13 {
        state = .burstLoss
      } else if draw < settings.p13 + settings.p14 {
        state = .singleLoss
      }
    case .burstLoss:
      if draw < settings.p31 {
        state = .gap
      } else if draw < settings.p31 + settings.p32 {
        state = .burstArrival
      }
    case .burstArrival: if draw < settings.p23 { state = .burstLoss }
    case .singleLoss: state = .gap
    }
  }
}
