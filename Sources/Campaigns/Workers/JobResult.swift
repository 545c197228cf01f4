import CallSimulation
import Results

/// What a job leaves behind: its rows of the four files, or the reason it has none.
public enum JobResult: Sendable, Equatable {
  /// The rows by `CSVFile.allCases`.
  case rows([String])
  /// Why the call could not be simulated, as one sentence.
  case failed(String)

  /// Does a job.
  init(simulating job: Job, follower: ProbeFollower, clips: inout ClipShelf) {
    do {
      let clip = try clips.clip(for: job.scenario)
      switch job.work {
      case .call(let scenario, let keepsFrames):
        let records = try simulateCall(
          scenario, clip: clip, run: job.run, group: job.group, keepsFrames: keepsFrames)
        self = .rows(CSVFile.allCases.map { $0.lines(for: records) })
      case .probes(let set):
        var lines = ""
        try follower.follow(set, group: job.group, clip: clip) { lines += CSVFile.line(for: $0) }
        self = .rows(CSVFile.allCases.map { $0 == .probes ? lines : "" })
      }
    } catch {
      self = .failed("\(error)")
    }
  }

  /// The rows as they stand in the files: a failed call has one in runs.csv alone, and so has each of
  /// the calls of a job of probes that failed as a whole.
  public func rows(of job: Job) -> [String] {
    switch self {
    case .rows(let rows): return rows
    case .failed(let reason):
      let lines = job.calls.map { call in
        CSVFile.failedLine(
          run: call.scenario.conditions(run: call.run, group: job.group), reason: " " + reason)
      }
      return CSVFile.allCases.map { $0 == .runs ? lines.joined() : "" }
    }
  }

  /// The frame's payload: the job's number, 1 or 0 for done or failed, and the texts.
  func payload(number: Int) -> [UInt8] {
    var octets: [UInt8] = []
    PipeFrame.append(UInt32(number), to: &octets)
    switch self {
    case .rows(let rows):
      PipeFrame.append(1, to: &octets)
      for text in rows { PipeFrame.append(text, to: &octets) }
    case .failed(let reason):
      PipeFrame.append(0, to: &octets)
      PipeFrame.append(reason, to: &octets)
    }
    return octets
  }

  /// The reverse of `payload`.
  static func parse(_ payload: [UInt8]) throws(PipeError) -> (number: Int, result: JobResult) {
    var fields = PipeFields(payload[...])
    let number = Int(try fields.number())
    let result: JobResult
    switch try fields.number() {
    case 1:
      var rows: [String] = []
      for _ in CSVFile.allCases { rows.append(try fields.text()) }
      result = .rows(rows)
    case 0: result = .failed(try fields.text())
    default: throw PipeError()
    }
    guard fields.isAtEnd else { throw PipeError() }
    return (number, result)
  }
}
