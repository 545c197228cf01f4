import Configuration
import Results
import WireFormats

/// A packet trace from a capture file: what was lost of an RTP stream, when, and how late the rest
/// came.
///
/// The file is read twice, in pieces: first to find the streams, then to follow the one chosen.
public struct TraceImport: Sendable {
  public struct Options: Sendable {
    /// The capture file.
    public var capture: String
    /// nil chooses the video with most octets.
    public var source: UInt32?
    /// By number from 0 or by name; nil takes all, each for what it tells.
    public var interface: String?
    /// In Hz; nil takes what the payload type tells, or 90 kHz.
    public var clockRate: Int?
    /// Where the trace is written; nil writes none.
    public var output: String?

    public init(
      capture: String, source: UInt32? = nil, interface: String? = nil, clockRate: Int? = nil,
      output: String? = nil
    ) {
      self.capture = capture
      self.source = source
      self.interface = interface
      self.clockRate = clockRate
      self.output = output
    }
  }

  public let options: Options
  /// All streams that were found, those with most octets first.
  public let streams: [RTPStream]
  /// The one that was followed.
  public let stream: RTPStream
  public let interfaces: [CaptureInterface]
  public let summary: PacketTraceSummary
  /// A sentence each on what the trace does not show.
  public let warnings: [String]

  /// Reads a capture and writes its trace.
  ///
  /// - Throws: `ConfigurationError` on the capture or the choice, `OutputError` on the trace.
  public init(_ options: Options) throws {
    let source = CaptureSource(path: options.capture)
    var finder = RTPStreamFinder(clockRate: options.clockRate)
    let end = try source.read { finder.add($0) }
    let interface = try Self.interface(options.interface, of: end, in: source)
    let streams = finder.streams(interface: interface)
    let stream = try Self.choose(options.source, from: streams, source, finder, end)
    var follower = try StreamFollower(stream, output: options.output)
    _ = try source.read { follower.add($0) }
    self.options = options
    self.streams = streams
    self.stream = stream
    interfaces = end.interfaces
    summary = try follower.finish(at: finder.end)
    warnings =
      TraceImportWarnings(
        finder: finder, end: end, follower: follower, streams: streams, stream: stream,
        options: options
      ).sentences
  }

  /// The streams of a capture, those with most octets first, and its interfaces.
  public static func list(
    _ options: Options
  ) throws -> (streams: [RTPStream], interfaces: [CaptureInterface]) {
    let source = CaptureSource(path: options.capture)
    var finder = RTPStreamFinder(clockRate: options.clockRate)
    let end = try source.read { finder.add($0) }
    let interface = try Self.interface(options.interface, of: end, in: source)
    let streams = finder.streams(interface: interface)
    if streams.isEmpty { throw noStream(source, finder, end) }
    return (streams, end.interfaces)
  }

  private static func interface(
    _ text: String?, of end: CaptureSource.End, in source: CaptureSource
  ) throws(ConfigurationError) -> Int? {
    guard let text else { return nil }
    if let number = end.interfaces.firstIndex(where: { $0.name == text }) { return number }
    if let number = Int(text), end.interfaces.indices.contains(number) { return number }
    let known = end.interfaces.enumerated().prefix(20).map { number, interface in
      "\(number)" + (interface.name.map { " (\($0))" } ?? "")
    }
    throw ConfigurationError(
      place: ConfigurationPlace(file: "--interface"),
      problem: "found \(quoted(text)), expected one of those in \(source.path): "
        + known.joined(separator: ", "))
  }

  private static func choose(
    _ number: UInt32?, from streams: [RTPStream], _ source: CaptureSource,
    _ finder: RTPStreamFinder, _ end: CaptureSource.End
  ) throws(ConfigurationError) -> RTPStream {
    guard !streams.isEmpty else { throw noStream(source, finder, end) }
    guard let number else { return streams.first { $0.isVideo } ?? streams[0] }
    if let stream = streams.first(where: { $0.source == number }) { return stream }
    let known = streams.prefix(5).map { $0.sourceText }.joined(separator: ", ")
    let expectation =
      streams.count == 1
      ? "\(source.path)'s only stream, \(known)"
      : "one of \(source.path)'s \(streams.count) streams, such as \(known)"
    throw ConfigurationError(
      place: ConfigurationPlace(file: "--ssrc"),
      problem: "found \(hexadecimal(number)), expected \(expectation)")
  }

  private static func noStream(
    _ source: CaptureSource, _ finder: RTPStreamFinder, _ end: CaptureSource.End
  ) -> ConfigurationError {
    let link = finder.unknownLinkType.map { ", some of link type \($0), which is not read" } ?? ""
    return source.error(
      "found no RTP stream in \(end.packets) packets\(link), expected packets of one source with "
        + "sequence numbers that follow one another")
  }
}

/// `0x0123ABCD`.
func hexadecimal(_ number: UInt32) -> String {
  let digits = String(number, radix: 16, uppercase: true)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}

extension RTPStream {
  /// The SSRC as `--ssrc` takes it.
  public var sourceText: String { hexadecimal(source) }
}
