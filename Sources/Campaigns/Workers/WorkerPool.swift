import Foundation

/// Runs jobs in worker processes and delivers their results in the order of the jobs.
///
/// The parent is single-threaded and waits in poll(2). Results that come early wait for those
/// before them; how far workers may run ahead is bounded, and so is the memory.
public struct WorkerPool {
  /// How many jobs beyond the next one to deliver may be given out, for each worker.
  private static let lead = 64

  public var command: WorkerCommand
  public var workers: Int

  /// - Parameter workers: processes at a time; positive (checked).
  public init(command: WorkerCommand = .ownWorker, workers: Int) {
    precondition(workers > 0, "work needs a worker")
    self.command = command
    self.workers = workers
  }

  /// Runs jobs 0 ..< count of a document.
  ///
  /// - Parameters:
  ///   - interruption: where a signal to stop announces itself; nil where none is listened for.
  ///   - deliver: takes the results in the order of the jobs, whatever the order they came in.
  ///   - completed: called with the number of finished jobs whenever it has changed.
  /// - Throws: `CampaignError`, or what `deliver` throws; no worker is left running.
  public func run(
    _ document: CampaignDocument, count: Int, interruption: Interruption? = nil,
    deliver: (_ number: Int, _ result: JobResult) throws -> Void,
    completed: (Int) -> Void = { _ in }
  ) throws {
    // A worker that is gone shows as an error of the write, and in its output's end.
    signal(SIGPIPE, SIG_IGN)
    var pool = RunningPool(command: command, document: document, count: count)
    defer { pool.endAll() }
    while pool.delivered < count {
      try pool.handOut(
        workers: workers, limit: min(count, pool.delivered + workers * Self.lead))
      try pool.wait(interruption)
      while let result = pool.takeNext() { try deliver(pool.delivered - 1, result) }
      completed(pool.finished)
    }
  }
}

/// The state of a pool at work.
private struct RunningPool {
  let command: WorkerCommand
  let document: CampaignDocument
  let count: Int
  private var processes: [WorkerProcess] = []
  /// Results that wait for an earlier one, by job.
  private var waiting: [Int: JobResult] = [:]
  private var nextJob = 0
  private(set) var delivered = 0
  private(set) var finished = 0
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)

  init(command: WorkerCommand, document: CampaignDocument, count: Int) {
    self.command = command
    self.document = document
    self.count = count
  }

  /// Gives every idle worker a job below `limit`, and starts workers as long as there is work.
  mutating func handOut(workers: Int, limit: Int) throws(CampaignError) {
    for process in processes where process.job == nil && nextJob < limit {
      process.start(nextJob)
      nextJob += 1
    }
    while processes.count < workers && nextJob < limit {
      let process = try WorkerProcess(command, document: document)
      processes.append(process)
      process.start(nextJob)
      nextJob += 1
    }
  }

  /// Waits until a worker or a signal reports, and takes in what they say.
  mutating func wait(_ interruption: Interruption?) throws(CampaignError) {
    var descriptors = processes.map { pollfd(fd: $0.output, events: Int16(POLLIN), revents: 0) }
    if let interruption {
      descriptors.append(
        pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
    }
    if poll(&descriptors, nfds_t(descriptors.count), -1) < 0 {
      guard errno == EINTR else {
        throw .environment("waiting for workers failed: \(String(cString: strerror(errno)))")
      }
    }
    if let signal = interruption?.signal { throw .interrupted(signal: signal) }
    let ready = processes.indices.filter { descriptors[$0].revents != 0 }
    for index in ready.reversed() {
      let process = processes[index]
      switch process.receive(into: &buffer) {
      case .none: break
      case .result(let number, let result): finish(number, result)
      case .ended:
        processes.remove(at: index)
        let job = process.job
        let reason = process.reap()
        if let job { finish(job, .failed(reason)) }
      }
    }
  }

  private mutating func finish(_ number: Int, _ result: JobResult) {
    waiting[number] = result
    finished += 1
  }

  /// The next result in order, if it is there.
  mutating func takeNext() -> JobResult? {
    guard let result = waiting.removeValue(forKey: delivered) else { return nil }
    delivered += 1
    return result
  }

  /// Ends all workers, by their ids, and waits for them.
  mutating func endAll() {
    for process in processes { _ = process.end() }
    processes.removeAll()
  }
}
