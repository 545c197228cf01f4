import SimulationKernel
import WireFormats

/// What a receiver report says of one source (RFC 3550 section 6.4.1 and appendix A).
public struct ReceptionStatistics: Sendable {
  private var base: Int64?
  private var highest: Int64 = 0
  private var received: Int64 = 0
  private var expectedBefore: Int64 = 0
  private var receivedBefore: Int64 = 0
  /// Sixteen times the jitter, in units of the RTP clock (RFC 3550 appendix A.8).
  private var jitterTimes16: Int64 = 0
  private var lastTransit: Int64?
  private var lastReport: (compactNTP: UInt32, arrival: SimTime)?

  public init() {}

  /// Whether anything has arrived since the last block was made.
  public var hasReceived: Bool { received > receivedBefore }

  /// Counts a media packet.
  ///
  /// - Parameters: sequence number and timestamp, both unwrapped.
  public mutating func packetArrived(sequence: Int64, timestamp: Int64, now: SimTime) {
    base = base ?? sequence
    highest = max(highest, sequence)
    received += 1
    // Arrival in 90 kHz units, whole ticks.
    let transit = now.nanoseconds * 9 / 100_000 - timestamp
    if let lastTransit {
      let difference = abs(transit - lastTransit)
      jitterTimes16 += difference - (jitterTimes16 + 8) / 16
    }
    lastTransit = transit
  }

  /// Notes a sender report, whose time is sent back in the next block.
  public mutating func senderReportArrived(compactNTP: UInt32, now: SimTime) {
    lastReport = (compactNTP, now)
  }

  /// The block for the next report; begins a new reporting interval.
  public mutating func makeBlock(source: UInt32, now: SimTime) -> ReportBlock {
    let expected = base.map { highest - $0 + 1 } ?? 0
    let expectedNow = expected - expectedBefore
    let lostNow = expectedNow - (received - receivedBefore)
    expectedBefore = expected
    receivedBefore = received
    // Section 6.4.1: lost as a 256th of expected; zero where nothing was expected.
    let fraction = expectedNow > 0 && lostNow > 0 ? min(255, lostNow * 256 / expectedNow) : 0
    var block = ReportBlock(
      source: source, fractionLost: UInt8(fraction),
      cumulativeLost: Int32(clamping: min(0x7F_FFFF, expected - received)),
      extendedHighestSequenceNumber: UInt32(truncatingIfNeeded: highest),
      interarrivalJitter: UInt32(truncatingIfNeeded: jitterTimes16 >> 4))
    if let lastReport {
      block.lastSenderReport = lastReport.compactNTP
      // In 65536ths of a second.
      let delay = (now - lastReport.arrival).nanoseconds
      block.delaySinceLastSenderReport = UInt32(truncatingIfNeeded: delay * 4096 / 62_500_000)
    }
    return block
  }
}
