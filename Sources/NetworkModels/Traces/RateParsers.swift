import SimulationKernel

/// `time_ms,kbps`: the rate from a time on.
struct RateTableParser: Sendable {
  private var steps: [RateTimeline.Step] = []
  /// The time of a row without a rate, which ends the table.
  private var end: SimTime?

  mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) {
    guard let fields = TraceNumbers.fields(line, count: 2) else {
      throw TraceError(line: number, found: line, expected: "2 fields, \(TraceFormat.rate.header!)")
    }
    guard end == nil else {
      throw TraceError(
        line: number, found: line, expected: "nothing behind the row without kbps, which ends it")
    }
    let time = try time(fields[0], number)
    guard !fields[1].isEmpty else {
      guard !steps.isEmpty else {
        throw TraceError(line: number, found: fields[1], expected: "kbps in the first row")
      }
      end = time
      return
    }
    guard steps.count < TraceLimits.rateRows else {
      throw .tooManyLines(line: number, limit: TraceLimits.rateRows)
    }
    steps.append(RateTimeline.Step(from: time, rate: try rate(fields[1], number)))
  }

  /// - Throws: `TraceError` where there is no rate at all.
  func timeline() throws(TraceError) -> RateTimeline {
    guard let last = steps.last else {
      throw TraceError(found: .words("a header alone"), expected: "rows of time_ms and kbps")
    }
    guard steps.contains(where: { $0.rate.bitsPerSecond > 0 }) else {
      throw TraceError(found: .words("no kbps above 0"), expected: "some, or nothing is ever sent")
    }
    // A table written again says its end in a row of its own, which has the same limit.
    let latest = SimTime.zero + .milliseconds(Int64(TraceLimits.milliseconds))
    guard last.from < latest else {
      throw TraceError(
        found: .words("a last rate from \(TraceLimits.milliseconds) ms on"),
        expected: "one from an earlier time_ms on")
    }
    // A rate that never changes may be repeated after any time.
    let interval = steps.count > 1 ? last.from - steps[steps.count - 2].from : .seconds(1)
    return .steps(steps, period: (end ?? min(last.from + interval, latest)) - .zero)
  }

  private func time(_ text: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) -> SimTime {
    guard let nanoseconds = TraceNumbers.milliseconds(text) else {
      throw TraceError(
        line: number, found: text,
        expected: "time_ms from 0 to \(TraceLimits.milliseconds), such as 500 or 500.5")
    }
    guard let last = steps.last else {
      guard nanoseconds == 0 else {
        throw TraceError(line: number, found: text, expected: "time_ms 0 in the first row")
      }
      return .zero
    }
    guard nanoseconds > last.from.nanoseconds else {
      throw TraceError(line: number, found: text, expected: "time_ms above that of the row before")
    }
    return SimTime(nanoseconds: nanoseconds)
  }

  private func rate(_ text: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) -> Bitrate {
    let limit = TraceLimits.kilobitsPerSecond
    guard let bits = TraceNumbers.decimal(text, decimals: 3, limit: limit), bits <= limit * 1_000
    else {
      throw TraceError(line: number, found: text, expected: "kbps from 0 to \(limit)")
    }
    return Bitrate(bitsPerSecond: bits)
  }
}

/// A line for each opportunity to send 1500 octets: when, in ms. Source: mahimahi's mm-link(1).
struct MahimahiParser: Sendable {
  private var opportunities: [SimTime] = []
  /// What an opportunity carries: an Ethernet frame's payload.
  static let octets = 1_500

  mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) {
    guard let time = TraceNumbers.whole(line), time <= TraceLimits.milliseconds else {
      throw TraceError(
        line: number, found: line,
        expected: "one whole number of ms from 0 to \(TraceLimits.milliseconds)")
    }
    guard opportunities.count < TraceLimits.opportunities else {
      throw .tooManyLines(line: number, limit: TraceLimits.opportunities)
    }
    let instant = SimTime(nanoseconds: time * 1_000_000)
    guard instant >= opportunities.last ?? .zero else {
      throw TraceError(
        line: number, found: line,
        expected: "ms not below those of the line before (counts of packets are --format runs)")
    }
    opportunities.append(instant)
  }

  /// - Throws: `TraceError` where it would take no time.
  func timeline() throws(TraceError) -> RateTimeline {
    guard let last = opportunities.last, last > .zero else {
      throw TraceError(
        found: .words("no line above 0"), expected: "a last line above 0, which gives the period")
    }
    return .opportunities(opportunities, octets: Self.octets, period: last - .zero)
  }
}

extension TraceError {
  fileprivate static func tooManyLines(line: Int, limit: Int) -> TraceError {
    TraceError(
      line: line, found: .words("more than \(limit) lines"),
      expected: "at most that many in a trace of a rate")
  }
}
