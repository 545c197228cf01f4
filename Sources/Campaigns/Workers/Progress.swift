import Foundation
import SimulationKernel

/// A line on the terminal that says how far the work is; nothing where standard error is a pipe.
public struct Progress {
  /// What is counted.
  enum Unit {
    case calls
    /// Probes under one mechanism or condition.
    case futures
    case callsAndFutures
    case messages
    /// Seconds of simulated time.
    case seconds
  }

  private let unit: Unit
  private let total: Int
  /// Of the expected work, which is in seconds of simulated calls where it is not just the count.
  private let totalWork: Double
  private var done = 0
  private var work = 0.0
  /// What had been done before this process began.
  private var doneBefore = 0
  private var workBefore = 0.0
  private let isShown: Bool
  private let began = Progress.now()
  private var shownAt = 0.0

  /// Counts the calls of jobs, and the futures of their probes.
  ///
  /// - Parameter open: which of the jobs are still to be done.
  init(jobs: [Job], open: [Int], isShown: Bool = isatty(2) == 1) {
    let futures = jobs.contains { $0.probes != nil }
    let calls = jobs.contains { $0.probes == nil }
    unit = futures ? (calls ? .callsAndFutures : .futures) : .calls
    total = jobs.reduce(0) { $0 + $1.progressCount }
    totalWork = jobs.reduce(0) { $0 + $1.expectedWork }
    self.isShown = isShown
    done = total
    work = totalWork
    for number in open {
      done -= jobs[number].progressCount
      work -= jobs[number].expectedWork
    }
    doneBefore = done
    workBefore = work
  }

  /// Counts a job that is done, and shows it.
  mutating func show(finished job: Job) {
    done += job.progressCount
    work += job.expectedWork
    show()
  }

  /// Counts the messages of a sample.
  public init(messages: Int, isShown: Bool = isatty(2) == 1) {
    unit = .messages
    total = messages
    totalWork = Double(messages)
    self.isShown = isShown
  }

  /// Counts the seconds of one call.
  public init(simulating duration: SimDuration, isShown: Bool = isatty(2) == 1) {
    unit = .seconds
    total = Int(duration.nanoseconds / 1_000_000_000)
    totalWork = Double(total)
    self.isShown = isShown
  }

  /// Shows how much is done.
  public mutating func show(_ done: Int) {
    self.done = done
    work = Double(done)
    show()
  }

  /// At most five times a second.
  private mutating func show() {
    guard isShown else { return }
    let time = Self.now()
    guard time - shownAt >= 0.2 || done == total else { return }
    shownAt = time
    let share = totalWork > 0 ? work / totalWork : 1
    let line = Self.line(
      unit, done: done, total: total, share: share, seconds: time - began, before: doneBefore,
      shareBefore: totalWork > 0 ? workBefore / totalWork : 0)
    write("\r\(line)\u{1B}[K")
  }

  /// Shows how far a call's time is.
  public mutating func show(_ now: SimTime) {
    show(Int(now.nanoseconds / 1_000_000_000))
  }

  /// Takes the line away.
  public func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  /// `123/612 calls, 20 %, 8.3/s, 0:59 left`, or `2:03 of 10:12 simulated, 20 %, 8.3 times real
  /// time, 0:59 left`; the last two once there is something to go by.
  ///
  /// - Parameters:
  ///   - share: of the work that is done; nil: as of the count.
  ///   - before, shareBefore: what was done before the seconds began.
  static func line(
    _ unit: Unit, done: Int, total: Int, share: Double? = nil, seconds: Double, before: Int = 0,
    shareBefore: Double = 0
  ) -> String {
    let share = share ?? (total > 0 ? Double(done) / Double(total) : 1)
    var line =
      switch unit {
      case .calls: "\(done)/\(total) calls"
      case .futures: "\(done)/\(total) futures"
      case .callsAndFutures: "\(done)/\(total) calls and futures"
      case .messages: "\(done)/\(total) messages"
      case .seconds: "\(clock(done)) of \(clock(total)) simulated"
      }
    // Rounded down, save what is but an error of the division.
    line += ", \(Int((share * 100 + 1e-6).rounded(.down))) %"
    guard done > before, share > shareBefore, seconds >= 1 else { return line }
    let rate = Double(done - before) / seconds
    let tenths = Int((rate * 10).rounded())
    line += ", \(tenths / 10).\(tenths % 10)\(unit == .seconds ? " times real time" : "/s")"
    let left = max(0, 1 - share) * seconds / (share - shareBefore)
    return line + ", \(clock(Int((left - 1e-6).rounded(.up)))) left"
  }

  /// `0:59`, `1:02:03`.
  static func clock(_ seconds: Int) -> String {
    func padded(_ number: Int) -> String { "\(number < 10 ? "0" : "")\(number)" }
    let minutes = seconds / 60 % 60
    let front = seconds >= 3_600 ? "\(seconds / 3_600):\(padded(minutes))" : "\(minutes)"
    return "\(front):\(padded(seconds % 60))"
  }

  private func write(_ text: String) {
    _ = Descriptor.write(Array(text.utf8), to: 2)
  }

  /// Seconds on a clock that is never set back.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
