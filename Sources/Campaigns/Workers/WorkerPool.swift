import Foundation

/// Runs jobs in worker processes and delivers their results in whatever order they come.
///
/// The parent is single-threaded and waits in poll(2). It holds no more than the result at hand.
public struct WorkerPool {
  public var command: WorkerCommand
  public var workers: Int

  /// - Parameter workers: processes at a time; positive (checked).
  public init(command: WorkerCommand = .ownWorker, workers: Int) {
    precondition(workers > 0, "work needs a worker")
    self.command = command
    self.workers = workers
  }

  /// Runs some jobs of a document, beginning with those that are named first.
  ///
  /// - Parameters:
  ///   - jobs: their numbers, each once.
  ///   - interruption: where a signal to stop announces itself; nil where none is listened for.
  ///   - deliver: takes each job's result when it is there. A worker that dies has its job reported as
  ///     failed and disturbed.
  /// - Throws: `CampaignError`, or what `deliver` throws; no worker is left running.
  public func run(
    _ document: CampaignDocument, jobs: [Int], interruption: Interruption? = nil,
    deliver: (JobReport) throws -> Void
  ) throws {
    // A worker that is gone shows as an error of the write, and in its output's end.
    signal(SIGPIPE, SIG_IGN)
    var pool = RunningPool(command: command, document: document, jobs: jobs[...])
    defer { pool.endAll() }
    while true {
      if let signal = interruption?.signal { throw CampaignError.interrupted(signal: signal) }
      try pool.handOut(workers: workers)
      guard pool.isAtWork else { return }
      for report in try pool.wait(interruption) { try deliver(report) }
    }
  }
}

/// The state of a pool at work.
private struct RunningPool {
  let command: WorkerCommand
  let document: CampaignDocument
  private var jobs: ArraySlice<Int>
  private var processes: [WorkerProcess] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)

  init(command: WorkerCommand, document: CampaignDocument, jobs: ArraySlice<Int>) {
    self.command = command
    self.document = document
    self.jobs = jobs
  }

  var isAtWork: Bool { processes.contains { $0.job != nil } }

  /// Gives every idle worker a job, and starts workers as long as there is work.
  mutating func handOut(workers: Int) throws(CampaignError) {
    for process in processes where process.job == nil {
      guard let job = jobs.popFirst() else { return }
      process.start(job)
    }
    while processes.count < workers, let job = jobs.first {
      let process = try WorkerProcess(command, document: document)
      processes.append(process)
      process.start(job)
      jobs.removeFirst()
    }
  }

  /// Waits until a worker or a signal reports, and returns the results that have come.
  mutating func wait(_ interruption: Interruption?) throws(CampaignError) -> [JobReport] {
    var descriptors = processes.map { pollfd(fd: $0.output, events: Int16(POLLIN), revents: 0) }
    if let interruption {
      descriptors.append(
        pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
    }
    if poll(&descriptors, nfds_t(descriptors.count), -1) < 0 {
      guard errno == EINTR else {
        throw .environment("waiting for workers failed: \(String(cString: strerror(errno)))")
      }
      return []
    }
    var reports: [JobReport] = []
    let ready = processes.indices.filter { descriptors[$0].revents != 0 }
    for index in ready.reversed() {
      let process = processes[index]
      switch process.receive(into: &buffer) {
      case .none: break
      case .report(let report): reports.append(report)
      case .ended:
        processes.remove(at: index)
        let job = process.job
        let reason = process.reap()
        if let job {
          reports.append(JobReport(number: job, result: .failed(reason), isDisturbed: true))
        }
      }
    }
    return reports
  }

  /// Ends all workers, by their ids, and waits for them.
  mutating func endAll() {
    for process in processes { _ = process.end() }
    processes.removeAll()
  }
}
