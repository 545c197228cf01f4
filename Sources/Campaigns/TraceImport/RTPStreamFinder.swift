import WireFormats

/// Finds the RTP streams among a capture's packets, with bounded memory.
struct RTPStreamFinder {
  /// Sources followed at a time. What looks like RTP by chance makes many of a packet or two.
  private static let maximumReceptions = 20_000

  /// In Hz; nil takes what the payload type tells, or video's.
  let clockRate: Int?
  private var places: [RTPReception.Key: Int] = [:]
  private(set) var receptions: [RTPReception] = []
  /// Receptions after the latest clearing.
  private var kept = 0
  private(set) var absences = [Int](repeating: 0, count: CapturedDatagram.Absence.allCases.count)
  /// Packets without a time.
  private(set) var timeless = 0
  /// Packets of sources that there was no room for.
  private(set) var unfollowed = 0
  /// Time of the file's last packet.
  private(set) var end = Int64.min
  /// The first link type that is not read.
  private(set) var unknownLinkType: UInt32?

  init(clockRate: Int?) {
    self.clockRate = clockRate
  }

  mutating func add(_ frame: CapturedFrame) {
    guard let time = frame.time else {
      timeless += 1
      return
    }
    end = max(end, time)
    let datagram: CapturedDatagram
    do throws(CapturedDatagram.Absence) {
      datagram = try CapturedDatagram(frame.octets, linkType: frame.linkType)
    } catch {
      absences[error.rawValue] += 1
      if error == .unknownLink, unknownLinkType == nil { unknownLinkType = frame.linkType }
      return
    }
    guard let (sighting, source, type) = RTPSighting.read(datagram.payload, time: time) else {
      return
    }
    let key = RTPReception.Key(source: source, flow: datagram.flow, interface: frame.interface)
    guard let place = place(of: key, first: sighting, payloadType: type) else {
      unfollowed += 1
      return
    }
    receptions[place].add(sighting, payloadType: type, octets: datagram.packetByteCount)
  }

  private mutating func place(
    of key: RTPReception.Key, first: RTPSighting, payloadType: UInt8
  ) -> Int? {
    if let place = places[key] { return place }
    if receptions.count >= Self.maximumReceptions { dropUnlikely() }
    guard receptions.count < Self.maximumReceptions else { return nil }
    let rate = clockRate ?? RTPPayloadType.clockRate(payloadType) ?? RTPPayloadType.videoClockRate
    places[key] = receptions.count
    receptions.append(RTPReception(key, first: first, clockRate: rate))
    return receptions.count - 1
  }

  /// Forgets what does not look like RTP, if enough has come up to be worth the while.
  private mutating func dropUnlikely() {
    guard receptions.count - kept > Self.maximumReceptions / 4 else { return }
    receptions.removeAll { !$0.isRTP }
    kept = receptions.count
    places = [:]
    for (place, reception) in receptions.enumerated() { places[reception.key] = place }
  }

  /// The streams, those with most octets first.
  func streams(interface: Int?) -> [RTPStream] {
    struct Name: Hashable {
      var source: UInt32
      var flow: UDPFlow
    }
    var places: [Name: Int] = [:]
    var groups: [[RTPReception]] = []
    for reception in receptions where reception.isRTP {
      if let interface, reception.key.interface != interface { continue }
      let name = Name(source: reception.key.source, flow: reception.key.flow)
      if let place = places[name] {
        groups[place].append(reception)
      } else {
        places[name] = groups.count
        groups.append([reception])
      }
    }
    let streams = groups.map { RTPStream(receptions: $0) }
    // Sorting does not keep the order of equals by promise.
    return streams.enumerated().sorted {
      ($1.element.octets, $0.offset) < ($0.element.octets, $1.offset)
    }.map(\.element)
  }
}
