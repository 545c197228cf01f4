import CallSimulation
import Results

/// What a job leaves behind: its rows of the four files, or the reason it has none.
public enum JobResult: Sendable, Equatable {
  /// The rows by `CSVFile.allCases`.
  case rows([String])
  /// Why the call could not be simulated, as one sentence.
  case failed(String)

  /// One text for each file.
  static var rowsCount: Int { CSVFile.allCases.count }

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
}

extension JobReport {
  /// Does a job.
  init(simulating job: Job, number: Int, follower: ProbeFollower, clips: inout ClipShelf) {
    do {
      let clip = try clips.clip(for: job.scenario)
      switch job.work {
      case .call(let scenario, let keepsFrames):
        let records = try simulateCall(
          scenario.value, clip: clip, run: job.run, group: job.group, keepsFrames: keepsFrames)
        self.init(
          number: number, result: .rows(CSVFile.allCases.map { $0.lines(for: records) }))
      case .probes(let set):
        var lines = ""
        let ended = try follower.follow(set, group: job.group, clip: clip) {
          lines += CSVFile.line(for: $0)
        }
        self.init(
          number: number, result: .rows(CSVFile.allCases.map { $0 == .probes ? lines : "" }),
          isDisturbed: ended > 0)
      }
    } catch let error as CampaignError {
      // The machine refused a process or a pipe.
      self.init(number: number, result: .failed("\(error)"), isDisturbed: true)
    } catch {
      self.init(number: number, result: .failed("\(error)"))
    }
  }
}
