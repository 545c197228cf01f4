/// Statuses that are met in a call (RFC 3261 section 21, RFC 6086 section 4.2.2).
public enum SIPStatus: Int, CaseIterable, Sendable {
  case trying = 100
  case ringing = 180
  case sessionProgress = 183
  case ok = 200
  case badRequest = 400
  case notFound = 404
  case methodNotAllowed = 405
  case requestTimeout = 408
  case unsupportedMediaType = 415
  case badInfoPackage = 469
  case callDoesNotExist = 481
  case loopDetected = 482
  case tooManyHops = 483
  case busyHere = 486
  case requestTerminated = 487
  case notAcceptableHere = 488
  case requestPending = 491
  case serverInternalError = 500
  case serviceUnavailable = 503
  case versionNotSupported = 505

  /// The reason phrase that the standard gives.
  public var reason: String {
    switch self {
    case .trying: "Trying"
    case .ringing: "Ringing"
    case .sessionProgress: "Session Progress"
    case .ok: "OK"
    case .badRequest: "Bad Request"
    case .notFound: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .requestTimeout: "Request Timeout"
    case .unsupportedMediaType: "Unsupported Media Type"
    case .badInfoPackage: "Bad Info Package"
    case .callDoesNotExist: "Call/Transaction Does Not Exist"
    case .loopDetected: "Loop Detected"
    case .tooManyHops: "Too Many Hops"
    case .busyHere: "Busy Here"
    case .requestTerminated: "Request Terminated"
    case .notAcceptableHere: "Not Acceptable Here"
    case .requestPending: "Request Pending"
    case .serverInternalError: "Server Internal Error"
    case .serviceUnavailable: "Service Unavailable"
    case .versionNotSupported: "Version Not Supported"
    }
  }
}
