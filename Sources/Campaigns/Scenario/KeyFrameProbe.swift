import Synchronization
import VP8Codec

/// What a key frame of a call will be like. libvpx bounds its size only where `max-intra-rate` is
/// given, and what it makes of that depends on the picture, so the picture is coded.
enum KeyFrameProbe {
  struct KeyFrame: Sendable {
    var octets: Int
    var quantizer: Int
  }

  private struct Subject: Hashable, Sendable {
    var codec: VP8EncoderSettings
    var video: VideoSettings
  }

  /// The cells of a plan mostly film and code alike.
  private static let known = Mutex<[Subject: KeyFrame]>([:])

  /// The key frame that is asked for a second into the video; nil where the video is a file, or
  /// where libvpx makes none.
  static func measure(_ codec: VP8EncoderSettings, _ video: VideoSettings) -> KeyFrame? {
    if case .file = video.source { return nil }
    var subject = Subject(codec: codec, video: video)
    // A key frame belongs to the base layer and has its size by the whole rate.
    subject.codec.temporalLayers = 1
    subject.codec.layerBitrates = []
    if let key = known.withLock({ $0[subject] }) { return key }
    guard let key = try? code(subject) else { return nil }
    known.withLock { $0[subject] = key }
    return key
  }

  private static func code(_ subject: Subject) throws -> KeyFrame? {
    let video = subject.video
    let count = video.frameRate.frameCount(within: .seconds(1))
    let clip = try Clip.load(video, frames: count + 1)
    let encoder = try VP8Encoder(
      settings: subject.codec, width: clip.width, height: clip.height, frameRate: clip.frameRate)
    let ordinary: VP8FrameFlags = [
      .noReferenceGolden, .noReferenceAltRef, .noUpdateGolden, .noUpdateAltRef,
    ]
    for index in 0..<count {
      _ = try encoder.encode(
        clip.picture(at: index), index: Int64(index), flags: index == 0 ? .forceKeyFrame : ordinary)
    }
    let frame = try encoder.encode(
      clip.picture(at: count), index: Int64(count), flags: .forceKeyFrame)
    return frame.map { KeyFrame(octets: $0.octets.count, quantizer: $0.quantizer) }
  }

  /// More octets than a key frame is likely to have, without coding it.
  static func largest(_ codec: VP8EncoderSettings, _ video: VideoSettings) -> Double {
    let frameTime = video.frameRate.captureTime(ofFrame: 1).inSeconds
    let mean = Double(codec.targetBitrate) * 1_000 * frameTime / 8
    // Without a limit libvpx aims at (16 + boost) / 16 mean frames, where the boost is 32, or twice
    // the frame rate less 16, times up to 2.2 (vp8/encoder/ratectrl.c, calc_iframe_target_size).
    let boost = max(32, 2 / frameTime - 16) * 2.2
    let aim =
      codec.maximumIntraRate > 0 ? Double(codec.maximumIntraRate) / 100 : (16 + boost) / 16
    if case .file = video.source { return mean * aim }
    // Both are passed at times: the aim by half, and at the worst quantizer small text takes 0.75
    // bits a pixel.
    return max(mean * aim * 1.5, Double(video.width * video.height) * 0.8 / 8)
  }
}
