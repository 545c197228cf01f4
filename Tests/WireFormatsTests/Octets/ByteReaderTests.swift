import Testing

@testable import WireFormats

@Suite("Byte reader")
struct ByteReaderTests {
  @Test("numbers are read in network byte order")
  func networkOrder() throws {
    let octets = hex("01 0203 040506 0708090A 0B0C0D0E0F101112")
    try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
      #expect(try! reader.read8("a") == 0x01)
      #expect(try! reader.read16("b") == 0x0203)
      #expect(try! reader.read24("c") == 0x040506)
      #expect(try! reader.read32("d") == 0x0708_090A)
      #expect(try! reader.read64("e") == 0x0B0C_0D0E_0F10_1112)
      #expect(reader.isAtEnd)
    }
  }

  @Test("a read past the end tells field, offset, need and what is there", arguments: 0..<8)
  func truncated(available: Int) {
    let octets = [UInt8](repeating: 7, count: available + 1)
    func error(_ read: (inout ByteReader) throws(WireError) -> Void) -> WireError? {
      do throws(WireError) {
        try withReader(over: octets) { (reader: inout ByteReader) throws(WireError) in
          try reader.skip(1, "first")
          try read(&reader)
        }
        return nil
      } catch {
        return error
      }
    }
    func missing(_ needed: Int) -> WireError? {
      needed <= available
        ? nil : WireError("x", at: 1, .truncated(needed: needed, available: available))
    }
    #expect(error { (r) throws(WireError) in _ = try r.read8("x") } == missing(1))
    #expect(error { (r) throws(WireError) in _ = try r.peek8("x") } == missing(1))
    #expect(error { (r) throws(WireError) in _ = try r.read16("x") } == missing(2))
    #expect(error { (r) throws(WireError) in _ = try r.read24("x") } == missing(3))
    #expect(error { (r) throws(WireError) in _ = try r.read32("x") } == missing(4))
    #expect(error { (r) throws(WireError) in _ = try r.read64("x") } == missing(8))
    #expect(error { (r) throws(WireError) in _ = try r.read(5, "x") } == missing(5))
    #expect(error { (r) throws(WireError) in _ = try r.skip(6, "x") } == missing(6))
    #expect(error { (r) throws(WireError) in _ = try r.slice(7, "x") } == missing(7))
  }

  @Test("a slice ends where it should and counts offsets from the buffer's start")
  func slice() throws {
    try withReader(over: hex("00 01 02 03 04")) { (reader: inout ByteReader) throws(WireError) in
      try reader.skip(1, "first")
      var part = try reader.slice(2, "part")
      #expect(reader.offset == 3)
      #expect(part.offset == 1)
      #expect(Array(part.unread) == [1, 2])
      #expect(try! part.read16("x") == 0x0102)
      #expect(part.isAtEnd)
      #expect(throws: WireError("y", at: 3, .truncated(needed: 1, available: 0))) {
        try part.read8("y")
      }
      #expect(Array(reader.unread) == [3, 4])
    }
  }

  @Test("padding taken off the end is out of reach")
  func dropLast() throws {
    try withReader(over: hex("01 02 03")) { (reader: inout ByteReader) throws(WireError) in
      reader.dropLast(2)
      #expect(reader.remaining == 1)
      #expect(throws: WireError.self) { try reader.read16("x") }
    }
  }

  @Test("an empty buffer is at its end")
  func empty() throws {
    try withReader(over: []) { (reader: inout ByteReader) throws(WireError) in
      #expect(reader.isAtEnd)
      #expect(reader.unread.isEmpty)
      #expect(throws: WireError.self) { try reader.read8("x") }
    }
  }
}
