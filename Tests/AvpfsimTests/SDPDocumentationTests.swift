import Foundation
import Testing

@Suite("Examples of SDP in the documentation")
struct SDPDocumentationTests {
  private static let catalog = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/avpfsim/avpfsim.docc").standardized
  private static let folder = catalog.appending(path: "Resources/sdp").path

  /// Command lines of the page, with what the page says they print.
  private static func commands() throws -> [(arguments: [String], output: String)] {
    let page = try String(contentsOf: catalog.appending(path: "SDP.md"), encoding: .utf8)
    let marker = "```\n$ avpfsim "
    return page.components(separatedBy: marker).dropFirst().map { part in
      let block = part.components(separatedBy: "\n```\n")[0]
      let end = block.firstIndex(of: "\n") ?? block.endIndex
      return (
        block[..<end].split(separator: " ").map(String.init), block[end...].dropFirst() + "\n"
      )
    }
  }

  @Test("each command of the page prints what the page shows")
  func outputs() throws {
    let commands = try Self.commands()
    #expect(commands.count == 6)
    for (arguments, output) in commands {
      let result = try Program.run(arguments, in: Self.folder)
      #expect(result.code == 0 && result.complaint.isEmpty)
      #expect(result.output == output, "\(arguments.joined(separator: " "))")
    }
  }

  @Test("the example is the page's first offer, and answered as in its first pair")
  func example() throws {
    let offer = try String(contentsOfFile: Self.folder + "/offer.sdp", encoding: .utf8)
    #expect(try Program.run(["example", "sdp"]).output == offer)
    let answer = try Program.run(["sdp", "offer.sdp"], in: Self.folder)
    #expect(answer.code == 0 && answer.output.contains("m=video 5004 RTP/AVPF 96 97\r\n"))
    #expect(answer.output.contains("a=rtcp-fb:96 nack sli\r\n"))
    #expect(answer.output.contains("a=fmtp:97 apt=96\r\n"))
  }

  @Test("an offer without video, and a file that is no SDP, end with 2 and one sentence")
  func refusals() throws {
    try Program.withFolder { folder in
      let head = "v=0\no=x 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n"
      try head.write(toFile: folder + "/none.sdp", atomically: true, encoding: .utf8)
      try (head + "m=video 70000 RTP/AVPF 96\n")
        .write(toFile: folder + "/port.sdp", atomically: true, encoding: .utf8)
      try (head + "m=video 5004 RTP/AVPF 98\na=rtpmap:98 VP9/90000\n")
        .write(toFile: folder + "/vp9.sdp", atomically: true, encoding: .utf8)
      try (head + "m=video\n")
        .write(toFile: folder + "/bare.sdp", atomically: true, encoding: .utf8)
      for (arguments, sentence) in [
        (
          ["bare.sdp"],
          "bare.sdp:5: media: found nothing, expected a space and the rest, as in m=video 5004 "
            + "RTP/AVPF 96"
        ),
        (["none.sdp"], "none.sdp: found no m=video line, expected one with VP8"),
        (
          ["vp9.sdp"],
          "vp9.sdp: found no VP8 video to accept (m= line 1: the caller's offer maps no payload "
            + "type of the line to VP8/90000), expected an m=video line with VP8/90000 and a port"
        ),
        (["none.sdp", "none.sdp"], "none.sdp: found no m=video line, expected one with VP8"),
        (["none.sdp", "port.sdp"], "port.sdp:5: media port: found 70000, expected 0...65535"),
      ] {
        let result = try Program.run(["sdp"] + arguments, in: folder)
        #expect(result.code == 2 && result.output.isEmpty)
        #expect(result.complaint == "avpfsim: \(sentence)\n")
      }
    }
  }
}
