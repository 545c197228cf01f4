import Signalling
import SimulationKernel

/// Everything that can happen in a call; `Call.route` is the one switch over it.
enum CallEvent {
  /// The camera delivers frame `index`.
  case capture(index: Int)
  /// Frame `index` has been encoded and leaves.
  case encoded(index: Int)
  /// An RTP packet reaches the receiver.
  case mediaArrives(PacketHandle)
  /// A sender report reaches the receiver.
  case senderReportArrives(PacketHandle)
  /// A compound packet from the receiver reaches the sender's encoder control; `compound` is its serial
  /// number.
  case feedbackArrives(PacketHandle, compound: Int)
  /// The receiver's ticker reads what has arrived since its last tick.
  case readingDue
  /// Frame `index` is due on screen.
  case screenDue(index: Int)
  /// The sender's, the receiver's regular RTCP time.
  case senderReportDue(DeadlineTimer.Token)
  case receiverReportDue(DeadlineTimer.Token)
  /// The receiver's policy wants to ask again.
  case askAgainDue(DeadlineTimer.Token)
  /// Missing packets are to be asked for again or given up.
  case missingPacketsDue(DeadlineTimer.Token)
  /// A gap has waited as long as packets may only have been overtaken.
  case gapDue(DeadlineTimer.Token)
  /// Anything on the SIP path.
  case signalling(SignallingEvent)
}
