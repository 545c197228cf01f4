import Testing

@testable import SimulationKernel

@Suite("Packet pool")
struct PacketPoolTests {
  @Test("a packet keeps its octets while others come and go", arguments: [1, 7, 256])
  func contents(slotsPerSlab: Int) throws {
    var stream = RandomStream(seed: UInt64(slotsPerSlab), name: "packet-pool")
    var pool = PacketPool(slotSize: 24, slotsPerSlab: slotsPerSlab)
    var held: [(handle: PacketHandle, octets: [UInt8])] = []
    for _ in 0..<5_000 {
      if stream.next(below: 40) >= UInt64(held.count) {
        let size = Int(stream.next(below: 25))
        let octets = (0..<size).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
        let handle = octets.withUnsafeBytes { pool.allocate(copying: $0) }
        held.append((handle, octets))
      } else {
        let (handle, octets) = held.remove(at: Int(stream.next(below: UInt64(held.count))))
        try #require(pool.octets(of: handle).elementsEqual(octets))
        try #require(pool.count(of: handle) == octets.count)
        pool.release(handle)
      }
      try #require(pool.inUse == held.count)
    }
    for (handle, octets) in held { #expect(pool.octets(of: handle).elementsEqual(octets)) }
  }

  @Test("slots are of the size asked for, 1,500 octets by default, and do not overlap")
  func slots() {
    var pool = PacketPool()
    let first = pool.allocate()
    let second = pool.allocate()
    #expect(pool.slotSize == 1_500 && pool.storage(of: first).count == 1_500)
    pool.storage(of: first).initializeMemory(as: UInt8.self, repeating: 1)
    pool.storage(of: second).initializeMemory(as: UInt8.self, repeating: 2)
    #expect(pool.octets(of: first).isEmpty)
    pool.setCount(1_500, of: first)
    pool.setCount(3, of: second)
    #expect(pool.octets(of: first).allSatisfy { $0 == 1 })
    #expect(pool.octets(of: second).elementsEqual([2, 2, 2]))
  }

  @Test("it grows by slabs, and once warm no more")
  func growth() {
    var pool = PacketPool(slotSize: 8, slotsPerSlab: 4)
    #expect(pool.capacity == 0)
    var handles = (0..<9).map { _ in pool.allocate() }
    #expect(pool.capacity == 12)
    let place = pool.storage(of: handles[0]).baseAddress
    for _ in 0..<100 {
      while let handle = handles.popLast() { pool.release(handle) }
      for _ in 0..<12 { handles.append(pool.allocate()) }
    }
    #expect(pool.capacity == 12 && pool.inUse == 12)
    #expect(handles.contains { pool.storage(of: $0).baseAddress == place })
    #expect(Set(handles).count == 12)
  }

  @Test("a handle is as small as an integer of 32 bits")
  func handleSize() {
    #expect(MemoryLayout<PacketHandle>.size == 4)
  }

  @Test("a packet used after its release stops the program")
  func useAfterRelease() async {
    await #expect(processExitsWith: .failure) {
      var pool = PacketPool()
      let handle = pool.allocate()
      pool.release(handle)
      _ = pool.octets(of: handle)
    }
  }

  @Test("a released packet's handle stays void when its slot is used again")
  func useAfterReuse() async {
    await #expect(processExitsWith: .failure) {
      var pool = PacketPool()
      let handle = pool.allocate()
      pool.release(handle)
      guard pool.allocate().slot == handle.slot else { return }
      _ = pool.octets(of: handle)
    }
  }

  @Test("a packet released twice, or too large for its slot, stops the program")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      var pool = PacketPool()
      let handle = pool.allocate()
      pool.release(handle)
      pool.release(handle)
    }
    await #expect(processExitsWith: .failure) {
      var pool = PacketPool(slotSize: 8)
      pool.setCount(9, of: pool.allocate())
    }
  }
}
