/// Why plots or a report could not be made; a fault of the environment, not of the data.
public enum OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// gnuplot is not among the folders of PATH.
  case gnuplotMissing(executable: String)
  /// gnuplot ended with an error; `message` is what it said.
  case gnuplotFailed(plot: String, status: Int, message: String)
  /// A file or folder could not be written.
  case unwritable(path: String, reason: String)
  /// A file that was written before could not be read back.
  case unreadable(path: String, reason: String)
  /// There is nothing to report on: no call and no probe, or none that did not fail.
  case noCalls(folder: String, failed: Int)

  /// One sentence.
  public var description: String {
    switch self {
    case .gnuplotMissing(let executable):
      "\(executable) was not found on PATH, expected it for drawing plots: install the package "
        + "gnuplot-nox (apt-get install gnuplot-nox)"
    case .gnuplotFailed(let plot, let status, let message):
      "gnuplot ended with status \(status) at \(plot), expected 0: \(message)"
    case .unwritable(let path, let reason):
      "\(path): \(reason), expected to write there"
    case .unreadable(let path, let reason):
      "\(path): \(reason), expected a readable file"
    case .noCalls(let folder, let failed):
      "\(folder): found no call and no probe with status ok (\(failed) failed), expected at least one"
    }
  }
}
