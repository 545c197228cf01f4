/// When a receiver notices that a picture is damaged.
public enum DamageNoticing: String, CaseIterable, Sendable {
  /// When a packet arrives behind the gap.
  case arrival
  /// When the picture, or the one behind it that shows the gap, leaves the playout buffer: the
  /// decoder notices, not the network's end (Linphone).
  case playout
}

/// How long a frame waits for its playout.
public enum PlayoutMode: String, CaseIterable, Sendable {
  /// `playout-delay` after the first packet, and then at the sender's rhythm.
  case fixed
  /// As long as the network's jitter and its retransmissions need.
  case adaptive
  /// As oRTP's jitter buffer lets it wait, read by the endpoint's ticker (`LeastSquaresPlayout`).
  case leastSquares = "least-squares"
}

/// What becomes of a frame that is not whole when it is due.
public enum LateFrames: String, CaseIterable, Sendable {
  /// It is shown as soon as it is; those behind it wait.
  case wait
  /// It is lost, and packets of it that come later are.
  case drop
  /// It is lost where packets behind a missing one of it are there; where it is only late, it is shown
  /// as soon as it is whole, and those behind it wait (oRTP).
  case dropGaps = "drop-gaps"
}

/// When a request over RTCP is made again.
public enum FeedbackRepetition: String, CaseIterable, Sendable {
  /// At intervals, as long as the picture waits for repair.
  case interval
  /// With each picture that is dropped meanwhile.
  case frame
}

/// What ends the wait for a repair.
public enum RepairRule: String, CaseIterable, Sendable {
  /// As the mechanism repairs: a key frame, or a frame that uses intact references alone.
  case mechanism
  /// A key frame.
  case keyFrame = "key-frame"
  /// A key frame, or any whole frame without the N bit (RFC 7741 section 4.2), whatever it is
  /// predicted from (Linphone).
  case referenceFrame = "reference-frame"
}

/// What is asked for before the first key frame has come.
public enum StartRequest: String, CaseIterable, Sendable {
  /// What the mechanism asks for later too.
  case mechanism
  /// FIR and PLI in one packet (Linphone).
  case firAndPli = "fir+pli"
}
