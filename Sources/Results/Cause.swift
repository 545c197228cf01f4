/// What a broken millisecond was spent on. Every instant of an episode has exactly one cause.
public enum Cause: Int, CaseIterable, Sendable {
  /// A packet is lost and the receiver cannot know yet.
  case notNoticed
  /// Nobody asks: the picture waits for the next periodic key frame.
  case periodicKeyFrame
  /// Feedback is ready and RFC 4585's timing rules do not let it go yet.
  case rtcpTick
  /// The user agent may not send another INFO yet, or was refused one.
  case requestLimit
  /// The request travels: propagation, serialization and queues.
  case requestOnNetwork
  /// SIP's transport: TCP or TLS set-up and the look-up before it, in-order delivery behind something
  /// lost, retransmission by TCP or, over UDP, by SIP itself, and the time on a dead connection until
  /// it is given up.
  case tcp
  /// A SIP proxy works on the request.
  case proxy
  /// The user agent that takes the request sleeps, and is being woken up.
  case asleep
  /// A request was lost; nothing happens until the next one.
  case requestLost
  /// The request has arrived; the encoder waits for its next frame or its own guard interval.
  case encoderWait
  /// The repairing frame travels.
  case repairOnNetwork
  /// An earlier repairing frame was itself damaged.
  case repairDamaged
  /// The repairing frame is complete and waits for its playout time.
  case playout
  /// A whole repairing frame was shown, or due, and the picture is still not the sender's: it followed
  /// from damage, or the receiver did not believe it.
  case repairInVain

  /// The column name in episodes.csv: `cause_<name>_ms`.
  public var columnName: String {
    switch self {
    case .notNoticed: "not_noticed"
    case .periodicKeyFrame: "periodic_key_frame"
    case .rtcpTick: "rtcp_tick"
    case .requestLimit: "request_limit"
    case .requestOnNetwork: "request_on_network"
    case .tcp: "tcp"
    case .proxy: "proxy"
    case .asleep: "asleep"
    case .requestLost: "request_lost"
    case .encoderWait: "encoder_wait"
    case .repairOnNetwork: "repair_on_network"
    case .repairDamaged: "repair_damaged"
    case .playout: "playout"
    case .repairInVain: "repair_in_vain"
    }
  }
}

extension Cause {
  /// The cause in words that follow one another in a sentence.
  var words: String {
    switch self {
    case .notNoticed: "not noticed"
    case .periodicKeyFrame: "waiting for a periodic key frame"
    case .rtcpTick: "RTCP timing"
    case .requestLimit: "request limit"
    case .requestOnNetwork: "request on the network"
    case .tcp: "SIP transport"
    case .proxy: "proxies"
    case .asleep: "asleep"
    case .requestLost: "request lost"
    case .encoderWait: "encoder"
    case .repairOnNetwork: "repair on the network"
    case .repairDamaged: "repair damaged"
    case .playout: "playout buffer"
    case .repairInVain: "repair in vain"
    }
  }
}
