import SimulationKernel

/// The packets that the sender can send again (RFC 4588): bounded in number and in age.
public final class RetransmissionHistory {
  private struct Entry {
    var sequence: Int64 = -1
    var sent = SimTime.zero
    var count = 0
  }

  private let age: SimDuration
  private let slotSize: Int
  private var entries: [Entry]
  private let storage: UnsafeMutableRawBufferPointer

  /// - Parameters:
  ///   - capacity: packets, 1... (checked).
  ///   - age: older packets are not sent again.
  ///   - slotSize: octets of the largest packet.
  public init(capacity: Int, age: SimDuration, slotSize: Int) {
    precondition(capacity > 0 && slotSize > 0, "a history holds something")
    self.age = age
    self.slotSize = slotSize
    entries = [Entry](repeating: Entry(), count: capacity)
    storage = .allocate(byteCount: capacity * slotSize, alignment: 16)
  }

  deinit {
    storage.deallocate()
  }

  /// Keeps a copy of a packet, in place of the oldest.
  public func keep(_ octets: UnsafeRawBufferPointer, sequence: Int64, now: SimTime) {
    precondition(octets.count <= slotSize, "a packet is no larger than its slot")
    let slot = index(sequence)
    entries[slot] = Entry(sequence: sequence, sent: now, count: octets.count)
    UnsafeMutableRawBufferPointer(rebasing: storage[(slot * slotSize)...])
      .copyMemory(from: octets)
  }

  /// The packet's octets, valid until `keep`; nil where it is not, or no longer, held.
  public func packet(_ sequence: Int64, now: SimTime) -> UnsafeRawBufferPointer? {
    let slot = index(sequence)
    let entry = entries[slot]
    guard sequence >= 0, entry.sequence == sequence, entry.sent + age >= now else { return nil }
    return UnsafeRawBufferPointer(
      rebasing: storage[slot * slotSize..<slot * slotSize + entry.count])
  }

  private func index(_ sequence: Int64) -> Int {
    let count = Int64(entries.count)
    return Int((sequence % count + count) % count)
  }
}
