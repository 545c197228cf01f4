import MediaSession
import NetworkModels
import SimulationKernel
import VP8Codec
import WireFormats

/// From the camera to the media path.
extension Call {
  func capture(_ index: Int, now: SimTime) throws {
    if index + 1 < frameCount {
      let next = SimTime.zero + clip.frameRate.captureTime(ofFrame: Int64(index + 1))
      queue.schedule(.capture(index: index + 1), at: next)
    }
    scheduleScreen(index, now: now)
    let source = clip.picture(at: index)
    guard let (frame, plan) = try sender.encode(source, index: index, now: now) else {
      recorder.frames.add(
        FrameEntry(captured: now, plan: FramePlan(isKey: false, allowed: [], updated: [])))
      recorder.totals.framesDropped += 1
      return
    }
    sent?.encoded(frame.octets, index: index)
    let picture = sender.nextPicture
    if plan.answers != nil { recorder.requests.answered(by: picture) }
    let reconstruction = sender.reconstructions.keep(
      picture, sender.encoder.reconstruction(), unwanted: receiver.oldestWanted,
      shown: receiver.screen?.pixels)
    var entry = FrameEntry(picture: picture, captured: now, plan: plan)
    entry.octets = frame.octets.count
    entry.quantizer = frame.quantizer
    entry.encodedQuality = PictureQuality(of: reconstruction, against: source)
    recorder.frames.add(entry)
    sender.nextPicture += 1
    // The next frame needs the encoder.
    let time = min(encodingTime(ofFrame: index), clip.frameRate.captureTime(ofFrame: 1) / 2)
    guard time > .zero else { return try send(frame, index: index, now: now) }
    sender.encoded = frame
    queue.schedule(.encoded(index: index), at: now + time)
  }

  func sendEncoded(_ index: Int, now: SimTime) throws {
    guard let frame = sender.encoded else { preconditionFailure("frame \(index) was not encoded") }
    sender.encoded = nil
    try send(frame, index: index, now: now)
  }

  /// Drawn by the frame's number, so that calls whose frames differ have the same.
  private func encodingTime(ofFrame index: Int) -> SimDuration {
    let range = scenario.encoderControl.encodingTime
    let width = UInt64((range.upperBound - range.lowerBound).nanoseconds) + 1
    let draw = sender.encodingChance.draw(slot: Int64(index), index: 0)
    return range.lowerBound
      + SimDuration(nanoseconds: Int64(draw.multipliedFullWidth(by: width).high))
  }

  private func send(_ frame: VP8EncodedFrame, index: Int, now: SimTime) throws {
    sender.pieces.removeAll(keepingCapacity: true)
    sender.packetizer.cut(frame.partitions, count: frame.octets.count, into: &sender.pieces)
    let timestamp = sender.timestamp(ofFrame: index, frameRate: clip.frameRate)
    for (number, piece) in sender.pieces.enumerated() {
      let slot = pool.allocate()
      let count = sender.write(
        piece, of: frame, timestamp: timestamp, sequence: sender.nextSequence,
        into: pool.storage(of: slot))
      pool.setCount(count, of: slot)
      sender.nextSequence += 1
      sender.statistics.packets += 1
      sender.statistics.octets += UInt32(count - RTPHeader.fixedByteCount)
      sender.history?.keep(pool.octets(of: slot), sequence: sender.nextSequence - 1, now: now)
      let octets = wireSize.octets(rtp: count)
      let isProbed =
        probeLoss?.takes(packet: number, of: sender.pieces.count, frame: index) ?? false
      let isScripted =
        isProbed || scenario.media.loses(packet: number, of: sender.pieces.count, frame: index)
      let outcome = forward.send(
        octets: octets, at: now, losing: isScripted, sparing: isSpared)
      capture?.mediaSent(pool.octets(of: slot), outcome, isScripted: isScripted, now: now)
      switch outcome {
      case .delivered(let arrival):
        queue.schedule(.mediaArrives(slot), at: arrival)
        scheduleMediaCopy(of: slot)
        recorder.packetSent(
          frame: index, octets: octets, now: now, lostAt: nil)
      case .lost(let time), .dropped(let time):
        pool.release(slot)
        recorder.packetSent(
          frame: index, octets: octets, now: now, lostAt: time)
      }
    }
  }

  /// The network delivers the packet that was sent last a second time.
  func scheduleMediaCopy(of slot: PacketHandle) {
    guard let time = forward.copyArrives else { return }
    queue.schedule(.mediaArrives(pool.allocate(copying: pool.octets(of: slot))), at: time)
  }

  /// Luma PSNR; nil for identical pictures.
  func psnr(_ a: Picture, _ b: Picture) -> Double? {
    lumaPSNR(squaredError: lumaSquaredError(a, b), width: a.width, height: a.height)
  }
}
