import MediaSession
import Results
import SimulationKernel

extension Scenario {
  /// What the receiver's part of the RTCP bandwidth carries, in packets of a report and one message.
  public var feedbackCapacity: FeedbackCapacity {
    FeedbackCapacity(
      bandwidth: rtcp.bandwidth(ofSession: sessionBandwidth),
      membership: rtcp.membership(isSender: false),
      packetOctets: Double(RTCPComposer.typicalOctets))
  }

  /// How far a call's feedback fitted the receiver's bandwidth (RFC 4585 section 3.3); nil where
  /// feedback does not follow the RFC's rules for early packets.
  ///
  /// The events are all the messages the call made, sent or not.
  public func feedbackMode(_ records: CallRecords) -> FeedbackMode? {
    let duration = records.totals.duration
    guard mechanism.usesRTCPFeedback, rtcp.profile == .avpf, rtcp.earlyFeedback == .rfc4585,
      duration > .zero
    else { return nil }
    return feedbackCapacity.mode(
      eventsPerSecond: Double(records.feedback.count) / duration.inSeconds,
      usefulFor: rtcp.maximumFeedbackDelay)
  }

  /// A sentence for the user where a call had more to report than the receiver's bandwidth carries
  /// one by one; nil otherwise.
  public func feedbackWarning(_ records: CallRecords) -> String? {
    guard let mode = feedbackMode(records), mode != .immediate else { return nil }
    let packets = Int(feedbackCapacity.packetsPerSecond * records.totals.duration.inSeconds)
    let consequence =
      mode == .early ? "some messages waited or were dropped" : "most came too late or not at all"
    return "the call made \(records.feedback.count) feedback messages, and the receiver's share of "
      + "RTCP carries \(packets) packets (\(mode.rawValue) mode, RFC 4585 section 3.3): "
      + "\(consequence); a larger session-bandwidth or bandwidth-share under rtcp brings them forward"
  }
}
