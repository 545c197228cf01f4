/// What a PLI makes the encoder do.
public enum KeyFrameRequestRule: String, CaseIterable, Sendable {
  case keyFrame = "key-frame"
  /// As a report of damage: a frame predicted from what was acknowledged, and a key frame only where
  /// nothing was (Linphone).
  case reference
}

/// From when on the guard counts.
public enum GuardOrigin: String, CaseIterable, Sendable {
  /// From the last key frame, whoever asked for it.
  case keyFrame = "key-frame"
  /// From the last request that was let through: none guards the first key frame (libwebrtc, GStreamer).
  case request
}

/// Which of golden and altref is renewed first after a key frame.
public enum FirstRenewed: String, CaseIterable, Sendable {
  /// As in the example of RFC 7741 section 5.3.
  case altref
  case golden
}

/// What becomes of a request for a key frame that comes too soon after the last one.
public enum GuardedRequests: String, CaseIterable, Sendable {
  /// Nothing: whoever wants it asks again.
  case drop
  /// The key frame comes when the guard ends.
  case `defer`
}

/// When key frames come that nobody asked for.
public enum PeriodicKeyFrames: String, CaseIterable, Sendable {
  /// With the mechanisms `none` and `nack`, which cannot ask for any.
  case unasked
  case always
  case never
}

/// When golden or altref are renewed at intervals.
public enum ReferenceRefresh: String, CaseIterable, Sendable {
  /// With mechanisms that repair by prediction from them.
  case references
  /// With all mechanisms that use feedback over RTCP (Linphone).
  case feedback
}

/// What comes when golden or altref is to be renewed and neither was acknowledged.
public enum UnacknowledgedRefresh: String, CaseIterable, Sendable {
  case renew
  case keyFrame = "key-frame"
}

/// What a repair is predicted from.
public enum RepairReferences: String, CaseIterable, Sendable {
  /// The newer of the established buffers.
  case newest
  /// Each of them.
  case all
}

/// Which reports of damage are taken for answered already.
public enum StaleReports: String, CaseIterable, Sendable {
  /// Those of pictures before the last repair.
  case repair
  /// Those of pictures before the last repair or renewal of golden or altref, though a renewal may
  /// well be predicted from what was damaged (Linphone).
  case reference
}
