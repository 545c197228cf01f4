/// What is filmed.
public struct VideoSettings: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// Built-in, deterministic content.
    case talkingHead, screenShare, sports
    /// A Y4M file, "-" for standard input, or any other container by way of ffmpeg.
    case file(String)
  }
  public var source = Source.talkingHead
  /// Built-in content only; even, 160...1280 by 120...720. A file brings its own.
  public var width = 320
  public var height = 180
  /// Frames a second, 1...60; built-in content only. A file brings its own.
  public var framesPerSecond = 25

  public init() {}
}
