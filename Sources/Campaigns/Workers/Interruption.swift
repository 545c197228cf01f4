import Foundation

/// The end of a pipe that a signal handler writes to; handlers cannot have a context.
private nonisolated(unsafe) var handlerDescriptor: Int32 = -1

/// SIGINT and SIGTERM, turned into something poll(2) can wait for.
///
/// There is one for a process: it lives as long as the process does.
public final class Interruption {
  /// Readable once a signal has come that nobody has asked for yet.
  public let descriptor: Int32
  private var received: Int32?

  /// Begins to listen.
  public init() throws(CampaignError) {
    let ends = try Descriptor.pipe()
    for end in [ends.read, ends.write] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    descriptor = ends.read
    handlerDescriptor = ends.write
    // Whoever started this process may have left them blocked.
    var mask = sigset_t()
    sigemptyset(&mask)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&mask, number)
      listen(for: number) { number in
        let saved = errno
        var octet = UInt8(truncatingIfNeeded: number)
        _ = write(handlerDescriptor, &octet, 1)
        errno = saved
      }
    }
    sigprocmask(SIG_UNBLOCK, &mask, nil)
  }

  /// The signal that came, if one did.
  public var signal: Int32? {
    if let received { return received }
    var octet: UInt8 = 0
    if read(descriptor, &octet, 1) == 1 { received = Int32(octet) }
    return received
  }

  /// - Throws: `CampaignError.interrupted` once a signal has come.
  public func check() throws(CampaignError) {
    if let signal { throw .interrupted(signal: signal) }
  }

  /// Stops listening: later signals end the process as usual.
  ///
  /// - Throws: `CampaignError.interrupted` where a signal came unnoticed.
  public func end() throws(CampaignError) {
    for number in [SIGINT, SIGTERM] { _ = Foundation.signal(number, SIG_DFL) }
    try check()
  }

  private func listen(
    for number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void
  ) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    action.sa_flags = Int32(SA_RESTART)
    sigaction(number, &action, nil)
  }
}
