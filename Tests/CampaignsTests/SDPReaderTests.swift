import CallSimulation
import Configuration
import Foundation
import MediaSession
import Signalling
import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Scenarios that name session descriptions")
struct SDPReaderTests {
  private static let head = "v=0\no=x 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n"

  private static func video(_ feedback: [String], _ profile: String = "RTP/AVPF") -> String {
    head + "m=video 5006 \(profile) 96\na=rtpmap:96 VP8/90000\n"
      + feedback.map { "a=rtcp-fb:96 \($0)\n" }.joined()
  }

  /// Reads a scenario in a folder of its own that holds the files; paths count from there.
  private func read(_ text: String, _ files: [String: String]) throws -> Scenario {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("avpfsim-sdp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    do {
      return try ScenarioReader.read(
        ConfigurationFile.parse(text, file: folder.appendingPathComponent("s.yaml").path))
    } catch {
      throw Refusal(
        text: error.description.replacingOccurrences(of: folder.path + "/", with: ""))
    }
  }

  private struct Refusal: Error { var text: String }

  private func refusal(_ text: String, _ files: [String: String]) -> String? {
    do {
      _ = try read(text, files)
      return nil
    } catch {
      return (error as? Refusal)?.text
    }
  }

  private let pair = "sdp: {offer: o.sdp, answer: a.sdp}\n"

  @Test("what is negotiated becomes mechanism, profile, packet size and report interval")
  func settings() throws {
    let both =
      Self.video(["nack pli", "nack sli", "ack rpsi", "trr-int 1500"]) + "a=rtcp-rsize\n"
    let scenario = try read(pair, ["o.sdp": both, "a.sdp": both])
    #expect(scenario.mechanism == .sliRpsi && scenario.rtcp.trrInterval == .milliseconds(1_500))
    #expect(scenario.rtcp.profile == .avpf && scenario.rtcp.isReducedSize)
    let plain = Self.video(["nack pli"], "RTP/AVP")
    let without = try self.read(pair, ["o.sdp": plain, "a.sdp": plain])
    #expect(without.mechanism == .sipInfo && without.rtcp.profile == .avp)
    #expect(!without.rtcp.isReducedSize && without.rtcp.trrInterval == .zero)
    #expect(!without.rtp.usesSRTP && !scenario.rtp.usesSRTP)
    let secure = Self.video(["nack pli"], "RTP/SAVPF")
    let protected = try self.read(
      "rtp: {packetization: balanced}\n" + pair, ["o.sdp": secure, "a.sdp": secure])
    #expect(protected.rtp.usesSRTP && protected.rtp.packetization == .balanced)
    #expect(protected.mechanism == .pli && protected.rtcp.profile == .avpf)
  }

  @Test(
    "each set of feedback means a mechanism",
    arguments: [
      (["nack pli"], "pli"), (["nack sli"], "sip-info"), (["ack rpsi"], "sip-info"),
      (["nack rpsi"], "sip-info"), (["nack sli", "ack rpsi"], "sip-info"),
      (["ack rpsi", "nack pli"], "pli"), (["nack rpsi", "nack pli"], "pli"),
      (["ack rpsi", "nack rpsi", "nack pli"], "rpsi"),
      (["nack sli", "nack rpsi", "nack pli"], "sli"),
      (["nack sli", "ack rpsi", "nack pli"], "sli+rpsi"),
      (["nack sli", "nack pli"], "sli"), (["nack"], "nack"),
      (["nack", "nack pli"], "nack+pli"), (["ccm fir"], "fir"),
      (["goog-remb", "trr-int 5"], "sip-info"),
    ])
  func mechanisms(feedback: [String], mechanism: String) throws {
    let both = Self.video(feedback)
    #expect(try read(pair, ["o.sdp": both, "a.sdp": both]).mechanism.rawValue == mechanism)
  }

  @Test(
    "the settings name the best mechanism and then the others",
    arguments: [
      (["nack"], ["nack"]), (["nack", "nack pli"], ["nack+pli", "pli", "nack"]),
      (["ccm fir"], ["fir"]), (["ccm fir", "nack"], ["nack", "fir"]), ([], ["sip-info"]),
    ])
  func names(feedback: [String], names: [String]) throws {
    let video = try SDPFile.parse([UInt8](Self.video(feedback).utf8), file: "v.sdp")
    let stream = try #require(FeedbackNegotiation(offer: video, answer: video).firstWithVideo)
    for sender in CallParty.allCases {
      let settings = NegotiatedSettings(stream, sender: sender)
      #expect([settings.mechanism] + settings.alternatives == names)
    }
  }

  @Test(
    "every mechanism may come of a negotiation but none, and INFO with PLI, which SDP takes for PLI"
  )
  func allMechanisms() {
    let simulated = Mechanism.allCases.filter { $0 != .none && $0 != .sipInfoPli }
      .map(\.rawValue)
    #expect(NegotiatedSettings.names.sorted() == simulated.sorted())
  }

  @Test("a B2BUA's files and the sender count")
  func b2bua() throws {
    let all = Self.video(["nack pli", "nack sli"])
    let text = "sdp: {offer: o.sdp, answer: a.sdp, b2bua: b.sdp, b2bua-answer: c.sdp}\n"
    let files = ["o.sdp": all, "a.sdp": all, "c.sdp": all]
    #expect(
      try read(text, files.merging(["b.sdp": Self.video(["nack pli"])]) { $1 }).mechanism == .pli)
    let way = "m=video 5006 RTP/AVPF 96\na=rtpmap:96 VP8/90000\na=recvonly\n"
    let receiving = ["o.sdp": Self.head + way, "a.sdp": all]
    #expect(
      try read("sdp: {offer: o.sdp, answer: a.sdp, sender: callee}\n", receiving).mechanism
        == .sipInfo)
    #expect(
      refusal(pair, receiving)
        == "s.yaml:1: sdp.sender: no video goes from the caller: the caller's offer excludes video "
        + "this way, expected video to go")
  }

  @Test(
    "what cannot be is one sentence with its place",
    arguments: [
      (
        "mechanism: pli\nsdp: {offer: o.sdp, answer: a.sdp}\n",
        "s.yaml:1: mechanism: given beside sdp, expected one of the two"
      ),
      ("sdp: {offer: o.sdp}\n", "s.yaml:1: sdp.answer: missing, expected the path of a file"),
      (
        "sdp: {offer: o.sdp, answer: no.sdp}\n",
        "s.yaml:1: sdp.answer: no.sdp: the file cannot be read: No such file or directory"
      ),
      (
        "sdp: {offer: o.sdp, answr: a.sdp}\n",
        "s.yaml:1: sdp: unknown key \"answr\", expected one of offer, answer, b2bua, b2bua-answer, sender (did you mean answer?)"
      ),
      (
        "sdp: {offer: o.sdp, answer: a.sdp, sender: offerer}\n",
        "sdp.sender: found \"offerer\", expected one of caller, callee"
      ),
      ("sdp: o.sdp\n", "s.yaml:1: sdp: found \"o.sdp\", expected a mapping"),
      (
        "sdp: {offer: o.sdp, answer: bad.sdp}\n",
        "bad.sdp:6: rtpmap payload type: found 300, expected 0...127"
      ),
      (
        "sdp: {offer: o.sdp, answer: word.sdp}\n",
        "word.sdp:5: transport of m=video: found \"RTP/AVFP 96\", expected RTP/AVP, RTP/AVPF"
      ),
      (
        "sdp: {offer: o.sdp, answer: empty.sdp}\n",
        "s.yaml:1: sdp.answer: empty.sdp: the file is empty, expected SDP"
      ),
      (
        "sdp: {offer: o.sdp, answer: s.sdp}\n",
        "s.sdp:1: SDP line: found \"seed: 1\", expected a lower-case letter"
      ),
      (
        "sdp: {offer: o.sdp, answer: none.sdp}\n",
        "sdp.offer: no VP8 video is negotiated: the callee's answer has no m=video line here"
      ),
      (
        "rtcp: {trr-interval: 1s}\nsdp: {offer: o.sdp, answer: a.sdp}\n",
        "s.yaml:1: rtcp.trr-interval: given beside sdp, which makes it 0ms, expected one of the two"
      ),
      (
        "rtp: {srtp: true}\nsdp: {offer: o.sdp, answer: a.sdp}\n",
        "s.yaml:1: rtp.srtp: given beside sdp, which makes it false, expected one of the two"
      ),
    ])
  func refusals(text: String, expected: String) throws {
    let files = [
      "o.sdp": Self.video(["nack pli"]), "a.sdp": Self.video(["nack pli"]),
      "bad.sdp": Self.head + "m=video 5006 RTP/AVPF 96\na=rtpmap:300 VP8/90000\n",
      "word.sdp": Self.head + "m=video 5006 RTP/AVFP 96\n", "empty.sdp": "", "s.sdp": "seed: 1\n",
      "none.sdp": Self.head,
    ]
    let sentence = try #require(refusal(text, files))
    #expect(sentence.contains(expected))
    #expect(!sentence.contains("\n"))
  }
}
