import Foundation
import SimulationKernel

/// A line on the terminal that says how far the work is; nothing where standard error is a pipe.
public struct Progress {
  /// What is counted.
  enum Unit {
    case calls
    case messages
    /// Seconds of simulated time.
    case seconds
  }

  private let unit: Unit
  private let total: Int
  private let isShown: Bool
  private let began = Progress.now()
  private var shownAt = 0.0

  /// Counts calls.
  public init(total: Int, isShown: Bool = isatty(2) == 1) {
    unit = .calls
    self.total = total
    self.isShown = isShown
  }

  /// Counts the messages of a sample.
  public init(messages: Int, isShown: Bool = isatty(2) == 1) {
    unit = .messages
    total = messages
    self.isShown = isShown
  }

  /// Counts the seconds of one call.
  public init(simulating duration: SimDuration, isShown: Bool = isatty(2) == 1) {
    unit = .seconds
    total = Int(duration.nanoseconds / 1_000_000_000)
    self.isShown = isShown
  }

  /// Shows how much is done, at most five times a second.
  public mutating func show(_ done: Int) {
    guard isShown else { return }
    let time = Self.now()
    guard time - shownAt >= 0.2 || done == total else { return }
    shownAt = time
    write("\r\(Self.line(unit, done: done, total: total, seconds: time - began))\u{1B}[K")
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
  static func line(_ unit: Unit, done: Int, total: Int, seconds: Double) -> String {
    var line =
      switch unit {
      case .calls: "\(done)/\(total) calls"
      case .messages: "\(done)/\(total) messages"
      case .seconds: "\(clock(done)) of \(clock(total)) simulated"
      }
    line += ", \(total > 0 ? done * 100 / total : 100) %"
    guard done > 0, seconds >= 1 else { return line }
    let rate = Double(done) / seconds
    let tenths = Int((rate * 10).rounded())
    line += ", \(tenths / 10).\(tenths % 10)\(unit == .seconds ? " times real time" : "/s")"
    return line + ", \(clock(Int((Double(total - done) / rate).rounded(.up)))) left"
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
