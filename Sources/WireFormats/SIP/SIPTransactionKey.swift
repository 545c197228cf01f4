/// What ties a message to a transaction.
///
/// Branches that RFC 3261 does not prescribe, of RFC 2543's time, are not matched.
public enum SIPTransactionKey {
  /// The client's: a response belongs to the request whose top Via's branch and CSeq method it has
  /// (RFC 3261 section 17.1.3).
  public struct Client: Hashable, Sendable {
    public let branch: String
    public let method: String

    /// Of a request that is sent, or of a response that came; nil where the message lacks what it
    /// takes.
    public init?(_ message: SIPMessage) {
      guard let branch = SIPTransactionKey.branch(of: message), let sequence = message.sequence
      else { return nil }
      self.branch = branch
      method = sequence.method
    }
  }

  /// The server's: branch, sent-by and method of a request, where an ACK has the method of the INVITE
  /// that it ends (section 17.2.3).
  public struct Server: Hashable, Sendable {
    public let branch: String
    /// In lower case; without a port it is another than with the default's.
    public let sentBy: String
    public let method: String

    /// Of a request; nil for a response, or where the request lacks what it takes.
    public init?(_ request: SIPMessage) {
      guard let method = request.method, let branch = SIPTransactionKey.branch(of: request),
        let via = request.topVia
      else { return nil }
      self.branch = branch
      sentBy = via.sentBy.lowercased()
      self.method = method == "ACK" ? "INVITE" : method
    }

    private init(branch: String, sentBy: String, method: String) {
      self.branch = branch
      self.sentBy = sentBy
      self.method = method
    }

    /// The INVITE that a CANCEL is for (section 9.2); nil where this is not the key of a CANCEL.
    public var cancelled: Server? {
      method == "CANCEL" ? Server(branch: branch, sentBy: sentBy, method: "INVITE") : nil
    }
  }

  // Section 8.1.1.7: the cookie says that the branch is unique.
  private static func branch(of message: SIPMessage) -> String? {
    guard let branch = message.topVia?.branch, branch.hasPrefix("z9hG4bK"), branch.utf8.count > 7
    else { return nil }
    return branch
  }
}
