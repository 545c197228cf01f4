import FuzzSupport
import WireFormats

/// Checks all that is read of a message, and what a proxy and two user agents make of it.
func check(_ message: SIPMessage) {
  checkRoundTrip(message)
  checkFields(of: message)
  checkHop(message)
  if message.method != nil {
    let response = SIPMessage.response(to: message, .ok)
    checkRoundTrip(response)
    check(
      SIPTransactionKey.Client(response) == SIPTransactionKey.Client(message),
      "the response is another transaction's: \(response)")
  }
  if message.isPictureFastUpdate {
    check((try? MediaControl(octets: message.body)) != nil, "no body of a picture fast update")
  }
  do throws(WireError) {
    try message.checkComposition()
  } catch {
    checkSentence(error.description)
    return
  }
  guard message.method != nil else { return }
  checkForwarded(message)
  if message.method == "INVITE" {
    checkTransaction(of: message)
    checkDialog(from: message)
  }
}

/// What is taken apart reads as itself when it is put together.
private func checkFields(of message: SIPMessage) {
  _ = message.sequence
  _ = message.callIdentifier
  _ = message.mediaType
  _ = message.infoPackage
  let single = [message.from, message.to, message.contact].compactMap(\.self)
  for address in single + (message.routes ?? []) + (message.recordRoutes ?? []) {
    check(SIPAddress(address.text) == address, "\(address) reads otherwise: \(address.text)")
    guard let uri = address.sipURI else { continue }
    check(SIPURI(uri.text) == uri, "\(uri) reads otherwise: \(uri.text)")
  }
  for via in message.vias ?? [] {
    check(SIPVia(via.text) == via, "\(via) reads otherwise when written")
    let received = via.received(from: "192.0.2.1", port: 5_060)
    check(
      SIPVia(received.text) == received && received.received == "192.0.2.1",
      "\(received) reads otherwise when written")
  }
  if let key = SIPTransactionKey.Server(message) {
    check(
      (key.cancelled == nil) == (key.method != "CANCEL"), "\(key) cancels a transaction, or none")
  }
}

/// The single steps of a proxy, there and back.
private func checkHop(_ message: SIPMessage) {
  _ = message.decrementingMaxForwards().map { checkRoundTrip($0) }
  guard let via = message.topVia else { return }
  let forwarded = message.addingVia(via)
  checkRoundTrip(forwarded)
  check(forwarded.topVia == via, "the Via put on top is not the top one: \(forwarded)")
  check(forwarded.removingTopVia() == message, "a hop there and back changes \(message)")
}

/// A request that is in order stays so through a proxy, and its response finds the way back.
private func checkForwarded(_ request: SIPMessage) {
  let proxy = SIPProxy(host: "192.0.2.9:5060", transport: .tcp)
  switch proxy.forward(request, branch: SIPIdentifier.branch(7)) {
  case .refused: break
  case .forwarded(let forwarded):
    checkRoundTrip(forwarded)
    checkComposed(forwarded)
    let back = proxy.forward(SIPMessage.response(to: forwarded, .ok))
    check(
      back == SIPMessage.response(to: request, .ok),
      "the response comes back as \(String(describing: back))")
  }
}

/// An INVITE's CANCEL, and the ACK of its failure.
private func checkTransaction(of invite: SIPMessage) {
  let key = SIPTransactionKey.Server(invite)
  let cancel = SIPMessage.cancelRequest(of: invite)
  checkRoundTrip(cancel)
  checkComposed(cancel)
  check(SIPTransactionKey.Server(cancel)?.cancelled == key, "\(cancel) is for another request")
  let busy = SIPMessage.response(to: invite, .busyHere).addingToTag("b")
  checkRoundTrip(busy)
  guard let acknowledgement = SIPMessage.acknowledgement(of: busy, to: invite) else {
    fatalError("no ACK for \(busy)")
  }
  checkRoundTrip(acknowledgement)
  checkComposed(acknowledgement)
  check(
    SIPTransactionKey.Server(acknowledgement) == key, "\(acknowledgement) is another transaction's")
}

/// Both sides of the dialog that an INVITE makes, and an INFO from each to the other.
private func checkDialog(from invite: SIPMessage) {
  guard invite.to?.tag == nil,
    var callee = SIPDialog(calleeOf: invite, localTag: "callee", localHost: "192.0.2.20:5060")
  else { return }
  let response = SIPMessage.response(to: invite, .ok, dialog: callee, transport: .tcp)
  checkRoundTrip(response)
  checkComposed(response)
  guard var caller = SIPDialog(callerOf: invite, response: response) else {
    // A branch of RFC 2543's time belongs to no transaction.
    check(SIPTransactionKey.Client(invite) == nil, "no dialog of \(invite) and \(response)")
    return
  }
  checkInfo(from: &caller, to: &callee)
  checkInfo(from: &callee, to: &caller)
}

private func checkInfo(from sender: inout SIPDialog, to receiver: inout SIPDialog) {
  let info = SIPMessage.infoRequest(
    dialog: sender, cseq: sender.nextSequence(), branch: SIPIdentifier.branch(9), transport: .tcp)
  checkRoundTrip(info)
  checkComposed(info)
  check(info.isPictureFastUpdate, "an INFO that asks for no picture: \(info)")
  let refusal = receiver.accept(info)
  check(refusal == nil, "\(info) is refused in its own dialog")
}

private func checkComposed(_ message: SIPMessage) {
  do throws(WireError) {
    try message.checkComposition()
  } catch {
    fatalError("\(message) is made of a good message, yet: \(error)")
  }
}
