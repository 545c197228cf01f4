import WireFormats

/// Why there is no video to code; one sentence each, with place, found and expected.
public enum ClipError: Error, CustomStringConvertible {
  /// Built-in video that cannot be had in this size or rate.
  case size(width: Int, height: Int)
  case frameRate(String, expected: String)
  /// The operating system's reason.
  case unreadable(file: String, reason: String)
  /// The stream's header line and what is wrong with it.
  case header(file: String, line: String, WireError)
  /// The line before a frame (counted from 0).
  case frameHeader(file: String, frame: Int, found: String)
  /// A frame whose samples end early.
  case truncated(file: String, frame: Int, found: Int, expected: Int)
  case noFrames(file: String)
  case notY4M(file: String, found: String)
  case ffmpegMissing(file: String)
  case ffmpegFailed(file: String, message: String)

  public var description: String {
    switch self {
    case .size(let width, let height):
      "built-in video of \(width)x\(height) was asked for; "
        + "expected even sizes within 160x120...1280x720"
    case .frameRate(let found, let expected):
      "the video has \(found) frames a second; expected \(expected)"
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason)"
    case .header(let file, let line, let error):
      "\(file): in the header \"\(line)\": \(error)"
    case .frameHeader(let file, let frame, let found):
      "\(file): before frame \(frame): found \"\(found)\", expected a line that begins with FRAME"
    case .truncated(let file, let frame, let found, let expected):
      "\(file): frame \(frame) is cut off: found \(found) octets, expected \(expected)"
    case .noFrames(let file):
      "\(file): found no frame, expected at least one"
    case .notY4M(let file, let found):
      "\(file): begins with \"\(found)\", expected YUV4MPEG2 (8-bit 4:2:0); "
        + "ffmpeg -i CLIP -f yuv4mpegpipe -pix_fmt yuv420p - makes it"
    case .ffmpegMissing(let file):
      "\(file): is no Y4M file, and ffmpeg, which would read it, is not installed; "
        + "install the package ffmpeg or give a Y4M file"
    case .ffmpegFailed(let file, let message):
      "\(file): ffmpeg could not read it: \(message)"
    }
  }
}
