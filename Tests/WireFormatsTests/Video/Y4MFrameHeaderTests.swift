import Testing
import WireFormats

@Suite("Y4M frame header")
struct Y4MFrameHeaderTests {
  @Test("it is the word FRAME on a line")
  func vector() {
    expect(Y4MFrameHeader(), is: octets("FRAME\n"))
  }

  @Test("parameters are stepped over")
  func parameters() throws {
    #expect(try Y4MFrameHeader(octets: octets("FRAME Ip XA=B\n")) == Y4MFrameHeader())
  }

  @Test(
    "what is no frame header is refused",
    arguments: [
      "", "FRAM", "FRAME", "FRAMES\n", "frame\n", "FRAME Ip",
      "FRAME X" + String(repeating: "x", count: 300) + "\n",
    ])
  func refuses(line: String) {
    #expect(
      refusal(of: Y4MFrameHeader.self, octets(line))?.field.description == "Y4M frame header")
  }
}
