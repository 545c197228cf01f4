import SimulationKernel
import WireFormats

/// Signalling of others on the hops of a path: what else a proxy works on, and what else is on the
/// connections that an INFO has to share.
///
/// Each hop has its own: messages that arrive as a Poisson process, and bursts at even intervals.
/// A message crosses its hop, is worked on by the proxy behind it where there is one, and goes no
/// further. Its chance comes from "sip.load.hop<k>" as a function of time alone.
public struct SignallingLoad: Hashable, Sendable {
  /// Mean time between two messages of a hop, either way with the same chance; positive.
  public var interval: SimDuration
  /// Octets of the messages, one with the same chance as another; not empty, 500...65,000 each.
  public var sizes: [Int]
  /// Octets that come at once both ways, in messages of the mean size; nil for none.
  public var burst: Int?
  /// From one burst to the next; positive. The first comes at a random instant of the first one.
  public var burstInterval = SimDuration.seconds(10)

  public init(
    interval: SimDuration, sizes: [Int] = [Kind.register, .notify, .invite].map(\.octets),
    burst: Int? = nil
  ) {
    self.interval = interval
    self.sizes = sizes
    self.burst = burst
  }

  /// Messages by name, with a usual size each.
  public enum Kind: String, CaseIterable, Sendable {
    case register, notify, invite

    /// A REGISTER with credentials, a NOTIFY with a dialog's state, an INVITE with an offer of two
    /// media.
    public var octets: Int {
      switch self {
      case .register: 700
      case .notify: 1_500
      case .invite: 3_000
      }
    }
  }

  /// Of the messages that a burst consists of.
  var burstMessage: Int { sizes.reduce(0, +) / sizes.count }

  /// A message of so many octets, for captures: a NOTIFY that a header fills up, whatever it stands
  /// for.
  ///
  /// - Parameter octets: at least 500 (checked).
  static func message(octets: Int, transport: SIPTransport) -> SIPMessage {
    func message(_ extra: [SIPMessage.Header]) -> SIPMessage {
      SIPMessage.request(
        "NOTIFY", in: SIPDialog.numbered(2, transport: transport), cseq: 1,
        branch: SIPIdentifier.branch(0), transport: transport,
        extra: [
          SIPMessage.Header(name: "Event", value: "dialog"),
          SIPMessage.Header(name: "Subscription-State", value: "active"),
        ] + extra)
    }
    let bare = message([]).serializedByteCount
    return message([SIPMessage.filler(octets: octets - bare)])
  }
}

extension SIPMessage {
  /// The least octets of a `filler`.
  static let leastFiller = 13

  /// A header line of so many octets, its end included: what a real message may carry besides.
  ///
  /// - Parameter octets: at least `leastFiller` (checked).
  static func filler(octets: Int) -> Header {
    precondition(octets >= leastFiller, "a header has at least \(leastFiller) octets")
    // "X-Filler: " and the line's end.
    return Header(name: "X-Filler", value: String(repeating: "x", count: octets - 12))
  }
}

/// The other signalling of one hop, as it goes on.
struct LoadGenerator: Sendable {
  private let load: SignallingLoad
  private var stream: RandomStream
  private let firstBurst: SimDuration
  /// Sizes of a burst's messages; the last one is what remains, or is left out where it is too small.
  let burst: [Int]

  init(_ load: SignallingLoad, hop: Int, seed: UInt64) {
    precondition(load.interval > .zero && load.burstInterval > .zero && !load.sizes.isEmpty)
    self.load = load
    let name = "sip.load.hop\(hop)"
    stream = RandomStream(seed: seed, name: name)
    let draw = StreamKey(seed: seed, name: name + ".burst").draw(slot: 0, index: 0)
    let bound = UInt64(load.burstInterval.nanoseconds)
    firstBurst = SimDuration(nanoseconds: Int64(draw.multipliedFullWidth(by: bound).high))
    let (count, rest) = (load.burst ?? 0).quotientAndRemainder(dividingBy: load.burstMessage)
    burst = Array(repeating: load.burstMessage, count: count) + (rest >= 500 ? [rest] : [])
  }

  /// How long until the next message.
  mutating func gap() -> SimDuration { stream.nextExponential(mean: load.interval) }

  /// The message that comes now: its size, and the end that sends it.
  mutating func message() -> (octets: Int, end: Int) {
    let end = Int(stream.next(below: 2))
    return (load.sizes[Int(stream.next(below: UInt64(load.sizes.count)))], end)
  }

  /// When the first burst comes; nil where there are none.
  var firstBurstTime: SimTime? { load.burst == nil ? nil : .zero + firstBurst }
  var burstInterval: SimDuration { load.burstInterval }
}
