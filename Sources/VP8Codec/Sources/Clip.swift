/// A piece of video that the runs of a process share.
///
/// Built-in video is drawn when a picture is first asked for; a file is read at once. At most
/// `maximumFrames` pictures and `maximumOctets` of memory are held; a longer call plays them forth
/// and back, so that looping makes no scene cut.
public final class Clip {
  /// Pictures that a clip holds at most: 24 s at 25 frames a second.
  public static let maximumFrames = 600
  /// Memory that a clip's pictures take at most (512 MiB; two pictures are always held).
  public static let maximumOctets = 512 << 20

  /// `talking-head`, `screen-share`, `sports`, or the file's name without its folder.
  public let name: String
  public let width: Int
  public let height: Int
  public let frameRate: FrameRate
  private let source: SyntheticSource?
  private var pictures: [Picture?]

  /// Makes built-in video, or reads a file.
  ///
  /// - Parameter frames: how many the longest call needs; at least 1 (checked).
  public static func load(_ settings: VideoSettings, frames: Int) throws(ClipError) -> Clip {
    switch settings.source {
    case .talkingHead: try Clip(.talkingHead, settings, frames)
    case .screenShare: try Clip(.screenShare, settings, frames)
    case .sports: try Clip(.sports, settings, frames)
    case .file(let path): try Clip(path: path, frames: frames)
    }
  }

  private init(
    _ content: SyntheticSource.Content, _ settings: VideoSettings, _ frames: Int
  ) throws(ClipError) {
    guard SyntheticSource.accepts(width: settings.width, height: settings.height) else {
      throw .size(width: settings.width, height: settings.height)
    }
    let rate = settings.frameRate
    guard rate.numerator >= rate.denominator, rate.numerator <= 60 * rate.denominator else {
      throw .frameRate("\(rate)", expected: "1...60")
    }
    name = settings.source.name
    width = settings.width
    height = settings.height
    frameRate = rate
    source = SyntheticSource(
      content: content, width: settings.width, height: settings.height, frameRate: frameRate)
    pictures = [Picture?](
      repeating: nil, count: Self.limit(frames, width: settings.width, height: settings.height))
  }

  private init(path: String, frames: Int) throws(ClipError) {
    name = VideoSettings.Source.file(path).name
    source = nil
    let input = try OctetInput(path: path)
    let beginning = try input.peek(9)
    let isY4M = beginning == "YUV4MPEG2" || path.hasSuffix(".y4m")
    if !isY4M && path == "-" { throw .notY4M(file: input.name, found: beginning) }
    let pipe = isY4M ? nil : try FFmpegPipe(path: path)
    let file: Y4MFile
    do {
      file = try Y4MFile(pipe?.input ?? input)
    } catch {
      // Where ffmpeg fails the stream has no header; its own message says more.
      if case .header(_, "", _) = error { try pipe?.finish() }
      throw error
    }
    width = file.width
    height = file.height
    frameRate = file.frameRate
    pictures = []
    let limit = Self.limit(frames, width: width, height: height)
    while pictures.count < limit {
      guard let picture = try file.next() else {
        try pipe?.finish()
        break
      }
      pictures.append(picture)
    }
    if pictures.isEmpty { throw .noFrames(file: input.name) }
  }

  /// How many of `frames` are held in memory.
  static func limit(_ frames: Int, width: Int, height: Int) -> Int {
    precondition(frames >= 1, "a clip has at least one frame, not \(frames)")
    return min(frames, maximumFrames, max(2, maximumOctets / (width * height * 3 / 2)))
  }

  /// Pictures until the clip turns back.
  public var frameCount: Int { pictures.count }

  /// Memory that the clip's pictures take once all have been asked for, in octets.
  public var octetCount: Int { pictures.count * width * height * 3 / 2 }

  /// The picture of a call's frame: 0, 1, ... n-1, n-2, ... 1, 0, 1, ...
  ///
  /// - Parameter index: 0 or above. The picture belongs to the clip and is not to be changed.
  public func picture(at index: Int) -> Picture {
    let position = Self.position(of: index, count: pictures.count)
    if let picture = pictures[position] { return picture }
    guard let source else { preconditionFailure("the pictures of a file are read at once") }
    let picture = Picture(width: width, height: height)
    source.render(frame: position, into: picture)
    pictures[position] = picture
    return picture
  }

  /// Forth and back over `count` pictures; neither end is shown twice in a row.
  static func position(of index: Int, count: Int) -> Int {
    guard count > 1 else { return 0 }
    let within = index % (2 * count - 2)
    return within < count ? within : 2 * count - 2 - within
  }
}
