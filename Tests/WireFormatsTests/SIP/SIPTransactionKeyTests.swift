import Testing
import WireFormats

@Suite("SIP transaction keys")
struct SIPTransactionKeyTests {
  private let info = SIPExamples.info

  @Test("a response belongs to the request of its branch and method")
  func client() {
    let key = SIPTransactionKey.Client(info)
    #expect(key?.method == "INFO")
    #expect(SIPTransactionKey.Client(.response(to: info, .ok)) == key)
    let other = SIPMessage.infoRequest(
      dialog: SIPExamples.dialog, cseq: 2, branch: SIPIdentifier.branch(2), transport: .tls)
    #expect(SIPTransactionKey.Client(.response(to: other, .ok)) != key)
    let bye = SIPMessage.byeRequest(
      dialog: SIPExamples.dialog, cseq: 2, branch: SIPIdentifier.branch(1), transport: .tls)
    #expect(SIPTransactionKey.Client(.response(to: bye, .ok)) != key)
  }

  @Test("the server tells senders apart that chose the same branch")
  func server() {
    let key = SIPTransactionKey.Server(info)
    #expect(key != nil)
    let elsewhere = info.replacingTopVia(
      SIPVia(transport: .tls, sentBy: "192.0.2.11:5061", branch: SIPIdentifier.branch(1)))
    #expect(elsewhere.flatMap { SIPTransactionKey.Server($0) } != key)
    let shouted = info.replacingTopVia(
      SIPVia(transport: .udp, sentBy: "192.0.2.10:5061", branch: SIPIdentifier.branch(1)))
    #expect(shouted.flatMap { SIPTransactionKey.Server($0) } == key)
    #expect(SIPTransactionKey.Server(.response(to: info, .ok)) == nil)
    #expect(key?.cancelled == nil)
  }

  @Test(
    "branches without the cookie, or with nothing behind it, belong nowhere",
    arguments: ["", ";branch=1", ";branch=z9hG4bK", ";branch"])
  func oldBranches(parameters: String) {
    let request = SIPMessage(
      startLine: .request(method: "INFO", uri: "sip:a"),
      headers: [
        .init(name: "v", value: "SIP/2.0/UDP h" + parameters), .init(name: "CSeq", value: "1 INFO"),
      ])
    #expect(SIPTransactionKey.Client(request) == nil)
    #expect(SIPTransactionKey.Server(request) == nil)
  }
}
