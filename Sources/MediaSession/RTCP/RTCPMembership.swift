/// Who shares the RTCP bandwidth of a session, as one participant sees it (RFC 3550 section 6.3.1).
public struct RTCPMembership: Hashable, Sendable {
  /// RFC 3550 section 6.2: a quarter of the RTCP bandwidth is the senders' where they are few.
  static let sendersFraction = 0.25

  /// All participants, this one included.
  public let members: Int
  /// Those that send media.
  public let senders: Int
  /// Whether this participant is one of the senders (`we_sent` of RFC 3550 appendix A.7).
  public let isSender: Bool

  /// - Parameters:
  ///   - members: 2 or more.
  ///   - senders: within 1...members.
  ///   - isSender: whether this participant is one of them.
  public init(members: Int, senders: Int = 1, isSender: Bool) {
    precondition(members >= 2 && (1...members).contains(senders), "a session has two ends")
    precondition(isSender || senders < members, "one who does not send is not among the senders")
    self.members = members
    self.senders = senders
    self.isSender = isSender
  }

  /// Exactly two members: the point-to-point session of RFC 4585 section 3.4 g.
  public var isPointToPoint: Bool { members == 2 }

  /// Whether senders and receivers have shares of their own: the senders are at most a quarter.
  var isDivided: Bool { Double(senders) <= Double(members) * Self.sendersFraction }

  /// The fraction of the RTCP bandwidth that this participant's group has.
  public var groupFraction: Double {
    guard isDivided else { return 1 }
    return isSender ? Self.sendersFraction : 1 - Self.sendersFraction
  }

  /// How many participants share it (`n`).
  public var groupSize: Int {
    guard isDivided else { return members }
    return isSender ? senders : members - senders
  }
}
