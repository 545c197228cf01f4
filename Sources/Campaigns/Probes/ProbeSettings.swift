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

  /// How many probes a call has, at most.
  public var probesPerCall: Int {
    switch moments {
    case .random(let count): count * packets.count
    case .at(let times): times.count * packets.count
    }
  }
}

extension ProbeSettings {
  static let keys = ["count", "at", "frames", "position", "packets", "from", "horizon", "settle"]

  private enum PositionChoice: String, CaseIterable, Sendable {
    case any, first, middle, last
  }

  /// Reads a group's `probes`.
  ///
  /// - Parameter duration: of the shortest call in the group.
  init(_ reader: ConfigurationReader, duration: SimDuration) throws(ConfigurationError) {
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
    try checkRoom(reader, duration: duration)
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
  private func checkRoom(
    _ reader: ConfigurationReader, duration: SimDuration
  ) throws(ConfigurationError) {
    let latest = duration - horizon
    let first: SimDuration
    let key: String
    switch moments {
    case .random: (first, key) = (from, "from")
    case .at(let times): (first, key) = (times.max() ?? .zero, "at")
    }
    guard first < latest else {
      throw reader.error(
        reader.has(key) ? key : "horizon",
        "leaves no room: the calls last \(durationText(duration)), and a probe is followed for "
          + "\(durationText(horizon)) (horizon); expected a probe before "
          + durationText(max(.zero, latest)))
    }
  }
}
