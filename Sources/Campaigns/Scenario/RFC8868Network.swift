import CallSimulation
import Configuration
import NetworkModels
import SimulationKernel

/// A network of RFC 8868's grid: a one-way propagation delay (section 4.1), a loss (4.2) and a
/// drop-tail queue's length (4.3), named `rfc8868-DELAY-LOSS-QUEUE`, such as `rfc8868-50ms-1%-300ms`.
struct RFC8868Network: Hashable, Sendable {
  /// In ms, where the RFC has 0-1, 50, 150 and 300.
  static let delays: [Int64] = [0, 50, 150, 300]
  /// In percent.
  static let losses = [0, 1, 5, 10, 20]
  /// In ms, where the RFC has 70, 300-500 and 1000-2000.
  static let queues: [Int64] = [70, 300, 1_000]

  static let all: [RFC8868Network] = delays.flatMap { delay in
    losses.flatMap { loss in
      queues.map { RFC8868Network(delay: delay, loss: loss, queue: $0) }
    }
  }

  var delay: Int64
  var loss: Int
  var queue: Int64

  /// Whether a name is meant for one of these, right or wrong.
  static func isMeant(by name: String) -> Bool { name.hasPrefix("rfc8868") }

  /// How the names are made, in words that follow "expected".
  static var expectation: String {
    "rfc8868-DELAY-LOSS-QUEUE of \(list(delays, "ms")), \(list(losses, "%")) and "
      + "\(list(queues, "ms"))"
  }

  private static func list(_ values: [some BinaryInteger], _ unit: String) -> String {
    values.map { "\($0)\(unit)" }.joined(separator: "|")
  }

  var name: String { "rfc8868-\(delay)ms-\(loss)%-\(queue)ms" }

  init(delay: Int64, loss: Int, queue: Int64) {
    self.delay = delay
    self.loss = loss
    self.queue = queue
  }

  /// nil where there is none of this name.
  init?(name: String) {
    guard let network = Self.all.first(where: { $0.name == name }) else { return nil }
    self = network
  }

  /// Both directions alike. The grid names no rate: 1 Mbit/s is an assumption.
  var settings: MediaPathSettings {
    let link = LinkSettings(
      oneWayDelay: .milliseconds(delay),
      loss: loss == 0 ? .none : .independent(rate: Double(loss) / 100),
      rate: .kilobitsPerSecond(1_000), queueLimit: .milliseconds(queue))
    var media = MediaPathSettings()
    (media.forward, media.reverse) = (link, link)
    return media
  }
}

extension ConfigurationValue where Value == MediaPathSettings {
  /// A network by its name.
  static var namedNetwork: Self {
    let common = ConfigurationValue<NetworkProfile>.oneOf
    return Self(expectation: "\(common.expectation), or \(RFC8868Network.expectation)") {
      (text) throws(Mismatch) in
      guard !RFC8868Network.isMeant(by: text) else {
        guard let network = RFC8868Network(name: text) else {
          throw Mismatch(RFC8868Network.expectation)
        }
        return network.settings
      }
      do throws(Mismatch) {
        return try common.value(of: text).settings
      } catch {
        throw Mismatch("\(error.expectation), \(RFC8868Network.expectation)")
      }
    }
  }
}
