/// Built-in, camera-like video: the same samples on every machine.
///
/// A picture is a pure function of content, size, frame rate and index, by integer arithmetic
/// alone. What never changes (walls, grass, pages of text) is drawn once when the source is made.
public final class SyntheticSource {
  /// What is filmed.
  public enum Content: String, CaseIterable, Sendable {
    /// A person who speaks, nods and blinks before a room; sensor grain.
    case talkingHead = "talking-head"
    /// Pages of text that scroll for three seconds of every ten and then stand still; no grain.
    case screenShare = "screen-share"
    /// A camera that pans over a field with running players; a cut every six seconds; grain.
    case sports = "sports"
  }

  private enum Scene {
    case talkingHead(TalkingHeadScene)
    case screenShare(ScreenShareScene)
    case sports(SportsScene)
  }

  public let content: Content
  public let width: Int
  public let height: Int
  public let frameRate: FrameRate
  private let scene: Scene

  /// - Parameters:
  ///   - width, height: even, 160...1280 by 120...720 (checked).
  ///   - frameRate: 1...60 frames a second (checked).
  public init(content: Content, width: Int, height: Int, frameRate: FrameRate) {
    precondition(
      Self.accepts(width: width, height: height),
      "built-in video has even sizes within 160x120...1280x720, not \(width)x\(height)")
    precondition(
      frameRate.numerator >= frameRate.denominator
        && frameRate.numerator <= 60 * frameRate.denominator,
      "built-in video has 1...60 frames a second, not \(frameRate)")
    self.content = content
    self.width = width
    self.height = height
    self.frameRate = frameRate
    scene =
      switch content {
      case .talkingHead: .talkingHead(TalkingHeadScene(width: width, height: height))
      case .screenShare: .screenShare(ScreenShareScene(width: width, height: height))
      case .sports: .sports(SportsScene(width: width, height: height))
      }
  }

  /// Whether built-in video comes in this size.
  public static func accepts(width: Int, height: Int) -> Bool {
    width % 2 == 0 && height % 2 == 0 && (160...1280).contains(width)
      && (120...720).contains(height)
  }

  /// Draws frame `index` (from 0) over the whole picture, which has the source's size (checked).
  public func render(frame index: Int, into picture: Picture) {
    precondition(
      picture.width == width && picture.height == height,
      "a picture of \(picture.width)x\(picture.height) is not \(width)x\(height)")
    let milliseconds = Int(frameRate.captureTime(ofFrame: Int64(index)).nanoseconds / 1_000_000)
    switch scene {
    case .talkingHead(let scene): scene.render(milliseconds, frame: index, into: picture)
    case .screenShare(let scene): scene.render(milliseconds, into: picture)
    case .sports(let scene): scene.render(milliseconds, frame: index, into: picture)
    }
  }
}

/// A sine in units of 1/4096 by Bhaskara's rational approximation (error below 0.2 %).
///
/// - Parameter phase: 2048 to the turn; any integer.
func integerSine(_ phase: Int) -> Int {
  let within = phase & 2047
  let half = within & 1023
  let product = half * (1024 - half)
  let value = 16 * product * 4096 / (5 * 1_048_576 - 4 * product)
  return within < 1024 ? value : -value
}

/// A sine over time, in units of 1/4096.
func wave(_ milliseconds: Int, period: Int, offset: Int = 0) -> Int {
  integerSine((milliseconds % period) * 2048 / period + offset)
}
