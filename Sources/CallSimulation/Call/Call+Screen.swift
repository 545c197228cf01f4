import MediaSession
import SimulationKernel
import VP8Codec

/// What the viewer sees when a frame is due.
extension Call {
  /// Puts a frame's playout time into the queue, once the playout buffer has its anchor. Where that
  /// moves forth, the event finds it moved; where it moves back, another event is needed.
  func scheduleScreen(_ index: Int, now: SimTime) {
    guard receiver.playout.isAnchored else { return }
    let due = max(now, playoutTime(ofFrame: index))
    queue.schedule(.screenDue(index: index), at: receiver.playout.readingTime(ofArrival: due))
  }

  func playoutTime(ofFrame index: Int) -> SimTime {
    receiver.playout.playoutTime(
      ofTimestamp: sender.timestamp(ofFrame: index, frameRate: clip.frameRate))
  }

  /// A frame is due: what does the viewer see?
  func screenDue(_ index: Int, now: SimTime) throws {
    guard index >= receiver.firstFrameToCome else { return }
    let due = playoutTime(ofFrame: index)
    guard due <= now else {
      queue.schedule(.screenDue(index: index), at: due)
      return
    }
    try play(now: now)
    // Where times have moved, those before it may be due with it.
    while receiver.firstFrameToCome <= index {
      show(receiver.firstFrameToCome, now: now)
      receiver.firstFrameToCome += 1
    }
  }

  private func show(_ index: Int, now: SimTime) {
    recorder.frames[index].due = now
    receiver.newestDue = recorder.frames[index].picture ?? receiver.newestDue
    shown?.due(index, receiver.screen?.pixels)
    defer {
      film?.due(
        index, receiver.screen?.pixels, recorder.frames[index].shown, width: clip.width,
        height: clip.height)
    }
    guard let screen = receiver.screen else {
      recorder.frames[index].shown = .blank
      // Nothing has been decoded yet that could have changed it from black.
      recorder.frames[index].shownQuality = PictureQuality(
        of: receiver.drifted, against: clip.picture(at: index))
      return
    }
    let onScreen = recorder.frames.index(of: screen.picture)
    recorder.frames[index].onScreen = onScreen
    // A newer one is there where both are due at one time.
    if onScreen >= index, screen.isExact {
      recorder.frames[index].shown = .exact
      recorder.frames[index].shownQuality = recorder.frames[onScreen].encodedQuality
      return
    }
    recorder.frames[index].shown = onScreen == index ? .drifted : .frozen
    recorder.frames[index].shownQuality = PictureQuality(
      of: screen.pixels, against: clip.picture(at: index))
    if let picture = recorder.frames[index].picture {
      recorder.frames[index].shownAgainstReconstructionPSNR = psnr(
        screen.pixels, sender.reconstructions[picture])
    }
  }
}
