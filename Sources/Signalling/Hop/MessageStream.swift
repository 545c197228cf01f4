import SimulationKernel

/// The messages of one hop in one direction, which TCP keeps in order: those that wait for the
/// connection, then those on their way.
struct MessageStream: Sendable {
  private struct Entry: Sendable {
    var record: SignallingHopRecord
    let wireOctets: Int
    /// Position of the message's end among the stream's application octets.
    let end: Int64
  }

  private var entries = FirstInFirstOut<Entry>()
  /// How many of them have been handed to TCP.
  private var handedOver = 0
  private var appended: Int64 = 0
  private var arrived: Int64 = 0

  var count: Int { entries.count }
  func record(_ index: Int) -> SignallingHopRecord { entries[index].record }

  /// - Parameter wireOctets: the message's octets on the TCP stream, TLS records included.
  mutating func append(_ record: SignallingHopRecord, wireOctets: Int) {
    appended += Int64(wireOctets)
    entries.append(Entry(record: record, wireOctets: wireOctets, end: appended))
  }

  /// The next message that TCP has not been given yet, with its octets on the stream; it counts as
  /// given then.
  mutating func handOver() -> (record: SignallingHopRecord, wireOctets: Int)? {
    guard handedOver < entries.count else { return nil }
    defer { handedOver += 1 }
    return (entries[handedOver].record, entries[handedOver].wireOctets)
  }

  /// Notes octets that arrived in order.
  mutating func receive(octets: Int) {
    arrived += Int64(octets)
    precondition(arrived <= appended, "more arrived than was written")
  }

  /// The next message that is complete, once.
  mutating func takeDelivered() -> SignallingHopRecord? {
    guard let first = entries.first, first.end <= arrived else { return nil }
    handedOver -= 1
    return entries.removeFirst().record
  }
}
