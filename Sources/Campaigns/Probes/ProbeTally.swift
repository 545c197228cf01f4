import Results

/// How many of a group's probes came to be: of clips from files only the simulation knows.
public struct ProbeTally: Sendable, Equatable {
  public let group: String
  private let frames: ProbeSettings.FrameChoice
  /// Rows of probes.csv that the plan asks for.
  public private(set) var wanted = 0
  /// Rows that there are. A probe that failed has one.
  public private(set) var made = 0

  init(group: String, frames: ProbeSettings.FrameChoice) {
    self.group = group
    self.frames = frames
  }

  /// Counts a job's rows. What failed as a whole is told as such, and lacks nothing here.
  mutating func add(_ result: JobResult, of set: ProbeSet) {
    let count = set.part.count * set.variants.count
    wanted += count
    guard case .rows(let rows) = result,
      let index = CSVFile.allCases.firstIndex(of: .probes)
    else {
      made += count
      return
    }
    made += min(count, rows[index].utf8.count { $0 == UInt8(ascii: "\n") })
  }

  /// What the reader of the results should know, a sentence; nil where nothing is lacking.
  public var warning: String? {
    guard made < wanted else { return nil }
    let found =
      made == 0
      ? "found no \(frames.title)frame to probe in any call, expected \(wanted) probes"
      : "found a \(frames.title)frame for \(made) probes, expected \(wanted)"
    let more = frames == .any ? "" : "other frames, "
    return
      "group \(group): \(found); \(more)longer calls, an earlier from or a shorter horizon give more"
  }
}
