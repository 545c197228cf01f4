/// What is filmed.
public struct VideoSettings: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// Built-in, deterministic content.
    case talkingHead, screenShare, sports
    /// A Y4M file, "-" for standard input, or any other container by way of ffmpeg.
    case file(String)

    /// The sources that need no file.
    public static let builtIn: [Source] = [.talkingHead, .screenShare, .sports]

    /// The name by which settings, results and messages call it; a file goes by its last component.
    public var name: String {
      switch self {
      case .talkingHead: "talking-head"
      case .screenShare: "screen-share"
      case .sports: "sports"
      case .file(let path): path.split(separator: "/").last.map(String.init) ?? path
      }
    }
  }
  public var source = Source.talkingHead
  /// Built-in content only; even, 160...1280 by 120...720. A file brings its own.
  public var width = 320
  public var height = 180
  /// 1...60 frames a second; built-in content only. A file brings its own.
  public var frameRate = FrameRate(25)

  public init() {}
}
