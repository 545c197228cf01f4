import Testing
import WireFormats

@Suite("Byte writer")
struct ByteWriterTests {
  @Test("numbers are written in network byte order, at any alignment")
  func networkOrder() {
    var octets = [UInt8](repeating: 0xFF, count: 25)
    let written = octets.withUnsafeMutableBytes { buffer in
      var writer = ByteWriter(buffer)
      writer.write8(0x01)
      writer.write16(0x0203)
      writer.write24(0x04_0506)
      writer.write32(0x0708_090A)
      writer.write64(0x0B0C_0D0E_0F10_1112)
      writer.write("A\u{E9}")
      writer.write([0x21])
      writer.writeZeros(2)
      #expect(writer.remaining == 1)
      return writer.offset
    }
    #expect(written == 24)
    #expect(octets == hex("01 0203 040506 0708090A 0B0C0D0E0F101112 41C3A9 21 0000 FF"))
  }
}
