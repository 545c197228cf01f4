/// Names a packet in a `PacketPool`: small enough to travel in an event.
public struct PacketHandle: Hashable, Sendable {
  /// The slot's number in the low 20 bits, above it how often the slot was given back before.
  @usableFromInline let value: UInt32

  @inlinable
  init(slot: Int, generation: UInt32) {
    value = generation << Self.slotBits | UInt32(slot)
  }

  @inlinable static var slotBits: UInt32 { 20 }
  @inlinable var slot: Int { Int(value & (1 << Self.slotBits - 1)) }
}

/// The octets of the packets that are under way, in slots of one size.
///
/// Memory comes in slabs that never move and are kept until the end, so once as many packets have
/// been under way at a time as ever will be, nothing is allocated any more. A handle used after its
/// packet was released stops the program, until its slot has been reused 4,096 times.
public struct PacketPool: ~Copyable {
  private struct Slot {
    /// The handle that is valid, or will be at the next allocation.
    var handle: PacketHandle
    var isInUse = false
    var count: Int32 = 0
  }

  /// The most octets of one packet.
  public let slotSize: Int
  /// How many packets are held.
  public private(set) var inUse = 0
  private let slotsPerSlab: Int
  private var slabs: [UnsafeMutableRawPointer] = []
  private var slots: [Slot] = []
  /// Slots that are free, the next one to be used last; room for all is reserved.
  private var free: [UInt32] = []

  /// - Parameters:
  ///   - slotSize: octets of a slot, 1... (checked); by default those of an Ethernet packet.
  ///   - slotsPerSlab: how many slots are allocated at a time, 1... (checked).
  public init(slotSize: Int = 1_500, slotsPerSlab: Int = 256) {
    precondition(slotSize > 0 && slotsPerSlab > 0, "a slab holds something")
    self.slotSize = slotSize
    self.slotsPerSlab = slotsPerSlab
  }

  deinit {
    for slab in slabs { slab.deallocate() }
  }

  /// How many packets fit without an allocation.
  public var capacity: Int { slots.count }

  /// Takes a slot for a packet of no octets yet.
  public mutating func allocate() -> PacketHandle {
    if free.isEmpty { addSlab() }
    let slot = Int(free.removeLast())
    slots[slot].isInUse = true
    slots[slot].count = 0
    inUse += 1
    return slots[slot].handle
  }

  /// Takes a slot and copies these octets, at most `slotSize` of them (checked), into it.
  public mutating func allocate(copying octets: UnsafeRawBufferPointer) -> PacketHandle {
    let handle = allocate()
    setCount(octets.count, of: handle)
    storage(of: handle).copyMemory(from: octets)
    return handle
  }

  /// Gives the packet's slot back; its handle is void from here on (checked).
  public mutating func release(_ handle: PacketHandle) {
    let slot = validSlot(handle)
    slots[slot].isInUse = false
    slots[slot].handle = PacketHandle(
      slot: slot, generation: (handle.value >> PacketHandle.slotBits) &+ 1)
    free.append(UInt32(slot))
    inUse -= 1
  }

  /// The whole slot, for writing; valid until the packet is released.
  public func storage(of handle: PacketHandle) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: address(ofSlot: validSlot(handle)), count: slotSize)
  }

  /// Sets how many octets of the slot are the packet, at most `slotSize` (checked).
  public mutating func setCount(_ count: Int, of handle: PacketHandle) {
    precondition(count >= 0 && count <= slotSize, "a packet is no larger than its slot")
    slots[validSlot(handle)].count = Int32(count)
  }

  /// How many octets the packet has.
  public func count(of handle: PacketHandle) -> Int {
    Int(slots[validSlot(handle)].count)
  }

  /// The packet's octets; valid until it is released.
  public func octets(of handle: PacketHandle) -> UnsafeRawBufferPointer {
    let slot = validSlot(handle)
    return UnsafeRawBufferPointer(start: address(ofSlot: slot), count: Int(slots[slot].count))
  }

  private func validSlot(_ handle: PacketHandle) -> Int {
    let slot = handle.slot
    precondition(
      slots[slot].isInUse && slots[slot].handle == handle, "a packet is used after its release")
    return slot
  }

  private func address(ofSlot slot: Int) -> UnsafeMutableRawPointer {
    let (slab, place) = slot.quotientAndRemainder(dividingBy: slotsPerSlab)
    return slabs[slab] + place * slotSize
  }

  private mutating func addSlab() {
    let first = slots.count
    precondition(
      first + slotsPerSlab <= 1 << PacketHandle.slotBits, "too many packets are under way")
    slabs.append(.allocate(byteCount: slotsPerSlab * slotSize, alignment: 16))
    slots.reserveCapacity(first + slotsPerSlab)
    free.reserveCapacity(first + slotsPerSlab)
    for slot in (first..<first + slotsPerSlab).reversed() { free.append(UInt32(slot)) }
    for slot in first..<first + slotsPerSlab {
      slots.append(Slot(handle: PacketHandle(slot: slot, generation: 0)))
    }
  }
}

extension PacketPool: @unchecked Sendable {}
