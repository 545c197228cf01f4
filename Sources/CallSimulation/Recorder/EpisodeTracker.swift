import MediaSession
import SimulationKernel

/// The recovery oracle: when was what the viewer saw not what the sender meant?
///
/// An episode begins with a lost packet. It ends when a picture is displayed that equals the
/// encoder's reconstruction bit for bit, no later picture has lost a packet by then, and what is
/// displayed afterwards stays exact until the next loss. Losses during an episode belong to it.
struct EpisodeTracker {
  struct Loss {
    var time: SimTime
    var picture: PictureNumber
  }

  struct Episode {
    var begin: SimTime
    /// Within the tracker's lists, so that an episode costs no allocation of its own.
    var losses: Range<Int>
    var noticed: SimTime?
    var newestDamaged: PictureNumber
    /// The exact picture that ended it, and when.
    var repair: (picture: PictureNumber, displayed: SimTime)?
    var falseRepair = false
  }

  private(set) var episodes: [Episode] = []
  private(set) var losses: [Loss] = []
  /// Losses before this index belong to an episode already.
  private var seen = 0
  private var isOpen = false

  /// A packet was or will be lost at this time; times come in order.
  mutating func packetLost(_ picture: PictureNumber, at time: SimTime) {
    // The queue drops at once what the channel loses later: keep the list in order of time.
    var place = losses.count
    while place > seen, losses[place - 1].time > time { place -= 1 }
    losses.insert(Loss(time: time, picture: picture), at: place)
  }

  /// The receiver has noticed that something is missing.
  mutating func damageNoticed(now: SimTime) {
    advance(to: now)
    if isOpen, episodes[episodes.count - 1].noticed == nil {
      episodes[episodes.count - 1].noticed = now
    }
  }

  /// A picture goes on screen.
  ///
  /// - Parameter isBelieved: whether the receiver takes it for intact.
  mutating func displayed(
    _ picture: PictureNumber, isExact: Bool, isBelieved: Bool = true, now: SimTime
  ) {
    advance(to: now)
    if isExact {
      // The damaged picture itself can be exact where its packets were sent again.
      if isOpen, picture >= episodes[episodes.count - 1].newestDamaged {
        episodes[episodes.count - 1].repair = (picture, now)
        isOpen = false
      }
      return
    }
    if !isOpen {
      if episodes.isEmpty {
        // Not a single loss, and yet not the sender's picture: the codec itself is at fault.
        episodes.append(Episode(begin: now, losses: seen..<seen, newestDamaged: picture))
      }
      // The last repair did not hold.
      isOpen = true
      episodes[episodes.count - 1].repair = nil
    }
    if isBelieved { episodes[episodes.count - 1].falseRepair = true }
  }

  /// Takes in losses up to now; call before reading `episodes`.
  mutating func advance(to now: SimTime) {
    while seen < losses.count, losses[seen].time <= now {
      let loss = losses[seen]
      if !isOpen {
        episodes.append(
          Episode(begin: loss.time, losses: seen..<seen, newestDamaged: loss.picture))
        isOpen = true
      }
      seen += 1
      let last = episodes.count - 1
      episodes[last].losses = episodes[last].losses.lowerBound..<seen
      episodes[last].newestDamaged = max(episodes[last].newestDamaged, loss.picture)
    }
  }
}
