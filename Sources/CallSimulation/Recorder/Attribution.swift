import MediaSession
import Results
import SimulationKernel

/// Gives every instant of an episode exactly one cause.
///
/// Time is filled from the episode's begin to its end, never twice and without a hole, so the
/// causes add up to the episode's duration by construction.
struct Attribution {
  private(set) var causes = [SimDuration](repeating: .zero, count: Cause.allCases.count)
  private var cursor: SimTime
  private let end: SimTime

  init(begin: SimTime, end: SimTime) {
    cursor = begin
    self.end = end
  }

  /// Blames everything from where the account stands up to `time` on `cause`.
  mutating func blame(_ cause: Cause, until time: SimTime) {
    let limit = min(time, end)
    guard limit > cursor else { return }
    causes[cause.rawValue] += limit - cursor
    cursor = limit
  }

  /// The course of one request up to `stop`, when another one takes over or the episode ends.
  mutating func follow(
    _ request: RequestEntry, until stop: SimTime, frames: FrameLog, nextLoss: SimTime?
  ) {
    let waiting: Cause = request.kind == .info ? .requestLimit : .rtcpTick
    guard let sent = request.sent else {
      // The scheduler refused it, or it still waits.
      blame(waiting, until: stop)
      return
    }
    blame(waiting, until: min(sent, stop))
    if request.kind == .info {
      travel(request, until: stop)
    } else if let received = request.received {
      blame(.requestOnNetwork, until: min(received, stop))
    } else {
      blame(request.isLost ? .requestLost : .requestOnNetwork, until: stop)
    }
    guard request.received != nil else { return }
    if request.kind == .nack {
      followRetransmission(request.retransmission, until: stop)
      return
    }
    guard !request.isRefused else {
      // Until the user agent may ask again, if ever.
      blame(.requestLimit, until: stop)
      return
    }
    guard let answer = request.answeredBy else {
      // Guarded, ignored, or no frame has been captured since. Once the guard would let a key frame
      // pass, a user agent that may not ask again is what everything waits for.
      if request.kind == .info, let guardedUntil = request.guardedUntil {
        blame(.encoderWait, until: min(guardedUntil, stop))
        blame(.requestLimit, until: stop)
      }
      blame(.encoderWait, until: stop)
      return
    }
    let frame = frames[frames.index(of: answer)]
    blame(.encoderWait, until: min(frame.captured, stop))
    guard frame.packetsLost == 0 else {
      blame(.repairDamaged, until: stop)
      return
    }
    if let nextLoss {
      // The frame was whole, but something after it was lost before it could be shown.
      blame(.repairOnNetwork, until: min(nextLoss, stop))
      blame(.notNoticed, until: stop)
      return
    }
    blame(.repairOnNetwork, until: min(frame.arrived ?? stop, stop))
    blame(.playout, until: min(frame.displayed ?? frame.due ?? stop, stop))
    blame(.repairInVain, until: stop)
  }

  /// Packets sent again: all of them on their way, or one of them lost; or none, since the sender
  /// did not hold them any more.
  private mutating func followRetransmission(
    _ retransmission: Retransmission?, until stop: SimTime
  ) {
    guard let retransmission else {
      blame(.requestLost, until: stop)
      return
    }
    guard retransmission.packetsLost == 0, let arrived = retransmission.arrived else {
      blame(.repairDamaged, until: stop)
      return
    }
    blame(.repairOnNetwork, until: min(arrived, stop))
    blame(.playout, until: stop)
  }

  /// A SIP request's way: on each hop what an idle connection takes is the network's, the rest the
  /// transport's.
  private mutating func travel(_ request: RequestEntry, until stop: SimTime) {
    for hop in request.hops {
      if let heldFrom = hop.heldFrom {
        blame(.proxy, until: min(heldFrom, stop))
        blame(.asleep, until: min(hop.written ?? stop, stop))
      }
      guard let written = hop.written else { break }
      blame(.proxy, until: min(written, stop))
      if let delivered = hop.delivered {
        blame(.tcp, until: min(delivered - hop.undisturbed, stop))
        blame(.requestOnNetwork, until: min(delivered, stop))
      } else {
        blame(.requestOnNetwork, until: min(written + hop.undisturbed, stop))
        // On a dead connection until that is given up.
        blame(.tcp, until: min(hop.lost ?? stop, stop))
      }
    }
    if let received = request.received {
      blame(.requestOnNetwork, until: min(received, stop))
    } else {
      blame(request.isLost ? .requestLost : .proxy, until: stop)
    }
  }
}
