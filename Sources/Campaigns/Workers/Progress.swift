import Foundation

/// A line on the terminal that says how far the work is; nothing where standard error is a pipe.
public struct Progress {
  private let total: Int
  private let isShown: Bool
  private let began = Progress.now()
  private var shownAt = 0.0

  public init(total: Int, isShown: Bool = isatty(2) == 1) {
    self.total = total
    self.isShown = isShown
  }

  /// Shows the number of finished calls, at most five times a second.
  public mutating func show(_ done: Int) {
    guard isShown else { return }
    let time = Self.now()
    guard time - shownAt >= 0.2 || done == total else { return }
    shownAt = time
    write("\r\(Self.line(done: done, total: total, seconds: time - began))\u{1B}[K")
  }

  /// Takes the line away.
  public func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  /// `123/612 calls, 20 %, 8.3/s, 0:59 left`; the last two once there is something to go by.
  static func line(done: Int, total: Int, seconds: Double) -> String {
    var line = "\(done)/\(total) calls, \(total > 0 ? done * 100 / total : 100) %"
    guard done > 0, seconds >= 1 else { return line }
    let rate = Double(done) / seconds
    let tenths = Int((rate * 10).rounded())
    line += ", \(tenths / 10).\(tenths % 10)/s"
    let left = Int((Double(total - done) / rate).rounded(.up))
    let minutes = left / 60 % 60
    let clock = "\(left / 3_600 > 0 ? "\(left / 3_600):\(minutes < 10 ? "0" : "")" : "")\(minutes)"
    return line + ", \(clock):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
  }

  private func write(_ text: String) {
    _ = Descriptor.write(Array(text.utf8), to: 2)
  }

  /// Seconds on a clock that is never set back.
  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
