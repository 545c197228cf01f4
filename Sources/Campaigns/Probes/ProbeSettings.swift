import Configuration
import Results
import SimulationKernel

/// What a plan's group says of its probes: where losses are made in each call, how large they are, and
/// how long their repair is waited for.
public struct ProbeSettings: Sendable, Equatable {
  /// What a frame does to the decoder's buffers, as far as the mechanisms plan it.
  public enum FrameChoice: String, CaseIterable, Sendable {
    case any
    /// Key frames.
    case key
    /// Frames that renew golden or altref under at least one of the group's mechanisms.
    case golden
    /// All others.
    case ordinary

    /// In front of `frame`: `golden `, or nothing where any will do.
    var title: String { self == .any ? "" : "\(rawValue) " }
  }
  public enum Moments: Sendable, Equatable {
    /// So many frames drawn at random for each call.
    case random(Int)
    /// The first frame captured at each of these times or after it.
    case at([SimDuration])
  }
  public var moments = Moments.random(10)
  public var frames = FrameChoice.any
  /// Which packet is lost first; nil: drawn at random.
  public var position: Probe.Position?
  /// How many packets are lost in a row; each moment is probed with each.
  public var packets = [1]
  /// No random probe lies before this.
  public var from = SimDuration.seconds(2)
  /// How long the repair is waited for.
  public var horizon = SimDuration.seconds(5)
  /// How long a repair has to hold.
  public var settling = SimDuration.milliseconds(200)

  public init() {}

  /// How many frames of a call are to be probed.
  public var framesPerCall: Int {
    switch moments {
    case .random(let count): count
    case .at(let times): times.count
    }
  }

  /// How many probes a call is to have: it has fewer where it lacks frames of their kind.
  public var probesPerCall: Int { framesPerCall * packets.count }

  /// The key that says how many frames are probed.
  var momentsKey: String {
    if case .at = moments { "at" } else { "count" }
  }

  /// No probe lies before this; of given moments the last one, for which there has to be room.
  var firstMoment: SimDuration {
    switch moments {
    case .random: from
    case .at(let times): times.max() ?? .zero
    }
  }
}

extension ProbeSettings {
  static let keys = ["count", "at", "frames", "position", "packets", "from", "horizon", "settle"]

  private enum PositionChoice: String, CaseIterable, Sendable {
    case any, first, middle, last
  }

  /// Reads a group's `probes`; whether there is room for them is checked apart.
  init(_ reader: ConfigurationReader) throws(ConfigurationError) {
    self.init()
    let count = try reader.value("count", .integer(1...10_000))
    if reader.has("at") {
      guard count == nil else {
        throw reader.error("at", "stands beside count, expected one of the two")
      }
      moments = .at(try Self.elements(reader, "at", .duration(.zero ... .seconds(86_400))))
    } else if let count {
      moments = .random(count)
    }
    frames = try reader.value("frames", .oneOf) ?? frames
    let choice: PositionChoice = try reader.value("position", .oneOf) ?? .any
    position = Probe.Position(rawValue: choice.rawValue)
    if reader.has("packets") { packets = try Self.elements(reader, "packets", .integer(1...1_000)) }
    from = try reader.value("from", .duration(.zero ... .seconds(86_400))) ?? from
    horizon =
      try reader.value("horizon", .duration(.milliseconds(1) ... .seconds(3_600))) ?? horizon
    settling = try reader.value("settle", .duration(.zero ... .seconds(60))) ?? settling
  }

  /// One value, or a list of several that differ.
  private static func elements<Value: Equatable>(
    _ reader: ConfigurationReader, _ key: String, _ kind: ConfigurationValue<Value>
  ) throws(ConfigurationError) -> [Value] {
    guard let node = reader.node(key), case .list(let nodes) = node.content else {
      return try reader.value(key, kind).map { [$0] } ?? []
    }
    guard !nodes.isEmpty else { throw reader.error(key, "found an empty list, expected values") }
    var values: [Value] = []
    for (index, node) in nodes.enumerated() {
      let value = try kind.read(node, path: "\(reader.path(to: key))[\(index)]")
      guard !values.contains(value) else {
        throw ConfigurationError(
          place: node.place, key: reader.path(to: key),
          problem: "found a value twice, expected each once")
      }
      values.append(value)
    }
    return values
  }

  /// A probe is followed to its horizon within the call.
  ///
  /// - Parameter duration: of the group's shortest call.
  func checkRoom(
    _ reader: ConfigurationReader, duration: SimDuration
  ) throws(ConfigurationError) {
    let latest = duration - horizon
    guard firstMoment < latest else {
      throw noRoom(
        reader, duration: duration, "expected a probe before \(durationText(max(.zero, latest)))")
    }
  }

  /// The same in frames: they need not begin when a time does. And there has to be one of the kind.
  func checkRoom(
    _ reader: ConfigurationReader, _ drawing: ProbeDrawing, duration: SimDuration
  ) throws(ConfigurationError) {
    func time(_ frame: Int) -> String {
      durationText(drawing.frameRate.captureTime(ofFrame: Int64(frame)))
    }
    let (first, end) = (drawing.firstFrame, drawing.endFrame)
    guard first < end else {
      let latest =
        end > 0 ? "a probe at \(time(end - 1)) at the latest" : "longer calls or a shorter horizon"
      throw noRoom(
        reader, duration: duration,
        "at \(drawing.frameRate) frames a second expected \(latest)")
    }
    guard drawing.frameCount > 0 else {
      var place = "at the given times"
      if case .random = moments { place = "from \(time(first)) to \(time(end - 1))" }
      throw reader.error(
        "frames",
        "found no \(frames.title)frame planned \(place) under any mechanism of the group, expected "
          + "at least one"
          + (frames == .key ? " (sender: {periodic-key-frames: always} plans some)" : ""))
    }
  }

  private func noRoom(
    _ reader: ConfigurationReader, duration: SimDuration, _ expectation: String
  ) -> ConfigurationError {
    let key = if case .at = moments { "at" } else { "from" }
    return reader.error(
      reader.has(key) ? key : "horizon",
      "leaves no room: the calls last \(durationText(duration)), and a probe is followed for "
        + "\(durationText(horizon)) (horizon); \(expectation)")
  }
}
