import WireFormats

/// Octets of a text.
func octets(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

enum SIPExamples {
  static let dialog = SIPDialog.numbered(7, transport: .tls)

  static let info = SIPMessage.infoRequest(
    dialog: dialog, cseq: 2, branch: SIPIdentifier.branch(1), transport: .tls)

  /// A request as another stack might write it: compact names, folds, a list of Vias.
  static let foreign = octets(
    """
    INFO sip:a@b SIP/2.0\r
    v: SIP/2.0/TCP p2:5060;branch=z9hG4bK2, SIP/2.0/TCP "p,1":5060;branch=z9hG4bK1\r
    VIA:SIP/2.0/UDP ua;branch=z9hG4bK0\r
    f : "A, B" <sip:x@y>;tag=1\r
    t: <sip:a@b>;tag=2\r
    i: 1@y\r
    CSeq:  3\t INFO \r
    Subject: one\r
      two\r
    \tthree\r
    l: 3\r
    \r
    abc
    """)
}
